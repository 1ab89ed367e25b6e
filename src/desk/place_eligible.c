#include "place_eligible.h"

#include <stdlib.h>
#include <string.h>

#include "doors_job.h"

#define ELIGIBLE_SCRATCH ((size_t)256 << 20)

struct eligible_asking {
    struct arena *arena;
    const struct rules *rules;
    const struct place_cohort *cohort;
    date_days as_known;
    struct place_opens *opens;
    uint32_t *doors; /* [cells * n_asked] room for the doors of each cell */
    size_t n_asked;
};

static bool eligible_practice(const struct decision *decision)
{
    for (size_t i = 0; i < decision->n_practice; i++) {
        if (decision->practice[i]->effect == EFFECT_CLOSED ||
            decision->practice[i]->effect == EFFECT_BAR) {
            return false;
        }
    }
    return true;
}

static int eligible_person(const struct eligible_asking *it, struct arena *scratch, size_t wait,
                           size_t profile, struct person *out, struct ajar_err *err)
{
    const struct place_cohort *cohort = it->cohort;
    const struct fact_value *stated = cohort->waits[wait].facts;
    *out = cohort->people.profiles[cohort->profiles[profile].at].person;
    const struct fact_value *values = out->values;
    TRY_NEW(out->values, scratch, it->rules->n_facts, err);
    memcpy(out->values, values, it->rules->n_facts * sizeof *values);
    for (size_t i = 0; i < it->rules->n_facts; i++) {
        if (stated[i].known != KNOWN_NOT) {
            out->values[i] = stated[i];
        }
    }
    return 0;
}

static void eligible_note(struct eligible_asking *it, size_t wait, size_t profile, uint32_t door)
{
    const struct place_cohort *cohort = it->cohort;
    struct text country = names_word(it->rules->names, it->rules->doors[door].country);
    for (size_t s = 0; s < cohort->n_states; s++) {
        size_t cell = place_opens_at(cohort, wait, profile, s);
        if (text_eq(cohort->states[s].country, country)) {
            uint32_t *doors = it->doors + cell * it->n_asked;
            doors[it->opens[cell].n_doors++] = door;
            it->opens[cell].doors = doors;
        }
    }
}

static int eligible_door(struct eligible_asking *it, struct arena *scratch, uint32_t door,
                         struct ajar_err *err)
{
    const struct place_cohort *cohort = it->cohort;
    struct decide_options options = {0};
    struct instance instance;
    struct ajar_err gap = {0};
    int code = instance_build(scratch, scratch, it->rules, door, moment_of_day(cohort->on),
                              it->as_known, &instance, &gap);
    if (code == E_DOORS_PARAM_GAP) {
        return 0; /* an amount that nobody knows opens nothing */
    }
    if (code != 0) {
        if (err != NULL) {
            *err = gap;
        }
        return code;
    }
    for (size_t w = 0; w < cohort->n_waits; w++) {
        for (size_t p = 0; p < cohort->n_profiles; p++) {
            struct person person;
            struct decision decision;
            TRY(eligible_person(it, scratch, w, p, &person, err));
            TRY(decide(scratch, scratch, &instance, &person, &options, &decision, err));
            if ((cohort->open >> decision.status & 1) != 0 && eligible_practice(&decision)) {
                eligible_note(it, w, p, door);
            }
        }
    }
    return 0;
}

static bool eligible_asked(const struct eligible_asking *it, uint32_t door)
{
    const struct door *one = &it->rules->doors[door];
    bool ours = false;
    for (size_t s = 0; s < it->cohort->n_states; s++) {
        ours = ours ||
               text_eq(names_word(it->rules->names, one->country), it->cohort->states[s].country);
    }
    return ours && one->kind == DOOR_PATHWAY && !one->counterfactual;
}

/* The doors that are asked, by id, so that a state's doors stand sorted. */
static int eligible_doors(struct eligible_asking *it, struct arena *scratch, uint32_t **out,
                          struct ajar_err *err)
{
    uint32_t *doors;
    TRY_NEW(doors, scratch, it->rules->n_doors, err);
    for (uint32_t d = 0; d < it->rules->n_doors; d++) {
        size_t at = it->n_asked;
        if (!eligible_asked(it, d)) {
            continue;
        }
        while (at > 0 && text_cmp(it->rules->doors[doors[at - 1]].id, it->rules->doors[d].id) > 0) {
            doors[at] = doors[at - 1];
            at--;
        }
        doors[at] = d;
        it->n_asked++;
    }
    *out = doors;
    return 0;
}

static int eligible_all(struct eligible_asking *it, struct arena *scratch,
                        const struct watch *watch, struct ajar_err *err)
{
    const struct place_cohort *cohort = it->cohort;
    size_t cells = cohort->n_waits * cohort->n_profiles * cohort->n_states;
    uint32_t *doors;
    TRY(eligible_doors(it, scratch, &doors, err));
    TRY_NEW(it->opens, it->arena, cells, err);
    TRY_NEW(it->doors, it->arena, cells * it->n_asked, err);
    for (size_t i = 0; i < it->n_asked; i++) {
        struct arena one;
        TRY(watch_tick(watch, "placing: doors", i, it->n_asked, "doors", err));
        arena_init(&one, "a door of a cohort", ELIGIBLE_SCRATCH);
        int code = eligible_door(it, &one, doors[i], err);
        arena_free(&one);
        TRY(code);
    }
    return 0;
}

int place_eligible(struct arena *arena, const struct rules *rules,
                   const struct place_cohort *cohort, date_days as_known, const struct watch *watch,
                   struct place_opens **out, struct ajar_err *err)
{
    struct eligible_asking it = {
        .arena = arena, .rules = rules, .cohort = cohort, .as_known = as_known};
    struct arena scratch;
    arena_init(&scratch, "doors of a cohort", ELIGIBLE_SCRATCH);
    int code = eligible_all(&it, &scratch, watch, err);
    arena_free(&scratch);
    TRY(code);
    *out = it.opens;
    return 0;
}
