#include "side_oracle.h"

#include <Cbc_C_Interface.h>
#include <stdlib.h>

#define FREE_END 1e30

/* Rows, cell by cell.  Columns: the pairs, then one a locality: whether anybody comes there. */
struct lines {
    int n_columns, n_rows, n_cells, row_room, cell_room;
    int *first, *column;
    double *value, *least, *most;
};

static void *lines_room(void *old, int n, size_t size)
{
    void *room = realloc(old, ((size_t)n + 1) * size);
    if (room == NULL) {
        abort();
    }
    return room;
}

static void lines_cell(struct lines *lines, uint64_t column, double value)
{
    if (lines->n_cells == lines->cell_room) {
        lines->cell_room = 2 * lines->cell_room + 1024;
        lines->column = lines_room(lines->column, lines->cell_room, sizeof *lines->column);
        lines->value = lines_room(lines->value, lines->cell_room, sizeof *lines->value);
    }
    if (value > 0 || value < 0) {
        lines->column[lines->n_cells] = (int)column;
        lines->value[lines->n_cells++] = value;
    }
}

static void lines_end(struct lines *lines, double least, double most)
{
    if (lines->n_rows + 1 >= lines->row_room) {
        lines->row_room = 2 * lines->row_room + 256;
        lines->first = lines_room(lines->first, lines->row_room, sizeof *lines->first);
        lines->least = lines_room(lines->least, lines->row_room, sizeof *lines->least);
        lines->most = lines_room(lines->most, lines->row_room, sizeof *lines->most);
        lines->first[0] = 0;
    }
    lines->least[lines->n_rows] = least;
    lines->most[lines->n_rows++] = most;
    lines->first[lines->n_rows] = lines->n_cells;
}

static void lines_free(struct lines *lines)
{
    free(lines->first);
    free(lines->column);
    free(lines->value);
    free(lines->least);
    free(lines->most);
}

/* All who come to a locality, by need. */
static void lines_comers(struct lines *lines, const struct place_problem *problem,
                         uint32_t locality, uint32_t resource)
{
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            if (problem->locality[i] == locality) {
                lines_cell(lines, i, place_need(problem, h, resource));
            }
        }
    }
}

static void lines_bare(struct lines *lines, const struct place_problem *problem)
{
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            lines_cell(lines, i, 1);
        }
        lines_end(lines, -FREE_END, 1);
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            lines_comers(lines, problem, l, r);
            lines_end(lines, -FREE_END, place_capacity(problem, l, r));
        }
    }
}

static void lines_opening(struct lines *lines, const struct place_problem *problem,
                          const struct place_side *side)
{
    uint64_t pairs = problem->first[problem->n_households];
    for (uint64_t i = 0; i < pairs && side->n_leasts > 0; i++) {
        lines_cell(lines, i, 1);
        lines_cell(lines, pairs + problem->locality[i], -1);
        lines_end(lines, -FREE_END, 0);
    }
    for (uint32_t k = 0; k < side->n_leasts; k++) {
        const struct side_least *least = &side->leasts[k];
        lines_comers(lines, problem, least->locality, least->resource);
        lines_cell(lines, pairs + least->locality, -least->least);
        lines_end(lines, 0, FREE_END);
    }
}

static bool lines_apart(const struct place_side *side, const struct side_link *link, uint32_t a,
                        uint32_t b)
{
    if (link->chord_m == SIDE_SAME) {
        return side->place_of == NULL ? a != b : side->place_of[a] != side->place_of[b];
    }
    const int32_t *p = &side->position_m[3 * (size_t)a], *q = &side->position_m[3 * (size_t)b];
    int64_t x = (int64_t)p[0] - q[0], y = (int64_t)p[1] - q[1], z = (int64_t)p[2] - q[2];
    return x * x + y * y + z * z > link->chord_m * link->chord_m;
}

/* Both or neither, and no two choices that are too far apart. */
static void lines_links(struct lines *lines, const struct place_problem *problem,
                        const struct place_side *side)
{
    for (uint32_t k = 0; k < side->n_links; k++) {
        const struct side_link *link = &side->links[k];
        for (uint64_t i = problem->first[link->a]; i < problem->first[link->a + 1]; i++) {
            lines_cell(lines, i, 1);
        }
        for (uint64_t j = problem->first[link->b]; j < problem->first[link->b + 1]; j++) {
            lines_cell(lines, j, -1);
        }
        lines_end(lines, 0, 0);
        for (uint64_t i = problem->first[link->a]; i < problem->first[link->a + 1]; i++) {
            lines_cell(lines, i, 1);
            for (uint64_t j = problem->first[link->b]; j < problem->first[link->b + 1]; j++) {
                bool apart = lines_apart(side, link, problem->locality[i], problem->locality[j]);
                lines_cell(lines, j, apart ? 1 : 0);
            }
            lines_end(lines, -FREE_END, 1);
        }
    }
}

static void lines_new(struct lines *lines, const struct place_problem *problem,
                      const struct place_side *side)
{
    *lines = (struct lines){
        .n_columns = (int)(problem->first[problem->n_households] + problem->n_localities)};
    lines_bare(lines, problem);
    for (uint32_t k = 0; k < side->n_locks; k++) {
        lines_cell(lines, side->locks[k].pair, 1);
        lines_end(lines, 1, 1);
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        for (uint32_t k = 0; k < side->quotas[q].n_localities; k++) {
            lines_comers(lines, problem, side->quotas[q].locality[k], side->quotas[q].resource);
        }
        lines_end(lines, -FREE_END, (double)side->quotas[q].most);
    }
    lines_opening(lines, problem, side);
    lines_links(lines, problem, side);
}

static void *lines_model(const struct lines *lines, const struct place_problem *problem)
{
    Cbc_Model *model = Cbc_newModel();
    char name[32];
    for (int i = 0; i < lines->n_columns; i++) {
        bool pair = i < (int)problem->first[problem->n_households];
        snprintf(name, sizeof name, "c%d", i);
        Cbc_addCol(model, name, 0, 1, pair ? problem->score[i] : 0, 1, 0, NULL, NULL);
    }
    for (int row = 0; row < lines->n_rows; row++) {
        int from = lines->first[row], n = lines->first[row + 1] - from;
        double most = lines->most[row], least = lines->least[row];
        if (n == 0 && least <= 0 && most >= 0) {
            continue; /* holds by itself, and there may be no cells to point at */
        }
        snprintf(name, sizeof name, "r%d", row);
        if (most < FREE_END) {
            Cbc_addRow(model, name, n, &lines->column[from], &lines->value[from], 'L', most);
        }
        snprintf(name, sizeof name, "s%d", row);
        if (least > -FREE_END) {
            Cbc_addRow(model, name, n, &lines->column[from], &lines->value[from], 'G', least);
        }
    }
    Cbc_setObjSense(model, -1);
    Cbc_setLogLevel(model, 0);
    Cbc_setMaximumSeconds(model, 120);
    Cbc_setAllowableGap(model, 0.5);
    Cbc_setAllowableFractionGap(model, 0);
    return model;
}

int side_oracle_cbc(const struct place_problem *problem, const struct place_side *side,
                    uint32_t *place, int64_t *objective)
{
    struct lines lines;
    int code = ORACLE_FAILED;
    lines_new(&lines, problem, side);
    Cbc_Model *model = lines_model(&lines, problem);
    Cbc_solve(model);
    if (Cbc_isProvenInfeasible(model)) {
        code = ORACLE_NO_PLAN;
    } else if (Cbc_isProvenOptimal(model)) {
        const double *chosen = Cbc_getColSolution(model);
        *objective = 0;
        for (uint32_t h = 0; h < problem->n_households; h++) {
            place[h] = PLACE_NONE;
            for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
                place[h] = chosen[i] > 0.5 ? problem->locality[i] : place[h];
                *objective += chosen[i] > 0.5 ? problem->score[i] : 0;
            }
        }
        code = ORACLE_OK;
    }
    Cbc_deleteModel(model);
    lines_free(&lines);
    return code;
}

static void lines_row(const struct lines *lines, int row, FILE *file)
{
    for (int k = lines->first[row]; k < lines->first[row + 1]; k++) {
        fprintf(file, " %+.0f x%d\n", lines->value[k], lines->column[k]);
    }
}

void side_oracle_write(const struct place_problem *problem, const struct place_side *side,
                       FILE *file)
{
    struct lines lines;
    lines_new(&lines, problem, side);
    fprintf(file, "Maximize\n obj:\n");
    for (uint64_t i = 0; i < problem->first[problem->n_households]; i++) {
        fprintf(file, " %+d x%d\n", problem->score[i], (int)i);
    }
    fprintf(file, "Subject To\n");
    for (int row = 0; row < lines.n_rows; row++) {
        if (lines.first[row] == lines.first[row + 1]) {
            /* A row of the format has a cell; one that no plan keeps must still say so. */
            if (lines.least[row] > 0 || lines.most[row] < 0) {
                fprintf(file, " r%d: 0 x0 >= 1\n", row);
            }
            continue;
        }
        if (lines.most[row] < FREE_END) {
            fprintf(file, " r%d:\n", row);
            lines_row(&lines, row, file);
            fprintf(file, " <= %.0f\n", lines.most[row]);
        }
        if (lines.least[row] > -FREE_END) {
            fprintf(file, " s%d:\n", row);
            lines_row(&lines, row, file);
            fprintf(file, " >= %.0f\n", lines.least[row]);
        }
    }
    fprintf(file, "Binary\n");
    for (int i = 0; i < lines.n_columns; i++) {
        fprintf(file, " x%d\n", i);
    }
    fprintf(file, "End\n");
    lines_free(&lines);
}
