/* "Why not us?": what limits one host, what would change that, and who would pay for it. */
#include <math.h>
#include <string.h>

#include "aid_parts.h"
#include "aid_words.h"
#include "steady.h"

/* Two amounts this near, relative, are one. */
#define AID_WHY_EQUAL 1e-12

/* The level at which a host that is held above it would start to share, as money of the budget. */
static double aid_why_from(const struct aid_job *job, size_t host)
{
    const struct aid_problem *problem = &job->problem;
    double total = 0, own = job->split.lo[host];
    for (size_t i = 0; i < job->n; i++) {
        double level = own;
        if (!isinf(job->options.alpha)) {
            level *= steady_exp(steady_log(problem->severity[i] / problem->severity[host]) /
                                job->options.alpha);
        }
        double x = fmin(level, job->split.hi[i]) * problem->need[i] - problem->funded[i];
        double least = problem->floor != NULL ? problem->floor[i] : 0;
        total += fmin(fmax(x, least), job->split.most[i]);
    }
    return total;
}

void aid_why_binds(struct buf *buf, const struct aid_job *job, size_t host)
{
    const struct aid_split *split = &job->split;
    const char *code = job->code[host];
    switch (split->binding[host]) {
    case AID_NONE:
        buf_printf(
            buf,
            "Money limits %s: it stands at the common level and shares in every further amount.",
            code);
        break;
    case AID_FUNDED:
        buf_printf(buf, "%s gets nothing: what it has already covers ", code);
        aid_words_percent(buf, split->lo[host]);
        buf_str(buf, " of its need, which is above the level that the budget reaches.");
        break;
    case AID_FLOOR:
        buf_str(buf, "The floor of ");
        aid_words_money(buf, job, job->problem.floor[host]);
        buf_printf(buf, " holds %s above the common level.", code);
        break;
    case AID_CAP:
        buf_printf(buf, "Absorption limits %s, not money: it can put at most ", code);
        aid_words_money(buf, job, job->problem.cap[host]);
        buf_str(buf, " to use in the period.");
        break;
    case AID_NEED:
        buf_printf(buf, "Nothing limits %s: its need is covered in full.", code);
        break;
    default:
        buf_printf(buf, "A ceiling set by decision limits %s to ", code);
        aid_words_money(buf, job, job->problem.ceiling[host]);
        buf_char(buf, '.');
    }
}

void aid_why_raise(struct buf *buf, const struct aid_job *job, size_t host)
{
    const char *code = job->code[host];
    switch (job->split.binding[host]) {
    case AID_NONE:
        buf_printf(buf, "Raise the budget, or find money for %s elsewhere.", code);
        break;
    case AID_FUNDED:
        buf_printf(buf, "Raise the budget: %s shares from a budget of ", code);
        aid_words_money(buf, job, aid_why_from(job, host));
        buf_str(buf, " on.");
        break;
    case AID_FLOOR:
        buf_printf(buf, "Raise the budget: %s shares at the level from a budget of ", code);
        aid_words_money(buf, job, aid_why_from(job, host));
        buf_str(buf, " on; a higher floor would take from the others.");
        break;
    case AID_CAP:
        buf_printf(buf, "Raise the cap of %s (more partners, earlier permits), not its budget.",
                   code);
        break;
    case AID_NEED:
        buf_str(buf, "Only a larger need would: more people, or a higher cost per person.");
        break;
    default:
        buf_printf(buf, "Raise the ceiling of %s, which is a decision, not a calculation.", code);
    }
}

static int aid_why_sentence(struct arena *arena, const struct aid_job *job, size_t host,
                            void (*write)(struct buf *, const struct aid_job *, size_t),
                            const char **out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 4096);
    write(&buf, job, host);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), out, err);
    }
    buf_free(&buf);
    return code;
}

static int aid_why_copy(struct arena *arena, const double *from, size_t n, double **out,
                        struct ajar_err *err)
{
    TRY_NEW(*out, arena, n, err);
    memcpy(*out, from, n * sizeof **out);
    return 0;
}

/* The split once more with the binding limit raised. */
static int aid_why_again(struct arena *arena, const struct aid_job *job, struct aid_why *why,
                         struct ajar_err *err)
{
    struct aid_problem problem = job->problem;
    struct aid_options options = job->options;
    struct aid_work work;
    double *raised = NULL, *x = NULL;
    size_t host = why->host;
    switch (job->split.binding[host]) {
    case AID_CAP:
        TRY(aid_why_copy(arena, problem.cap, job->n, &raised, err));
        problem.cap = raised;
        break;
    case AID_CEILING:
        TRY(aid_why_copy(arena, problem.ceiling, job->n, &raised, err));
        problem.ceiling = raised;
        break;
    case AID_NEED:
        TRY(aid_why_copy(arena, problem.need, job->n, &raised, err));
        problem.need = raised;
        break;
    default:
        options.budget += why->raised_by;
    }
    if (raised != NULL) {
        raised[host] += why->raised_by;
    }
    TRY(aid_work_new(&work, arena, job->n, err));
    TRY_NEW(x, arena, job->n, err);
    TRY_NEW(why->loss, arena, job->n, err);
    aid_fill(&work, &problem, &options, x);
    why->gain_if_raised = fmax(0, x[host] - job->split.x[host]);
    for (size_t i = 0; i < job->n; i++) {
        double loss = job->split.x[i] - x[i];
        why->loss[i] = i != host && loss > 1e-12 * options.budget ? loss : 0;
    }
    return 0;
}

int aid_job_why(struct arena *arena, const struct aid_job *job, size_t host, struct aid_why *out,
                struct ajar_err *err)
{
    struct aid_why why = {.host = host, .raised_by = 0.01 * job->options.budget};
    TRY(aid_why_sentence(arena, job, host, aid_why_binds, &why.binds, err));
    TRY(aid_why_sentence(arena, job, host, aid_why_raise, &why.would_raise, err));
    TRY(aid_why_again(arena, job, &why, err));
    why.rank_coverage = 1;
    for (size_t i = 0; i < job->n; i++) {
        why.rank_coverage += job->split.coverage[i] < job->split.coverage[host];
    }
    /* Of equal amounts the largest alpha is named: the nearest to the default. */
    for (size_t a = 0; a < AID_ALPHAS; a++) {
        if (a == 0 || job->at_alpha[a].x[host] >= why.best_x * (1 - AID_WHY_EQUAL)) {
            why.best_x = job->at_alpha[a].x[host];
            why.best_alpha = aid_alphas[a];
        }
    }
    *out = why;
    return 0;
}
