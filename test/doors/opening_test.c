/* Minimal opening sets against their definition: every choice of steps is tried on a small door. */
#include "door_made.h"

/* A set in the oracle: per variable the mask to choose from, 0 where there is no step. */
struct choice {
    uint64_t step[VARS];
};

static bool may_change(const struct door_made *it, size_t v)
{
    return (it->vars[v].kind == VAR_FACT || it->vars[v].kind == VAR_HAS) &&
           it->facts[it->vars[v].fact].actionable;
}

/* Whether the step is one that a person could take or find out to be so. */
static bool step_possible(const struct door_made *it, size_t v, uint64_t step)
{
    bool leaves_all = (it->mask[v] & ~step) == 0;
    bool within = (step & ~it->mask[v]) == 0;
    return !leaves_all && (may_change(it, v) || (it->asked[v] != 0 && within));
}

static bool opens(const struct door_made *it, const struct choice *choice)
{
    struct bits all = {{UINT64_MAX, UINT64_MAX}};
    if (it->shape.n_vectors < 64) {
        all.at[0] = ((uint64_t)1 << it->shape.n_vectors) - 1;
    }
    if (it->shape.n_vectors <= 64) {
        all.at[1] = 0;
    } else if (it->shape.n_vectors < 128) {
        all.at[1] = ((uint64_t)1 << (it->shape.n_vectors - 64)) - 1;
    }
    for (size_t v = 0; v < it->shape.n_vars; v++) {
        uint64_t mask = choice->step[v] != 0 ? choice->step[v] : it->mask[v];
        all.at[0] &= it->in[v][mask].at[0];
        all.at[1] &= it->in[v][mask].at[1];
    }
    return (all.at[0] & ~it->open.at[0]) == 0 && (all.at[1] & ~it->open.at[1]) == 0;
}

static bool no_more(const struct choice *a, const struct choice *b)
{
    for (size_t v = 0; v < VARS; v++) {
        if (a->step[v] != 0 && (b->step[v] == 0 || (b->step[v] & ~a->step[v]) != 0)) {
            return false;
        }
    }
    return true;
}

static bool choice_next(const struct door_made *it, struct choice *choice)
{
    for (size_t v = it->shape.n_vars; v-- > 0;) {
        while (++choice->step[v] < (uint64_t)1 << it->shape.classes[v]) {
            if (step_possible(it, v, choice->step[v])) {
                return true;
            }
        }
        choice->step[v] = 0;
    }
    return false;
}

/* Every choice that opens, less those that ask for more than another that opens. */
static size_t minimal_choices(const struct door_made *it, struct choice found[])
{
    struct choice choice = {{0}};
    size_t n = 0;
    do {
        bool minimal = opens(it, &choice);
        for (size_t i = 0; minimal && i < n; i++) {
            minimal = !no_more(&found[i], &choice);
        }
        if (minimal) {
            for (size_t i = 0; i < n;) {
                if (no_more(&choice, &found[i])) {
                    found[i] = found[--n];
                } else {
                    i++;
                }
            }
            assert_true(n < SETS);
            found[n++] = choice;
        }
    } while (choice_next(it, &choice));
    return n;
}

static bool proves(const struct door_made *it, size_t v, uint64_t mask, const struct proof *proof)
{
    if (proof->n_for == 0) {
        return true;
    }
    for (size_t i = 0; i < proof->n_for; i++) {
        for (size_t k = 0; k < it->facts[v].n_values; k++) {
            bool counts = it->vars[v].kind == VAR_FACT || it->class_of[v][k] == 1;
            if (it->values[v][k] == proof->for_values[i] && counts &&
                (mask >> it->class_of[v][k] & 1) != 0) {
                return true;
            }
        }
    }
    return false;
}

static void check_proof(const struct door_made *it, const struct opening_step *step)
{
    bool fact = it->vars[step->var].kind == VAR_FACT || it->vars[step->var].kind == VAR_HAS;
    const struct fact *of = &it->facts[step->var];
    const struct proof *mine = step->proof;
    assert_true(mine == NULL || (fact && mine >= of->proofs && mine < of->proofs + of->n_proofs &&
                                 proves(it, step->var, step->mask, mine)));
    for (size_t p = 0; fact && p < of->n_proofs; p++) {
        const struct proof *other = &of->proofs[p];
        if (!proves(it, step->var, step->mask, other)) {
            continue;
        }
        assert_non_null(mine);
        int64_t apart[] = {mine->contacts_origin - other->contacts_origin, mine->days - other->days,
                           mine->cents - other->cents};
        for (size_t k = 0; k < 3; k++) {
            assert_true(apart[k] <= 0);
            if (apart[k] < 0) {
                break;
            }
        }
    }
}

static void check_opening(const struct door_made *it, const struct opening *opening,
                          struct choice *as)
{
    int contacts = 0;
    int32_t days = 0;
    int64_t cents = 0;
    *as = (struct choice){{0}};
    for (size_t s = 0; s < opening->n; s++) {
        const struct opening_step *step = &opening->steps[s];
        assert_true(s == 0 || step->var > opening->steps[s - 1].var);
        as->step[step->var] = step->mask;
        assert_true(step_possible(it, step->var, step->mask));
        assert_int_equal(step->uncertain, it->asked[step->var] == 2);
        assert_int_equal(step->known,
                         it->asked[step->var] == 0 || (step->mask & it->mask[step->var]) == 0);
        check_proof(it, step);
        if (step->proof != NULL) {
            contacts += step->proof->contacts_origin;
            days = step->proof->days > days ? step->proof->days : days;
            cents += step->proof->cents;
        }
    }
    assert_int_equal(opening->contacts_origin, contacts);
    assert_int_equal(opening->days, days);
    assert_true(opening->cents == cents);
}

/* Figures and steps in a row, of which the first that differs decides. */
static size_t rank_key(const struct opening *opening, uint64_t key[])
{
    size_t n = 0;
    key[n++] = (uint64_t)opening->contacts_origin;
    key[n++] = (uint64_t)opening->days;
    key[n++] = (uint64_t)opening->cents;
    key[n++] = opening->n;
    for (size_t s = 0; s < opening->n; s++) {
        key[n++] = opening->steps[s].var;
    }
    for (size_t s = 0; s < opening->n; s++) {
        key[n++] = opening->steps[s].mask;
    }
    return n;
}

static void check_order(const struct opening *a, const struct opening *b)
{
    uint64_t x[4 + 2 * VARS], y[4 + 2 * VARS];
    size_t n = rank_key(a, x), m = rank_key(b, y), i = 0;
    while (i < n && i < m && x[i] == y[i]) {
        i++;
    }
    assert_true(i < n && i < m && x[i] < y[i]);
}

static void check_limit(struct door_made *it, const struct opening *all, size_t n_all)
{
    size_t limit = rng_below(&it->rng, (uint32_t)n_all + 2), n = 77, total = 77;
    struct opening *some = NULL;
    assert_int_equal(opening_sets(&it->arena, &it->scratch, &it->instance, it->mask, it->asked,
                                  limit, &n, &some, &total, NULL),
                     0);
    assert_int_equal(total, n_all);
    assert_int_equal(n, limit < n_all ? limit : n_all);
    for (size_t i = 0; i < n; i++) {
        uint64_t x[4 + 2 * VARS], y[4 + 2 * VARS];
        size_t k = rank_key(&some[i], x);
        assert_int_equal(rank_key(&all[i], y), k);
        assert_memory_equal(x, y, k * sizeof *x);
    }
}

struct tally {
    size_t none, open, some, many, known, uncertain, proven;
};

static void check_door(struct door_made *it, struct tally *tally)
{
    static struct choice wanted[SETS];
    static const struct choice nothing;
    size_t n = 77, n_all = 77, n_wanted = minimal_choices(it, wanted);
    struct opening *openings = NULL;
    if (n_wanted == 1 && memcmp(&wanted[0], &nothing, sizeof nothing) == 0) {
        n_wanted = 0;
        tally->open++;
    }
    assert_int_equal(opening_sets(&it->arena, &it->scratch, &it->instance, it->mask, it->asked,
                                  SIZE_MAX, &n, &openings, &n_all, NULL),
                     0);
    assert_int_equal(n, n_wanted);
    assert_int_equal(n_all, n_wanted);
    for (size_t i = 0; i < n; i++) {
        struct choice as;
        size_t at = 0;
        check_opening(it, &openings[i], &as);
        while (at < n_wanted && memcmp(&wanted[at], &as, sizeof as) != 0) {
            at++;
        }
        assert_true(at < n_wanted);
        if (i > 0) {
            check_order(&openings[i - 1], &openings[i]);
        }
        for (size_t s = 0; s < openings[i].n; s++) {
            tally->known += openings[i].steps[s].known;
            tally->uncertain += openings[i].steps[s].uncertain;
            tally->proven += openings[i].steps[s].proof != NULL;
        }
    }
    tally->none += n == 0;
    tally->some += n > 0;
    tally->many += n > 3;
    check_limit(it, openings, n);
}

static void sets_are_minimal_by_definition(void **state)
{
    (void)state;
    static struct door_made door;
    struct tally tally = {0};
    for (uint32_t round = 0; round < 5000; round++) {
        make_door(&door, round);
        check_door(&door, &tally);
        for (int again = 0; again < 2; again++) {
            make_person(&door);
            check_door(&door, &tally);
        }
        free_door(&door);
    }
    assert_true(tally.open > 100 && tally.none > 1000 && tally.some > 2000 && tally.many > 100);
    assert_true(tally.known > 1000 && tally.uncertain > 300 && tally.proven > 1000);
}

/* Bits past the classes of a variable mean nothing. */
static void masks_are_cut_to_classes(void **state)
{
    (void)state;
    static struct door_made door;
    size_t seen = 0;
    for (uint32_t round = 5000; round < 5300; round++) {
        make_door(&door, round);
        struct opening *openings = NULL, *wide = NULL;
        size_t n, n_all, n_wide, n_wide_all;
        uint64_t mask[VARS];
        for (size_t v = 0; v < door.shape.n_vars; v++) {
            mask[v] = door.mask[v] | ~(uint64_t)0 << door.shape.classes[v];
        }
        assert_int_equal(opening_sets(&door.arena, &door.scratch, &door.instance, door.mask,
                                      door.asked, SIZE_MAX, &n, &openings, &n_all, NULL),
                         0);
        assert_int_equal(opening_sets(&door.arena, &door.scratch, &door.instance, mask, door.asked,
                                      SIZE_MAX, &n_wide, &wide, &n_wide_all, NULL),
                         0);
        assert_int_equal(n, n_wide);
        for (size_t i = 0; i < n; i++) {
            uint64_t x[4 + 2 * VARS], y[4 + 2 * VARS];
            size_t k = rank_key(&openings[i], x);
            assert_int_equal(rank_key(&wide[i], y), k);
            assert_memory_equal(x, y, k * sizeof *x);
            seen++;
        }
        free_door(&door);
    }
    assert_true(seen > 100);
}

/* Two changes that only together are superfluous: the door opens with c when a = b. */
static void steps_go_out_together(void **state)
{
    (void)state;
    static struct door_made door;
    struct diagram *diagram;
    struct opening *openings = NULL;
    size_t n = 77, n_all = 77;
    diagram_ref a, b, c, not_b, same;
    arena_init(&door.arena, "a test", CEILING);
    arena_init(&door.scratch, "a test's scratch", CEILING);
    door.shape = (struct shape){.n_vars = 3, .n_vectors = 8, .classes = {2, 2, 2}};
    for (size_t v = 0; v < 3; v++) {
        door.facts[v] = (struct fact){.type = FACT_BOOL, .actionable = true};
        door.vars[v] = (struct var){.kind = VAR_FACT, .fact = (uint32_t)v, .n_classes = 2};
    }
    assert_int_equal(diagram_open(&diagram, &door.arena, 3, door.shape.classes, NULL), 0);
    assert_int_equal(diagram_atom(diagram, 0, 2, &a, NULL), 0);
    assert_int_equal(diagram_atom(diagram, 1, 2, &b, NULL), 0);
    assert_int_equal(diagram_atom(diagram, 2, 2, &c, NULL), 0);
    assert_int_equal(diagram_choose(diagram, b, 0, 1, &not_b, NULL), 0);
    assert_int_equal(diagram_choose(diagram, a, b, not_b, &same, NULL), 0);
    assert_int_equal(diagram_choose(diagram, same, c, 0, &same, NULL), 0);
    door.rules = (struct rules){.n_facts = 3, .facts = door.facts};
    door.instance =
        (struct instance){.rules = &door.rules, .n_vars = 3, .vars = door.vars, .diagram = diagram};
    assert_int_equal(
        cubes_primes(&door.arena, &door.scratch, diagram, same, 1, SETS, &door.instance.open, NULL),
        0);
    assert_int_equal(door.instance.open.n, 2);
    const uint64_t mask[] = {1, 1, 1};
    const uint8_t asked[] = {0, 0, 0};
    assert_int_equal(opening_sets(&door.arena, &door.scratch, &door.instance, mask, asked, 12, &n,
                                  &openings, &n_all, NULL),
                     0);
    assert_int_equal(n, 1);
    assert_int_equal(n_all, 1);
    assert_int_equal(openings[0].n, 1);
    assert_int_equal(openings[0].steps[0].var, 2);
    assert_true(openings[0].steps[0].mask == 2 && openings[0].steps[0].known);
    free_door(&door);
}

static void memory_may_end(void **state)
{
    (void)state;
    static struct door_made door;
    size_t failed = 0;
    for (uint32_t round = 6000; round < 6100; round++) {
        make_door(&door, round);
        struct arena tight;
        struct opening *openings = (struct opening *)&door;
        size_t n = 77, n_all = 78;
        for (size_t ceiling = 0;; ceiling += 48) {
            arena_init(&tight, "a tight test", ceiling);
            int code = opening_sets(&tight, &tight, &door.instance, door.mask, door.asked, 5, &n,
                                    &openings, &n_all, NULL);
            arena_free(&tight);
            if (code == 0) {
                break;
            }
            assert_int_equal(n, 77);
            assert_int_equal(n_all, 78);
            assert_true(openings == (struct opening *)&door);
            failed++;
        }
        free_door(&door);
    }
    assert_true(failed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_minimal_by_definition),
        cmocka_unit_test(masks_are_cut_to_classes),
        cmocka_unit_test(steps_go_out_together),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
