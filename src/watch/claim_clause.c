#include <string.h>

#include "claim_parts.h"

void claim_clause(struct claim_clauses *to, bool when, const char *clause)
{
    if (when && to->n < CLAIM_CLAUSES) {
        to->at[to->n++] = clause;
    }
}

int claim_clauses_join(struct arena *arena, const struct claim_clauses *clauses, const char **out,
                       struct ajar_err *err)
{
    size_t room = 1;
    char *text;
    *out = NULL;
    if (clauses->n == 0) {
        return 0;
    }
    for (size_t i = 0; i < clauses->n; i++) {
        room += strlen(clauses->at[i]) + 2;
    }
    TRY_NEW(text, arena, room, err);
    *out = text;
    for (size_t i = 0; i < clauses->n; i++) {
        size_t n = strlen(clauses->at[i]);
        if (i > 0) {
            memcpy(text, "; ", 2);
            text += 2;
        }
        memcpy(text, clauses->at[i], n);
        text += n;
    }
    return 0;
}

const char *claim_kind_clause(const struct watch_series *series)
{
    switch (series->kind) {
    case KIND_GROSS_IN:
        return series->unit == UNIT_CROSSINGS ? "counts entries, not people who stayed"
                                              : "gross: those who left again are not taken off";
    case KIND_GROSS_OUT:
        return series->unit == UNIT_CROSSINGS ? "counts exits, not people who left for good"
                                              : "gross: those who came back are not taken off";
    case KIND_BOTH_WAYS:
        return "counts both directions together";
    case KIND_STOCK:
        return "counts people present, not people who came";
    case KIND_REGISTRATIONS:
    case KIND_PERMITS:
    case KIND_APPLICATIONS:
    case KIND_DECISIONS:
        return "counts acts of an office, not people who came";
    case KIND_TRIPS:
        return "counts trips: one person may make many";
    case KIND_RATE:
        return "a rate a day, not a total";
    case KIND_NET:
    case KIND_REFUSED:
    case KIND_INDICATOR:
    case KIND_COUNT:
        break;
    }
    return NULL;
}
