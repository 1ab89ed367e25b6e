/* An ensemble, its members dealt to the ranks in turn. */
#include "agents_hash.h"
#include "swarm_job.h"
#include "swarm_members.h"
#include "swarm_stop.h"

#include <string.h>

struct ensemble {
    struct job *job;
    struct ensemble_options options;
    struct ensemble_range ranges[ENSEMBLE_RANGES_MOST];
    struct members members;
    size_t cells;   /* figures of a member */
    int64_t *camps; /* of rank 0: of all members; of others: of their own, one after another */
};

/* ---- Options ---- */

static int read_ranges(struct ensemble *ensemble, struct ajar_err *err)
{
    const struct swarm_words *words = ensemble->job->words;
    size_t n = 0;
    for (size_t i = 0; i < words->n_vary; i++) {
        for (struct text rest = text_of(words->vary[i]); rest.n > 0;) {
            struct text one = text_trim(text_split(rest, ',', &rest));
            int code = n == ENSEMBLE_RANGES_MOST
                           ? err_at(err, E_FLOW_RANGE, NULL, 0, NULL, one,
                                    "at most %d parameters vary at once", ENSEMBLE_RANGES_MOST)
                           : ensemble_range_parse(one, &ensemble->ranges[n], err);
            if (code != 0) {
                snprintf(err->column, sizeof err->column, "--vary");
                return code;
            }
            n++;
        }
    }
    ensemble->options.ranges = ensemble->ranges;
    ensemble->options.n_ranges = n;
    return ensemble_ranges_check(ensemble->ranges, n, err);
}

static uint64_t hash_number(uint64_t hash, double value)
{
    return hash_bytes(hash, &value, sizeof value);
}

/* Whatever a member's figures depend on. */
static uint64_t key_of(const struct ensemble *ensemble)
{
    const struct job *job = ensemble->job;
    const struct flow_params *params = &job->input.params;
    const struct ensemble_options *options = &ensemble->options;
    const double numbers[] = {options->engine, (double)options->seed, options->from,
                              options->to,     params->n_spawn_decay, params->rules};
    uint64_t hash = hash_bytes(job->files, AJAR_VERSION, strlen(AJAR_VERSION));
    hash = hash_bytes(hash, numbers, sizeof numbers);
    for (size_t i = 0; i < flow_param_count; i++) {
        hash = hash_number(hash, flow_param_get(params, &flow_param_list[i]));
    }
    for (int32_t i = 0; i < params->n_spawn_decay; i++) {
        hash = hash_number(hash, params->spawn_decay[i]);
    }
    for (size_t i = 0; i < options->n_ranges; i++) {
        const struct ensemble_range *range = &options->ranges[i];
        hash = hash_bytes(hash, range->param->name, strlen(range->param->name));
        hash = hash_number(hash_number(hash, range->low), range->high);
        hash = hash_number(hash, range->log ? 1 : 0);
    }
    return hash;
}

static int prepare(struct ensemble *ensemble, struct ajar_err *err)
{
    struct job *job = ensemble->job;
    const struct swarm_words *words = job->words;
    uint32_t n = (uint32_t)words->members, rank = job->ranks.rank, ranks = job->ranks.n;
    ensemble->options = (struct ensemble_options){.engine = job->engine,
                                                  .seed = (uint64_t)words->seed,
                                                  .n_members = n,
                                                  .as_known = words->as_known,
                                                  .from = job->from,
                                                  .to = job->to};
    TRY(read_ranges(ensemble, err));
    ensemble->cells = job->input.world.n_camps * (size_t)(job->to - job->from);
    ensemble->members = (struct members){.folder = words->checkpoint,
                                         .arena = &job->arena,
                                         .key = key_of(ensemble),
                                         .cells = ensemble->cells};
    uint32_t mine = rank == 0 ? n : n > rank ? (n - rank - 1) / ranks + 1 : 0;
    TRY_NEW(ensemble->camps, &job->arena, mine * ensemble->cells, err);
    return rank == 0 ? members_open(&ensemble->members, err) : 0;
}

/* ---- Members ---- */

/* Where the figures of member m stand on the rank that has them. */
static int64_t *camps_of(const struct ensemble *ensemble, uint32_t m)
{
    const struct ranks *ranks = &ensemble->job->ranks;
    return &ensemble->camps[(ranks->rank == 0 ? m : m / ranks->n) * ensemble->cells];
}

static bool cancelled(void *arg)
{
    (void)arg;
    return stop_heard() != 0;
}

static int run_member(struct ensemble *ensemble, uint32_t m, struct ajar_err *err)
{
    const struct flow_input *input = &ensemble->job->input;
    const struct watch watch = {.cancelled = cancelled};
    int64_t *camps = camps_of(ensemble, m);
    bool found;
    TRY(members_load(&ensemble->members, m, camps, &found, err));
    if (found) {
        return 0;
    }
    TRY(ensemble_run_member(&input->world, &input->params, &ensemble->options, m,
                            ENSEMBLE_RUN_CEILING, &watch, camps, err));
    return members_save(&ensemble->members, m, camps, err);
}

static int run_members(struct ensemble *ensemble, struct ajar_err *err)
{
    struct job *job = ensemble->job;
    uint32_t n = ensemble->options.n_members;
    for (uint32_t m = job->ranks.rank; m < n; m += job->ranks.n) {
        TRY(run_member(ensemble, m, err));
        uint32_t done = m + job->ranks.n;
        say_progress(&job->say, "running members", done < n ? done : n, n, "members");
    }
    return 0;
}

static void gather(const struct ensemble *ensemble)
{
    const struct ranks *ranks = &ensemble->job->ranks;
    for (uint32_t m = 0; m < ensemble->options.n_members; m++) {
        uint32_t owner = m % ranks->n;
        if (owner != 0 && ranks->rank == 0) {
            ranks_take(camps_of(ensemble, m), ensemble->cells, owner);
        } else if (owner != 0 && ranks->rank == owner) {
            ranks_send(camps_of(ensemble, m), ensemble->cells, 0);
        }
    }
}

static int write_result(struct ensemble *ensemble, struct ajar_err *err)
{
    struct job *job = ensemble->job;
    struct ensemble_summary summary;
    struct flow_file *files;
    size_t n;
    const struct flow_made made = {.how = job->how};
    if (job->ranks.rank != 0) {
        return 0;
    }
    TRY(ensemble_summarise(&job->arena, &job->input.world, &ensemble->options, ensemble->camps,
                           &summary, err));
    TRY(flow_ensemble_files(&job->arena, &job->input, &ensemble->options, &summary, &made, &files,
                            &n, err));
    return job_write(job, files, n, err);
}

static void say_load(const struct ensemble *ensemble, double seconds)
{
    const struct job *job = ensemble->job;
    double memory = (double)ranks_memory() / (1 << 20);
    say_note(&job->say, "%u rank%s: %.2f s for %u members; at most %.0f MiB a rank", job->ranks.n,
             job->ranks.n == 1 ? "" : "s", seconds, ensemble->options.n_members, memory);
}

int job_ensemble(struct job *job, struct ajar_err *err)
{
    struct ensemble ensemble = {.job = job};
    TRY(ranks_agree(&job->ranks, prepare(&ensemble, err), err));
    double began = say_clock();
    int code = ranks_agree(&job->ranks, run_members(&ensemble, err), err);
    if (code == E_CANCELLED && job->words->checkpoint != NULL) {
        return err_hint(err, "The same command goes on with the members that are done.");
    }
    TRY(code);
    gather(&ensemble);
    say_load(&ensemble, say_clock() - began);
    return ranks_agree(&job->ranks, write_result(&ensemble, err), err);
}
