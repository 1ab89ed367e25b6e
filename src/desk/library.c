/* The public interface (ajar.h) over the jobs of this room. */
#include <assert.h>
#include <math.h>

#include "aid.h"
#include "ajar.h"
#include "chain.h"

#define LIBRARY_FAULTS  1000
#define LIBRARY_CEILING ((size_t)8 << 30)

const char *ajar_version(void)
{
    return AJAR_VERSION;
}

/* The error struct to work with when the caller gave none: messages are made, then dropped. */
static struct ajar_err *library_err(struct ajar_err *given, struct ajar_err *own)
{
    return given != NULL ? given : own;
}

/* Options that were not started from their INIT, or come from a header of another version. */
static int library_size(size_t given, size_t known, struct ajar_err *err)
{
    if (given == known) {
        return 0;
    }
    err_set(err, E_INTERNAL, "the options have %zu bytes; version %s of the library knows %zu",
            given, AJAR_VERSION, known);
    return err_hint(err, "Start them from the INIT of ajar.h, and build against this version.");
}

int ajar_scenario_check(const char *dir, void (*each)(void *arg, const struct ajar_err *fault),
                        void *arg, uint64_t *out_total, struct ajar_err *err)
{
    struct ajar_err own;
    struct arena arena;
    struct faults faults = {0};
    struct scenario scenario;
    err = library_err(err, &own);
    arena_init(&arena, "the scenario", LIBRARY_CEILING);
    int code = faults_init(&faults, &arena, LIBRARY_FAULTS, err);
    if (code == 0) {
        code = scenario_load(&arena, dir, NULL, NULL, &scenario, &faults, err);
    }
    if (code == 0 || code == E_SCENARIO_FAULTS) {
        faults_sort(&faults);
        for (size_t i = 0; each != NULL && i < faults.kept; i++) {
            each(arg, &faults.at[i]);
        }
        if (out_total != NULL) {
            *out_total = faults.total;
        }
    }
    arena_free(&arena);
    return code;
}

struct ajar_aid {
    struct arena arena; /* holds everything, this struct too */
    struct aid_problem problem;
    struct aid_options options;
    struct aid_split split;
};

/* The hosts as columns, which is what the engine takes. */
static int library_columns(struct arena *arena, const struct ajar_aid_host *hosts, size_t n,
                           struct aid_problem *out, struct ajar_err *err)
{
    double *columns;
    const char **names;
    TRY_NEW(columns, arena, 5 * n, err);
    TRY_NEW(names, arena, n, err);
    double *need = columns, *funded = need + n, *cap = funded + n, *floors = cap + n,
           *severity = floors + n;
    for (size_t i = 0; i < n; i++) {
        need[i] = hosts[i].need;
        funded[i] = hosts[i].funded;
        cap[i] = hosts[i].cap;
        floors[i] = hosts[i].floor;
        severity[i] = hosts[i].severity;
        if (hosts[i].name != NULL) { /* else the engine calls it by number */
            TRY(text_copy(arena, text_of(hosts[i].name), &names[i], err));
        }
    }
    *out = (struct aid_problem){.n = n,
                                .need = need,
                                .funded = funded,
                                .cap = cap,
                                .floor = floors,
                                .severity = severity,
                                .host = names};
    return 0;
}

int ajar_aid_split(ajar_aid **out, const struct ajar_aid_host *hosts, size_t n,
                   const struct ajar_aid_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    struct arena arena;
    err = library_err(err, &own);
    TRY(library_size(options->size, sizeof *options, err));
    arena_init(&arena, "the aid split", LIBRARY_CEILING);
    ajar_aid *aid = arena_get(&arena, 1, sizeof *aid, err);
    int code = aid == NULL ? arena_code(err) : 0;
    if (code == 0) {
        aid->options =
            (struct aid_options){.budget = options->budget,
                                 .alpha = options->alpha == 0 ? INFINITY : options->alpha,
                                 .tranche = options->tranche};
        code = library_columns(&arena, hosts, n, &aid->problem, err);
    }
    if (code == 0) {
        code = aid_solve(&arena, &aid->problem, &aid->options, &aid->split, err);
    }
    if (code != 0) {
        arena_free(&arena);
        return code;
    }
    aid->arena = arena;
    *out = aid;
    return 0;
}

double ajar_aid_amount(const ajar_aid *aid, size_t host)
{
    assert(host < aid->split.n);
    return aid->split.x[host];
}

double ajar_aid_rounded(const ajar_aid *aid, size_t host)
{
    assert(host < aid->split.n);
    return aid->split.rounded == NULL ? (double)NAN : aid->split.rounded[host];
}

double ajar_aid_coverage(const ajar_aid *aid, size_t host)
{
    assert(host < aid->split.n);
    return aid->split.coverage[host];
}

const char *ajar_aid_binding(const ajar_aid *aid, size_t host)
{
    assert(host < aid->split.n);
    return aid_binding_word(aid->split.binding[host]);
}

double ajar_aid_spent(const ajar_aid *aid)
{
    return aid->split.spent;
}

double ajar_aid_next_unit(const ajar_aid *aid)
{
    return aid->split.next_dollar;
}

double ajar_aid_residual(const ajar_aid *aid)
{
    return fmax(aid->split.residual_r, aid->split.residual_budget);
}

void ajar_aid_free(ajar_aid *aid)
{
    if (aid != NULL) {
        struct arena arena = aid->arena;
        arena_free(&arena);
    }
}

int ajar_run(const char *scenario_dir, const char *out_dir, const struct ajar_run_options *options,
             struct ajar_err *err)
{
    struct ajar_err own;
    struct arena arena;
    struct pool *pool = NULL;
    struct faults faults;
    struct chain chain;
    err = library_err(err, &own);
    TRY(library_size(options->size, sizeof *options, err));
    arena_init(&arena, "the run", LIBRARY_CEILING);
    struct chain_options chain_options = {
        .aid = aid_run_default(), .replace = options->replace != 0, .command = "ajar_run"};
    chain_options.aid.seed = options->seed;
    int code = faults_init(&faults, &arena, LIBRARY_FAULTS, err);
    if (code == 0) {
        code = pool_open(&pool, options->threads == 0 ? 1 : options->threads, err);
    }
    if (code == 0) {
        code = chain_run(&arena, scenario_dir, out_dir, &chain_options, pool, NULL, &faults, &chain,
                         err);
    }
    pool_close(pool);
    arena_free(&arena);
    return code;
}
