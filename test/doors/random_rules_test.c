/* Rule sets by chance, half of them broken by edits: nothing crashes, nothing is E_INTERNAL, and what passes
 * the reader answers as the brute evaluator does.
 *
 * AJAR_RANDOM_ROUNDS: how many; AJAR_RANDOM_FROM: the first; AJAR_RANDOM_SHOW: prints the files of that round. */
#include "rules_edit.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/sampled.h"
#include "compare.h"
#include "decide.h"
#include "mutant.h"
#include "prove.h"
#include "rules_text.h"

#define PEOPLE_HOUSES 80
#define POOL_CHANCE   100
#include "exact_people.h"

#define CEILING  ((size_t)512 << 20)
#define PEOPLE   4
#define VECTORS  10
#define MUTANTS  1
#define FAULTS   40
#define FINDINGS 200

struct rounds {
    uint32_t from, n, round;
    struct arena arena, scratch;
    struct rules rules;
    struct rng rng;
    struct faults proven; /* findings on the door */
    uint64_t sound, read_sound, read_broken, built, too_large, gaps, vectors, people, changes,
        findings, mutants, openings;
};

static void allowed(const struct rounds *it, int code, const struct ajar_err *err, const char *what)
{
    if (code == E_INTERNAL || code == E_MEMORY) {
        fail_msg("round %u: %s: %s", it->round, what, err->text);
    }
}

/* ---- what the checker claims ---- */

static bool claimed(const struct rounds *it, enum err_code code, const struct rules_at *at)
{
    for (size_t i = 0; i < it->proven.kept; i++) {
        const struct ajar_err *fault = &it->proven.at[i];
        if (fault->code == (int)code && fault->row == at->row && fault->at == at->at &&
            strcmp(fault->file, at->file) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether an effect settles what the other one would. */
static bool settles(enum effect strong, enum effect weak)
{
    return strong == weak || (strong > weak && !(strong == EFFECT_OPEN && weak == EFFECT_CLOSED));
}

/* Whether the rule is of one version alone: a premise of its own makes another rule of one that is taken
 * over, and findings tell no more than the place of the text. */
static bool is_single(const struct door *door, const struct version *version,
                      const struct rule *rule)
{
    bool single = rule->own;
    for (size_t v = 0; v < door->n_versions; v++) {
        const struct version *other = &door->versions[v];
        for (size_t r = 0; other != version && r < other->n_rules; r++) {
            single &= !other->rules[r].own || other->rules[r].at.row != rule->at.row;
        }
    }
    return single;
}

/* A rule that fires for the person is not dead; one that alone decides is not shadowed; a CLOSED and an OPEN
 * rule that decide together were told of. */
static void check_claims(const struct rounds *it, struct brute *brute, enum outcome outcome)
{
    const struct version *version = brute_version(brute);
    bool fires[RULES_RULES_MAX], open = false, closed = false, told = false;
    for (size_t r = 0; version != NULL && r < version->n_rules; r++) {
        fires[r] = brute_fires(brute, r);
        open |= fires[r] && version->rules[r].effect == EFFECT_OPEN;
        closed |= fires[r] && version->rules[r].effect == EFFECT_CLOSED;
        told |= version->rules[r].effect == EFFECT_CLOSED && fires[r] &&
                claimed(it, E_DOORS_CONFLICT, &version->rules[r].at);
    }
    for (size_t r = 0; version != NULL && r < version->n_rules; r++) {
        const struct rule *rule = &version->rules[r];
        bool alone = true;
        for (size_t o = 0; o < version->n_rules; o++) {
            alone &= o == r || !fires[o] || !settles(version->rules[o].effect, rule->effect);
        }
        if (!fires[r] || !is_single(brute->door, version, rule)) {
            continue;
        }
        if (claimed(it, E_DOORS_DEAD, &rule->at)) {
            fail_msg("round %u: the dead rule %.*s fires", it->round, (int)rule->id.n, rule->id.at);
        }
        if (alone && claimed(it, E_DOORS_SHADOWED, &rule->at)) {
            fail_msg("round %u: the shadowed rule %.*s decides", it->round, (int)rule->id.n,
                     rule->id.at);
        }
    }
    if (outcome == OUTCOME_CONFLICT && open && closed && !told) {
        fail_msg("round %u: a conflict that nobody was told of", it->round);
    }
}

/* ---- one instance against the brute evaluator ---- */

static void vector_by_chance(struct rounds *it, const struct instance *instance, uint8_t vector[],
                             uint64_t mask[])
{
    for (size_t v = 0; v < instance->n_vars; v++) {
        vector[v] = (uint8_t)rng_below(&it->rng, instance->vars[v].n_classes);
        mask[v] = (uint64_t)1 << vector[v];
    }
}

/* Some of it is not known. */
static void forget_some(struct rounds *it, const struct people *people, struct person *out)
{
    struct fact_value *values = arena_get(&it->scratch, it->rules.n_facts, sizeof *values, NULL);
    uint32_t known = 1 + rng_below(&it->rng, 8);
    assert_non_null(values);
    *out = people->person;
    out->values = values;
    for (size_t f = 0; f < it->rules.n_facts; f++) {
        values[f] = people->person.values[f];
        if (rng_below(&it->rng, 8) >= known) {
            values[f] = (struct fact_value){.known = rng_below(&it->rng, 3) == 0 ? KNOWN_UNCERTAIN
                                                                                 : KNOWN_NOT};
        }
    }
    struct member *members = arena_get(&it->scratch, out->n_members, sizeof *members, NULL);
    assert_non_null(members);
    for (size_t m = 0; m < out->n_members; m++) {
        members[m].role = people->person.members[m].role;
        members[m].values = arena_get(&it->scratch, it->rules.n_facts, sizeof *values, NULL);
        assert_non_null(members[m].values);
        for (size_t f = 0; f < it->rules.n_facts; f++) {
            if (rng_below(&it->rng, 8) < known) {
                members[m].values[f] = people->person.members[m].values[f];
            }
        }
    }
    out->members = members;
    out->stays_known = rng_below(&it->rng, 8) < known;
    out->household_known = rng_below(&it->rng, 8) < known;
    out->n_stays = out->stays_known ? out->n_stays : 0;
    out->n_members = out->household_known ? out->n_members : 0;
}

static void check_decision(struct rounds *it, const struct instance *instance,
                           const struct people *people, enum outcome brute)
{
    static const enum outcome of_status[STATUS_COUNT] = {
        [STATUS_OPEN] = OUTCOME_OPEN,
        [STATUS_DISCRETION] = OUTCOME_DISCRETION,
        [STATUS_CLOSED_ACTIONABLE] = OUTCOME_CLOSED,
        [STATUS_CLOSED] = OUTCOME_CLOSED,
        [STATUS_BARRED] = OUTCOME_BARRED,
        [STATUS_NOT_APPLICABLE] = OUTCOME_NOT_APPLICABLE,
        [STATUS_NO_RULE] = OUTCOME_NO_RULE,
        [STATUS_CONFLICT] = OUTCOME_CONFLICT,
    };
    struct decide_options options = {.openings = true, .until = rng_below(&it->rng, 8) == 0};
    struct person person;
    struct decision decision;
    struct ajar_err err = {0};
    forget_some(it, people, &person);
    int code = decide(&it->scratch, &it->scratch, instance, &person, &options, &decision, &err);
    allowed(it, code, &err, "decide");
    if (code != 0) {
        it->too_large += code == E_DOORS_TOO_LARGE;
        return;
    }
    it->people++;
    it->openings += decision.n_openings_all;
    if ((decision.outcomes >> brute & 1) == 0) {
        fail_msg("round %u: %s is not among %x", it->round, outcome_words[brute],
                 decision.outcomes);
    }
    bool one = (decision.outcomes & (decision.outcomes - 1)) == 0;
    assert_int_equal(one, decision.status != STATUS_NEEDS_FACTS);
    assert_true(!one || of_status[decision.status] == brute);
}

static void tell_cube(const struct rounds *it, const struct instance *instance,
                      const struct people *people, size_t v, uint64_t got, uint64_t want)
{
    struct buf buf;
    buf_init(&buf, 1 << 16);
    instance_say(&buf, instance, v, want);
    for (size_t i = 0; i < people->person.n_stays; i++) {
        const struct stay *stay = &people->person.stays[i];
        buf_printf(&buf, "; stay in %u from %d to %d", stay->country, stay->from, stay->to);
    }
    for (size_t i = 0; i < people->person.n_members; i++) {
        const struct member *member = &people->person.members[i];
        buf_printf(&buf, "; %.*s:", (int)member->role.n, member->role.at);
        for (size_t f = 0; f < it->rules.n_facts; f++) {
            const struct fact_value *value = &member->values[f];
            struct text name = it->rules.facts[f].name;
            struct text word = names_word(it->rules.names, value->literal);
            if (value->known == KNOWN_YES) {
                buf_printf(&buf, " %.*s=%.*s/%lld", (int)name.n, name.at, (int)word.n, word.at,
                           (long long)value->number);
            }
            for (size_t k = 0; k < value->n_set; k++) {
                word = names_word(it->rules.names, value->set[k]);
                buf_printf(&buf, "+%.*s", (int)word.n, word.at);
            }
        }
    }
    buf_printf(&buf, "; on %d", instance->on);
    buf_char(&buf, '\0');
    fail_msg("round %u: variable %zu (%d) is %llx, not %llx: %s", it->round, v,
             (int)instance->vars[v].kind, (unsigned long long)got, (unsigned long long)want,
             buf.at);
}

static void check_instance(struct rounds *it, uint32_t door, moment at, date_days known,
                           const struct instance *instance)
{
    struct brute brute;
    struct people people;
    uint8_t vector[DIAGRAM_VARS_MAX];
    uint64_t mask[DIAGRAM_VARS_MAX], cube[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX];
    struct ajar_err err = {0};
    void *room = arena_get(&it->scratch, diagram_scratch(instance->diagram), 1, NULL);
    assert_non_null(room);
    if (!brute_open(&brute, &it->scratch, &it->rules, door, at, known)) {
        fail_msg("round %u: two versions hold", it->round);
    }
    people_open(&people, &it->scratch, instance, &brute, it->round);
    for (int i = 0; i < VECTORS; i++) {
        vector_by_chance(it, instance, vector, mask);
        enum outcome walk = instance_walk(instance, vector);
        assert_int_equal(diagram_reach(instance->diagram, instance->outcome, mask, room),
                         (uint64_t)1 << walk);
        if (!people_set_all(&people, vector)) {
            continue;
        }
        it->vectors++;
        enum outcome want = brute_outcome(&brute);
        if (want != walk) {
            fail_msg("round %u: door %u at %lld known %d: brute %s, walk %s", it->round, door,
                     (long long)at, known, outcome_words[want], outcome_words[walk]);
        }
        if (instance_cube(&it->scratch, instance, &people.person, cube, asked, &err) != 0) {
            fail_msg("round %u: %s", it->round, err.text);
        }
        for (size_t v = 0; v < instance->n_vars; v++) {
            if (cube[v] != mask[v]) {
                tell_cube(it, instance, &people, v, cube[v], mask[v]);
            }
        }
        if (it->proven.total == it->proven.kept && it->round % 2 == 0) {
            check_claims(it, &brute, want);
        }
        if (i < PEOPLE) {
            check_decision(it, instance, &people, want);
        }
    }
}

/* ---- two states: all that changes is told ---- */

static bool in_cube(const uint8_t vector[], const uint64_t mask[], size_t n)
{
    bool in = true;
    for (size_t v = 0; v < n; v++) {
        in &= (mask[v] >> vector[v] & 1) != 0;
    }
    return in;
}

static void check_comparison(struct rounds *it, const struct comparison *out)
{
    uint8_t vector[DIAGRAM_VARS_MAX];
    uint64_t mask[DIAGRAM_VARS_MAX];
    it->changes += out->n;
    for (int i = 0; i < VECTORS; i++) {
        vector_by_chance(it, &out->before, vector, mask);
        enum outcome before = instance_walk(&out->before, vector);
        enum outcome after = instance_walk(&out->after, vector);
        bool told = before == after;
        for (size_t c = 0; c < out->n; c++) {
            const struct change *change = &out->changes[c];
            assert_true(change->before != change->after);
            told |= change->before == before && change->after == after &&
                    in_cube(vector, change->mask, out->before.n_vars);
        }
        assert_true(told);
    }
}

/* ---- one rule set ---- */

static moment moment_by_chance(struct rounds *it, const struct door *door)
{
    const struct version *version =
        &door->versions[rng_below(&it->rng, (uint32_t)door->n_versions)];
    bool near = version->n_starts > 0 && rng_below(&it->rng, 2) == 0;
    moment at = near ? version->start_at[rng_below(&it->rng, (uint32_t)version->n_starts)]
                     : (moment)(18950 + rng_below(&it->rng, 900)) * MOMENT_DAY;
    uint32_t row = rng_below(&it->rng, 8);
    if (row == 0 && it->rules.n_lists > 0) {
        const struct list_row *list =
            &it->rules.lists[rng_below(&it->rng, (uint32_t)it->rules.n_lists)];
        at = list->to == DATE_NONE ? at : moment_of_day(list->to);
    } else if (row == 1 && it->rules.n_params > 0) {
        at =
            moment_of_day(it->rules.params[rng_below(&it->rng, (uint32_t)it->rules.n_params)].from);
    } else if (row < 4 && version->n_ends > 0) {
        at = version->ends[rng_below(&it->rng, (uint32_t)version->n_ends)].to;
    }
    at += (moment)rng_below(&it->rng, 3) - 1 + (rng_below(&it->rng, 3) == 0 ? 1200 : 0);
    moment least = moment_of_day(date_from_civil(1, 1, 2)),
           most = moment_of_day(date_from_civil(9999, 12, 30));
    return at < least ? least : at > most ? most : at;
}

static date_days known_by_chance(struct rounds *it, moment at)
{
    return moment_day(at) - (date_days)rng_below(&it->rng, 60) +
           (date_days)rng_below(&it->rng, 200);
}

static void check_mutants(struct rounds *it, uint32_t d)
{
    const struct door *door = &it->rules.doors[d];
    struct mutant *mutants;
    size_t n;
    struct ajar_err err = {0};
    uint32_t v = rng_below(&it->rng, (uint32_t)door->n_versions);
    int code = mutants_of(&it->scratch, &it->rules, d, v, &n, &mutants, &err);
    allowed(it, code, &err, "mutants");
    for (size_t i = 0; code == 0 && n > 0 && i < MUTANTS; i++) {
        bool same;
        struct arena scratch;
        arena_init(&scratch, "a mutant", CEILING);
        code = mutant_is_equivalent(&scratch, &it->rules,
                                    &mutants[rng_below(&it->rng, (uint32_t)n)], &same, &err);
        allowed(it, code, &err, "a mutant");
        it->mutants++;
        code = 0;
        arena_free(&scratch);
    }
}

static void check_door(struct rounds *it, uint32_t d)
{
    const struct door *door = &it->rules.doors[d];
    struct prove_count count = {0};
    struct ajar_err err = {0};
    struct comparison comparison;
    assert_int_equal(faults_init(&it->proven, &it->scratch, FINDINGS, NULL), 0);
    int code = prove_door(&it->scratch, &it->rules, d, &count, &it->proven, &err);
    allowed(it, code, &err, "prove");
    it->findings += it->proven.total;
    for (size_t i = 0; i < it->proven.kept; i++) {
        assert_int_not_equal(it->proven.at[i].code, E_INTERNAL);
    }
    if (door->n_versions == 0) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        struct instance instance;
        moment at = moment_by_chance(it, door);
        date_days known = known_by_chance(it, at);
        code = instance_build(&it->arena, &it->scratch, &it->rules, d, at, known, &instance, &err);
        allowed(it, code, &err, "build");
        if (code == 0) {
            it->built++;
            check_instance(it, d, at, known, &instance);
        } else if (code != E_DOORS_TOO_LARGE && code != E_DOORS_PARAM_GAP) {
            fail_msg("round %u: build: %s", it->round, err.text);
        }
        it->too_large += code == E_DOORS_TOO_LARGE;
        it->gaps += code == E_DOORS_PARAM_GAP;
    }
    uint32_t other = rng_below(&it->rng, (uint32_t)it->rules.n_doors);
    moment before = moment_by_chance(it, door), after = moment_by_chance(it, door);
    code =
        compare_doors(&it->arena, &it->scratch, &it->rules, d, before, known_by_chance(it, before),
                      other, after, known_by_chance(it, after), &comparison, &err);
    allowed(it, code, &err, "compare");
    if (code == 0) {
        check_comparison(it, &comparison);
    }
    check_mutants(it, d);
}

static void check_round(struct rounds *it, bool sound)
{
    struct rules_random made;
    struct faults faults;
    struct ajar_err err = {0};
    rules_random_open(&made, it->round);
    for (uint32_t n = sound ? 0 : 1 + rng_below(&made.rng, 3); n > 0; n--) {
        random_edit(&made);
    }
    rules_random_files(&made);
    if (getenv("AJAR_RANDOM_SHOW") != NULL) {
        for (size_t i = 0; i < made.n; i++) {
            printf("==> %s\n", made.files[i].name);
            fwrite(made.text[i].at, 1, made.text[i].n, stdout);
        }
    }
    arena_init(&it->arena, "a round", CEILING);
    arena_init(&it->scratch, "scratch", CEILING);
    it->rng = rng_at(92, it->round, 0, 0);
    assert_int_equal(faults_init(&faults, &it->arena, FAULTS, NULL), 0);
    int code = rules_read(&it->arena, made.n, made.files, NULL, NULL, &it->rules, &faults, &err);
    allowed(it, code, &err, "read");
    assert_true(code == 0 || code == E_DOORS_FAULTS || code == E_CEILING);
    assert_int_equal(code == E_DOORS_FAULTS, code != E_CEILING && faults.total > 0);
    it->sound += sound;
    *(sound ? &it->read_sound : &it->read_broken) += code == 0;
    if (getenv("AJAR_RANDOM_SHOW") != NULL || (sound && getenv("AJAR_RANDOM_FAULTS") != NULL)) {
        for (size_t i = 0; i < faults.kept; i++) {
            print_message("round %u: %s:%ld %s '%s' %s\n", it->round, faults.at[i].file,
                          faults.at[i].row, faults.at[i].slug, faults.at[i].value,
                          faults.at[i].text);
        }
    }
    for (uint32_t d = 0; code == 0 && d < it->rules.n_doors; d++) {
        check_door(it, d);
    }
    arena_free(&it->scratch);
    arena_free(&it->arena);
    rules_random_close(&made);
}

static void random_test(void **state)
{
    struct rounds *it = *state;
    for (uint32_t i = 0; i < it->n; i++) {
        it->round = it->from + i;
        check_round(it, it->round % 2 == 0);
    }
    print_message(
        "sound %llu, read %llu; broken %llu, read %llu; built %llu, too large %llu, without "
        "a parameter %llu; vectors %llu, decisions %llu, sets %llu, changes %llu, findings "
        "%llu, mutants %llu\n",
        (unsigned long long)it->sound, (unsigned long long)it->read_sound,
        (unsigned long long)(it->n - it->sound), (unsigned long long)it->read_broken,
        (unsigned long long)it->built, (unsigned long long)it->too_large,
        (unsigned long long)it->gaps, (unsigned long long)it->vectors,
        (unsigned long long)it->people, (unsigned long long)it->openings,
        (unsigned long long)it->changes, (unsigned long long)it->findings,
        (unsigned long long)it->mutants);
    assert_true(it->n < 100 || it->read_sound * 10 > it->sound * 8);
    assert_true(it->n < 100 || it->vectors > it->n);
}

/* What chance found, as small as it gets. */
static void found_test(void **state)
{
    static const struct {
        size_t file;
        const char *from, *to;
        int code;
    } slips[] = {
        /* was read, and then never did anything */
        {3, "{id: free, effect: OPEN", "{id: free, effect: CLOSED", E_DOORS_FORM},
        /* was read where only the age is declared, and then could not be built */
        {0, "  birth_date: ", "  born: ", E_DOORS_EXPR_FACT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct arena arena;
        struct rules rules;
        struct faults faults;
        struct ajar_err err = {0};
        struct text_set set = text_set_of();
        arena_init(&arena, "a test", CEILING);
        text_change(&arena, &set.files[3], "age >= 18", "age_on(on) >= 18");
        assert_int_equal(text_read(&arena, &set, &rules, &faults, &err), 0);
        text_change(&arena, &set.files[slips[i].file], slips[i].from, slips[i].to);
        assert_int_equal(text_read(&arena, &set, &rules, &faults, &err), E_DOORS_FAULTS);
        assert_int_equal(faults.total, 1);
        assert_int_equal(faults.at[0].code, slips[i].code);
        arena_free(&arena);
    }
}

int main(void)
{
    static struct rounds it;
    const struct CMUnitTest tests[] = {cmocka_unit_test(found_test),
                                       cmocka_unit_test_prestate(random_test, &it)};
    const char *n = getenv("AJAR_RANDOM_ROUNDS"), *from = getenv("AJAR_RANDOM_FROM");
    it.n = n == NULL ? 3000 / sampled(9) : (uint32_t)strtoul(n, NULL, 10);
    it.from = from == NULL ? 0 : (uint32_t)strtoul(from, NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
