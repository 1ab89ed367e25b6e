/* One large run, its people dealt to the ranks. */
#include "agents_hash.h"
#include "swarm_checkpoint.h"
#include "swarm_job.h"
#include "swarm_stop.h"

#define RUN_CEILING ((size_t)256 << 30) /* of the people of one rank */
#define EVERY_DAYS  30
#define RUN_FAILED  1000 /* above any signal */

struct run {
    struct job *job;
    struct flow_share share;
    struct ranks_load load;
    struct flow_run_options options;
    struct flow_plan plan;
    struct flow_agents *agents;
    struct flow_result done; /* of rank 0 */
    struct checkpoint checkpoint;
    struct pool *pool;
    struct arena arena; /* of the people */
};

static int make_plan(struct run *run, struct ajar_err *err)
{
    struct job *job = run->job;
    TRY(pool_open(&run->pool, (unsigned)job->words->threads, err));
    TRY(flow_plan_make(&job->arena, &job->input.world, &job->input.params, job->words->as_known,
                       &run->plan, err));
    return job->ranks.rank == 0
               ? days_open(&run->done, &job->arena, &run->plan, job->from, job->to, err)
               : 0;
}

/* The people of the first day, or of the checkpoint. */
static int open_people(struct run *run, struct ajar_err *err)
{
    struct job *job = run->job;
    const struct flow_params *params = &job->input.params;
    uint64_t inputs = hash_inputs(&run->plan, params, &run->options);
    run->checkpoint =
        (struct checkpoint){.folder = job->words->checkpoint,
                            .ranks = &job->ranks,
                            .arena = &run->arena,
                            .plan = &run->plan,
                            .inputs = hash_bytes(inputs, AJAR_VERSION, sizeof AJAR_VERSION),
                            .seed = run->options.seed};
    TRY(checkpoint_open(&run->checkpoint, job->words->resume, job->from, job->to, err));
    if (run->checkpoint.day >= 0) {
        say_note(&job->say, "Going on from day %d.", run->checkpoint.day - job->from + 1);
        return checkpoint_load(&run->checkpoint, params, &run->options, &run->agents, &run->done,
                               err);
    }
    if (job->words->resume) {
        say_note(&job->say, "%s has no checkpoint yet: beginning with the first day.",
                 job->words->checkpoint);
    }
    int code = flow_agents_open(&run->agents, &run->arena, &run->plan, params, &run->options, err);
    return ranks_agree(&job->ranks, code, err);
}

/* *heard: a signal asked any rank to stop.  One message tells both that and whether all went well. */
static int run_one_day(struct run *run, int32_t day, int *heard, struct ajar_err *err)
{
    struct job *job = run->job;
    struct flow_result today;
    int code = flow_agents_run(run->agents, day + 1, run->pool, NULL, &today, err);
    *heard = ranks_most(code != 0 ? RUN_FAILED : stop_heard());
    if (*heard == RUN_FAILED) {
        return ranks_agree(&job->ranks, code, err);
    }
    if (job->ranks.rank == 0) {
        days_add(&run->done, &run->plan, &today);
    }
    say_progress(&job->say, "moving people", (uint64_t)(day + 1 - job->from),
                 (uint64_t)(job->to - job->from), "days");
    return 0;
}

static int stop(struct run *run, int32_t day, struct ajar_err *err)
{
    struct job *job = run->job;
    char text[DATE_TEXT];
    err_set(err, E_CANCELLED, "stopped on request before %s, after %d of %d days",
            date_format(job->input.world.start + day, text), day - job->from, job->to - job->from);
    return job->words->checkpoint != NULL
               ? err_hint(err, "The same command with --resume goes on from here.")
               : err_hint(err, "Run it again; nothing was written. --checkpoint FOLDER would keep "
                               "what is done.");
}

static int run_days(struct run *run, int32_t first, struct ajar_err *err)
{
    struct job *job = run->job;
    int32_t every = job->words->every > 0 ? (int32_t)job->words->every : EVERY_DAYS;
    for (int32_t day = first; day < job->to; day++) {
        int heard;
        TRY(run_one_day(run, day, &heard, err));
        int32_t next = day + 1;
        if (next == job->to) {
            break;
        }
        if (heard != 0 || (next - job->from) % every == 0) {
            TRY(checkpoint_save(&run->checkpoint, run->agents, &run->done, next, err));
        }
        if (heard != 0) {
            return stop(run, next, err);
        }
    }
    return 0;
}

/* What docs/scale.md reckons with; agent_days: those that were done before. */
static void say_load(struct run *run, double seconds, int32_t days, uint64_t agent_days)
{
    const struct job *job = run->job;
    double messages = (double)run->load.messages, values = (double)run->load.values;
    double memory = (double)ranks_memory() / (1 << 20);
    double moved = (double)(run->done.agent_days - agent_days) / 1e6;
    say_note(
        &job->say,
        "%u rank%s: %.2f s for %d days and %.1f million agent-days; %.1f messages a day of %.0f "
        "numbers; at most %.0f MiB a rank",
        job->ranks.n, job->ranks.n == 1 ? "" : "s", seconds, days, moved,
        days > 0 ? messages / days : 0, messages > 0 ? values / messages : 0, memory);
}

static int write_result(struct run *run, struct ajar_err *err)
{
    struct job *job = run->job;
    struct flow_file *files;
    size_t n;
    const struct flow_made made = {.how = job->how};
    if (job->ranks.rank != 0) {
        return 0;
    }
    TRY(flow_run_files(&job->arena, &job->input, &run->plan, &run->done, &made, &files, &n, err));
    return job_write(job, files, n, err);
}

static int run_all(struct run *run, struct ajar_err *err)
{
    struct job *job = run->job;
    TRY(ranks_agree(&job->ranks, make_plan(run, err), err));
    TRY(open_people(run, err));
    double began = say_clock();
    uint64_t agent_days = run->done.agent_days;
    int32_t first = run->checkpoint.day >= 0 ? run->checkpoint.day : job->from;
    TRY(run_days(run, first, err));
    say_load(run, say_clock() - began, job->to - first, agent_days);
    return ranks_agree(&job->ranks, write_result(run, err), err);
}

int job_run(struct job *job, struct ajar_err *err)
{
    struct run run = {.job = job};
    run.share = (struct flow_share){job->ranks.rank, job->ranks.n, ranks_sum, &run.load};
    run.options = (struct flow_run_options){
        .seed = (uint64_t)job->words->seed, .from = job->from, .to = job->to, .share = &run.share};
    arena_init(&run.arena, "the people of a rank", RUN_CEILING);
    int code = run_all(&run, err);
    pool_close(run.pool);
    arena_free(&run.arena);
    return code;
}
