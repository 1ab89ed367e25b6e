/* Random functions of few variables as plain tables: the oracle of diagrams and cubes. */
#ifndef TEST_DOORS_TABLE_RANDOM_H
#define TEST_DOORS_TABLE_RANDOM_H

#include "../base/unit.h"

#include "diagram.h"
#include "rng.h"

#define TABLE_VARS 6
#define TABLE_MOST 4096 /* vectors: 4 classes of 6 variables */
#define CEILING    ((size_t)256 << 20)

struct shape {
    size_t n_vars, n_vectors;
    uint8_t classes[TABLE_VARS];
};

static inline uint32_t larger_of_two(struct rng *rng, uint32_t n)
{
    uint32_t a = rng_below(rng, n), b = rng_below(rng, n);
    return a > b ? a : b;
}

/* Mostly near the largest; also no variable at all, and variables of one class. */
static inline struct shape shape_random(struct rng *rng, uint32_t most_vars, uint32_t most_classes)
{
    struct shape shape = {.n_vars = larger_of_two(rng, most_vars + 1), .n_vectors = 1};
    assert_in_range(shape.n_vars, 0, TABLE_VARS);
    for (size_t v = 0; v < TABLE_VARS && v < shape.n_vars; v++) {
        shape.classes[v] = (uint8_t)(1 + larger_of_two(rng, most_classes));
        shape.n_vectors *= shape.classes[v];
    }
    return shape;
}

/* The vector of number `i`: the last variable runs fastest. */
static inline void shape_vector(const struct shape *shape, size_t i, uint8_t vector[])
{
    for (size_t v = shape->n_vars; v-- > 0;) {
        vector[v] = (uint8_t)(i % shape->classes[v]);
        i /= shape->classes[v];
    }
}

static inline bool cube_holds(const struct shape *shape, const uint64_t mask[],
                              const uint8_t vector[])
{
    for (size_t v = 0; v < shape->n_vars; v++) {
        if ((mask[v] >> vector[v] & 1) == 0) {
            return false;
        }
    }
    return true;
}

static inline uint64_t mask_random(struct rng *rng, unsigned classes)
{
    return 1 + rng_below(rng, (uint32_t)(((uint64_t)1 << classes) - 1));
}

/* The table as a diagram, from atoms: each vector of another value than 0 is put in by itself. */
static inline diagram_ref table_diagram(struct diagram *diagram, const struct shape *shape,
                                        const uint8_t table[])
{
    diagram_ref f = 0;
    for (size_t i = 0; i < shape->n_vectors; i++) {
        if (table[i] != 0) {
            uint8_t vector[TABLE_VARS];
            diagram_ref here = 1, atom = 0;
            shape_vector(shape, i, vector);
            for (size_t v = shape->n_vars; v-- > 0;) {
                assert_int_equal(diagram_atom(diagram, v, (uint64_t)1 << vector[v], &atom, NULL),
                                 0);
                assert_int_equal(diagram_choose(diagram, atom, here, 0, &here, NULL), 0);
            }
            assert_int_equal(diagram_choose(diagram, here, table[i], f, &f, NULL), 0);
        }
    }
    return f;
}

#endif
