/* Opening sets of the shipped doors, for people by chance: each really opens the door by the brute evaluator,
 * whatever the rest is, and no step can be left out.
 *
 * AJAR_EXACT_PERSONS: people for each door; AJAR_EXACT_PART=i/n: every nth door. */
#include "exact_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "doors_folder.h"
#include "opening.h"

#define SHIPPED     "scenarios/exodus2022"
#define CEILING     ((size_t)1 << 30)
#define SETS_MOST   24
#define COMPLETIONS 12

struct openings {
    struct arena rules_arena, arena, scratch;
    struct doors_folder folder;
    const struct rules *rules;
    unsigned persons, part, parts;
    struct instance instance;
    struct brute brute;
    struct people people;
    struct rng rng;
    void *room;
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX], vector[DIAGRAM_VARS_MAX];
    const char *what;
    uint64_t n_people, with_sets, sets, completions, nobody, steps, needless, unseen, found;
};

static void read_shipped(struct openings *it)
{
    struct ajar_err err = {0};
    struct faults faults;
    arena_init(&it->rules_arena, "doors", CEILING);
    assert_int_equal(faults_init(&faults, &it->rules_arena, 20, NULL), 0);
    if (doors_folder_read(&it->rules_arena, SHIPPED, &it->folder, &faults, &err) != 0) {
        fail_msg("%s", err.text);
    }
    it->rules = &it->folder.rules;
}

static unsigned classes_of(const struct openings *it, size_t v)
{
    return it->instance.vars[v].n_classes;
}

static uint64_t all_of(const struct openings *it, size_t v)
{
    return UINT64_MAX >> (64 - classes_of(it, v));
}

static bool is_actionable(const struct openings *it, size_t v)
{
    const struct var *var = &it->instance.vars[v];
    bool fact = var->kind == VAR_FACT || var->kind == VAR_HAS;
    return fact && it->rules->facts[var->fact].actionable;
}

/* A variable is known to a class, not known, known to some classes, or asked for in vain. */
static void person_by_chance(struct openings *it)
{
    unsigned known = 1 + rng_below(&it->rng, 8);
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        uint32_t class = rng_below(&it->rng, classes_of(it, v));
        it->mask[v] = (uint64_t)1 << class;
        it->asked[v] = 0;
        if (rng_below(&it->rng, 8) >= known) {
            bool some = rng_below(&it->rng, 6) == 0;
            uint64_t more = some ? rng_u64(&it->rng) : UINT64_MAX;
            it->mask[v] |= more & all_of(it, v);
            it->asked[v] = (uint8_t)(1 + (rng_below(&it->rng, 4) == 0));
        }
    }
}

static uint64_t reach(struct openings *it, const uint64_t mask[])
{
    return diagram_reach(it->instance.diagram, it->instance.outcome, mask, it->room);
}

static uint8_t class_among(struct openings *it, uint64_t mask)
{
    uint32_t skip = rng_below(&it->rng, (uint32_t)__builtin_popcountll(mask));
    for (; skip > 0; skip--) {
        mask &= mask - 1;
    }
    return (uint8_t)__builtin_ctzll(mask);
}

/* One of the people within the masks, and what the door answers; OUTCOME_COUNT: there is none like that. */
static enum outcome one_within(struct openings *it, const uint64_t mask[])
{
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        it->vector[v] = class_among(it, mask[v]);
    }
    it->completions++;
    if (!people_set_all(&it->people, it->vector)) {
        it->nobody++;
        return OUTCOME_COUNT;
    }
    enum outcome out = brute_outcome(&it->brute);
    if (instance_walk(&it->instance, it->vector) != out) {
        fail_msg("%s: brute %s, walk %s", it->what, outcome_words[out],
                 outcome_words[instance_walk(&it->instance, it->vector)]);
    }
    return out;
}

/* Outcomes that the set leads to. */
static uint64_t goal_of(const struct opening *set)
{
    uint64_t open = (uint64_t)1 << OUTCOME_OPEN;
    return set->discretion ? open | (uint64_t)1 << OUTCOME_DISCRETION : open;
}

/* The masks once the steps are done, but for step `out` (n: all are). */
static void masks_after(const struct openings *it, const struct opening *set, size_t out,
                        uint64_t mask[])
{
    memcpy(mask, it->mask, it->instance.n_vars * sizeof *mask);
    for (size_t s = 0; s < set->n; s++) {
        const struct opening_step *step = &set->steps[s];
        uint64_t to = step->mask;
        to &= is_actionable(it, step->var) ? UINT64_MAX : it->mask[step->var];
        if (s != out) {
            mask[step->var] = to;
        }
    }
}

static void show_set(struct openings *it, const struct opening *set)
{
    struct buf buf;
    buf_init(&buf, 1 << 16);
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        buf_printf(&buf, "\n%zu: ", v);
        instance_say(&buf, &it->instance, v, it->mask[v]);
        buf_printf(&buf, " (%llx, asked %d, %s), one is %d", (unsigned long long)it->mask[v],
                   it->asked[v], is_actionable(it, v) ? "actionable" : "fixed", it->vector[v]);
    }
    for (size_t s = 0; s < set->n; s++) {
        buf_printf(&buf, "\nstep %u: ", set->steps[s].var);
        instance_say(&buf, &it->instance, set->steps[s].var, set->steps[s].mask);
    }
    buf_char(&buf, '\0');
    print_message("%s\n", buf.at);
    buf_free(&buf);
}

static void check_opens(struct openings *it, const struct opening *set)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    masks_after(it, set, set->n, mask);
    for (size_t s = 0; s < set->n; s++) {
        const struct opening_step *step = &set->steps[s];
        assert_true(step->var < it->instance.n_vars);
        assert_true(mask[step->var] != 0);
        /* It asks for something: not all that the person may be does. */
        assert_true((it->mask[step->var] & ~step->mask) != 0);
        assert_true(it->asked[step->var] != 0 || is_actionable(it, step->var));
    }
    for (int i = 0; i < COMPLETIONS; i++) {
        enum outcome outcome = one_within(it, mask);
        if (outcome != OUTCOME_COUNT && (goal_of(set) >> outcome & 1) == 0) {
            show_set(it, set);
            fail_msg("%s: a set of %zu steps gives %s", it->what, set->n, outcome_words[outcome]);
        }
    }
}

/* Down to one class vector, by chance, while one of the outcomes stays possible. */
static void narrow(struct openings *it, uint64_t mask[], uint64_t outcomes)
{
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        uint64_t left = mask[v];
        while ((left & (left - 1)) != 0) {
            mask[v] = (uint64_t)1 << class_among(it, left);
            if ((reach(it, mask) & outcomes) != 0) {
                break;
            }
            left &= ~mask[v];
            mask[v] = left;
        }
    }
}

/* Without the step somebody within what is left is not let in; the brute evaluator is asked of one. */
static void check_needed(struct openings *it, const struct opening *set, size_t out)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    masks_after(it, set, out, mask);
    it->steps++;
    if ((reach(it, mask) & ~goal_of(set)) == 0) {
        it->needless++;
        fail_msg("%s: step %zu of %zu is not needed", it->what, out, set->n);
    }
    narrow(it, mask, ~goal_of(set));
    enum outcome outcome = one_within(it, mask);
    it->unseen += outcome == OUTCOME_COUNT;
    assert_true(outcome == OUTCOME_COUNT || (goal_of(set) >> outcome & 1) == 0);
}

/* No set that opens: then whatever could be changed or found out leaves the door shut. */
static void check_none(struct openings *it, size_t n_all, bool opens)
{
    uint64_t best[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        best[v] = is_actionable(it, v) ? all_of(it, v) : it->mask[v];
    }
    uint64_t now = reach(it, it->mask), open = (uint64_t)1 << OUTCOME_OPEN;
    uint64_t may = open | (uint64_t)1 << OUTCOME_DISCRETION, could = reach(it, best);
    assert_int_equal(opens, now != open && (could & open) != 0);
    assert_true(n_all > 0 || (now & ~may) == 0 || (could & may) == 0);
    assert_true(n_all == 0 || now != open);
    for (int i = 0; (could & open) == 0 && i < COMPLETIONS; i++) {
        assert_int_not_equal(one_within(it, best), OUTCOME_OPEN);
    }
}

/* Whoever could be let in finds a set that leaves the values by which they could. */
static void check_found(struct openings *it, size_t n, const struct opening sets[])
{
    uint64_t mask[DIAGRAM_VARS_MAX], open = (uint64_t)1 << OUTCOME_OPEN;
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        mask[v] = is_actionable(it, v) ? all_of(it, v) : it->mask[v];
    }
    narrow(it, mask, open);
    if (one_within(it, mask) != OUTCOME_OPEN) {
        return;
    }
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        bool leaves = !sets[i].discretion;
        for (size_t s = 0; s < sets[i].n; s++) {
            leaves &= (sets[i].steps[s].mask >> it->vector[sets[i].steps[s].var] & 1) != 0;
        }
        found |= leaves;
    }
    it->found++;
    assert_true(found);
}

static void check_person(struct openings *it)
{
    size_t n, n_all;
    struct opening *sets;
    struct ajar_err err = {0};
    struct arena arena, scratch;
    arena_init(&arena, "a person", CEILING);
    arena_init(&scratch, "scratch", CEILING);
    person_by_chance(it);
    if (opening_sets(&arena, &scratch, &it->instance, it->mask, it->asked, SETS_MOST, &n, &sets,
                     &n_all, &err) != 0) {
        fail_msg("%s: %s", it->what, err.text);
    }
    assert_true(n <= n_all && n <= SETS_MOST && (n == n_all || n == SETS_MOST));
    it->n_people++;
    it->with_sets += n > 0;
    it->sets += n;
    for (size_t i = 0; i < n; i++) {
        assert_true(sets[i].n > 0);
        check_opens(it, &sets[i]);
        for (size_t s = 0; s < sets[i].n; s++) {
            check_needed(it, &sets[i], s);
        }
    }
    if (n > 0 && n == n_all) {
        for (int i = 0; i < COMPLETIONS; i++) {
            check_found(it, n, sets);
        }
    }
    check_none(it, n_all, n > 0 && !sets[0].discretion);
    arena_free(&scratch);
    arena_free(&arena);
}

/* A day on which one of the door's versions holds. */
static void check_door(struct openings *it, uint32_t d, size_t v, unsigned persons)
{
    const struct door *door = &it->rules->doors[d];
    const struct version *version = &door->versions[v];
    struct ajar_err err = {0};
    char what[256], day[DATE_TEXT];
    if (version->after_other || version->n_starts == 0) {
        return;
    }
    moment at = version->start_at[0] + (moment)rng_below(&it->rng, 30) * MOMENT_DAY;
    date_days known = moment_day(at) > version->known ? moment_day(at) : version->known;
    snprintf(what, sizeof what, "%.*s %.*s on %s", (int)door->id.n, door->id.at, (int)version->id.n,
             version->id.at, date_format(moment_day(at), day));
    it->what = what;
    arena_init(&it->arena, "an instance", CEILING);
    arena_init(&it->scratch, "scratch", CEILING);
    if (instance_build(&it->arena, &it->scratch, it->rules, d, at, known, &it->instance, &err) !=
        0) {
        fail_msg("%s: %s", what, err.text);
    }
    it->room = arena_get(&it->arena, diagram_scratch(it->instance.diagram), 1, NULL);
    assert_non_null(it->room);
    assert_true(brute_open(&it->brute, &it->arena, it->rules, d, at, known));
    people_open(&it->people, &it->arena, &it->instance, &it->brute, d);
    for (unsigned p = 0; p < persons; p++) {
        check_person(it);
    }
    arena_free(&it->arena);
    arena_free(&it->scratch);
}

static void openings_test(void **state)
{
    struct openings *it = *state;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (uint32_t d = 0; d < it->rules->n_doors; d++) {
        size_t n = it->rules->doors[d].n_versions;
        if (d % it->parts != it->part) {
            continue;
        }
        it->rng = rng_at(80, d, 0, 0);
        for (size_t v = 0; v < n; v++) {
            check_door(it, d, v, (unsigned)(it->persons / n + 1));
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    print_message(
        "people %llu, with sets %llu, sets %llu, completions %llu (of nobody %llu), steps "
        "%llu (seen to be needed by nobody %llu), ways in %llu, %.1f s\n",
        (unsigned long long)it->n_people, (unsigned long long)it->with_sets,
        (unsigned long long)it->sets, (unsigned long long)it->completions,
        (unsigned long long)it->nobody, (unsigned long long)it->steps,
        (unsigned long long)it->unseen, (unsigned long long)it->found,
        (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
    assert_true(it->sets > 0);
}

int main(void)
{
    static struct openings it;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(openings_test, &it)};
    const char *persons = getenv("AJAR_EXACT_PERSONS"), *part = getenv("AJAR_EXACT_PART");
    it.persons = persons == NULL ? 60 : (unsigned)strtoul(persons, NULL, 10);
    it.parts = 1;
    if (part != NULL && sscanf(part, "%u/%u", &it.part, &it.parts) != 2) {
        return 2;
    }
    read_shipped(&it);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&it.rules_arena);
    return failed;
}
