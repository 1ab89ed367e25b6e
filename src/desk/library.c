/* The public interface (ajar.h): errors, scenarios, the whole chain. */
#include "chain.h"
#include "library_parts.h"

const char *ajar_version(void)
{
    return AJAR_VERSION;
}

const char *ajar_err_rule(int code)
{
    return code > 0 && code < E_COUNT ? err_row(code)->rule : "";
}

const char *ajar_err_advice(const struct ajar_err *err)
{
    if (err == NULL || err->code <= 0 || err->code >= E_COUNT) {
        return "";
    }
    return err_advice(err);
}

int ajar_scenario_check(const char *dir, ajar_fault_fn *each, void *arg, uint64_t *out_total,
                        struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    struct scenario scenario;
    struct arena *arena;
    err = library_err(err, &own);
    TRY(library_given(dir, "dir", err));
    TRY(library_new(sizeof *arena, "the scenario", &arena, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = scenario_load(arena, dir, NULL, NULL, &scenario, &faults.faults, err);
        if ((code == 0 || code == E_SCENARIO_FAULTS) && out_total != NULL) {
            *out_total = faults.faults.total;
        }
        library_faults_end(&faults);
    }
    library_free(arena);
    return code;
}

static int run_chain(struct arena *arena, const char *scenario_dir, const char *out_dir,
                     const struct ajar_run_options *options, struct library_faults *faults,
                     struct ajar_err *err)
{
    struct library_work work;
    struct chain chain;
    struct chain_options chain_options = {
        .aid = aid_run_default(), .replace = options->replace != 0, .command = "ajar_run"};
    chain_options.aid.seed = options->seed;
    TRY(library_work_begin(&work, options->threads, options->stop, options->stop_arg, err));
    int code = chain_run(arena, scenario_dir, out_dir, &chain_options, work.pool, &work.watch,
                         &faults->faults, &chain, err);
    library_work_end(&work);
    return code;
}

int ajar_run(const char *scenario_dir, const char *out_dir, const struct ajar_run_options *options,
             struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    struct arena *arena;
    err = library_err(err, &own);
    TRY(library_given(scenario_dir, "scenario_dir", err));
    TRY(library_given(out_dir, "out_dir", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *arena, "the run", &arena, err));
    int code = library_faults_begin(&faults, options->each, options->each_arg, err);
    if (code == 0) {
        code = run_chain(arena, scenario_dir, out_dir, options, &faults, err);
        library_faults_end(&faults);
    }
    library_free(arena);
    return code;
}
