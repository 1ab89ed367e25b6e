/* What the fuzz targets of PLACE share: what tables that were read promise. */
#ifndef TEST_PLACE_FUZZ_H
#define TEST_PLACE_FUZZ_H

#include "fuzz.h"

#include "place_check.h"
#include "place_ids.h"
#include "place_tables.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

static inline void fuzz_ids(const struct text *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        size_t bad;
        fuzz_demand(list[i].n > 0 && text_utf8(list[i], &bad) && list[i].at[list[i].n] == '\0');
        fuzz_demand(i == 0 || place_ids_cmp(list[i - 1], list[i]) < 0);
    }
}

static inline void fuzz_nowhere(const struct place_tables *tables)
{
    const struct place_problem *problem = &tables->problem;
    uint32_t n = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (problem->first[h] < problem->first[h + 1]) {
            continue;
        }
        const struct place_nowhere *one = &tables->nowhere[n++];
        fuzz_demand(n <= tables->n_nowhere && one->household == h);
        fuzz_demand((one->pairs == 0) == (one->resource == PLACE_NONE));
        if (one->pairs > 0) {
            fuzz_demand(one->short_of >= 1 && one->short_of <= one->pairs);
            fuzz_demand(one->need == place_need(problem, h, one->resource));
        }
    }
    fuzz_demand(n == tables->n_nowhere);
}

static inline void fuzz_faults(int code, const struct faults *faults)
{
    fuzz_demand(code == E_PLACE_FAULTS || code == E_MEMORY || code == E_CEILING);
    fuzz_demand(code != E_PLACE_FAULTS || faults->total > 0);
    for (size_t i = 0; i < faults->kept; i++) {
        const struct ajar_err *fault = &faults->at[i];
        fuzz_demand(fault->code > 0 && fault->text[0] != '\0' && err_advice(fault)[0] != '\0');
        fuzz_demand(fault->file[0] != '\0' && fault->row >= 0);
    }
}

static inline int fuzz_read(struct arena *arena, const struct text bytes[3],
                            struct place_tables *out)
{
    const struct place_input input = {.households = {"households.csv", bytes[0]},
                                      .localities = {"localities.csv", bytes[1]},
                                      .scores = {"scores.csv", bytes[2]}};
    struct faults faults;
    struct ajar_err err = {0};
    fuzz_demand(faults_init(&faults, arena, FUZZ_FAULTS, NULL) == 0);
    out->n_rows = 77;
    int code = place_tables_read(arena, &input, NULL, NULL, &faults, out, &err);
    fuzz_demand(code == err.code);
    if (code != 0) {
        fuzz_faults(code, &faults);
        fuzz_demand(out->n_rows == 77);
    }
    return code;
}

/* Written and read it is the same problem: written again, the same bytes. */
static inline void fuzz_round(struct arena *arena, const struct place_tables *tables)
{
    struct place_tables again;
    struct buf first[3], second[3];
    struct text bytes[3];
    for (int turn = 0; turn < 2; turn++) {
        struct buf *bufs = turn == 0 ? first : second;
        const struct place_tables *of = turn == 0 ? tables : &again;
        for (int i = 0; i < 3; i++) {
            buf_init(&bufs[i], (size_t)1 << 26);
        }
        place_write_households(&bufs[0], &of->problem, &of->names);
        place_write_localities(&bufs[1], &of->problem, &of->names);
        place_write_scores(&bufs[2], &of->problem, &of->names);
        for (int i = 0; turn == 0 && i < 3; i++) {
            fuzz_demand(buf_ok(&bufs[i], NULL) == 0);
            bytes[i] = buf_view(&bufs[i]);
        }
        fuzz_demand(turn == 1 || fuzz_read(arena, bytes, &again) == 0);
    }
    for (int i = 0; i < 3; i++) {
        fuzz_demand(text_eq(buf_view(&first[i]), buf_view(&second[i])));
        buf_free(&first[i]);
        buf_free(&second[i]);
    }
}

static inline void fuzz_tables(const struct text bytes[3])
{
    struct arena arena;
    struct place_tables tables;
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    if (fuzz_read(&arena, bytes, &tables) == 0) {
        const struct place_problem *problem = &tables.problem;
        fuzz_demand(place_check_problem(problem, &tables.names, NULL) == 0);
        fuzz_demand(problem->n_households > 0 && problem->n_localities > 0);
        fuzz_demand(problem->n_resources > 0);
        fuzz_demand(tables.n_rows == problem->first[problem->n_households] + tables.n_unfit);
        fuzz_ids(tables.names.household, problem->n_households);
        fuzz_ids(tables.names.locality, problem->n_localities);
        fuzz_nowhere(&tables);
        fuzz_round(&arena, &tables);
    }
    arena_free(&arena);
}

#endif
