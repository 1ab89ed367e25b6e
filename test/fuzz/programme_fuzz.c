/* Any bytes as the tables of a programme, each behind a line "==> NAME": a problem and what lies over it that keep
 * their promises, or faults that say where. */
#include "place_fuzz.h"

#include "programme.h"

#define FUZZ_MARK       "==> "
#define FUZZ_PAIRS_MOST 4096 /* of which each is looked at */

static void split(struct text bytes, struct programme_input *out)
{
    struct place_table *table = NULL;
    while (bytes.n > 0) {
        struct text rest;
        struct text line = text_split(bytes, '\n', &rest);
        size_t used = line.n + (line.n < bytes.n);
        bytes = (struct text){bytes.at + used, bytes.n - used};
        if (text_starts(line, FUZZ_MARK)) {
            table = NULL;
            for (enum programme_table i = 0; i < PROGRAMME_TABLES; i++) {
                const char *word = programme_table_word(i);
                if (text_is((struct text){line.at + 4, line.n - 4}, word)) {
                    table = &out->table[i];
                    *table = (struct place_table){word, {bytes.at, 0}};
                }
            }
        } else if (table != NULL) {
            table->bytes.n = (size_t)(bytes.at - table->bytes.at);
        }
    }
}

static void demand_quotas(const struct programme *programme)
{
    const struct place_side *side = &programme->side;
    for (uint32_t i = 0; i < side->n_quotas; i++) {
        const struct side_quota *quota = &side->quotas[i];
        fuzz_demand(quota->most >= 0 && quota->resource < programme->problem.n_resources);
        for (uint32_t k = 0; k < quota->n_localities; k++) {
            fuzz_demand(quota->locality[k] < programme->problem.n_localities);
            fuzz_demand(k == 0 || quota->locality[k] > quota->locality[k - 1]);
            fuzz_demand(text_eq(programme->state[quota->locality[k]],
                                programme->state[quota->locality[0]]));
        }
    }
}

static void demand_side(const struct programme *programme)
{
    const struct place_side *side = &programme->side;
    const struct place_problem *problem = &programme->problem;
    for (uint32_t i = 0; i < side->n_locks; i++) {
        const struct side_lock *lock = &side->locks[i];
        fuzz_demand(lock->household < problem->n_households);
        fuzz_demand(i == 0 || lock->household > side->locks[i - 1].household);
        fuzz_demand(lock->pair >= problem->first[lock->household]);
        fuzz_demand(lock->pair < problem->first[lock->household + 1]);
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        const struct side_least *least = &side->leasts[i];
        fuzz_demand(least->least >= 1 &&
                    least->least <= place_capacity(problem, least->locality, least->resource));
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        const struct side_link *link = &side->links[i];
        fuzz_demand(link->a < link->b && link->b < problem->n_households);
        fuzz_demand(link->chord_m >= SIDE_SAME);
        fuzz_demand(link->chord_m == SIDE_SAME || side->position_m != NULL);
        fuzz_demand(i == 0 || link[-1].a < link->a ||
                    (link[-1].a == link->a && link[-1].b < link->b));
    }
    demand_quotas(programme);
}

static void demand_pair(struct arena *arena, const struct programme *programme, uint32_t h,
                        uint32_t l, uint64_t *pair)
{
    const struct place_problem *problem = &programme->problem;
    enum programme_why why = programme_why(programme, h, l).why;
    bool stands = *pair < problem->first[h + 1] && problem->locality[*pair] == l;
    fuzz_demand(stands == (why == PROGRAMME_ALLOWED));
    if (stands) {
        struct programme_part *parts;
        size_t n;
        int64_t sum = 0;
        fuzz_demand(programme_parts(arena, programme, h, l, &parts, &n, NULL) == 0);
        for (size_t i = 0; i < n; i++) {
            sum += parts[i].micro;
        }
        fuzz_demand(n == 0 || sum == problem->score[*pair]);
        ++*pair;
    }
}

static void demand_programme(struct arena *arena, const struct programme *programme)
{
    const struct place_problem *problem = &programme->problem;
    uint32_t nowhere = 0;
    uint64_t pair = 0;
    fuzz_demand(place_check_problem(problem, &programme->names, NULL) == 0);
    fuzz_ids(programme->names.household, problem->n_households);
    fuzz_ids(programme->names.locality, problem->n_localities);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        fuzz_demand(programme->people[h] >= 1);
        fuzz_demand(programme->group == NULL || programme->group[h] < programme->n_groups);
        if (problem->first[h] == problem->first[h + 1]) {
            fuzz_demand(nowhere < programme->n_nowhere);
            fuzz_demand(programme->nowhere[nowhere].household == h);
            fuzz_demand(programme->nowhere_reason[nowhere].why != PROGRAMME_ALLOWED);
            nowhere++;
        }
    }
    fuzz_demand(nowhere == programme->n_nowhere);
    demand_side(programme);
    if ((uint64_t)problem->n_households * problem->n_localities > FUZZ_PAIRS_MOST) {
        return;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            demand_pair(arena, programme, h, l, &pair);
        }
    }
    fuzz_demand(pair == problem->first[problem->n_households]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct faults faults;
    struct ajar_err err = {0};
    struct programme programme = {.n_unfit = 77};
    struct programme_input input = {.on = size % 2 == 0 ? DATE_NONE : 19750};
    char *copy = fuzz_copy(data, size);
    split((struct text){copy, size}, &input);
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    int code = programme_read(&arena, &input, NULL, NULL, &faults, &programme, &err);
    fuzz_demand(code == err.code);
    if (code == 0) {
        demand_programme(&arena, &programme);
    } else {
        fuzz_faults(code, &faults);
        fuzz_demand(programme.n_unfit == 77);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
