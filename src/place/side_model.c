#include "side_model.h"

#include <string.h>

/* Rows while they are written; room doubles. */
struct model_rows {
    struct arena *arena;
    uint32_t n, room;
    uint64_t cells, cell_room;
    uint64_t *first;
    uint32_t *column;
    int64_t *value, *least, *most;
};

struct model_work {
    const struct side_state *state;
    const struct side_core *core;
    const uint32_t *free;
    uint32_t n_free;
    struct side_model *model;
    struct model_rows rows;
    int64_t *load, *quota_load; /* of those who are not free */
    uint32_t *count;            /* [n_localities] of those who are not free */
    uint32_t *of;               /* [core n_households] place in free, or PLACE_NONE */
    uint32_t *first;            /* [n_free + 1] columns of a free household */
    uint32_t *lot_first, *lot;  /* [n_localities + 2], [n_pairs] columns of a locality */
    uint32_t *opens;            /* [n_localities] the column of open or not, or PLACE_NONE */
    bool *must;                 /* [n_free] */
};

static int rows_grow(struct model_rows *rows, struct ajar_err *err)
{
    struct model_rows big = *rows;
    if (rows->n + 1 >= rows->room) {
        big.room = rows->room == 0 ? 64 : 2 * rows->room;
        TRY_NEW(big.first, rows->arena, (size_t)big.room + 1, err);
        TRY_NEW(big.least, rows->arena, big.room, err);
        TRY_NEW(big.most, rows->arena, big.room, err);
        if (rows->n > 0) {
            memcpy(big.first, rows->first, ((size_t)rows->n + 1) * sizeof *big.first);
            memcpy(big.least, rows->least, rows->n * sizeof *big.least);
            memcpy(big.most, rows->most, rows->n * sizeof *big.most);
        }
    }
    *rows = big;
    return 0;
}

/* Cells go into the row that rows_end closes; one whose value is 0 is left out. */
static int rows_cell(struct model_rows *rows, uint32_t column, int64_t value, struct ajar_err *err)
{
    if (rows->cells == rows->cell_room) {
        uint64_t room = rows->cell_room == 0 ? 512 : 2 * rows->cell_room;
        uint32_t *columns;
        int64_t *values;
        TRY_NEW(columns, rows->arena, room, err);
        TRY_NEW(values, rows->arena, room, err);
        if (rows->cells > 0) {
            memcpy(columns, rows->column, rows->cells * sizeof *columns);
            memcpy(values, rows->value, rows->cells * sizeof *values);
        }
        rows->column = columns;
        rows->value = values;
        rows->cell_room = room;
    }
    if (value != 0) {
        rows->column[rows->cells] = column;
        rows->value[rows->cells++] = value;
    }
    return 0;
}

static int rows_end(struct model_rows *rows, int64_t least, int64_t most, struct ajar_err *err)
{
    TRY(rows_grow(rows, err));
    rows->least[rows->n] = least;
    rows->most[rows->n++] = most;
    rows->first[rows->n] = rows->cells;
    return 0;
}

/* What the others use, and who is free. */
static int model_others(struct arena *arena, struct model_work *work, struct ajar_err *err)
{
    const struct side_state *state = work->state;
    const struct place_problem *problem = &work->core->problem;
    size_t n = problem->n_resources, n_cells = problem->n_localities * n;
    TRY_NEW(work->load, arena, n_cells, err);
    TRY_NEW(work->quota_load, arena, work->core->side.n_quotas, err);
    TRY_NEW(work->count, arena, problem->n_localities, err);
    TRY_NEW(work->of, arena, problem->n_households, err);
    TRY_NEW(work->must, arena, work->n_free, err);
    memset(work->of, 0xff, problem->n_households * sizeof *work->of);
    memcpy(work->load, state->load, n_cells * sizeof *work->load);
    memcpy(work->quota_load, state->quota_load,
           work->core->side.n_quotas * sizeof *work->quota_load);
    memcpy(work->count, state->count, problem->n_localities * sizeof *work->count);
    for (uint32_t k = 0; k < work->n_free; k++) {
        uint32_t h = work->free[k], l = side_place(state, h);
        work->of[h] = k;
        work->must[k] = work->core->must[h];
        if (l == PLACE_NONE) {
            continue;
        }
        work->count[l]--;
        for (size_t r = 0; r < n; r++) {
            uint32_t q = work->core->quota_of[l * n + r];
            work->load[l * n + r] -= problem->need[h * n + r];
            if (q != PLACE_NONE) {
                work->quota_load[q] -= problem->need[h * n + r];
            }
        }
    }
    return 0;
}

/* Whether a pair keeps the household's links to those who are not free. */
static bool model_near(struct model_work *work, uint32_t household, uint64_t pair)
{
    const struct side_core *core = work->core;
    for (uint64_t k = core->link_first[household]; k < core->link_first[household + 1]; k++) {
        const struct side_link *link = &core->side.links[core->link_at[k]];
        uint32_t other = side_other(link, household);
        if (work->of[other] != PLACE_NONE) {
            continue;
        }
        uint32_t at = side_place(work->state, other);
        work->must[work->of[household]] = at != PLACE_NONE;
        if (at == PLACE_NONE || !side_near(&core->side, link, core->problem.locality[pair], at)) {
            return false;
        }
    }
    return true;
}

static bool model_fits(const struct model_work *work, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = &work->core->problem;
    size_t n = problem->n_resources, l = problem->locality[pair];
    for (size_t r = 0; r < n; r++) {
        int32_t need = problem->need[household * n + r];
        if (work->load[l * n + r] + need > problem->capacity[l * n + r]) {
            return false;
        }
    }
    return true;
}

static int model_columns(struct arena *arena, struct model_work *work, const bool *open,
                         struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    struct side_model *model = work->model;
    uint64_t most = 0;
    for (uint32_t k = 0; k < work->n_free; k++) {
        most += problem->first[work->free[k] + 1] - problem->first[work->free[k]];
    }
    TRY_NEW(model->household, arena, most, err);
    TRY_NEW(model->pair, arena, most, err);
    TRY_NEW(work->first, arena, (size_t)work->n_free + 1, err);
    for (uint32_t k = 0; k < work->n_free; k++) {
        uint32_t h = work->free[k];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            if ((open == NULL || open[pair]) && model_fits(work, h, pair) &&
                model_near(work, h, pair)) {
                model->household[model->n_pairs] = h;
                model->pair[model->n_pairs++] = pair;
            }
        }
        work->first[k + 1] = model->n_pairs;
    }
    return 0;
}

/* Columns by locality, and a column for each lot that may stay empty. */
static int model_lots(struct arena *arena, struct model_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    struct side_model *model = work->model;
    uint32_t *first;
    TRY_NEW(first, arena, (size_t)problem->n_localities + 2, err);
    TRY_NEW(work->lot, arena, model->n_pairs, err);
    TRY_NEW(work->opens, arena, problem->n_localities, err);
    memset(work->opens, 0xff, problem->n_localities * sizeof *work->opens);
    for (uint32_t c = 0; c < model->n_pairs; c++) {
        first[problem->locality[model->pair[c]] + 2]++;
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        first[l + 2] += first[l + 1];
    }
    for (uint32_t c = 0; c < model->n_pairs; c++) {
        work->lot[first[problem->locality[model->pair[c]] + 1]++] = c;
    }
    work->lot_first = first;
    model->mip.n_columns = model->n_pairs;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        if (work->core->lot[l] == LOT_EITHER && work->count[l] == 0 && first[l] < first[l + 1]) {
            work->opens[l] = model->mip.n_columns++;
        }
    }
    return 0;
}

static int model_worth(struct arena *arena, struct model_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    struct side_model *model = work->model;
    int64_t *worth;
    TRY_NEW(worth, arena, model->mip.n_columns, err);
    TRY_NEW(model->chosen, arena, model->mip.n_columns, err);
    for (uint32_t c = 0; c < model->n_pairs; c++) {
        worth[c] = problem->score[model->pair[c]];
        model->chosen[c] = work->state->at[model->household[c]] == model->pair[c];
        uint32_t opens = work->opens[problem->locality[model->pair[c]]];
        if (opens != PLACE_NONE && model->chosen[c]) {
            model->chosen[opens] = true;
        }
    }
    model->mip.worth = worth;
    return 0;
}

static int rows_of_households(struct model_work *work, struct ajar_err *err)
{
    for (uint32_t k = 0; k < work->n_free; k++) {
        for (uint32_t c = work->first[k]; c < work->first[k + 1]; c++) {
            TRY(rows_cell(&work->rows, c, 1, err));
        }
        if (work->must[k] || work->first[k] < work->first[k + 1]) {
            TRY(rows_end(&work->rows, work->must[k] ? 1 : -MIP_FREE, 1, err));
        }
    }
    return 0;
}

/* Capacities that all who may come could pass, and minimums. */
static int rows_of_lots(struct model_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    size_t n = problem->n_resources;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        bool held = work->core->lot[l] == LOT_OPEN || work->count[l] > 0;
        for (size_t r = 0; r < n; r++) {
            int64_t sum = 0, room = problem->capacity[l * n + r] - work->load[l * n + r];
            int64_t least = work->core->least[l * n + r] - work->load[l * n + r];
            for (uint32_t k = work->lot_first[l]; k < work->lot_first[l + 1]; k++) {
                int64_t need = problem->need[work->model->household[work->lot[k]] * n + r];
                TRY(rows_cell(&work->rows, work->lot[k], need, err));
                sum += need;
            }
            if (work->opens[l] != PLACE_NONE) {
                TRY(rows_cell(&work->rows, work->opens[l], -room, err));
            }
            least = held && work->core->lot[l] != LOT_PLAIN && least > 0 ? least : -MIP_FREE;
            if (sum > room || least > 0) {
                TRY(rows_end(&work->rows, least, work->opens[l] == PLACE_NONE ? room : 0, err));
            } else {
                work->rows.cells = work->rows.first[work->rows.n];
            }
        }
    }
    return 0;
}

/* Of a lot that may stay empty: nobody comes unless it is open, and then enough do. */
static int rows_of_opening(struct model_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    size_t n = problem->n_resources;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        uint32_t opens = work->opens[l];
        if (opens == PLACE_NONE) {
            continue;
        }
        for (uint32_t k = work->lot_first[l]; k < work->lot_first[l + 1]; k++) {
            TRY(rows_cell(&work->rows, work->lot[k], 1, err));
            TRY(rows_cell(&work->rows, opens, -1, err));
            TRY(rows_end(&work->rows, -MIP_FREE, 0, err));
        }
        for (size_t r = 0; r < n; r++) {
            if (work->core->least[l * n + r] == 0) {
                continue;
            }
            for (uint32_t k = work->lot_first[l]; k < work->lot_first[l + 1]; k++) {
                uint32_t h = work->model->household[work->lot[k]];
                TRY(rows_cell(&work->rows, work->lot[k], problem->need[h * n + r], err));
            }
            TRY(rows_cell(&work->rows, opens, -(int64_t)work->core->least[l * n + r], err));
            TRY(rows_end(&work->rows, 0, MIP_FREE, err));
        }
    }
    return 0;
}

static int rows_of_quotas(struct model_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    size_t n = problem->n_resources;
    for (uint32_t q = 0; q < work->core->side.n_quotas; q++) {
        const struct side_quota *quota = &work->core->side.quotas[q];
        int64_t sum = 0;
        for (uint32_t i = 0; i < quota->n_localities; i++) {
            uint32_t l = quota->locality[i];
            for (uint32_t k = work->lot_first[l]; k < work->lot_first[l + 1]; k++) {
                uint32_t h = work->model->household[work->lot[k]];
                int64_t need = problem->need[h * n + quota->resource];
                TRY(rows_cell(&work->rows, work->lot[k], need, err));
                sum += need;
            }
        }
        if (sum > quota->most - work->quota_load[q]) {
            TRY(rows_end(&work->rows, -MIP_FREE, quota->most - work->quota_load[q], err));
        } else {
            work->rows.cells = work->rows.first[work->rows.n];
        }
    }
    return 0;
}

/* One comes to a locality only when the other comes near it. */
static int rows_of_near(struct model_work *work, const struct side_link *link, uint32_t one,
                        uint32_t other, struct ajar_err *err)
{
    const struct place_problem *problem = &work->core->problem;
    const uint64_t *pair = work->model->pair;
    for (uint32_t c = work->first[one]; c < work->first[one + 1]; c++) {
        TRY(rows_cell(&work->rows, c, 1, err));
        for (uint32_t d = work->first[other]; d < work->first[other + 1]; d++) {
            bool near = side_near(&work->core->side, link, problem->locality[pair[c]],
                                  problem->locality[pair[d]]);
            TRY(rows_cell(&work->rows, d, near ? -1 : 0, err));
        }
        TRY(rows_end(&work->rows, -MIP_FREE, 0, err));
    }
    return 0;
}

static int rows_of_links(struct model_work *work, struct ajar_err *err)
{
    const struct side_core *core = work->core;
    for (uint32_t k = 0; k < core->side.n_links; k++) {
        const struct side_link *link = &core->side.links[k];
        uint32_t a = work->of[link->a], b = work->of[link->b];
        if (a == PLACE_NONE || b == PLACE_NONE) {
            continue;
        }
        TRY(rows_of_near(work, link, a, b, err));
        TRY(rows_of_near(work, link, b, a, err));
        for (uint32_t c = work->first[a]; c < work->first[a + 1]; c++) {
            TRY(rows_cell(&work->rows, c, 1, err));
        }
        for (uint32_t c = work->first[b]; c < work->first[b + 1]; c++) {
            TRY(rows_cell(&work->rows, c, -1, err));
        }
        TRY(rows_end(&work->rows, 0, 0, err));
    }
    return 0;
}

int side_model_new(struct arena *arena, const struct side_state *state, const uint32_t *free,
                   uint32_t n_free, const bool *open, struct side_model *out, struct ajar_err *err)
{
    struct side_model model = {0};
    struct model_work work = {.state = state,
                              .core = state->core,
                              .free = free,
                              .n_free = n_free,
                              .model = &model,
                              .rows = {.arena = arena}};
    TRY(rows_grow(&work.rows, err));
    TRY(model_others(arena, &work, err));
    TRY(model_columns(arena, &work, open, err));
    TRY(model_lots(arena, &work, err));
    TRY(model_worth(arena, &work, err));
    TRY(rows_of_households(&work, err));
    TRY(rows_of_lots(&work, err));
    TRY(rows_of_opening(&work, err));
    TRY(rows_of_quotas(&work, err));
    TRY(rows_of_links(&work, err));
    model.mip.n_rows = work.rows.n;
    model.mip.first = work.rows.first;
    model.mip.column = work.rows.column;
    model.mip.value = work.rows.value;
    model.mip.least = work.rows.least;
    model.mip.most = work.rows.most;
    *out = model;
    return 0;
}

int side_model_solve(struct side_model *model, const struct mip_options *options,
                     struct mip_result *out, struct ajar_err *err)
{
    if (!mip_solve(&model->mip, options, model->chosen, out)) {
        return err_set(err, E_MEMORY, "The branch and cut found no memory.");
    }
    return 0;
}
