#include "oracle_cbc.h"

#include <Cbc_C_Interface.h>
#include <stdlib.h>

#ifndef ORACLE_SECONDS
#define ORACLE_SECONDS 60
#endif

/* The model by columns, one a pair. */
struct oracle {
    const struct place_problem *problem;
    int n_columns, n_rows;
    int *start, *row;
    double *value, *zero, *one, *score, *least, *most;
};

static void *oracle_room(size_t n, size_t size)
{
    void *room = calloc(n + 1, size);
    if (room == NULL) {
        abort();
    }
    return room;
}

static void oracle_new(struct oracle *oracle, const struct place_problem *problem)
{
    size_t pairs = (size_t)problem->first[problem->n_households];
    size_t rows = problem->n_households + (size_t)problem->n_localities * problem->n_resources;
    size_t cells = pairs * (1 + (size_t)problem->n_resources);
    *oracle = (struct oracle){.problem = problem, (int)pairs, (int)rows};
    oracle->start = oracle_room(pairs + 1, sizeof *oracle->start);
    oracle->row = oracle_room(cells, sizeof *oracle->row);
    oracle->value = oracle_room(cells, sizeof *oracle->value);
    oracle->zero = oracle_room(pairs, sizeof *oracle->zero);
    oracle->one = oracle_room(pairs, sizeof *oracle->one);
    oracle->score = oracle_room(pairs, sizeof *oracle->score);
    oracle->least = oracle_room(rows, sizeof *oracle->least);
    oracle->most = oracle_room(rows, sizeof *oracle->most);
}

static void oracle_free(struct oracle *oracle)
{
    free(oracle->start);
    free(oracle->row);
    free(oracle->value);
    free(oracle->zero);
    free(oracle->one);
    free(oracle->score);
    free(oracle->least);
    free(oracle->most);
}

static void oracle_rows(struct oracle *oracle)
{
    const struct place_problem *problem = oracle->problem;
    for (int row = 0; row < oracle->n_rows; row++) {
        bool household = row < (int)problem->n_households;
        oracle->least[row] = -1e30;
        oracle->most[row] = household ? 1 : problem->capacity[row - (int)problem->n_households];
    }
}

static void oracle_columns(struct oracle *oracle)
{
    const struct place_problem *problem = oracle->problem;
    int at = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            uint32_t base = problem->n_households + problem->locality[i] * problem->n_resources;
            oracle->start[i] = at;
            oracle->row[at] = (int)h;
            oracle->value[at++] = 1;
            for (uint32_t r = 0; r < problem->n_resources; r++) {
                oracle->row[at] = (int)(base + r);
                oracle->value[at] = place_need(problem, h, r);
                at += oracle->value[at] > 0;
            }
            oracle->one[i] = 1;
            oracle->score[i] = problem->score[i];
        }
    }
    oracle->start[oracle->n_columns] = at;
}

/* What a solver in doubles says is believed only after it was added up in integers. */
static bool oracle_holds(const struct place_problem *problem, const uint32_t *place)
{
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            int64_t used = 0;
            for (uint32_t h = 0; h < problem->n_households; h++) {
                used += place[h] == l ? place_need(problem, h, r) : 0;
            }
            if (used > place_capacity(problem, l, r)) {
                return false;
            }
        }
    }
    return true;
}

static int oracle_plan(const struct place_problem *problem, const double *chosen, uint32_t *place,
                       int64_t *objective)
{
    int64_t total = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        place[h] = PLACE_NONE;
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            if (chosen[i] > 0.5 && place[h] != PLACE_NONE) {
                return ORACLE_FAILED;
            }
            if (chosen[i] > 0.5) {
                place[h] = problem->locality[i];
                total += problem->score[i];
            }
        }
    }
    *objective = total;
    return oracle_holds(problem, place) ? ORACLE_OK : ORACLE_FAILED;
}

static int oracle_solve(struct oracle *oracle, uint32_t *place, int64_t *objective)
{
    Cbc_Model *model = Cbc_newModel();
    int code = ORACLE_FAILED;
    Cbc_loadProblem(model, oracle->n_columns, oracle->n_rows, oracle->start, oracle->row,
                    oracle->value, oracle->zero, oracle->one, oracle->score, oracle->least,
                    oracle->most);
    Cbc_setObjSense(model, -1);
    for (int i = 0; i < oracle->n_columns; i++) {
        Cbc_setInteger(model, i);
    }
    Cbc_setLogLevel(model, 0);
    Cbc_setMaximumSeconds(model, ORACLE_SECONDS);
    Cbc_setAllowableGap(model, 0.5);
    Cbc_setAllowableFractionGap(model, 0);
    Cbc_solve(model);
    if (Cbc_isProvenOptimal(model)) {
        code = oracle_plan(oracle->problem, Cbc_getColSolution(model), place, objective);
    }
    Cbc_deleteModel(model);
    return code;
}

int oracle_cbc(const struct place_problem *problem, uint32_t *place, int64_t *objective)
{
    struct oracle oracle;
    if (problem->first[problem->n_households] == 0) {
        *objective = 0;
        for (uint32_t h = 0; h < problem->n_households; h++) {
            place[h] = PLACE_NONE;
        }
        return ORACLE_OK;
    }
    oracle_new(&oracle, problem);
    oracle_rows(&oracle);
    oracle_columns(&oracle);
    int code = oracle_solve(&oracle, place, objective);
    oracle_free(&oracle);
    return code;
}
