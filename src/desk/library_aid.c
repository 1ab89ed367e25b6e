/* AID behind ajar.h. */
#include <math.h>

#include "aid.h"
#include "library_parts.h"

struct ajar_aid {
    struct arena arena;
    struct aid_problem problem;
    struct aid_options options;
    struct aid_split split;
};

/* The hosts as columns, which is what the engine takes. */
static int aid_columns(struct arena *arena, const struct ajar_aid_host *hosts, size_t n,
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

static int aid_make(ajar_aid *aid, const struct ajar_aid_host *hosts, size_t n,
                    const struct ajar_aid_options *options, struct ajar_err *err)
{
    aid->options = (struct aid_options){.budget = options->budget,
                                        .alpha = options->alpha == 0 ? INFINITY : options->alpha,
                                        .tranche = options->tranche};
    TRY(aid_columns(&aid->arena, hosts, n, &aid->problem, err));
    return aid_solve(&aid->arena, &aid->problem, &aid->options, &aid->split, err);
}

int ajar_aid_split(ajar_aid **out, const struct ajar_aid_host *hosts, size_t n,
                   const struct ajar_aid_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    ajar_aid *aid;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(n == 0 ? 0 : library_given(hosts, "hosts", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *aid, "the aid split", &aid, err));
    return library_done(aid_make(aid, hosts, n, options, err), aid, out);
}

size_t ajar_aid_hosts(const ajar_aid *aid)
{
    return aid == NULL ? 0 : aid->split.n;
}

double ajar_aid_amount(const ajar_aid *aid, size_t host)
{
    return host < ajar_aid_hosts(aid) ? aid->split.x[host] : (double)NAN;
}

double ajar_aid_rounded(const ajar_aid *aid, size_t host)
{
    return host < ajar_aid_hosts(aid) && aid->split.rounded != NULL ? aid->split.rounded[host]
                                                                    : (double)NAN;
}

double ajar_aid_coverage(const ajar_aid *aid, size_t host)
{
    return host < ajar_aid_hosts(aid) ? aid->split.coverage[host] : (double)NAN;
}

const char *ajar_aid_binding(const ajar_aid *aid, size_t host)
{
    return host < ajar_aid_hosts(aid) ? aid_binding_word(aid->split.binding[host]) : NULL;
}

double ajar_aid_spent(const ajar_aid *aid)
{
    return aid == NULL ? (double)NAN : aid->split.spent;
}

double ajar_aid_next_unit(const ajar_aid *aid)
{
    return aid == NULL ? (double)NAN : aid->split.next_dollar;
}

double ajar_aid_residual(const ajar_aid *aid)
{
    return aid == NULL ? (double)NAN : fmax(aid->split.residual_r, aid->split.residual_budget);
}

void ajar_aid_free(ajar_aid *aid)
{
    library_free(aid);
}
