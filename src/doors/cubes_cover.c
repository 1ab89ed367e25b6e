#include <string.h>

#include "diagram_nodes.h"

struct cover {
    struct diagram *diagram;
    struct cubes primes;
    diagram_ref *cube; /* [primes.n] its part of f, made when it is picked */
    double *gain;      /* [primes.n] vectors that it would add, or a number that is not less */
    size_t n;
    size_t *picked; /* [primes.n] */
};

/* The function that is 1 in the cube. */
static int cube_ref(struct diagram *diagram, const uint64_t mask[], diagram_ref *out,
                    struct ajar_err *err)
{
    diagram_ref made = 1;
    for (size_t v = diagram->n_vars; v-- > 0;) {
        diagram_ref kids[DIAGRAM_CLASSES_MAX];
        for (unsigned c = 0; c < diagram->classes[v]; c++) {
            kids[c] = mask[v] >> c & 1 ? made : 0;
        }
        TRY(diagram_make(diagram, (uint32_t)v, kids, &made, err));
    }
    *out = made;
    return 0;
}

/* The prime that adds most to what is covered.  What a prime adds never grows, so a count made
 * earlier is a bound, and most need no new one. */
static size_t best_prime(struct cover *it, diagram_ref rest)
{
    size_t best = 0;
    double most = 0;
    for (size_t i = 0; i < it->primes.n; i++) {
        if (it->gain[i] > most) {
            it->gain[i] =
                diagram_count_in(it->diagram, rest, 1, &it->primes.mask[i * it->primes.n_vars]);
            if (it->gain[i] > most) {
                most = it->gain[i];
                best = i;
            }
        }
    }
    return best;
}

/* What a prime adds to nothing: all its vectors. */
static double volume(const struct cubes *cubes, size_t i)
{
    double out = 1;
    for (size_t v = 0; v < cubes->n_vars; v++) {
        out *= __builtin_popcountll(cubes->mask[i * cubes->n_vars + v]);
    }
    return out;
}

static int pick_primes(struct cover *it, diagram_ref f, struct ajar_err *err)
{
    for (size_t i = 0; i < it->primes.n; i++) {
        it->gain[i] = volume(&it->primes, i);
    }
    for (diagram_ref rest = f; rest != 0;) {
        size_t best = best_prime(it, rest);
        diagram_ref cube;
        TRY(cube_ref(it->diagram, &it->primes.mask[best * it->primes.n_vars], &cube, err));
        TRY(diagram_choose(it->diagram, cube, f, 0, &it->cube[best], err));
        TRY(diagram_choose(it->diagram, cube, 0, rest, &rest, err));
        it->gain[best] = 0;
        it->picked[it->n++] = best;
    }
    return 0;
}

/* Leaves out the picked primes that lie in the union of those kept before and all after. */
static int drop_superfluous(struct cover *it, struct arena *scratch, struct ajar_err *err)
{
    diagram_ref *after, kept = 0;
    TRY_NEW(after, scratch, it->n + 1, err);
    for (size_t i = it->n; i-- > 0;) {
        TRY(diagram_choose(it->diagram, it->cube[it->picked[i]], 1, after[i + 1], &after[i], err));
    }
    size_t n = 0;
    for (size_t i = 0; i < it->n; i++) {
        diagram_ref others, with, cube = it->cube[it->picked[i]];
        TRY(diagram_choose(it->diagram, kept, 1, after[i + 1], &others, err));
        TRY(diagram_choose(it->diagram, cube, 1, others, &with, err));
        if (with != others) {
            TRY(diagram_choose(it->diagram, cube, 1, kept, &kept, err));
            it->picked[n++] = it->picked[i];
        }
    }
    it->n = n;
    return 0;
}

/* Covers f with the primes that are there. */
static int cover_cubes(struct cover *it, struct arena *arena, struct arena *scratch, diagram_ref f,
                       struct cubes *out, struct ajar_err *err)
{
    size_t n_vars = it->primes.n_vars;
    TRY_NEW(it->cube, scratch, it->primes.n, err);
    TRY_NEW(it->gain, scratch, it->primes.n, err);
    TRY_NEW(it->picked, scratch, it->primes.n, err);
    TRY(pick_primes(it, f, err));
    TRY(drop_superfluous(it, scratch, err));
    struct cubes cubes = {.n = it->n, .n_vars = n_vars};
    TRY_NEW(cubes.mask, arena, cubes.n * n_vars, err);
    for (size_t i = 0; i < it->n && n_vars > 0; i++) {
        memcpy(&cubes.mask[i * n_vars], &it->primes.mask[it->picked[i] * n_vars],
               n_vars * sizeof *cubes.mask);
    }
    *out = cubes;
    return 0;
}

int cubes_cover_within(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                       diagram_ref f, diagram_ref within, size_t limit, struct cubes *out,
                       struct ajar_err *err)
{
    struct cover it = {0};
    diagram_ref lifted;
    TRY(cubes_primes(scratch, scratch, diagram, within, 1, limit, &it.primes, err));
    TRY(diagram_lift(scratch, diagram, f, 1, &it.diagram, &lifted, err));
    return cover_cubes(&it, arena, scratch, lifted, out, err);
}

int cubes_cover(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                diagram_ref f, unsigned value, size_t limit, struct cubes *out,
                struct ajar_err *err)
{
    struct cover it = {0};
    diagram_ref lifted;
    TRY(cubes_primes(scratch, scratch, diagram, f, value, limit, &it.primes, err));
    TRY(diagram_lift(scratch, diagram, f, value, &it.diagram, &lifted, err));
    return cover_cubes(&it, arena, scratch, lifted, out, err);
}
