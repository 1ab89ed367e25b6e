#include "aid_job.h"

#include <math.h>
#include <strings.h>

#include "aid_parts.h"

const double aid_alphas[AID_ALPHAS] = {1, 2, 4, INFINITY};

const char *aid_figure_word(enum aid_figure figure)
{
    static const char *const words[AID_FIGURES] = {
        [AID_FIGURE_STOCK] = "stock",        [AID_FIGURE_UNIT_COST] = "cost per person",
        [AID_FIGURE_NEED] = "need",          [AID_FIGURE_FUNDED] = "funded already",
        [AID_FIGURE_CAP] = "absorption cap", [AID_FIGURE_FLOOR] = "floor",
        [AID_FIGURE_CEILING] = "ceiling",    [AID_FIGURE_POPULATION] = "population",
        [AID_FIGURE_GDP] = "GDP per head",   [AID_FIGURE_SEVERITY] = "severity",
    };
    return words[figure];
}

const char *aid_quality_word(enum aid_quality quality)
{
    static const char *const words[] = {
        [AID_ABSENT] = "absent", [AID_SOURCED] = "source",   [AID_ASSUMED] = "assumption",
        [AID_GIVEN] = "given",   [AID_DERIVED] = "computed",
    };
    return words[quality];
}

const char *aid_rule_word(enum aid_rule rule)
{
    static const char *const words[AID_RULES] = {
        [AID_RULE_SPLIT] = "this split",           [AID_RULE_EQUAL] = "equal parts",
        [AID_RULE_PRO_RATA] = "by people present", [AID_RULE_SEVERITY] = "most severe first",
        [AID_RULE_CHEAPEST] = "cheapest first",
    };
    return words[rule];
}

const char *aid_group_word(enum aid_group group)
{
    static const char *const words[AID_GROUPS] = {
        [AID_GROUP_ALL] = "all together",         [AID_GROUP_STOCK] = "stocks",
        [AID_GROUP_WEIGHTS] = "severity weights", [AID_GROUP_COST] = "costs per person",
        [AID_GROUP_FUNDED] = "funded amounts",    [AID_GROUP_CAP] = "absorption caps",
    };
    return words[group];
}

struct aid_run_options aid_run_default(void)
{
    return (struct aid_run_options){.budget = (double)NAN,
                                    .alpha = (double)NAN,
                                    .tranche = (double)NAN,
                                    .draws = 2000,
                                    .seed = 1,
                                    .stock_sd = (double)NAN};
}

int aid_job_new(struct arena *arena, size_t n, struct aid_job *out, struct ajar_err *err)
{
    static const struct aid_input absent = {.value = (double)NAN,
                                            .unit = "",
                                            .origin = "",
                                            .date = "",
                                            .note = "",
                                            .low = (double)NAN,
                                            .high = (double)NAN,
                                            .row = SCENARIO_NO_ROW};
    struct aid_job job = {.title = "", .from = "", .unit = "", .n = n};
    const char **code = NULL, **name = NULL;
    TRY_NEW(code, arena, n, err);
    TRY_NEW(name, arena, n, err);
    TRY_NEW(job.pressure, arena, n, err);
    TRY_NEW(job.poverty, arena, n, err);
    for (int f = 0; f < AID_FIGURES; f++) {
        TRY_NEW(job.input[f], arena, n, err);
        for (size_t i = 0; i < n; i++) {
            job.input[f][i] = absent;
        }
    }
    for (size_t i = 0; i < n; i++) {
        code[i] = name[i] = "";
        job.pressure[i] = job.poverty[i] = (double)NAN;
    }
    job.code = code;
    job.name = name;
    *out = job;
    return 0;
}

int aid_job_run(struct arena *arena, const struct scenario *scenario,
                const struct aid_run_options *options, struct pool *pool, const struct watch *watch,
                struct aid_job *out, struct ajar_err *err)
{
    struct aid_job job;
    TRY(aid_scenario_inputs(arena, scenario, options, &job, err));
    TRY(aid_draws_check(&job, options, err));
    TRY(aid_job_split(arena, &job, err));
    TRY(aid_draws_run(arena, &job, options, pool, watch, &job.sensitivity, err));
    TRY(aid_keys_make(arena, scenario, &job.keys, err));
    *out = job;
    return 0;
}

int aid_job_csv(struct arena *arena, const char *path, const struct aid_run_options *options,
                struct pool *pool, const struct watch *watch, struct faults *faults,
                struct aid_job *out, struct ajar_err *err)
{
    struct aid_job job;
    TRY(aid_csv_inputs(arena, path, options, faults, &job, err));
    TRY(aid_draws_check(&job, options, err));
    TRY(aid_job_split(arena, &job, err));
    TRY(aid_draws_run(arena, &job, options, pool, watch, &job.sensitivity, err));
    *out = job;
    return 0;
}

bool aid_job_lent(const struct aid_job *job, size_t host)
{
    return job->input[AID_FIGURE_STOCK][host].quality == AID_DERIVED;
}

size_t aid_job_n_lent(const struct aid_job *job)
{
    size_t n = 0;
    for (size_t i = 0; i < job->n; i++) {
        n += aid_job_lent(job, i);
    }
    return n;
}

int aid_job_host(const struct aid_job *job, const char *code, size_t *out, struct ajar_err *err)
{
    for (size_t i = 0; i < job->n; i++) {
        if (strcasecmp(job->code[i], code) == 0) {
            *out = i;
            return 0;
        }
    }
    for (size_t i = 0; i < job->n; i++) {
        if (strcasecmp(job->name[i], code) == 0) {
            err_set(err, E_AID_HOST, "'%.60s' is no host of this split by its code.", code);
            return err_hint(err, "Did you mean %.60s (%.60s)?", job->code[i], job->name[i]);
        }
    }
    err_set(err, E_AID_HOST, "'%.60s' is no host of this split.", code);
    const char *near = text_nearest(text_of(code), job->code, job->n);
    if (near != NULL) {
        return err_hint(err, "Did you mean %.60s?", near);
    }
    struct buf codes;
    buf_init(&codes, 240);
    for (size_t i = 0; i < job->n && codes.n < 180; i++) {
        buf_printf(&codes, "%s%.40s", i > 0 ? ", " : "", job->code[i]);
    }
    err_hint(err, "Its hosts: %.*s.", (int)codes.n, codes.at != NULL ? codes.at : "");
    buf_free(&codes);
    return E_AID_HOST;
}
