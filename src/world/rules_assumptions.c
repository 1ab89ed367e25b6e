#include <assert.h>
#include <math.h>

#include "num.h"
#include "row_rules.h"

/* Shares are published with five decimals or so; sixteen of them round to this at worst. */
#define SHARE_SUM_SLACK 0.01

/* Countries times quantities, and years of a key, that the schema lets through. */
#define ASSUMED_MOST ((size_t)256 * 4)
#define YEARS_MOST   256

static void rules_assumption_order(struct checker *checker, size_t i)
{
    const struct assumptions *all = &checker->scenario->assumptions;
    bool low = all->low[i] > all->central[i];
    if (!low && !(all->central[i] > all->high[i])) {
        return;
    }
    char number[NUM_TEXT];
    num_format(low ? all->low[i] : all->high[i], number);
    checker_fault(checker, E_SCENARIO_ASSUMPTION_ORDER, SCHEMA_ASSUMPTIONS, all->line[i],
                  low ? "low" : "high", text_of(number), "%s is %s the central value", number,
                  low ? "above" : "below");
}

/* Rows of a cohort are called by id: one country has many, in units of their own. */
static bool rules_of_cohort(const struct checker *checker, size_t i)
{
    return text_is(names_word(checker->names, checker->scenario->assumptions.quantity[i]),
                   "cohort");
}

static void rules_assumption_unit(struct checker *checker, size_t i, name_id stock)
{
    const struct assumptions *all = &checker->scenario->assumptions;
    name_id unit = all->unit[i];
    if (unit == 0 || all->quantity[i] == 0 || rules_of_cohort(checker, i)) {
        return;
    }
    bool persons = all->quantity[i] == stock;
    if (persons ? unit == UNIT_PERSONS : unit == UNIT_USD || unit == UNIT_EUR) {
        return;
    }
    struct ajar_err *fault =
        checker_fault(checker, E_SCENARIO_ASSUMPTION_UNIT, SCHEMA_ASSUMPTIONS, all->line[i], "unit",
                      names_word(checker->names, unit), "%s is not given in %s",
                      names_word(checker->names, all->quantity[i]).at, unit_word((enum unit)unit));
    err_hint(fault, persons ? "Write 'persons'." : "Write 'USD' or 'EUR'.");
}

/* The first row of each country and quantity. */
struct assumed {
    size_t at[ASSUMED_MOST], n;
};

static void rules_assumption_twice(struct checker *checker, size_t i, struct assumed *seen)
{
    const struct assumptions *all = &checker->scenario->assumptions;
    if (all->country[i] == 0 || all->quantity[i] == 0 || rules_of_cohort(checker, i)) {
        return;
    }
    for (size_t k = 0; k < seen->n; k++) {
        size_t j = seen->at[k];
        if (all->country[j] == all->country[i] && all->quantity[j] == all->quantity[i]) {
            checker_fault(checker, E_SCENARIO_ASSUMPTION_TWICE, SCHEMA_ASSUMPTIONS, all->line[i],
                          "quantity", names_word(checker->names, all->quantity[i]),
                          "line %u assumes it for this country already", all->line[j]);
            return;
        }
    }
    assert(seen->n < ASSUMED_MOST);
    seen->at[seen->n++] = i;
}

void rules_assumptions(struct checker *checker)
{
    name_id stock = scenario_word(checker->scenario, "stock");
    struct assumed seen = {.n = 0};
    for (size_t i = 0; i < checker->scenario->assumptions.n; i++) {
        rules_assumption_order(checker, i);
        rules_assumption_unit(checker, i, stock);
        rules_assumption_twice(checker, i, &seen);
    }
}

/* The shares of one year of a key, at its first row. */
struct share_year {
    int32_t year;
    uint32_t line;
    double sum;
};

static void rules_share_add(struct share_year years[YEARS_MOST], size_t *n, int32_t year,
                            uint32_t line, double percent)
{
    size_t k = 0;
    while (k < *n && years[k].year != year) {
        k++;
    }
    if (k == *n) {
        assert(k < YEARS_MOST);
        years[(*n)++] = (struct share_year){.year = year, .line = line};
    }
    years[k].sum += percent;
}

void rules_shares(struct checker *checker)
{
    const struct shares *shares = &checker->scenario->koenigstein;
    struct share_year years[YEARS_MOST];
    size_t n = 0;
    bool whole = checker->bad[SCHEMA_KOENIGSTEIN].n == 0; /* else a share may be missing */
    for (size_t i = 0; whole && i < shares->n; i++) {
        rules_share_add(years, &n, shares->key_year[i], shares->line[i], shares->percent[i]);
    }
    for (size_t k = 0; k < n; k++) {
        if (fabs(years[k].sum - 100) > SHARE_SUM_SLACK) {
            char total[NUM_TEXT];
            num_format_fixed(years[k].sum, 4, total);
            checker_fault(checker, E_SCENARIO_SHARE_SUM, SCHEMA_KOENIGSTEIN, years[k].line,
                          "share_percent", text_of(total), "the shares of the key of %d sum to %s",
                          years[k].year, total);
        }
    }
}
