/* Reading tables from texts in tests, and what was found as one text to compare. */
#ifndef TEST_PLACE_READ_H
#define TEST_PLACE_READ_H

#include <stdio.h>

#include "../base/unit.h"
#include "place_tables.h"

struct read_back {
    struct arena arena;
    struct faults faults;
    struct place_tables tables;
    struct ajar_err err;
    int code;
    char said[6000]; /* a line a fault: "FILE:ROW COLUMN 'VALUE' TEXT | HINT" */
};

static inline void read_said(struct read_back *back)
{
    size_t n = 0;
    for (size_t i = 0; i < back->faults.kept && n < sizeof back->said - 1; i++) {
        const struct ajar_err *fault = &back->faults.at[i];
        int used =
            snprintf(back->said + n, sizeof back->said - n, "%s:%ld %s '%s' %s | %s\n", fault->file,
                     fault->row, fault->column, fault->value, fault->text, fault->hint);
        n += (size_t)used;
    }
}

static inline void read_init(struct read_back *back)
{
    memset(back, 0, sizeof *back);
    arena_init(&back->arena, "the test", (size_t)1 << 30);
    assert_int_equal(faults_init(&back->faults, &back->arena, 20, NULL), 0);
    back->tables.n_rows = 77;
}

static inline void read_tables(struct read_back *back, struct text households,
                               struct text localities, struct text scores, struct pool *pool)
{
    const struct place_input input = {
        .households = {"h", households}, .localities = {"l", localities}, .scores = {"s", scores}};
    read_init(back);
    back->code = place_tables_read(&back->arena, &input, pool, NULL, &back->faults, &back->tables,
                                   &back->err);
    assert_int_equal(back->code, back->err.code);
    assert_int_equal(back->code == 0, back->faults.total == 0);
    if (back->code != 0) {
        assert_int_equal(back->code, E_PLACE_FAULTS);
        assert_int_equal(back->tables.n_rows, 77);
        read_said(back);
    }
}

/* Both hold the same, byte for byte. */
static inline void read_same(const struct place_problem *a, const struct place_problem *b)
{
    assert_int_equal(a->n_households, b->n_households);
    assert_int_equal(a->n_localities, b->n_localities);
    assert_int_equal(a->n_resources, b->n_resources);
    size_t m = a->n_resources, n = a->n_households;
    assert_memory_equal(a->need, b->need, n * m * sizeof *a->need);
    assert_memory_equal(a->capacity, b->capacity, a->n_localities * m * sizeof *a->capacity);
    assert_memory_equal(a->first, b->first, (n + 1) * sizeof *a->first);
    if (a->first[n] > 0) {
        assert_memory_equal(a->locality, b->locality, a->first[n] * sizeof *a->locality);
        assert_memory_equal(a->score, b->score, a->first[n] * sizeof *a->score);
    }
}

#endif
