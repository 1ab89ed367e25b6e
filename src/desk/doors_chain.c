#include "doors_chain.h"

#include <string.h>

#include "doors_days.h"

#define CHAIN_SCRATCH_CEILING ((size_t)1 << 30)
#define CHAIN_TICK            16 /* doors, some ten milliseconds */

/* One run under way. */
struct chain_doors {
    struct arena *arena;
    const struct scenario *scenario;
    const struct watch *watch;
    struct doors_chain *out;
};

static date_days chain_known(const struct chain_doors *it, date_days day)
{
    return doors_known(day, it->out->as_known);
}

static void marks_join(struct doors_marks *to, const struct doors_marks *from)
{
    to->stale |= from->stale;
    to->counterfactual |= from->counterfactual;
    to->contested |= from->contested;
    to->partial |= from->partial;
    to->unread |= from->unread;
    to->unverified |= from->unverified;
}

static void marks_take(struct doors_marks *marks, char mark, enum transcription transcription)
{
    marks->partial |= transcription == TRANSCRIPTION_PARTIAL;
    marks->unread |= transcription == TRANSCRIPTION_UNREAD;
    marks->unverified |= mark == 'K';
}

static void marks_version(struct doors_marks *marks, const struct version *version)
{
    marks_take(marks, version->mark, version->transcription);
    for (size_t i = 0; i < version->n_rules; i++) {
        marks_take(marks, version->rules[i].mark, version->rules[i].transcription);
        marks->contested |= version->rules[i].contested.n > 0;
    }
}

static struct doors_marks marks_of(const struct instance *instance)
{
    const struct door *door = &instance->rules->doors[instance->door];
    struct doors_marks marks = {.stale = door->review_by != DATE_NONE &&
                                         instance->as_known > door->review_by,
                                .counterfactual = door->counterfactual};
    for (size_t a = 0; a < instance->n_arms; a++) {
        if (instance->arms[a].version != NULL) {
            marks_version(&marks, instance->arms[a].version);
        }
    }
    return marks;
}

/* The versions that hold on the day.  A parameter without a value leaves nothing to hold. */
static int state_make(struct chain_doors *it, struct arena *scratch, uint32_t door, date_days day,
                      struct doors_state *out, struct ajar_err *err)
{
    struct instance instance;
    struct ajar_err gap = {0};
    *out = (struct doors_state){.door = door, .day = day};
    int code = instance_build(scratch, scratch, &it->out->folder->rules, door, moment_of_day(day),
                              chain_known(it, day), &instance, &gap);
    if (code == E_DOORS_PARAM_GAP) {
        return 0;
    }
    if (code != 0) {
        if (err != NULL) {
            *err = gap;
        }
        return code;
    }
    TRY_NEW(out->versions, it->arena, instance.n_arms, err);
    for (size_t a = 0; a < instance.n_arms; a++) {
        if (instance.arms[a].version != NULL) {
            out->versions[out->n_versions++] = instance.arms[a].version;
        }
    }
    out->marks = marks_of(&instance);
    return 0;
}

static bool state_same(const struct doors_state *a, const struct doors_state *b)
{
    bool same = a->n_versions == b->n_versions && a->marks.stale == b->marks.stale;
    for (size_t i = 0; same && i < a->n_versions; i++) {
        same = a->versions[i] == b->versions[i];
    }
    return same;
}

static int turns_of(struct chain_doors *it, struct arena *scratch, struct doors_diff *diff,
                    uint32_t profile, uint32_t crossing, struct ajar_err *err)
{
    const struct doors_profiles *profiles = &it->out->profiles;
    struct decide_options options = {0};
    struct decision before, after;
    struct person person;
    TRY(doors_gates_person(scratch, &it->out->folder->rules, &profiles->profiles[profile],
                           &profiles->crossings[crossing], &person, err));
    TRY(decide(scratch, scratch, &diff->comparison.before, &person, &options, &before, err));
    TRY(decide(scratch, scratch, &diff->comparison.after, &person, &options, &after, err));
    if (doors_gate_of(before.status) != doors_gate_of(after.status)) {
        diff->turns[diff->n_turns++] =
            (struct doors_turn){profile, crossing, before.status, after.status};
    }
    return 0;
}

static bool crosses_by(const struct doors_crossing *crossing, uint32_t door)
{
    for (size_t i = 0; i < crossing->n_doors; i++) {
        if (crossing->doors[i] == door) {
            return true;
        }
    }
    return false;
}

static int diff_turns(struct chain_doors *it, struct arena *scratch, struct doors_diff *diff,
                      struct ajar_err *err)
{
    const struct doors_profiles *profiles = &it->out->profiles;
    TRY_NEW(diff->turns, it->arena, profiles->n * profiles->n_crossings, err);
    for (uint32_t p = 0; p < profiles->n; p++) {
        for (uint32_t c = 0; c < profiles->n_crossings; c++) {
            if (crosses_by(&profiles->crossings[c], diff->door)) {
                TRY(turns_of(it, scratch, diff, p, c, err));
            }
        }
    }
    return 0;
}

/* Kept when somebody's answer differs. */
static int diff_make(struct chain_doors *it, struct arena *scratch, uint32_t door, date_days day,
                     struct ajar_err *err)
{
    struct doors_chain *out = it->out;
    struct doors_diff *diff = &out->diffs[out->n_diffs];
    struct doors_marks after;
    *diff = (struct doors_diff){.door = door, .before = day - 1, .after = day};
    TRY(compare_doors(it->arena, scratch, &out->folder->rules, door, moment_of_day(day - 1),
                      chain_known(it, day - 1), door, moment_of_day(day), chain_known(it, day),
                      &diff->comparison, err));
    if (diff->comparison.n == 0) {
        return 0;
    }
    diff->marks = marks_of(&diff->comparison.before);
    after = marks_of(&diff->comparison.after);
    marks_join(&diff->marks, &after);
    TRY(diff_turns(it, scratch, diff, err));
    out->n_diffs++;
    return 0;
}

/* The states of one door; on days on which they change, an entry door is compared with the day before. */
static int chain_door(struct chain_doors *it, struct arena *scratch, uint32_t door,
                      const uint8_t look[], struct ajar_err *err)
{
    struct doors_chain *out = it->out;
    bool entry = out->folder->rules.doors[door].kind == DOOR_ENTRY;
    date_days review = out->folder->rules.doors[door].review_by;
    size_t first = out->n_states;
    for (date_days day = it->scenario->from; day <= it->scenario->to; day++) {
        struct doors_state state;
        bool changes = look[day - it->scenario->from];
        bool stales = review != DATE_NONE && day == review + 1;
        if (day > it->scenario->from && !changes && !stales) {
            continue;
        }
        TRY(state_make(it, scratch, door, day, &state, err));
        if (out->n_states == first || !state_same(&state, &out->states[out->n_states - 1])) {
            out->states[out->n_states++] = state;
        }
        if (entry && changes) {
            TRY(diff_make(it, scratch, door, day, err));
        }
    }
    return 0;
}

static void diffs_sort(struct doors_chain *out)
{
    for (size_t i = 1; i < out->n_diffs; i++) {
        struct doors_diff diff = out->diffs[i];
        size_t at = i;
        while (at > 0 && out->diffs[at - 1].after > diff.after) {
            out->diffs[at] = out->diffs[at - 1];
            at--;
        }
        out->diffs[at] = diff;
    }
}

static int chain_looks(struct chain_doors *it, struct arena *scratch, size_t n_days, uint8_t *looks,
                       size_t *n, struct ajar_err *err)
{
    const struct rules *rules = &it->out->folder->rules;
    *n = 2 * rules->n_doors; /* the first day, and that on which a door is stale */
    for (uint32_t door = 0; door < rules->n_doors; door++) {
        uint8_t *look = looks + door * n_days;
        TRY(doors_days_changed(scratch, rules, door, it->scenario->from, n_days, DATE_NONE,
                               it->out->as_known, false, look, err));
        for (size_t i = 0; i < n_days; i++) {
            *n += look[i];
        }
    }
    return 0;
}

static int chain_states(struct chain_doors *it, struct arena *scratch, struct ajar_err *err)
{
    struct doors_chain *out = it->out;
    size_t n_days = (size_t)(it->scenario->to - it->scenario->from) + 1, n;
    uint8_t *looks;
    TRY_NEW(looks, scratch, out->folder->rules.n_doors * n_days, err);
    TRY(chain_looks(it, scratch, n_days, looks, &n, err));
    TRY_NEW(out->states, it->arena, n, err);
    TRY_NEW(out->diffs, it->arena, n, err);
    for (uint32_t door = 0; door < out->folder->rules.n_doors; door++) {
        struct arena one;
        if (door % CHAIN_TICK == 0) {
            TRY(watch_tick(it->watch, "doors", door, out->folder->rules.n_doors, "doors", err));
        }
        arena_init(&one, "a door's changes", CHAIN_SCRATCH_CEILING);
        int code = chain_door(it, &one, door, looks + door * n_days, err);
        arena_free(&one);
        TRY(code);
    }
    diffs_sort(out);
    return 0;
}

/* The table of days until as_known, each by its own knowledge, and of those after it, by that day's. */
static int chain_gates(struct chain_doors *it, struct ajar_err *err)
{
    const struct scenario *scenario = it->scenario;
    struct doors_chain *out = it->out;
    struct gates early, late;
    date_days last =
        out->as_known == DATE_NONE || out->as_known > scenario->to ? scenario->to : out->as_known;
    TRY(doors_gates(it->arena, &out->folder->rules, &out->profiles, scenario->from, last, DATE_NONE,
                    &early, err));
    date_days from = last < scenario->from ? scenario->from : last + 1;
    TRY(doors_gates(it->arena, &out->folder->rules, &out->profiles, from, scenario->to,
                    out->as_known, &late, err));
    size_t row = early.n_crossings * early.n_profiles;
    out->gates = early;
    out->gates.from = scenario->from;
    out->gates.n_days = early.n_days + late.n_days;
    TRY_NEW(out->gates.at, it->arena, out->gates.n_days * row, err);
    TRY_NEW(out->gates.practice, it->arena, out->gates.n_days * row, err);
    memcpy(out->gates.at, early.at, early.n_days * row);
    memcpy(out->gates.at + early.n_days * row, late.at, late.n_days * row);
    memcpy(out->gates.practice, early.practice, early.n_days * row);
    memcpy(out->gates.practice + early.n_days * row, late.practice, late.n_days * row);
    return 0;
}

int doors_chain_run(struct arena *arena, const struct scenario *scenario, const struct watch *watch,
                    struct faults *faults, struct doors_chain *out, struct ajar_err *err)
{
    struct doors_chain chain = {.as_known = scenario->as_known};
    struct chain_doors it = {.arena = arena, .scenario = scenario, .watch = watch, .out = &chain};
    struct arena scratch;
    chain.stands = doors_folder_stands(arena, scenario->dir);
    if (!chain.stands) {
        *out = chain;
        return 0;
    }
    TRY_NEW(chain.folder, arena, 1, err);
    TRY(doors_folder_read(arena, scenario->dir, chain.folder, faults, err));
    TRY(doors_profiles_read(arena, chain.folder, &chain.profiles, faults, err));
    TRY(chain_gates(&it, err));
    arena_init(&scratch, "the doors' changes", CHAIN_SCRATCH_CEILING);
    int code = chain_states(&it, &scratch, err);
    arena_free(&scratch);
    TRY(code);
    *out = chain;
    return 0;
}
