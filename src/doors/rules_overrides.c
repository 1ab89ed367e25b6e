/* Rules that override each other in a circle would leave open which of them fires. */
#include "rules_reader.h"

/* Rows and columns are rules; a row names those that its rule overrides. */
struct override_table {
    size_t n;
    bool *at; /* [n * n] */
};

/* `all` spares the rules that override it by name. */
static int table_make(struct reader *reader, const struct version *version,
                      struct override_table *out)
{
    size_t n = out->n = version->n_rules;
    bool *named;
    TRY_NEW(named, reader->arena, n * n, reader->err);
    TRY_NEW(out->at, reader->arena, n * n, reader->err);
    for (size_t by = 0; by < n; by++) {
        const struct rule *rule = &version->rules[by];
        for (size_t i = 0; i < rule->n_overrides; i++) {
            named[by * n + rule->overrides[i]] = true;
        }
    }
    for (size_t i = 0; i < n * n; i++) {
        size_t by = i / n, what = i % n;
        bool all = version->rules[by].overrides_all && !named[what * n + by];
        out->at[i] = by != what && (named[i] || all);
    }
    return 0;
}

/* Takes out, again and again, a rule that none of those left overrides; the first of those that remain,
 * or n when none does. */
static int table_circle(struct reader *reader, const struct override_table *table, size_t *out)
{
    size_t n = table->n, done = 0, *order;
    uint32_t *waits;
    TRY_NEW(order, reader->arena, n, reader->err);
    TRY_NEW(waits, reader->arena, n, reader->err);
    for (size_t i = 0; i < n * n; i++) {
        waits[i % n] += table->at[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (waits[i] == 0) {
            order[done++] = i;
        }
    }
    for (size_t i = 0; i < done; i++) {
        for (size_t what = 0; what < n; what++) {
            if (table->at[order[i] * n + what] && --waits[what] == 0) {
                order[done++] = what;
            }
        }
    }
    *out = n;
    for (size_t i = 0; i < n && done < n; i++) {
        if (waits[i] > 0) {
            *out = i;
            return 0;
        }
    }
    return 0;
}

int check_overrides(struct reader *reader, const struct door *door)
{
    for (size_t i = 0; i < door->n_versions; i++) {
        const struct version *version = &door->versions[i];
        bool any = false;
        for (size_t k = 0; k < version->n_rules; k++) {
            any = any || version->rules[k].overrides_all || version->rules[k].n_overrides > 0;
        }
        if (!any) {
            continue;
        }
        struct override_table table = {0};
        size_t circle = version->n_rules;
        TRY(table_make(reader, version, &table));
        TRY(table_circle(reader, &table, &circle));
        if (circle < version->n_rules) {
            const struct rule *rule = &version->rules[circle];
            struct ajar_err *fault = faults_add(reader->faults);
            err_at(fault, E_DOORS_REFERENCE, rule->at.file, rule->at.row, "overrides", rule->id,
                   "rules of the version %.*s override each other in a circle",
                   version->id.n < 60 ? (int)version->id.n : 60, version->id.at);
            fault->at = rule->at.at;
        }
    }
    return 0;
}
