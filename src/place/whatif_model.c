#include <string.h>

#include "mip.h"
#include "whatif_work.h"

/* Some households free to go where their open pairs lead, everybody else where the state has them, and one row that
 * counts moves. */
struct model {
    struct arena *arena;
    const struct whatif_work *work;
    uint32_t n_columns, n_pairs, n_rows, n_cells;
    uint32_t *first; /* [n_households + 1] columns of a household */
    uint64_t *pair;  /* [n_pairs] of a column; after them one a lot that opens or not */
    uint32_t *opens; /* [n_localities] that column, or PLACE_NONE */
    int64_t *worth;
    uint64_t *row;    /* [n_rows + 1] */
    uint32_t *column; /* cells */
    int64_t *value, *least, *most;
    int64_t *used, *quota_used; /* of those who are not free */
    uint32_t *n_at;
    uint32_t moved; /* of those who are not free */
};

static bool model_free(const struct model *model, uint32_t household)
{
    return model->first[household] < model->first[household + 1];
}

static void model_cell(struct model *model, uint32_t column, int64_t value)
{
    if (value != 0) {
        model->column[model->n_cells] = column;
        model->value[model->n_cells++] = value;
    }
}

static void model_end(struct model *model, int64_t least, int64_t most)
{
    model->least[model->n_rows] = least;
    model->most[model->n_rows++] = most;
    model->row[model->n_rows] = model->n_cells;
}

/* Columns of households that have a pair to go to, and that their links leave free. */
static int model_columns(struct model *model, const bool *open, struct ajar_err *err)
{
    const struct whatif_work *work = model->work;
    const struct place_problem *problem = work->problem;
    uint64_t n_pairs = problem->first[problem->n_households];
    TRY_NEW(model->first, model->arena, (size_t)problem->n_households + 1, err);
    TRY_NEW(model->pair, model->arena, n_pairs, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool linked =
            work->at.link_first != NULL && work->at.link_first[h] < work->at.link_first[h + 1];
        bool any = false;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            any = any || open == NULL || open[pair];
        }
        model->first[h] = model->n_pairs;
        any = any && whatif_free(work, h) && (open == NULL || !linked);
        for (uint64_t pair = problem->first[h]; any && pair < problem->first[h + 1]; pair++) {
            if (open == NULL || open[pair] || pair == work->home[h] || pair == work->at.pair[h]) {
                model->pair[model->n_pairs++] = pair;
            }
        }
    }
    model->first[problem->n_households] = model->n_pairs;
    model->n_columns = model->n_pairs;
    return 0;
}

/* What those use who are not free. */
static int model_fixed(struct model *model, struct ajar_err *err)
{
    const struct whatif_work *work = model->work;
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources, n_prices = problem->n_localities * n;
    TRY_NEW(model->used, model->arena, n_prices, err);
    TRY_NEW(model->quota_used, model->arena, work->side->n_quotas, err);
    TRY_NEW(model->n_at, model->arena, problem->n_localities, err);
    TRY_NEW(model->opens, model->arena, problem->n_localities, err);
    memset(model->opens, 0xff, problem->n_localities * sizeof *model->opens);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = standing_at(&work->at, h);
        if (model_free(model, h)) {
            continue;
        }
        model->moved += !work->forced[h] && work->at.pair[h] != work->home[h];
        for (size_t r = 0; l != PLACE_NONE && r < n; r++) {
            uint32_t q = work->at.quota_of == NULL ? PLACE_NONE : work->at.quota_of[l * n + r];
            model->used[l * n + r] += problem->need[h * n + r];
            if (q != PLACE_NONE) {
                model->quota_used[q] += problem->need[h * n + r];
            }
        }
        if (l != PLACE_NONE) {
            model->n_at[l]++;
        }
    }
    for (uint32_t i = 0; i < work->side->n_leasts; i++) {
        uint32_t l = work->side->leasts[i].locality;
        if (model->n_at[l] == 0 && model->opens[l] == PLACE_NONE) {
            model->opens[l] = model->n_columns++;
        }
    }
    return 0;
}

/* Cells are at most: a household's row and the moves' one each, capacity and quota of each resource, two of an
 * opening, and of links one for each column of the other household. */
static int model_room(struct model *model, struct ajar_err *err)
{
    const struct whatif_work *work = model->work;
    const struct place_side *side = work->side;
    size_t n = work->problem->n_resources, links = 0, link_rows = 0;
    for (uint32_t i = 0; i < side->n_links; i++) {
        size_t a = model->first[side->links[i].a + 1] - model->first[side->links[i].a];
        size_t b = model->first[side->links[i].b + 1] - model->first[side->links[i].b];
        links += 2 * (a + b + a * b) + a + b;
        link_rows += a + b + 1;
    }
    size_t cells = model->n_pairs * (2 * n + 5) + (size_t)side->n_leasts * 2 + links;
    size_t rows = work->problem->n_households + (size_t)work->problem->n_localities * n +
                  side->n_quotas + side->n_leasts + model->n_pairs + link_rows + 2;
    TRY_NEW(model->row, model->arena, rows + 1, err);
    TRY_NEW(model->least, model->arena, rows, err);
    TRY_NEW(model->most, model->arena, rows, err);
    TRY_NEW(model->column, model->arena, cells + model->n_pairs * n, err);
    TRY_NEW(model->value, model->arena, cells + model->n_pairs * n, err);
    TRY_NEW(model->worth, model->arena, model->n_columns, err);
    return 0;
}

static void model_households(struct model *model)
{
    const struct whatif_work *work = model->work;
    for (uint32_t h = 0; h < work->problem->n_households; h++) {
        for (uint32_t c = model->first[h]; c < model->first[h + 1]; c++) {
            model->worth[c] = work->problem->score[model->pair[c]];
            model_cell(model, c, 1);
        }
        if (model_free(model, h)) {
            model_end(model, -MIP_FREE, 1);
        }
    }
    int64_t most = (int64_t)work->options->moves_most - model->moved;
    for (uint32_t h = 0; h < work->problem->n_households; h++) {
        bool counts = model_free(model, h) && !work->forced[h];
        most -= counts && work->home[h] != STANDING_NOWHERE;
        for (uint32_t c = model->first[h]; counts && c < model->first[h + 1]; c++) {
            if (work->home[h] == STANDING_NOWHERE) {
                model_cell(model, c, 1);
            } else if (work->home[h] == model->pair[c]) {
                model_cell(model, c, -1);
            }
        }
    }
    model_end(model, -MIP_FREE, most);
}

/* Cells of a resource at a locality. */
static void model_load(struct model *model, const uint32_t *by, const uint32_t *at, uint32_t l,
                       uint32_t r)
{
    for (uint32_t i = by[l]; i < by[l + 1]; i++) {
        uint32_t c = at[2 * i], h = at[2 * i + 1];
        model_cell(model, c, place_need(model->work->problem, h, r));
    }
}

static void model_amounts(struct model *model, const uint32_t *by, const uint32_t *at)
{
    const struct whatif_work *work = model->work;
    const struct place_problem *problem = work->problem;
    const struct place_side *side = work->side;
    size_t n = problem->n_resources;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; by[l] < by[l + 1] && r < n; r++) {
            model_load(model, by, at, l, r);
            model_end(model, -MIP_FREE, problem->capacity[l * n + r] - model->used[l * n + r]);
        }
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        for (uint32_t i = 0; i < quota->n_localities; i++) {
            model_load(model, by, at, quota->locality[i], quota->resource);
        }
        model_end(model, -MIP_FREE, quota->most - model->quota_used[q]);
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        const struct side_least *least = &side->leasts[i];
        uint32_t l = least->locality, opens = model->opens[l];
        model_load(model, by, at, l, least->resource);
        if (opens != PLACE_NONE) {
            model_cell(model, opens, -least->least);
        }
        model_end(model,
                  opens != PLACE_NONE ? 0 : least->least - model->used[l * n + least->resource],
                  MIP_FREE);
    }
    for (uint32_t c = 0; c < model->n_pairs; c++) {
        uint32_t opens = model->opens[problem->locality[model->pair[c]]];
        if (opens != PLACE_NONE) {
            model_cell(model, c, 1);
            model_cell(model, opens, -1);
            model_end(model, -MIP_FREE, 0);
        }
    }
}

/* A column of one household of a link asks for a near one of the other. */
static void model_follow(struct model *model, const struct side_link *link, uint32_t who,
                         uint32_t other)
{
    const struct whatif_work *work = model->work;
    const uint32_t *locality = work->problem->locality;
    uint32_t fixed = standing_at(&work->at, other);
    bool free = model_free(model, other);
    for (uint32_t c = model->first[who]; c < model->first[who + 1]; c++) {
        uint32_t there = locality[model->pair[c]];
        model_cell(model, c, 1);
        for (uint32_t d = model->first[other]; d < model->first[other + 1]; d++) {
            if (side_near(work->side, link, there, locality[model->pair[d]])) {
                model_cell(model, d, -1);
            }
        }
        bool kept = !free && fixed != PLACE_NONE && side_near(work->side, link, there, fixed);
        model_end(model, -MIP_FREE, kept);
    }
}

/* Both or neither; households that cannot move are locked ones, or nowhere without a pair. */
static void model_links(struct model *model)
{
    const struct whatif_work *work = model->work;
    for (uint32_t i = 0; i < work->side->n_links; i++) {
        const struct side_link *link = &work->side->links[i];
        int64_t fixed = 0;
        if (!model_free(model, link->a) && !model_free(model, link->b)) {
            continue;
        }
        for (uint32_t c = model->first[link->a]; c < model->first[link->a + 1]; c++) {
            model_cell(model, c, 1);
        }
        for (uint32_t c = model->first[link->b]; c < model->first[link->b + 1]; c++) {
            model_cell(model, c, -1);
        }
        if (!model_free(model, link->a)) {
            fixed = standing_at(&work->at, link->a) == PLACE_NONE ? 0 : 1;
        } else if (!model_free(model, link->b)) {
            fixed = standing_at(&work->at, link->b) == PLACE_NONE ? 0 : -1;
        }
        model_end(model, -fixed, -fixed);
        model_follow(model, link, link->a, link->b);
        model_follow(model, link, link->b, link->a);
    }
}

static int model_rows(struct model *model, struct ajar_err *err)
{
    const struct place_problem *problem = model->work->problem;
    uint32_t *by, *at;
    TRY_NEW(by, model->arena, (size_t)problem->n_localities + 2, err);
    TRY_NEW(at, model->arena, (size_t)model->n_pairs * 2, err);
    for (uint32_t c = 0; c < model->n_pairs; c++) {
        by[problem->locality[model->pair[c]] + 2]++;
    }
    for (size_t l = 2; l < (size_t)problem->n_localities + 2; l++) {
        by[l] += by[l - 1];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint32_t c = model->first[h]; c < model->first[h + 1]; c++) {
            uint32_t to = by[problem->locality[model->pair[c]] + 1]++;
            at[2 * to] = c;
            at[2 * to + 1] = h;
        }
    }
    model_households(model);
    model_amounts(model, by, at);
    model_links(model);
    return 0;
}

int whatif_model(struct arena *arena, struct whatif_work *work, struct whatif_cut *cut,
                 struct ajar_err *err)
{
    struct model model = {.arena = arena, .work = work};
    const struct mip_options options = {.started = cut->started, .nodes = cut->nodes};
    struct mip_result result;
    bool *chosen;
    cut->ended = cut->found = false;
    TRY(model_columns(&model, cut->open, err));
    TRY(model_fixed(&model, err));
    TRY(model_room(&model, err));
    TRY(model_rows(&model, err));
    TRY_NEW(chosen, arena, model.n_columns, err);
    for (uint32_t h = 0; h < work->problem->n_households; h++) {
        for (uint32_t c = model.first[h]; c < model.first[h + 1]; c++) {
            uint32_t opens = model.opens[work->problem->locality[model.pair[c]]];
            chosen[c] = cut->started && model.pair[c] == work->at.pair[h];
            if (chosen[c] && opens != PLACE_NONE) {
                chosen[opens] = true;
            }
        }
    }
    const struct mip mip = {model.n_columns, model.n_rows, model.worth, model.row,
                            model.column,    model.value,  model.least, model.most};
    if (model.n_pairs == 0) {
        return 0;
    }
    if (!mip_solve(&mip, &options, chosen, &result)) {
        return err_set(err, E_MEMORY, "No memory is left for the model of a changed plan.");
    }
    cut->ended = result.ended;
    cut->found = result.found;
    for (uint32_t h = 0; result.found && h < work->problem->n_households; h++) {
        uint64_t to = model_free(&model, h) ? STANDING_NOWHERE : work->at.pair[h];
        for (uint32_t c = model.first[h]; c < model.first[h + 1]; c++) {
            to = chosen[c] ? model.pair[c] : to;
        }
        whatif_put(work, h, to);
        whatif_settle(work, h);
    }
    return 0;
}
