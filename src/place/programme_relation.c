#include "programme_relation.h"

#include <stdlib.h>

static int by_owner(const void *left, const void *right)
{
    const struct programme_row *a = left, *b = right;
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static void relation_twice(const struct programme_rows *rows, const struct programme_twice *twice)
{
    size_t stands = 0;
    for (size_t i = 1; i < rows->n; i++) {
        const struct programme_row *a = &rows->at[stands], *b = &rows->at[i];
        if (a->owner != b->owner || a->key != b->key) {
            stands = i;
            continue;
        }
        err_at(faults_add(twice->faults), E_PLACE_TWICE, twice->file, b->line, twice->column,
               twice->owner[b->owner], "%s stands already in row %ld", twice->what, a->line);
    }
}

int programme_relation_make(struct arena *arena, struct programme_rows *rows, uint32_t n_owners,
                            const struct programme_twice *twice, struct programme_relation *out,
                            struct ajar_err *err)
{
    uint64_t *first, *key;
    uint32_t *of;
    TRY_NEW(first, arena, (size_t)n_owners + 1, err);
    TRY_NEW(key, arena, rows->n, err);
    TRY_NEW(of, arena, rows->n, err);
    if (rows->n > 0) {
        qsort(rows->at, rows->n, sizeof *rows->at, by_owner);
    }
    if (twice != NULL) {
        relation_twice(rows, twice);
    }
    for (size_t i = 0; i < rows->n; i++) {
        first[rows->at[i].owner + 1]++;
        key[i] = rows->at[i].key;
        of[i] = rows->at[i].of;
    }
    for (uint32_t i = 0; i < n_owners; i++) {
        first[i + 1] += first[i];
    }
    *out = (struct programme_relation){first, key, of};
    return 0;
}

uint64_t programme_relation_find(const struct programme_relation *relation, uint32_t owner,
                                 uint64_t least, uint64_t below)
{
    if (relation->first == NULL) {
        return UINT64_MAX;
    }
    uint64_t from = relation->first[owner], to = relation->first[owner + 1], end = to;
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (relation->key[middle] < least) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < end && relation->key[from] < below ? from : UINT64_MAX;
}

bool programme_relation_meet(const struct programme_relation *a, uint32_t owner_a,
                             const struct programme_relation *b, uint32_t owner_b)
{
    if (a->first == NULL || b->first == NULL) {
        return false;
    }
    uint64_t i = a->first[owner_a], k = b->first[owner_b];
    uint64_t i_end = a->first[owner_a + 1], k_end = b->first[owner_b + 1];
    while (i < i_end && k < k_end && a->key[i] != b->key[k]) {
        if (a->key[i] < b->key[k]) {
            i++;
        } else {
            k++;
        }
    }
    return i < i_end && k < k_end;
}
