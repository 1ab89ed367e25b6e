#include <math.h>
#include <string.h>

#include "ensemble.h"
#include "num.h"
#include "steady.h"

#define HINT "Write it like max_move_speed=200..500, or camp_movechance=0.0001..0.01:log."

static int bad(struct ajar_err *err, struct text value, const char *what)
{
    err_at(err, E_FLOW_RANGE, NULL, 0, NULL, value, "%s", what);
    err_hint(err, HINT);
    return E_FLOW_RANGE;
}

static int unknown(struct ajar_err *err, struct text name)
{
    enum { NAMES_MOST = 64 };
    const char *names[NAMES_MOST];
    size_t n = 0;
    for (size_t i = 0; i < flow_param_count && n < NAMES_MOST; i++) {
        if (flow_param_list[i].kind != FLOW_PARAM_BOOL) {
            names[n++] = flow_param_list[i].name;
        }
    }
    const char *near = text_nearest(name, names, n);
    bad(err, name, "no parameter that can vary has this name");
    if (near != NULL) {
        err_hint(err, "Did you mean '%s'?", near);
    }
    return E_FLOW_RANGE;
}

static int find_param(struct text name, const struct flow_param **out, struct ajar_err *err)
{
    const struct flow_param *param = flow_param_find(name);
    if (param == NULL) {
        return unknown(err, name);
    }
    if (param->kind == FLOW_PARAM_BOOL) {
        return bad(err, name, "this is on or off, and cannot vary between two numbers");
    }
    *out = param;
    return 0;
}

static int check_range(const struct ensemble_range *range, struct ajar_err *err)
{
    const struct flow_param *param = range->param;
    if (param == NULL || param < flow_param_list || param >= flow_param_list + flow_param_count ||
        param->kind == FLOW_PARAM_BOOL) {
        return err_set(err, E_FLOW_RANGE, "a range is of no parameter that can vary");
    }
    if (!(range->low < range->high && range->low >= param->least && range->high <= param->most)) {
        return err_set(err, E_FLOW_RANGE,
                       "%s varies from one number to a larger one between %g and %g, not from %g "
                       "to %g",
                       param->name, param->least, param->most, range->low, range->high);
    }
    if (range->log && range->low <= 0) {
        return err_set(err, E_FLOW_RANGE, "%s varies from above 0 on a logarithmic scale, not %g",
                       param->name, range->low);
    }
    if (param->kind == FLOW_PARAM_INT &&
        (range->low != floor(range->low) || range->high != floor(range->high))) {
        return err_set(err, E_FLOW_RANGE, "%s varies between whole numbers, not %g and %g",
                       param->name, range->low, range->high);
    }
    return 0;
}

int ensemble_ranges_check(const struct ensemble_range *ranges, size_t n, struct ajar_err *err)
{
    if (n > ENSEMBLE_RANGES_MOST) {
        return err_set(err, E_FLOW_RANGE, "%zu parameters vary; at most %d can", n,
                       ENSEMBLE_RANGES_MOST);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(check_range(&ranges[i], err));
        for (size_t k = 0; k < i; k++) {
            if (ranges[k].param == ranges[i].param) {
                return err_set(err, E_FLOW_RANGE, "%s varies twice", ranges[i].param->name);
            }
        }
    }
    return 0;
}

int ensemble_range_parse(struct text word, struct ensemble_range *out, struct ajar_err *err)
{
    struct text scale, rest = {"", 0};
    struct text name = text_trim(text_split(word, '=', &rest));
    struct ensemble_range made = {0};
    if (name.n == 0 || name.n + 1 > word.n || rest.n == 0) {
        return bad(err, word, "this is no name with a range");
    }
    TRY(find_param(name, &made.param, err));
    struct text span = text_split(rest, ':', &scale);
    bool colon = span.n < rest.n;
    made.log = colon && text_is(scale, "log");
    if (colon && !made.log) {
        return bad(err, scale, "after the colon stands log or nothing");
    }
    const char *dots = span.n > 0 ? memmem(span.at, span.n, "..", 2) : NULL;
    if (dots == NULL) {
        return bad(err, span, "a range is two numbers with two dots between them");
    }
    size_t n = (size_t)(dots - span.at);
    if (!num_parse((struct text){span.at, n}, &made.low) ||
        !num_parse((struct text){dots + 2, span.n - n - 2}, &made.high)) {
        return bad(err, span, "a range is two numbers with two dots between them");
    }
    TRY(check_range(&made, err));
    *out = made;
    return 0;
}

double ensemble_range_value(const struct ensemble_range *range, double u)
{
    bool whole = range->param->kind == FLOW_PARAM_INT;
    double high = range->high + (whole ? 1 : 0), value;
    if (range->log) {
        double from = steady_log(range->low);
        value = steady_exp(from + u * (steady_log(high) - from));
    } else {
        value = range->low + u * (high - range->low);
    }
    value = whole ? floor(value) : value;
    return value < range->low ? range->low : value > range->high ? range->high : value;
}
