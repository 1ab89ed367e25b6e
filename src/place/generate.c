#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEATS, SCHOOL, TRAINING, SUPPORT };

#define KINDS     25
#define SIZES     8
#define SIZES_SUM 329

/* Cases of at most 1, 2, ... people. */
static const uint32_t size_upto[SIZES] = {157, 192, 226, 267, 301, 322, 328, SIZES_SUM};

/* Every draw is a statement of its own: the order of the draws is part of the numbers. */
struct generate_state {
    uint64_t at;
    const struct place_generate *options;
    struct arena *scratch;
    uint32_t *kind; /* [households] */
    double *able;   /* [households] level */
    double *level;  /* [localities] */
    double *share;  /* [localities] */
    double *upto;   /* [localities] sum of shares so far */
    double *match;  /* [KINDS * localities] */
    bool *drawn;    /* [localities] */
    double shares;
};

static uint64_t generate_u64(struct generate_state *state)
{
    uint64_t z = state->at += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static double generate_uniform(struct generate_state *state)
{
    return (double)(generate_u64(state) >> 11) * 0x1p-53;
}

static uint32_t generate_below(struct generate_state *state, uint32_t n)
{
    return (uint32_t)(((generate_u64(state) >> 32) * n) >> 32);
}

static double generate_normal(struct generate_state *state)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        sum += generate_uniform(state);
    }
    return sum - 6.0;
}

static double generate_squash(double z)
{
    double size = z < 0 ? -z : z;
    return 0.5 * (1.0 + z / (1.0 + size));
}

static int32_t generate_adults(struct generate_state *state, int32_t size)
{
    if (size == 1) {
        return 1;
    }
    double alone = generate_uniform(state);
    if (size == 2) {
        return alone < 0.35 ? 1 : 2;
    }
    if (alone < 0.25) {
        return 1;
    }
    return size >= 5 && generate_uniform(state) < 0.3 ? 3 : 2;
}

static void generate_households(struct generate_state *state, int32_t *need, int64_t *total)
{
    for (uint32_t h = 0; h < state->options->households; h++) {
        int32_t *own = need + (size_t)h * GENERATE_RESOURCES;
        uint32_t draw = generate_below(state, SIZES_SUM);
        int32_t size = 1;
        while (draw >= size_upto[size - 1]) {
            size++;
        }
        own[SEATS] = size;
        own[TRAINING] = generate_adults(state, size);
        own[SCHOOL] = size - own[TRAINING];
        own[SUPPORT] = generate_uniform(state) < 0.08;
        state->kind[h] = generate_below(state, KINDS);
        state->able[h] = 0.6 * generate_normal(state);
        for (size_t r = 0; r < GENERATE_RESOURCES; r++) {
            total[r] += own[r];
        }
    }
}

static void generate_localities(struct generate_state *state)
{
    uint32_t n = state->options->localities;
    for (uint32_t l = 0; l < n; l++) {
        state->level[l] = -0.6 + 0.5 * generate_normal(state);
        double x = generate_uniform(state);
        state->share[l] = 0.2 + 1.8 * x * x * x * 2.0;
        state->shares += state->share[l];
        state->upto[l] = state->shares;
    }
    for (size_t i = 0; i < (size_t)KINDS * n; i++) {
        state->match[i] = 0.5 * generate_normal(state);
    }
}

static void generate_capacities(struct generate_state *state, const int64_t *need,
                                int32_t *capacity, int64_t *total)
{
    static const double relative[GENERATE_RESOURCES] = {1.0, 1.0, 1.0, 1.1};
    double tight = state->options->tight / 100.0;
    for (uint32_t l = 0; l < state->options->localities; l++) {
        for (size_t r = 0; r < GENERATE_RESOURCES; r++) {
            double spread = 0.85 + 0.3 * generate_uniform(state);
            spread = r == SEATS ? 1.0 : spread;
            double x = (double)need[r] * tight * relative[r] * state->share[l] / state->shares;
            int32_t whole = (int32_t)(x * spread + 0.5);
            capacity[(size_t)l * GENERATE_RESOURCES + r] = whole;
            total[r] += whole;
        }
    }
}

static uint32_t generate_locality(struct generate_state *state)
{
    double x = generate_uniform(state) * state->shares;
    uint32_t low = 0, high = state->options->localities - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (state->upto[middle] < x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int by_locality(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The localities of one household, rising; returns how many. */
static uint32_t generate_choice(struct generate_state *state, uint32_t *to)
{
    const struct place_generate *options = state->options;
    uint32_t k = options->least, n = 0;
    if (options->most > options->least) {
        k += generate_below(state, options->most - options->least + 1);
    }
    if (k >= options->localities) {
        for (uint32_t l = 0; l < options->localities; l++) {
            to[l] = l;
        }
        return options->localities;
    }
    while (n < k) {
        uint32_t l = generate_locality(state);
        if (!state->drawn[l]) {
            state->drawn[l] = true;
            to[n++] = l;
        }
    }
    for (uint32_t i = 0; i < k; i++) {
        state->drawn[to[i]] = false;
    }
    qsort(to, k, sizeof *to, by_locality);
    return k;
}

static bool generate_fits(const int32_t *need, const int32_t *capacity)
{
    for (size_t r = 0; r < GENERATE_RESOURCES; r++) {
        if (need[r] > capacity[r]) {
            return false;
        }
    }
    return true;
}

static void generate_pairs(struct generate_state *state, const int32_t *need,
                           const int32_t *capacity, uint64_t *first, uint32_t *locality,
                           int32_t *score)
{
    uint64_t n = 0;
    for (uint32_t h = 0; h < state->options->households; h++) {
        const int32_t *own = need + (size_t)h * GENERATE_RESOURCES;
        const double *match = state->match + (size_t)state->kind[h] * state->options->localities;
        uint32_t k = generate_choice(state, locality + n);
        uint64_t from = n;
        for (uint32_t i = 0; i < k; i++) {
            uint32_t l = locality[from + i];
            if (!generate_fits(own, capacity + (size_t)l * GENERATE_RESOURCES)) {
                continue;
            }
            double noise = 0.15 * generate_normal(state);
            double z = state->level[l] + state->able[h] + match[l] + noise;
            locality[n] = l;
            score[n++] = (int32_t)((double)own[TRAINING] * generate_squash(z) * 1e6 + 0.5);
        }
        first[h + 1] = n;
    }
}

static int generate_range(const char *what, uint64_t value, uint64_t least, uint64_t most,
                          struct ajar_err *err)
{
    if (value >= least && value <= most) {
        return 0;
    }
    return err_set(err, E_PLACE_GENERATE, "The %s are %llu; they must be between %llu and %llu.",
                   what, (unsigned long long)value, (unsigned long long)least,
                   (unsigned long long)most);
}

static int generate_check(const struct place_generate *options, struct ajar_err *err)
{
    TRY(generate_range("households", options->households, 1, GENERATE_HOUSEHOLDS_MOST, err));
    TRY(generate_range("localities", options->localities, 1, GENERATE_LOCALITIES_MOST, err));
    TRY(generate_range("most localities of a household", options->most, 1, UINT32_MAX - 1, err));
    TRY(generate_range("fewest localities of a household", options->least, 0, options->most, err));
    if (!(options->tight > 0 && options->tight <= GENERATE_TIGHT_MOST)) {
        return err_set(err, E_PLACE_GENERATE,
                       "The capacity is %g percent of the need; it must be above 0 and at most %d.",
                       options->tight, GENERATE_TIGHT_MOST);
    }
    return 0;
}

static int generate_room(struct generate_state *state, struct ajar_err *err)
{
    size_t households = state->options->households, localities = state->options->localities;
    TRY_NEW(state->kind, state->scratch, households, err);
    TRY_NEW(state->able, state->scratch, households, err);
    TRY_NEW(state->level, state->scratch, localities, err);
    TRY_NEW(state->share, state->scratch, localities, err);
    TRY_NEW(state->upto, state->scratch, localities, err);
    TRY_NEW(state->match, state->scratch, KINDS * localities, err);
    TRY_NEW(state->drawn, state->scratch, localities, err);
    return 0;
}

static int generate_make(struct generate_state *state, struct arena *arena,
                         struct place_generated *out, struct ajar_err *err)
{
    const struct place_generate *options = state->options;
    size_t households = options->households, localities = options->localities;
    size_t most = options->most < localities ? options->most : localities;
    struct place_generated made = {
        .problem = {options->households, options->localities, .n_resources = GENERATE_RESOURCES}};
    int32_t *need, *capacity, *score;
    uint64_t *first;
    uint32_t *locality;
    TRY(generate_room(state, err));
    TRY_NEW(need, arena, households * GENERATE_RESOURCES, err);
    TRY_NEW(capacity, arena, localities * GENERATE_RESOURCES, err);
    TRY_NEW(first, arena, households + 1, err);
    TRY_NEW(locality, arena, households * most, err);
    TRY_NEW(score, arena, households * most, err);
    generate_households(state, need, made.need);
    generate_localities(state);
    generate_capacities(state, made.need, capacity, made.capacity);
    generate_pairs(state, need, capacity, first, locality, score);
    made.problem.need = need;
    made.problem.capacity = capacity;
    made.problem.first = first;
    made.problem.locality = locality;
    made.problem.score = score;
    *out = made;
    return 0;
}

int place_generate(struct arena *arena, const struct place_generate *options,
                   struct place_generated *out, struct ajar_err *err)
{
    struct arena scratch;
    struct generate_state state = {.at = options->seed, .options = options, .scratch = &scratch};
    TRY(generate_check(options, err));
    arena_init(&scratch, "a made-up placement", (size_t)4 << 30);
    int code = generate_make(&state, arena, out, err);
    arena_free(&scratch);
    return code;
}

#define NUMBERED 12 /* bytes of a letter, a number and a zero */

static int generate_numbered(struct arena *arena, char letter, size_t n, const struct text **out,
                             struct ajar_err *err)
{
    struct text *names;
    char *room;
    TRY_NEW(names, arena, n, err);
    TRY_NEW(room, arena, n * NUMBERED, err);
    for (size_t i = 0; i < n; i++) {
        int used = snprintf(room, NUMBERED, "%c%u", letter, (unsigned)i + 1);
        names[i] = (struct text){room, (size_t)used};
        room += used + 1;
    }
    *out = names;
    return 0;
}

int place_generate_names(struct arena *arena, const struct place_problem *problem,
                         struct place_names *out, struct ajar_err *err)
{
    static const struct text resources[GENERATE_RESOURCES] = {
        {"seats", 5}, {"school", 6}, {"training", 8}, {"support", 7}};
    struct place_names names = {.resource = resources};
    TRY(generate_numbered(arena, 'f', problem->n_households, &names.household, err));
    TRY(generate_numbered(arena, 'l', problem->n_localities, &names.locality, err));
    *out = names;
    return 0;
}
