/* Slips at the cut-points: one unit more, one unit less.  */
#include <stdio.h>

#include "mutant_slip.h"

/* Passes through each way of writing a comparison otherwise.  */
struct shift {
    struct slips *slips;
    const struct slip_up *up;
    const struct expr *leaf;
};

static int shift_add(const struct shift *it, const struct expr *leaf, struct ajar_err *err)
{
    struct expr *instead;
    TRY_NEW(instead, it->slips->arena, 1, err);
    *instead = *leaf;
    return slip_leaf(it->slips, it->up, MUTANT_SHIFT, it->leaf, instead, err);
}

/* Numbers are written without a sign: nothing below 0.  */
static int shift_number(const struct shift *it, int by, struct ajar_err *err)
{
    struct expr leaf = *it->leaf;
    const struct rules *rules = it->slips->rules;
    uint32_t fact = leaf.fact.kind == EXPR_FACT ? rules_fact(rules, leaf.fact.name) : RULES_NONE;
    bool cents = fact != RULES_NONE && rules->facts[fact].type == FACT_MONEY;
    char digits[32];
    int64_t value;
    int n;
    if (!expr_number(leaf.term.text, cents, &value) || value + by < 0) {
        return 0;
    }
    value += by;
    if (cents && value % 100 != 0) {
        n = snprintf(digits, sizeof digits, "%lld.%02d", (long long)(value / 100),
                     (int)(value % 100));
    } else {
        n = snprintf(digits, sizeof digits, "%lld", (long long)(cents ? value / 100 : value));
    }
    leaf.term.text = (struct text){digits, (size_t)n};
    TRY(text_copy(it->slips->arena, leaf.term.text, &leaf.term.text.at, err));
    return shift_add(it, &leaf, err);
}

/* `date` is a part of `leaf`, a copy of the comparison.  A day is moved as a day; what is added to
 * it by its own unit; the `on` that age_on(on) is asked about is no cut-point.  */
static int shift_date(const struct shift *it, struct expr *leaf, struct expr_date *date, int by,
                      bool argument, struct ajar_err *err)
{
    struct expr_date was = *date;
    if (!was.on) {
        date->date += by;
        TRY(shift_add(it, leaf, err));
        *date = was;
    }
    if (was.shift != 0 || (was.on && !argument)) {
        date->unit = was.shift == 0 ? EXPR_DAYS : was.unit;
        date->shift += by;
        TRY(shift_add(it, leaf, err));
        *date = was;
    }
    return 0;
}

static int shift_compare(const struct shift *it, int by, struct ajar_err *err)
{
    struct expr leaf = *it->leaf;
    if (leaf.fact.kind == EXPR_AGE_ON) {
        TRY(shift_date(it, &leaf, &leaf.fact.date, by, true, err));
    }
    bool window = leaf.fact.kind == EXPR_STAY_DAYS && leaf.fact.window >= EXPR_DAYS;
    if (window && leaf.fact.length + by > 0) {
        leaf.fact.length += by;
        TRY(shift_add(it, &leaf, err));
        leaf.fact.length -= by;
    }
    if (leaf.term.kind == EXPR_NUMBER) {
        return shift_number(it, by, err);
    }
    return leaf.term.kind == EXPR_DATE_TERM ? shift_date(it, &leaf, &leaf.term.date, by, false, err)
                                            : 0;
}

int slips_shift(struct slips *slips, const struct slip_up *up, const struct expr *leaf,
                struct ajar_err *err)
{
    struct shift it = {slips, up, leaf};
    for (int by = -1; by <= 1; by += 2) {
        if (leaf->kind == EXPR_COMPARE) {
            TRY(shift_compare(&it, by, err));
        } else if (leaf->kind == EXPR_QUANT && leaf->quant == EXPR_COUNT &&
                   leaf->at_least + by >= 1) {
            struct expr count = *leaf;
            count.at_least += by;
            TRY(shift_add(&it, &count, err));
        }
    }
    return 0;
}
