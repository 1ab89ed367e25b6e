#include "place_pairs.h"

#include <stdlib.h>
#include <string.h>

#define INSERTION_MOST 48 /* pairs that are sorted in place */

struct pair {
    uint32_t locality;
    int32_t score;
};

/* A pair that stands more than once. */
struct twice {
    uint32_t household, locality;
    long line[2]; /* its first two; 0: not found yet */
};

struct pairs {
    const struct place_rows *rows;
    struct place_tables *out;
    const struct place_problem *problem;
    uint64_t *first;
    uint32_t *household; /* those of the rows, which move to where their household's pairs stand */
    uint32_t *locality;
    int32_t *score;
    struct pair *spare;  /* [most pairs of a household] */
    struct twice *twice; /* [limit] */
    size_t n_twice, limit;
    uint64_t total_twice;
    struct place_pairs_filter *filter; /* NULL: none */
    uint32_t *left;                    /* [rows] with a filter */
    uint64_t n_left;
};

static int pairs_count(struct pairs *pairs, struct arena *arena, struct arena *scratch,
                       struct ajar_err *err)
{
    const struct place_rows *rows = pairs->rows;
    uint32_t n = pairs->problem->n_households;
    uint64_t most = 0;
    TRY_NEW(pairs->first, arena, (size_t)n + 2, err); /* one more, for rows without a pair */
    for (uint64_t i = 0; i < rows->n; i++) {
        pairs->first[rows->household[i] == 0 ? n + 1 : rows->household[i]]++;
    }
    for (uint32_t h = 0; h < n; h++) {
        most = pairs->first[h + 1] > most ? pairs->first[h + 1] : most;
        pairs->first[h + 1] += pairs->first[h];
    }
    pairs->first[n + 1] = rows->n;
    TRY_NEW(pairs->spare, scratch, most, err);
    return 0;
}

/* Where the row belongs: those without a pair stand behind all others. */
static uint32_t pairs_home(const struct pairs *pairs, uint64_t row)
{
    uint32_t household = pairs->household[row];
    return household == 0 ? pairs->problem->n_households : household - 1;
}

static bool pairs_ordered(const struct pairs *pairs)
{
    uint64_t n = pairs->rows->n;
    for (uint64_t i = 1; i < n; i++) {
        if (pairs_home(pairs, i) < pairs_home(pairs, i - 1)) {
            return false;
        }
    }
    return true;
}

static void pairs_swap(struct pairs *pairs, uint64_t a, uint64_t b)
{
    uint32_t household = pairs->household[a], locality = pairs->locality[a];
    int32_t score = pairs->score[a];
    pairs->household[a] = pairs->household[b];
    pairs->locality[a] = pairs->locality[b];
    pairs->score[a] = pairs->score[b];
    pairs->household[b] = household;
    pairs->locality[b] = locality;
    pairs->score[b] = score;
}

/* In place, for there may be many: each row is swapped with one that stands where it belongs.  Rows that come by
 * rising household stay. */
static int pairs_put(struct pairs *pairs, struct arena *scratch, struct ajar_err *err)
{
    size_t homes = (size_t)pairs->problem->n_households + 1;
    uint64_t *next;
    if (pairs_ordered(pairs)) {
        return 0;
    }
    TRY_NEW(next, scratch, homes, err);
    memcpy(next, pairs->first, homes * sizeof *next);
    for (uint32_t home = 0; home < homes; home++) {
        while (next[home] < pairs->first[home + 1]) {
            uint32_t to = pairs_home(pairs, next[home]);
            if (to != home) {
                pairs_swap(pairs, next[home], next[to]);
            }
            next[to]++;
        }
    }
    return 0;
}

static int by_locality(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    return (a->locality > b->locality) - (a->locality < b->locality);
}

static void pairs_sort(struct pairs *pairs, uint32_t *locality, int32_t *score, size_t n)
{
    if (n > INSERTION_MOST) {
        for (size_t i = 0; i < n; i++) {
            pairs->spare[i] = (struct pair){locality[i], score[i]};
        }
        qsort(pairs->spare, n, sizeof *pairs->spare, by_locality);
        for (size_t i = 0; i < n; i++) {
            locality[i] = pairs->spare[i].locality;
            score[i] = pairs->spare[i].score;
        }
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct pair moved = {locality[i], score[i]};
        size_t at = i;
        for (; at > 0 && locality[at - 1] > moved.locality; at--) {
            locality[at] = locality[at - 1];
            score[at] = score[at - 1];
        }
        locality[at] = moved.locality;
        score[at] = moved.score;
    }
}

static bool pairs_rise(const uint32_t *locality, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (locality[i] <= locality[i - 1]) {
            return false;
        }
    }
    return true;
}

static void pairs_twice(struct pairs *pairs, uint32_t household, const uint32_t *locality, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (locality[i] != locality[i - 1] || (i > 1 && locality[i] == locality[i - 2])) {
            continue;
        }
        pairs->total_twice++;
        if (pairs->n_twice < pairs->limit) {
            pairs->twice[pairs->n_twice++] = (struct twice){household, locality[i], {0, 0}};
        }
    }
}

bool place_pairs_fit(const struct place_problem *problem, uint32_t household, uint32_t locality)
{
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (place_need(problem, household, r) > place_capacity(problem, locality, r)) {
            return false;
        }
    }
    return true;
}

struct place_nowhere place_pairs_blocked(const struct place_problem *problem, uint32_t household,
                                         const uint32_t *locality, size_t n)
{
    struct place_nowhere blocked = {.household = household, .resource = PLACE_NONE};
    for (uint32_t r = 0; n > 0 && r < problem->n_resources; r++) {
        int32_t need = place_need(problem, household, r), most = 0;
        uint32_t short_of = 0;
        for (size_t i = 0; i < n; i++) {
            int32_t capacity = place_capacity(problem, locality[i], r);
            short_of += need > capacity;
            most = capacity > most ? capacity : most;
        }
        if (blocked.resource == PLACE_NONE || short_of > blocked.short_of) {
            blocked = (struct place_nowhere){household, (uint32_t)n, r, short_of, need, most};
        }
    }
    return blocked;
}

static bool pairs_left(struct pairs *pairs, uint32_t household, uint32_t locality)
{
    const struct place_pairs_filter *filter = pairs->filter;
    bool keeps =
        filter == NULL || filter->keeps == NULL || filter->keeps(filter->arg, household, locality);
    bool fits = keeps && place_pairs_fit(pairs->problem, household, locality);
    pairs->out->n_unfit += keeps && !fits;
    if (!fits && filter != NULL) {
        pairs->left[pairs->n_left++] = locality;
    }
    return !fits;
}

/* The household's pairs, from where they stand to `to`; those that do not fit are left out. */
static uint64_t pairs_keep(struct pairs *pairs, uint32_t household, uint64_t from, uint64_t end,
                           uint64_t to)
{
    uint32_t *locality = pairs->locality;
    uint64_t at = to;
    for (uint64_t i = from; i < end; i++) {
        if (!pairs_left(pairs, household, locality[i])) {
            locality[at] = locality[i];
            pairs->score[at++] = pairs->score[i];
        }
    }
    if (pairs->filter != NULL) {
        pairs->filter->left_first[household + 1] = pairs->n_left;
    } else if (at == to) {
        pairs->out->nowhere[pairs->out->n_nowhere++] = place_pairs_blocked(
            pairs->problem, household, end > from ? locality + from : NULL, (size_t)(end - from));
    }
    return at;
}

static void pairs_households(struct pairs *pairs)
{
    uint64_t from = 0, to = 0;
    for (uint32_t h = 0; h < pairs->problem->n_households; h++) {
        uint64_t end = pairs->first[h + 1];
        size_t n = (size_t)(end - from);
        if (n > 1 && !pairs_rise(pairs->locality + from, n)) {
            pairs_sort(pairs, pairs->locality + from, pairs->score + from, n);
            pairs_twice(pairs, h, pairs->locality + from, n);
        }
        to = pairs_keep(pairs, h, from, end, to);
        pairs->first[h + 1] = to;
        from = end;
    }
}

static int by_pair(const void *left, const void *right)
{
    const struct twice *a = left, *b = right;
    if (a->household != b->household) {
        return a->household < b->household ? -1 : 1;
    }
    return (a->locality > b->locality) - (a->locality < b->locality);
}

static void pairs_twice_line(void *arg, uint32_t household, uint32_t locality, long line)
{
    struct pairs *pairs = arg;
    struct twice key = {.household = household, .locality = locality};
    struct twice *found =
        bsearch(&key, pairs->twice, pairs->n_twice, sizeof *pairs->twice, by_pair);
    if (found != NULL && found->line[1] == 0) {
        found->line[found->line[0] != 0] = line;
    }
}

/* What stands behind a break of the CSV is not there. */
static int pairs_twice_faults(struct pairs *pairs, struct arena *scratch, const char *file,
                              struct faults *faults, struct ajar_err *err)
{
    TRY(place_rows_again(scratch, pairs->rows, pairs_twice_line, pairs, err));
    for (size_t i = 0; i < pairs->n_twice; i++) {
        const struct twice *twice = &pairs->twice[i];
        if (twice->line[1] != 0) {
            err_at(faults_add(faults), E_PLACE_TWICE, file, twice->line[1], "household",
                   pairs->out->names.household[twice->household],
                   "the pair with locality '%s' stands already in row %ld",
                   pairs->out->names.locality[twice->locality].at, twice->line[0]);
        }
    }
    faults->total += pairs->total_twice - pairs->n_twice;
    return 0;
}

static int pairs_filter(struct pairs *pairs, struct arena *arena, struct arena *scratch,
                        struct ajar_err *err)
{
    TRY_NEW(pairs->filter->left_first, arena, (size_t)pairs->problem->n_households + 1, err);
    TRY_NEW(pairs->left, scratch, pairs->rows->n, err);
    return 0;
}

static int pairs_keep_left(struct pairs *pairs, struct arena *arena, struct ajar_err *err)
{
    TRY_NEW(pairs->filter->left, arena, pairs->n_left, err);
    memcpy(pairs->filter->left, pairs->left, pairs->n_left * sizeof *pairs->left);
    return 0;
}

int place_pairs_make(struct arena *arena, struct arena *scratch, const char *file,
                     const struct place_rows *rows, struct place_pairs_filter *filter,
                     struct faults *faults, struct place_tables *out, struct ajar_err *err)
{
    struct pairs pairs = {.rows = rows,
                          .out = out,
                          .problem = &out->problem,
                          .household = rows->household,
                          .locality = rows->locality,
                          .score = rows->score,
                          .limit = faults->limit,
                          .filter = filter};
    struct place_nowhere *nowhere;
    TRY_NEW(out->nowhere, scratch, out->problem.n_households, err);
    TRY_NEW(pairs.twice, scratch, pairs.limit, err);
    TRY(pairs_count(&pairs, arena, scratch, err));
    if (filter != NULL) {
        TRY(pairs_filter(&pairs, arena, scratch, err));
    }
    TRY(pairs_put(&pairs, scratch, err));
    pairs_households(&pairs);
    if (filter != NULL) {
        TRY(pairs_keep_left(&pairs, arena, err));
    }
    if (pairs.n_twice > 0) {
        TRY(pairs_twice_faults(&pairs, scratch, file, faults, err));
    }
    TRY_NEW(nowhere, arena, out->n_nowhere, err);
    memcpy(nowhere, out->nowhere, out->n_nowhere * sizeof *nowhere);
    out->nowhere = nowhere;
    out->n_rows = rows->n;
    out->problem.first = pairs.first;
    out->problem.locality = pairs.locality;
    out->problem.score = pairs.score;
    return 0;
}
