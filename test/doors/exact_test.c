/* Every shipped door, every version: the forms, the diagram and the brute evaluator give one answer, for
 * complete people and for people of whom something is not known.
 *
 * Of one instance all complete vectors are tried where there are at most AJAR_EXACT_COMPLETE; else they are
 * covered branch by branch, up to AJAR_EXACT_BRANCHES, and AJAR_EXACT_RANDOM by chance.  All partial vectors,
 * each variable a class or unknown, where there are at most AJAR_EXACT_PARTIAL, else some by chance.
 * AJAR_EXACT_DOOR: one door alone; AJAR_EXACT_PART=i/n: every nth door; AJAR_EXACT_SAY: a line each. */
#include "../base/sampled.h"
#include "exact_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "doors_folder.h"

#define SHIPPED      "scenarios/exodus2022"
#define CEILING      ((size_t)2 << 30)
#define CUBES_MOST   400 /* people of one instance who are also looked up as persons */
#define UNKNOWN_MOST 256 /* completions of one partial vector by chance */
#define NOISE_EVERY  4096
#define FIRES_EVERY  61
#define FORGET_EVERY 997

struct tally {
    size_t doors, instances, whole, whole_partial, not_built, versions;
    size_t pruned; /* complete, but branch by branch */
    uint64_t branches;
    double vectors_pruned;
    uint64_t vectors, nobody, partial, wider;
};

struct exact {
    struct arena rules_arena, arena, scratch;
    struct doors_folder folder;
    const struct rules *rules;
    uint64_t most_complete, most_partial, most_random;
    const char *door;
    unsigned part, parts;
    struct tally tally;
    /* one instance */
    struct instance instance;
    struct brute brute;
    struct people people;
    struct rng rng;
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t vector[DIAGRAM_VARS_MAX];
    void *room;
    size_t n_cubes;
    uint64_t here; /* vectors of this instance */
    uint64_t branches, pruned, most_branches;
    const char *what;
};

static uint64_t bound_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : (uint64_t)strtod(text, NULL);
}

static void read_shipped(struct exact *it)
{
    struct ajar_err err = {0};
    struct faults faults;
    arena_init(&it->rules_arena, "doors", CEILING);
    assert_int_equal(faults_init(&faults, &it->rules_arena, 20, NULL), 0);
    if (doors_folder_read(&it->rules_arena, SHIPPED, &it->folder, &faults, &err) != 0) {
        for (size_t i = 0; i < faults.kept; i++) {
            print_message("%s:%ld %s\n", faults.at[i].file, faults.at[i].row, faults.at[i].text);
        }
        fail_msg("%s", err.text);
    }
    it->rules = &it->folder.rules;
}

/* ---- one vector ---- */

static void show(struct exact *it, const char *what, unsigned walk, uint64_t reach, unsigned brute)
{
    struct buf buf;
    buf_init(&buf, 1 << 16);
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        buf_str(&buf, "\n  ");
        instance_say(&buf, &it->instance, v, (uint64_t)1 << it->vector[v]);
        buf_printf(&buf, " [%u]", it->vector[v]);
    }
    buf_char(&buf, '\0');
    fail_msg("%s: %s: walk %u, diagram %llx, brute %u%s", it->what, what, walk,
             (unsigned long long)reach, brute, buf.at);
}

static void check_fires(struct exact *it)
{
    const struct version *version = brute_version(&it->brute);
    for (size_t a = 0; a < it->instance.n_arms; a++) {
        const struct arm *arm = &it->instance.arms[a];
        for (size_t r = 0; arm->version != NULL && r < arm->version->n_rules; r++) {
            bool want = arm->version == version && brute_fires(&it->brute, r);
            uint64_t got = diagram_reach(it->instance.diagram, arm->fires[r], it->mask, it->room);
            if (got != (want ? 2u : 1u)) {
                show(it, arm->version->rules[r].id.at, 99, got, want);
            }
        }
    }
}

/* The person as the engine reads one. */
static void check_cube(struct exact *it)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX];
    struct ajar_err err = {0};
    it->n_cubes++;
    if (instance_cube(&it->scratch, &it->instance, &it->people.person, mask, asked, &err) != 0) {
        fail_msg("%s: %s", it->what, err.text);
    }
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        if (mask[v] != it->mask[v] || asked[v] != 0) {
            char text[64];
            snprintf(text, sizeof text, "cube of variable %zu is %llx", v,
                     (unsigned long long)mask[v]);
            show(it, text, 99, 0, 99);
        }
    }
}

/* *out: by the walk; *brute: OUTCOME_COUNT where nobody has the classes. */
static void check_vector(struct exact *it, enum outcome *out, enum outcome *brute)
{
    enum outcome walk = instance_walk(&it->instance, it->vector);
    uint64_t reach = diagram_reach(it->instance.diagram, it->instance.outcome, it->mask, it->room);
    *out = walk;
    *brute = OUTCOME_COUNT;
    it->here++;
    if (reach != (uint64_t)1 << walk) {
        show(it, "complete", walk, reach, 99);
    }
    if (!people_can(&it->people)) {
        it->tally.nobody++;
        return;
    }
    if (it->here % NOISE_EVERY == 0) {
        people_noise(&it->people);
    }
    *brute = brute_outcome(&it->brute);
    if (it->here % FORGET_EVERY == 0) {
        brute_forget(&it->brute);
        assert_int_equal(*brute, brute_outcome(&it->brute));
    }
    if (*brute != walk) {
        show(it, "complete", walk, reach, *brute);
    }
    if (it->here % FIRES_EVERY == 0 || it->here < 20) {
        check_fires(it);
        if (it->n_cubes < CUBES_MOST) {
            check_cube(it);
        }
    }
}

static void set_var(struct exact *it, size_t v, uint8_t class)
{
    it->vector[v] = class;
    it->mask[v] = (uint64_t)1 << class;
}

/* One vector below a branch, all of it set, by the walk. */
static void check_below(struct exact *it, size_t v)
{
    uint8_t vector[DIAGRAM_VARS_MAX];
    memcpy(vector, it->vector, sizeof vector);
    for (size_t w = v; w < it->instance.n_vars; w++) {
        vector[w] = (uint8_t)rng_below(&it->rng, it->instance.vars[w].n_classes);
    }
    uint64_t reach = diagram_reach(it->instance.diagram, it->instance.outcome, it->mask, it->room);
    assert_int_equal(reach, (uint64_t)1 << instance_walk(&it->instance, vector));
}

/* ---- complete vectors ---- */

/* Product of classes + extra of each variable; UINT64_MAX past 2^62. */
static uint64_t product(const struct exact *it, unsigned extra)
{
    uint64_t out = 1;
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        unsigned n = it->instance.vars[v].n_classes + extra;
        if (out > ((uint64_t)1 << 62) / n) {
            return UINT64_MAX;
        }
        out *= n;
    }
    return out;
}

/* All completions and all partial vectors: any[i] holds the outcomes of the walk, real[i] those of people. */
struct table {
    uint64_t n;
    uint8_t *any, *real;
    uint64_t stride[DIAGRAM_VARS_MAX];
};

static void complete_all(struct exact *it, struct table *table)
{
    size_t n = it->instance.n_vars;
    for (size_t v = 0; v < n; v++) {
        set_var(it, v, 0);
    }
    people_set_all(&it->people, it->vector);
    for (size_t moved = 1; moved > 0;) {
        enum outcome walk, brute;
        check_vector(it, &walk, &brute);
        if (table != NULL) {
            uint64_t at = 0;
            for (size_t v = 0; v < n; v++) {
                at += table->stride[v] * it->vector[v];
            }
            table->any[at] = (uint8_t)(1 << walk);
            table->real[at] = (uint8_t)(brute == OUTCOME_COUNT ? 0 : 1 << brute);
        }
        moved = 0;
        for (size_t v = n; v-- > 0 && moved == 0;) {
            bool carry = it->vector[v] + 1u == it->instance.vars[v].n_classes;
            set_var(it, v, carry ? 0 : (uint8_t)(it->vector[v] + 1));
            people_set(&it->people, it->people.entity_of[v], it->vector);
            moved = !carry;
        }
    }
}

/* Branch by branch: where the brute evaluator knows the answer whatever the variables left are, and the
 * diagram gives that one, all vectors below have it. */
static void complete_pruned(struct exact *it, size_t v, const bool last[])
{
    unsigned brute = brute_outcomes(&it->brute);
    uint64_t n = 1;
    for (size_t w = v; w < it->instance.n_vars; w++) {
        n *= it->instance.vars[w].n_classes;
    }
    if (++it->branches > it->most_branches) {
        return;
    }
    if (!people_can(&it->people)) {
        it->tally.nobody += n;
        it->pruned += n;
        return;
    }
    if ((brute & (brute - 1)) == 0) {
        uint64_t reach =
            diagram_reach(it->instance.diagram, it->instance.outcome, it->mask, it->room);
        if (reach != brute) {
            show(it, "branch", 99, reach, (unsigned)__builtin_ctz(brute));
        }
        it->pruned += n;
        if (it->branches % FIRES_EVERY == 0) {
            check_below(it, v);
        }
        return;
    }
    assert_true(v < it->instance.n_vars);
    uint32_t e = it->people.entity_of[v];
    for (uint8_t c = 0; c < it->instance.vars[v].n_classes; c++) {
        set_var(it, v, c);
        if (last[v]) {
            people_set(&it->people, e, it->vector);
        }
        complete_pruned(it, v + 1, last);
    }
    it->mask[v] = UINT64_MAX >> (64 - it->instance.vars[v].n_classes);
    people_hide(&it->people, e);
}

static void complete_branches(struct exact *it)
{
    bool last[DIAGRAM_VARS_MAX];
    it->branches = it->pruned = 0;
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        last[v] = true;
        for (size_t w = v + 1; w < it->instance.n_vars; w++) {
            last[v] = last[v] && it->people.entity_of[w] != it->people.entity_of[v];
        }
        it->mask[v] = UINT64_MAX >> (64 - it->instance.vars[v].n_classes);
    }
    for (size_t e = 0; e < it->people.n_entities; e++) {
        people_hide(&it->people, e);
    }
    complete_pruned(it, 0, last);
}

static void complete_random(struct exact *it)
{
    for (uint64_t i = 0; i < it->most_random; i++) {
        enum outcome walk, brute;
        /* Near one another, so that what decides is not drowned: a few are drawn anew each time. */
        for (size_t v = 0; v < it->instance.n_vars; v++) {
            if (i % 64 == 0 || rng_below(&it->rng, 6) == 0) {
                set_var(it, v, (uint8_t)rng_below(&it->rng, it->instance.vars[v].n_classes));
                people_set(&it->people, it->people.entity_of[v], it->vector);
            }
        }
        check_vector(it, &walk, &brute);
    }
}

/* ---- partial vectors ---- */

static void check_partial(struct exact *it, const uint64_t mask[], uint64_t any, uint64_t real)
{
    uint64_t reach = diagram_reach(it->instance.diagram, it->instance.outcome, mask, it->room);
    it->tally.partial++;
    if (reach != any) {
        fail_msg("%s: of a partial vector the diagram gives %llx, its completions %llx", it->what,
                 (unsigned long long)reach, (unsigned long long)any);
    }
    assert_int_equal(real & ~reach, 0);
    it->tally.wider += real != 0 && real != reach;
}

/* Unknown is the last digit of each variable: the union over the others, one variable after another. */
static void table_close(struct exact *it, struct table *table)
{
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        unsigned classes = it->instance.vars[v].n_classes;
        uint64_t stride = table->stride[v];
        for (uint64_t base = 0; base < table->n; base += stride * (classes + 1)) {
            for (uint64_t i = base; i < base + stride; i++) {
                for (unsigned c = 0; c < classes; c++) {
                    table->any[i + stride * classes] |= table->any[i + stride * c];
                    table->real[i + stride * classes] |= table->real[i + stride * c];
                }
            }
        }
    }
}

static void partial_all(struct exact *it, const struct table *table)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    for (uint64_t i = 0; i < table->n; i++) {
        for (size_t v = 0; v < it->instance.n_vars; v++) {
            unsigned classes = it->instance.vars[v].n_classes;
            uint64_t digit = i / table->stride[v] % (classes + 1);
            mask[v] = digit == classes ? UINT64_MAX >> (64 - classes) : (uint64_t)1 << digit;
        }
        check_partial(it, mask, table->any[i], table->real[i]);
    }
}

static void table_open(struct exact *it, struct table *out, uint64_t n)
{
    uint64_t stride = 1;
    out->n = n;
    for (size_t v = it->instance.n_vars; v-- > 0;) {
        out->stride[v] = stride;
        stride *= it->instance.vars[v].n_classes + 1;
    }
    out->any = arena_get(&it->arena, n, 1, NULL);
    out->real = arena_get(&it->arena, n, 1, NULL);
    assert_non_null(out->any);
    assert_non_null(out->real);
}

static void completions(struct exact *it, size_t from, const uint64_t mask[], uint64_t *any,
                        uint64_t *real)
{
    while (from < it->instance.n_vars && (mask[from] & (mask[from] - 1)) == 0) {
        from++;
    }
    if (from == it->instance.n_vars) {
        enum outcome walk, brute;
        people_set_all(&it->people, it->vector);
        check_vector(it, &walk, &brute);
        *any |= (uint64_t)1 << walk;
        *real |= brute == OUTCOME_COUNT ? 0 : (uint64_t)1 << brute;
        return;
    }
    for (uint8_t c = 0; c < it->instance.vars[from].n_classes; c++) {
        if ((mask[from] >> c & 1) != 0) {
            set_var(it, from, c);
            completions(it, from + 1, mask, any, real);
        }
    }
}

static void partial_random(struct exact *it)
{
    for (uint64_t done = 0; done < it->most_random;) {
        uint64_t mask[DIAGRAM_VARS_MAX], any = 0, real = 0, n = 1, before = it->here;
        for (size_t v = 0; v < it->instance.n_vars; v++) {
            set_var(it, v, (uint8_t)rng_below(&it->rng, it->instance.vars[v].n_classes));
            mask[v] = it->mask[v];
        }
        for (unsigned tries = rng_below(&it->rng, 12); tries > 0; tries--) {
            size_t v = rng_below(&it->rng, (uint32_t)it->instance.n_vars);
            unsigned classes = it->instance.vars[v].n_classes;
            bool fits = (mask[v] & (mask[v] - 1)) == 0 && n * classes <= UNKNOWN_MOST;
            n *= fits ? classes : 1;
            mask[v] = fits ? UINT64_MAX >> (64 - classes) : mask[v];
        }
        completions(it, 0, mask, &any, &real);
        check_partial(it, mask, any, real);
        done += it->here - before;
    }
}

/* ---- instances ---- */

static void check_instance(struct exact *it)
{
    uint64_t complete = product(it, 0), partial = product(it, 1);
    bool whole = complete <= it->most_complete, tabled = partial <= it->most_partial;
    struct table table;
    it->tally.instances++;
    it->tally.whole += whole;
    it->tally.whole_partial += tabled;
    if (tabled && whole) {
        table_open(it, &table, partial);
    }
    if (whole) {
        complete_all(it, tabled ? &table : NULL);
    } else {
        complete_random(it);
        complete_branches(it);
        it->tally.pruned += it->pruned == complete;
        it->tally.branches += it->branches;
        it->tally.vectors_pruned += it->pruned == complete ? (double)complete : 0;
    }
    if (tabled && whole) {
        table_close(it, &table);
        partial_all(it, &table);
    } else {
        partial_random(it);
    }
    if (getenv("AJAR_EXACT_SAY") != NULL) {
        print_message("%s: %zu variables, %.3g vectors, %.3g partial, %llu done%s%s\n", it->what,
                      it->instance.n_vars, (double)complete, (double)partial,
                      (unsigned long long)it->here, whole ? ", whole" : "",
                      tabled ? ", all partial" : "");
        if (!whole) {
            print_message("  %llu of them in %llu branches\n", (unsigned long long)it->pruned,
                          (unsigned long long)it->branches);
        }
    }
}

static void exact_at(struct exact *it, uint32_t door, size_t v, moment at, date_days known)
{
    char what[256], when[MOMENT_TEXT], day[DATE_TEXT];
    const struct door *of = &it->rules->doors[door];
    struct ajar_err err = {0};
    snprintf(what, sizeof what, "%.*s %.*s at %s known %s", (int)of->id.n, of->id.at,
             (int)of->versions[v].id.n, of->versions[v].id.at, moment_format(at, when),
             date_format(known, day));
    it->what = what;
    arena_init(&it->arena, "an instance", CEILING);
    arena_init(&it->scratch, "scratch", CEILING);
    int code =
        instance_build(&it->arena, &it->scratch, it->rules, door, at, known, &it->instance, &err);
    if (code == E_DOORS_PARAM_GAP) {
        it->tally.not_built++;
    } else if (code != 0) {
        fail_msg("%s: %s", what, err.text);
    } else {
        it->rng = rng_at(78, (uint32_t)at, door, (uint32_t)v);
        it->here = it->n_cubes = 0;
        it->room = arena_get(&it->arena, diagram_scratch(it->instance.diagram), 1, NULL);
        assert_non_null(it->room);
        if (!brute_open(&it->brute, &it->arena, it->rules, door, at, known)) {
            fail_msg("%s: two versions hold", what);
        }
        people_open(&it->people, &it->arena, &it->instance, &it->brute, (uint32_t)at);
        check_instance(it);
        it->tally.vectors += it->here;
    }
    arena_free(&it->arena);
    arena_free(&it->scratch);
}

/* First moment of the version by any way, as known when it was published, a later one, and its ends. */
static void exact_version(struct exact *it, uint32_t door, size_t v)
{
    const struct version *version = &it->rules->doors[door].versions[v];
    moment first = MOMENT_NEVER, last = MOMENT_NEVER;
    struct rng rng = rng_at(79, door, (uint32_t)v, 0);
    if (version->after_other) {
        const struct version *other = &it->rules->doors[door].versions[version->after];
        first = other->n_ends > 0 ? other->ends[other->n_ends - 1].to : MOMENT_NEVER;
    }
    for (size_t i = 0; !version->after_other && i < version->n_starts; i++) {
        first = version->start_at[i] < first ? version->start_at[i] : first;
    }
    if (first == MOMENT_NEVER) {
        return;
    }
    it->tally.versions++;
    last = version->n_ends > 0 ? version->ends[version->n_ends - 1].to : first + 800 * MOMENT_DAY;
    last = last > first + 800 * MOMENT_DAY ? first + 800 * MOMENT_DAY : last;
    moment later = last > first + 1
                       ? first + 1 + (moment)(rng_u64(&rng) % (uint64_t)(last - first - 1))
                       : first;
    exact_at(it, door, v, first, version->known);
    exact_at(it, door, v, later,
             moment_day(later) > version->known ? moment_day(later) : version->known);
    /* Each announced end and the moment before it, as known when it was announced. */
    for (size_t i = 0; i < version->n_ends; i++) {
        exact_at(it, door, v, version->ends[i].to, version->ends[i].known);
        exact_at(it, door, v, version->ends[i].to - 1, version->ends[i].known);
    }
}

static void exact_test(void **state)
{
    struct exact *it = *state;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (uint32_t d = 0; d < it->rules->n_doors; d++) {
        const struct door *door = &it->rules->doors[d];
        size_t whole = it->tally.whole + it->tally.pruned, instances = it->tally.instances;
        if ((it->door != NULL && !text_is(door->id, it->door)) || d % it->parts != it->part) {
            continue;
        }
        for (size_t v = 0; v < door->n_versions; v++) {
            exact_version(it, d, v);
        }
        it->tally.doors +=
            it->tally.whole + it->tally.pruned - whole == it->tally.instances - instances;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    const struct tally *tally = &it->tally;
    print_message(
        "doors %zu, all versions complete in %zu; versions %zu, instances %zu, complete %zu, "
        "by branches %zu (%llu, for %.4g vectors), "
        "all partial %zu, not built %zu; vectors %llu, of nobody %llu; partial %llu, wider "
        "than people are %llu; %.1f s\n",
        it->rules->n_doors, tally->doors, tally->versions, tally->instances, tally->whole,
        tally->pruned, (unsigned long long)tally->branches, tally->vectors_pruned,
        tally->whole_partial, tally->not_built, (unsigned long long)tally->vectors,
        (unsigned long long)tally->nobody, (unsigned long long)tally->partial,
        (unsigned long long)tally->wider,
        (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
    assert_true(tally->instances > 0);
}

int main(void)
{
    static struct exact it;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(exact_test, &it)};
    const char *part = getenv("AJAR_EXACT_PART");
    it.most_complete = bound_of("AJAR_EXACT_COMPLETE", 20000 / sampled(2));
    it.most_partial = bound_of("AJAR_EXACT_PARTIAL", 20000 / sampled(2));
    it.most_random = bound_of("AJAR_EXACT_RANDOM", 2000 / sampled(2));
    it.most_branches = bound_of("AJAR_EXACT_BRANCHES", 20000 / sampled(2));
    it.door = getenv("AJAR_EXACT_DOOR");
    it.parts = 1;
    if (part != NULL && sscanf(part, "%u/%u", &it.part, &it.parts) != 2) {
        return 2;
    }
    read_shipped(&it);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&it.rules_arena);
    return failed;
}
