#include "place_wishes.h"

#include <stdlib.h>

#include "bound.h"
#include "place_sheet.h"

#define WISHES_RANK_MOST 1000000

/* One entry of a list: `key` is a locality or a household. */
struct wished {
    int32_t rank, score; /* INT32_MAX: not named */
    uint32_t key;
};

struct wishing {
    struct arena *arena;
    const struct programme *programme;
    struct faults *faults;
    struct place_ids households, localities;
    int32_t *rank; /* [pairs] INT32_MAX: not named */
};

static int wished_cmp(const void *a, const void *b)
{
    const struct wished *x = a, *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->key < y->key ? -1 : x->key > y->key;
}

/* ---- Rows ---- */

struct wish_row {
    struct text of, about; /* household and place, or locality and household */
    int32_t rank;
};

typedef void wish_take(struct wishing *wishing, struct place_sheet *sheet, const int column[3],
                       const struct wish_row *row);

static void take_wish(struct wishing *wishing, struct place_sheet *sheet, const int column[3],
                      const struct wish_row *row)
{
    const struct programme *programme = wishing->programme;
    const struct place_problem *problem = &programme->problem;
    uint32_t h = place_ids_find(&wishing->households, row->of);
    if (h == PLACE_NONE) {
        place_sheet_fault(sheet, E_PLACE_UNKNOWN, column[0], "there is no such household");
        return;
    }
    for (uint64_t p = problem->first[h]; p < problem->first[h + 1]; p++) {
        uint32_t l = problem->locality[p];
        struct text place = programme->place == NULL || programme->place[l].n == 0
                                ? programme->names.locality[l]
                                : programme->place[l];
        if (text_eq(place, row->about) && row->rank < wishing->rank[p]) {
            wishing->rank[p] = row->rank;
        }
    }
}

static void take_priority(struct wishing *wishing, struct place_sheet *sheet, const int column[3],
                          const struct wish_row *row)
{
    uint32_t l = place_ids_find(&wishing->localities, row->of);
    uint32_t h = place_ids_find(&wishing->households, row->about);
    if (l == PLACE_NONE) {
        place_sheet_fault(sheet, E_PLACE_UNKNOWN, column[0], "there is no such locality");
        return;
    }
    if (h == PLACE_NONE) {
        place_sheet_fault(sheet, E_PLACE_UNKNOWN, column[1], "there is no such household");
        return;
    }
    uint64_t pair = place_pair(&wishing->programme->problem, h, l);
    if (pair == UINT64_MAX) {
        return;
    }
    if (wishing->rank[pair] != INT32_MAX) {
        place_sheet_fault(sheet, E_PLACE_TWICE, column[1],
                          "this household has a rank there already");
        return;
    }
    wishing->rank[pair] = row->rank;
}

static int wish_rows(struct wishing *wishing, const struct place_table *table,
                     const char *const names[3], wish_take *take, struct ajar_err *err)
{
    struct place_sheet sheet;
    int column[3];
    bool open = false, more = false;
    TRY(place_sheet_open(&sheet, wishing->arena, table->name, table->bytes, UINT32_MAX, false,
                         wishing->faults, &open, err));
    for (int c = 0; c < 3; c++) {
        column[c] = open ? place_sheet_column(&sheet, names[c]) : -1;
        open = open && column[c] >= 0;
    }
    while (open) {
        struct wish_row row;
        TRY(place_sheet_next(&sheet, &more, err));
        if (!more) {
            break;
        }
        if (!sheet.ragged && place_sheet_id(&sheet, column[0], names[0], &row.of) &&
            place_sheet_id(&sheet, column[1], names[1], &row.about) &&
            place_sheet_whole(&sheet, column[2], 1, WISHES_RANK_MOST, &row.rank)) {
            take(wishing, &sheet, column, &row);
        }
    }
    return 0;
}

static int wish_begin(struct wishing *wishing, struct ajar_err *err)
{
    const struct place_problem *problem = &wishing->programme->problem;
    uint64_t pairs = problem->first[problem->n_households];
    TRY_NEW(wishing->rank, wishing->arena, pairs, err);
    for (uint64_t p = 0; p < pairs; p++) {
        wishing->rank[p] = INT32_MAX;
    }
    return 0;
}

/* ---- Lists ---- */

static int wish_lists(struct wishing *wishing, struct mechanism_said *out, struct ajar_err *err)
{
    const struct place_problem *problem = &wishing->programme->problem;
    struct wished *list;
    uint64_t *first;
    uint32_t *wish;
    TRY_NEW(first, wishing->arena, (size_t)problem->n_households + 1, err);
    TRY_NEW(wish, wishing->arena, problem->first[problem->n_households], err);
    TRY_NEW(list, wishing->arena, problem->n_localities, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        size_t n = 0;
        for (uint64_t p = problem->first[h]; p < problem->first[h + 1]; p++) {
            if (wishing->rank[p] != INT32_MAX) {
                list[n++] =
                    (struct wished){wishing->rank[p], problem->score[p], problem->locality[p]};
            }
        }
        qsort(list, n, sizeof *list, wished_cmp);
        for (size_t i = 0; i < n; i++) {
            wish[first[h] + i] = list[i].key;
        }
        first[h + 1] = first[h] + n;
    }
    out->wish_first = first;
    out->wish = wish;
    return 0;
}

static int wish_priorities(struct wishing *wishing, struct mechanism_said *out,
                           struct ajar_err *err)
{
    const struct place_problem *problem = &wishing->programme->problem;
    uint64_t pairs = problem->first[problem->n_households], *first, *next;
    struct wished *list;
    uint32_t *ranked;
    TRY_NEW(first, wishing->arena, (size_t)problem->n_localities + 1, err);
    TRY_NEW(next, wishing->arena, problem->n_localities, err);
    TRY_NEW(list, wishing->arena, pairs, err);
    TRY_NEW(ranked, wishing->arena, pairs, err);
    for (uint64_t p = 0; p < pairs; p++) {
        first[problem->locality[p] + 1]++;
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        first[l + 1] += first[l];
        next[l] = first[l];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t p = problem->first[h]; p < problem->first[h + 1]; p++) {
            list[next[problem->locality[p]]++] =
                (struct wished){wishing->rank[p], problem->score[p], h};
        }
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        qsort(list + first[l], first[l + 1] - first[l], sizeof *list, wished_cmp);
    }
    for (uint64_t p = 0; p < pairs; p++) {
        ranked[p] = list[p].key;
    }
    out->rank_first = first;
    out->ranked = ranked;
    return 0;
}

int place_wishes_read(struct arena *arena, const struct programme *programme,
                      const struct place_table *wishes, const struct place_table *priorities,
                      struct faults *faults, struct mechanism_said *out, struct ajar_err *err)
{
    static const char *const wish_columns[] = {"household", "place", "rank"};
    static const char *const priority_columns[] = {"locality", "household", "rank"};
    struct wishing wishing = {.arena = arena, .programme = programme, .faults = faults};
    struct mechanism_said said = {0};
    uint64_t before = faults->total;
    TRY(place_ids_from(&wishing.households, arena, programme->names.household,
                       programme->problem.n_households, err));
    TRY(place_ids_from(&wishing.localities, arena, programme->names.locality,
                       programme->problem.n_localities, err));
    if (wishes->name != NULL) {
        TRY(wish_begin(&wishing, err));
        TRY(wish_rows(&wishing, wishes, wish_columns, take_wish, err));
        TRY(wish_lists(&wishing, &said, err));
    }
    if (priorities->name != NULL) {
        TRY(wish_begin(&wishing, err));
        TRY(wish_rows(&wishing, priorities, priority_columns, take_priority, err));
        TRY(wish_priorities(&wishing, &said, err));
    }
    if (faults->total != before) {
        faults_sort(faults);
        return err_set(err, E_PLACE_FAULTS, "%llu faults were found.",
                       (unsigned long long)(faults->total - before));
    }
    *out = said;
    return 0;
}
