#include "swarm_job.h"

#include <string.h>

#include "agents_hash.h"
#include "file.h"
#include "flow_ask.h"
#include "flow_out.h"
#include "flow_read.h"

#define JOB_CEILING ((size_t)64 << 30)
#define JOB_FAULTS  1000

/* ---- Options ---- */

static int read_params(struct job *job, struct ajar_err *err)
{
    struct flow_params *params = &job->input.params;
    const char *rules = job->words->rules;
    if (rules != NULL) {
        params->rules = strcmp(rules, "ajar") == 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
    }
    if (job->words->hasten > 0) {
        params->hasten = (int32_t)job->words->hasten;
    }
    return flow_ask_set(text_of(job->words->set), params, err);
}

/* The defaults of `ajar flow`. */
static enum flow_engine engine_of(const struct swarm_words *words)
{
    const char *aggregate = flow_engine_word(FLOW_ENGINE_AGGREGATE);
    bool given = words->engine != NULL;
    return words->verb == SWARM_ENSEMBLE && (!given || strcmp(words->engine, aggregate) == 0)
               ? FLOW_ENGINE_AGGREGATE
               : FLOW_ENGINE_AGENTS;
}

/* ---- Reading ---- */

static int hash_files(struct job *job, struct ajar_err *err)
{
    job->files = HASH_START;
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        struct file_view view = {0};
        const char *path;
        TRY(file_join(&job->arena, job->words->scenario, flow_table_file(table), &path, err));
        if (file_exists(path)) {
            TRY(file_open(&view, path, FLOW_FILE_MOST, err));
        }
        uint64_t n = view.bytes.n;
        job->files = hash_bytes(job->files, &n, sizeof n);
        job->files = hash_bytes(job->files, view.bytes.at, view.bytes.n);
        file_close(&view);
    }
    return 0;
}

/* Before hours of work, not after them. */
static int try_out(struct job *job, struct ajar_err *err)
{
    struct file_folder folder;
    if (job->ranks.rank != 0) {
        return 0;
    }
    int code = file_folder_begin(&folder, &job->arena, job->words->out, job->words->replace, err);
    if (code == E_FILE_EXISTS && !job->words->replace) {
        return err_hint(err, "Name another folder, or add --replace.");
    }
    TRY(code);
    file_folder_abort(&folder);
    return 0;
}

static int read_all(struct job *job, struct ajar_err *err)
{
    const struct swarm_words *words = job->words;
    struct faults faults;
    TRY(try_out(job, err));
    TRY(faults_init(&faults, &job->arena, JOB_FAULTS, err));
    int code = flow_load(&job->arena, words->scenario, NULL, &faults, &job->input, err);
    if (code == E_FLOW_FAULTS && job->ranks.rank == 0) {
        say_all_faults(&faults);
    }
    TRY(code);
    TRY(hash_files(job, err));
    TRY(read_params(job, err));
    TRY(flow_ask_days(&job->input.world, words->from, words->to, &job->from, &job->to, err));
    return flow_made_how(&job->arena, &job->input.params, job->engine, (uint64_t)words->seed,
                         (uint32_t)words->members, words->as_known, &job->how, err);
}

int job_open(struct job *job, struct ajar_err *err)
{
    arena_init(&job->arena, "a job", JOB_CEILING);
    job->engine = engine_of(job->words);
    TRY(ranks_agree(&job->ranks, read_all(job, err), err));
    return ranks_same(&job->ranks, job->files, err);
}

void job_close(struct job *job)
{
    arena_free(&job->arena);
}

/* ---- The rest ---- */

int job_write(struct job *job, const struct flow_file *files, size_t n, struct ajar_err *err)
{
    TRY(flow_write_folder(&job->arena, job->words->out, job->words->replace, job->input.world.title,
                          files, n, err));
    say_note(&job->say, "Written: %s (%zu files)", job->words->out, n + 1);
    return 0;
}
