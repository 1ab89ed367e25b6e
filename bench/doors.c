/* A million people at one door, beside one pass that reads the same columns; and one person at all
 * doors.  Run from the root of the project. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doors_check.h"
#include "doors_job.h"
#include "doors_pass.h"
#include "flat.h"
#include "rng.h"

#define SHIPPED "scenarios/exodus2022"
#define DOOR    "fi.entry"

enum {
    MILLION = 1000000,
    CROWD = 8 * MILLION,
    CACHED = 16384, /* people whose planes and columns lie in the second cache */
    FEW = 1000,
    WALKED = 50000, /* people for whom the forms are walked */
    ROUNDS = 12,
    IN_A_ROW = 3, /* runs of one way, so that its columns are where a second question finds them */
    PERSONS = 1000,
    JOBS = 50,
    UNKNOWN_IN = 20 /* one code in so many is unknown */
};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void stop(const char *what, const struct ajar_err *err)
{
    fprintf(stderr, "bench_doors: %s %s\n", what, err != NULL ? err->text : "");
    exit(1);
}

static void *get(struct arena *arena, size_t n, size_t size)
{
    struct ajar_err err = {0};
    void *out = arena_get(arena, n, size, &err);
    if (out == NULL) {
        stop("memory", &err);
    }
    return out;
}

/* Aligned to a line of the cache. */
static void *get_lines(struct arena *arena, size_t bytes)
{
    char *at = get(arena, bytes + 64, 1);
    return at + (64 - (uintptr_t)at % 64) % 64;
}

/* The door compiled, a column of random codes for each variable, and room for answers. */
struct crowd {
    struct instance instance;
    struct flat *flat;
    size_t columns, deciding; /* all; those that flat_decide reads */
    uint8_t **column,
        **known;      /* [columns][CROWD]; known: [columns][WALKED], without unknown codes */
    uint64_t *planes; /* of CACHED people */
    uint64_t *open, *not_open, *fired;
    uint8_t *outcome;
};

/* A million drawn, the others repeat them. */
static void crowd_codes(struct crowd *crowd, struct arena *arena, size_t c)
{
    unsigned n_classes = crowd->instance.vars[flat_column_var(crowd->flat, c)].n_classes;
    struct rng rng = rng_at(1, 1, (uint32_t)c, 0);
    crowd->column[c] = get_lines(arena, CROWD);
    crowd->known[c] = get_lines(arena, WALKED);
    for (size_t i = 0; i < MILLION; i++) {
        uint32_t draw = rng_below(&rng, n_classes * UNKNOWN_IN);
        uint8_t code = (uint8_t)(draw / UNKNOWN_IN);
        crowd->column[c][i] = draw % UNKNOWN_IN == 0 ? FLAT_UNKNOWN : code;
        if (i < WALKED) {
            crowd->known[c][i] = code;
        }
    }
    for (size_t i = MILLION; i < CROWD; i += MILLION) {
        memcpy(crowd->column[c] + i, crowd->column[c], MILLION);
    }
}

static double crowd_make(struct arena *arena, const struct rules *rules, struct crowd *crowd)
{
    struct ajar_err err = {0};
    struct arena scratch;
    moment at = moment_of_day(date_from_civil(2022, 9, 30));
    arena_init(&scratch, "compiling", (size_t)1 << 28);
    if (instance_build(arena, &scratch, rules, rules_door(rules, TEXT_LIT(DOOR)), at,
                       moment_day(at), &crowd->instance, &err) != 0) {
        stop(DOOR, &err);
    }
    double from = now();
    if (flat_compile(arena, &scratch, &crowd->instance, &crowd->flat, &err) != 0) {
        stop(DOOR, &err);
    }
    double seconds = now() - from;
    arena_free(&scratch);
    crowd->columns = flat_columns(crowd->flat);
    crowd->column = get(arena, crowd->columns, sizeof *crowd->column);
    crowd->known = get(arena, crowd->columns, sizeof *crowd->known);
    for (size_t c = 0; c < crowd->columns; c++) {
        crowd_codes(crowd, arena, c);
        crowd->deciding += flat_decides(crowd->flat, c);
    }
    crowd->planes = get_lines(arena, flat_packed(crowd->flat, CACHED) * sizeof *crowd->planes);
    crowd->open = get_lines(arena, CROWD / 8 + 8);
    crowd->not_open = get_lines(arena, CROWD / 8 + 8);
    crowd->outcome = get_lines(arena, MILLION);
    crowd->fired = get_lines(arena, flat_fired_words(crowd->flat) * MILLION * sizeof *crowd->fired);
    return seconds;
}

static const uint8_t *const *codes(const struct crowd *crowd)
{
    return (const uint8_t *const *)crowd->column;
}

enum job { PASS, DECIDE, RUN, ANSWER, WALK, WALK_KLEENE };

static volatile uint64_t sink;

/* The two-valued walk, for people of whom everything is known. */
static void walk(const struct crowd *crowd, size_t n)
{
    uint8_t vector[DIAGRAM_VARS_MAX] = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < crowd->columns; c++) {
            vector[flat_column_var(crowd->flat, c)] = crowd->known[c][i];
        }
        crowd->outcome[i] = (uint8_t)instance_walk(&crowd->instance, vector);
    }
}

static void do_job(struct crowd *crowd, enum job job, enum flat_path path, size_t n)
{
    switch (job) {
    case PASS:
        for (size_t c = 0; c < crowd->columns; c++) {
            if (flat_decides(crowd->flat, c)) {
                sink = read_best()(crowd->column[c], n);
            }
        }
        break;
    case DECIDE:
        flat_decide(crowd->flat, path, n, codes(crowd), crowd->open, crowd->not_open);
        break;
    case RUN:
        flat_run(crowd->flat, path, n, crowd->planes, crowd->open, crowd->not_open);
        break;
    case ANSWER:
        flat_answer(crowd->flat, path, n, codes(crowd), crowd->outcome, crowd->fired);
        break;
    case WALK:
        walk(crowd, n);
        break;
    case WALK_KLEENE:
        flat_walk(crowd->flat, &crowd->instance, n, codes(crowd), crowd->outcome, crowd->fired);
        break;
    }
}

/* A row of the table; the best of many rounds. */
struct measure {
    const char *what;
    enum job job;
    enum flat_path path;
    size_t n;
    double seconds;
};

static void measure_once(struct crowd *crowd, struct measure *it)
{
    bool slow = it->job >= WALK;
    size_t times = slow || it->n >= MILLION ? 1 : 1 + MILLION / 8 / it->n;
    for (int run = 0; run < (slow ? 1 : IN_A_ROW); run++) {
        double from = now();
        for (size_t t = 0; t < times; t++) {
            do_job(crowd, it->job, it->path, it->n);
        }
        it->seconds = fmin(it->seconds, (now() - from) / (double)times);
    }
}

static void measure_row(const struct measure *it, double pass, double pass_crowd)
{
    double each = 1e9 * it->seconds / (double)it->n;
    const char *how = it->job == PASS   ? "no decision"
                      : it->job >= WALK ? "portable C"
                                        : flat_path_names[it->path];
    printf("| %s, %s | %zu | %.2f | %.1f | ", it->what, how, it->n, each, 1e3 / each);
    if (it->n < MILLION) {
        printf("|\n");
    } else {
        printf("%.2f |\n", it->seconds / (it->n == MILLION ? pass : pass_crowd));
    }
}

static size_t bits(const uint64_t words[], size_t n)
{
    size_t all = 0;
    for (size_t w = 0; w < (n + 63) / 64; w++) {
        all += (size_t)__builtin_popcountll(words[w]);
    }
    return all;
}

static void crowd_bench(struct crowd *crowd)
{
    enum flat_path best = flat_best();
    struct measure all[32] = {{"one pass that reads the columns", PASS, FLAT_PLAIN, MILLION, 0},
                              {"one pass that reads the columns", PASS, FLAT_PLAIN, CROWD, 0},
                              {"packed and decided", DECIDE, best, CROWD, 0}};
    size_t n = 3;
    for (enum flat_path path = FLAT_PLAIN; path < FLAT_PATHS; path++) {
        if (flat_has(path)) {
            all[n++] = (struct measure){"packed and decided", DECIDE, path, MILLION, 0};
            all[n++] = (struct measure){"from ready planes", RUN, path, CACHED, 0};
            all[n++] = (struct measure){"outcomes and fired rules", ANSWER, path, MILLION, 0};
        }
    }
    all[n++] = (struct measure){"packed and decided", DECIDE, best, CACHED, 0};
    all[n++] = (struct measure){"packed and decided", DECIDE, best, FEW, 0};
    all[n++] = (struct measure){"packed and decided", DECIDE, best, 1, 0};
    all[n++] = (struct measure){"outcomes and fired rules", ANSWER, best, CACHED, 0};
    all[n++] = (struct measure){"a walk of the rules, all known", WALK, best, WALKED, 0};
    all[n++] = (struct measure){"a walk of the rules, three-valued, fired rules", WALK_KLEENE, best,
                                WALKED, 0};
    flat_pack(crowd->flat, best, CACHED, codes(crowd), crowd->planes);
    for (size_t i = 0; i < n; i++) {
        all[i].seconds = INFINITY;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            if (all[i].job < WALK || round % 5 == 0) {
                measure_once(crowd, &all[i]);
            }
        }
    }
    printf("| way | people | ns each | million decisions a second | times the pass |\n"
           "| --- | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < n; i++) {
        measure_row(&all[i], all[0].seconds, all[1].seconds);
    }
    do_job(crowd, DECIDE, best, MILLION);
    printf("\nOf the million %zu find it open for sure, %zu not open for sure; the others are "
           "undecided.\n",
           bits(crowd->open, MILLION), bits(crowd->not_open, MILLION));
}

/* The whole rule set, and single persons before it. */

static int64_t number_random(struct rng *rng, const struct fact *fact)
{
    static const char *const birth = "birth_date";
    if (fact->type != FACT_DATE) {
        return (int64_t)rng_below(rng, fact->type == FACT_MONEY ? 10000000 : 200);
    }
    return text_is(fact->name, birth) ? date_from_civil(1950, 1, 1) + (int64_t)rng_below(rng, 22000)
                                      : date_from_civil(2015, 1, 1) + (int64_t)rng_below(rng, 3000);
}

static void fact_random(struct arena *arena, const struct rules *rules, const struct fact *fact,
                        struct rng *rng, struct fact_value *out)
{
    if (rng_below(rng, 4) == 0 || text_is(fact->name, "age")) {
        return; /* an age follows from the day of birth */
    }
    out->known = KNOWN_YES;
    if (fact->type == FACT_BOOL || fact->type == FACT_ENUM) {
        out->literal = fact->values[rng_below(rng, (uint32_t)fact->n_values)];
    } else if (fact->type == FACT_SET) {
        name_id *set = get(arena, 1, sizeof *set);
        *set = fact->values[rng_below(rng, (uint32_t)fact->n_values)];
        if (text_is(fact->name, "citizenship")) {
            *set = names_find(rules->names, TEXT_LIT("RUS"));
        }
        out->set = set;
        out->n_set = 1;
    } else {
        out->none = fact->none && rng_below(rng, 2) == 0;
        out->number = number_random(rng, fact);
    }
}

static struct person person_random(struct arena *arena, const struct rules *rules, uint32_t who)
{
    struct person person;
    struct ajar_err err = {0};
    struct rng rng = rng_at(2, 1, who, 0);
    if (person_blank(arena, rules, &person, &err) != 0) {
        stop("a person", &err);
    }
    for (size_t f = 0; f < rules->n_facts; f++) {
        fact_random(arena, rules, &rules->facts[f], &rng, &person.values[f]);
    }
    person.stays_known = person.household_known = true;
    return person;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void quantiles(const char *what, size_t n, double seconds[])
{
    qsort(seconds, n, sizeof *seconds, rising);
    printf("| %s | %zu | %.4f | %.4f | %.4f |\n", what, n, 1e3 * seconds[n / 2],
           1e3 * seconds[n * 99 / 100], 1e3 * seconds[n - 1]);
}

static void decide_once(struct arena *scratch, const struct instance *instance,
                        const struct person *person, bool openings)
{
    struct decision decision;
    struct ajar_err err = {0};
    struct decide_options options = {.openings = openings};
    if (decide(scratch, scratch, instance, person, &options, &decision, &err) != 0) {
        stop("decide", &err);
    }
}

/* All doors of law on one day, built. */
static size_t doors_build(struct arena *arena, const struct rules *rules, struct instance out[])
{
    size_t n = 0;
    struct ajar_err err = {0};
    moment at = moment_of_day(date_from_civil(2022, 9, 30));
    for (uint32_t d = 0; d < rules->n_doors; d++) {
        struct arena scratch;
        arena_init(&scratch, "building", (size_t)1 << 30);
        if (rules->doors[d].counterfactual) {
            continue;
        }
        if (instance_build(arena, &scratch, rules, d, at, moment_day(at), &out[n++], &err) != 0) {
            stop("a door", &err);
        }
        arena_free(&scratch);
    }
    return n;
}

static void persons_bench(const struct rules *rules, const struct instance *door)
{
    struct arena arena;
    static double all[PERSONS], one[PERSONS], job[JOBS];
    arena_init(&arena, "doors", (size_t)1 << 31);
    struct instance *doors = get(&arena, rules->n_doors, sizeof *doors);
    double from = now();
    size_t n = doors_build(&arena, rules, doors);
    double built = now() - from;
    for (uint32_t p = 0; p < PERSONS; p++) {
        struct arena scratch;
        arena_init(&scratch, "a person", (size_t)1 << 30);
        struct person person = person_random(&scratch, rules, p);
        decide_once(&scratch, door, &person, false);
        from = now();
        decide_once(&scratch, door, &person, false);
        one[p] = now() - from;
        from = now();
        for (size_t d = 0; d < n; d++) {
            decide_once(&scratch, &doors[d], &person, true);
        }
        all[p] = now() - from;
        if (p < JOBS) {
            struct doors_question question = {.on = {.at = door->at},
                                              .as_known = DATE_NONE,
                                              .door = RULES_NONE,
                                              .decide = {.openings = true}};
            struct doors_answers answers;
            struct ajar_err err = {0};
            from = now();
            if (doors_evaluate(&scratch, rules, &person, &question, &answers, &err) != 0) {
                stop("all doors", &err);
            }
            job[p] = now() - from;
        }
        arena_free(&scratch);
    }
    printf("\nRandom persons of whom three facts in four are known, on 30 September 2022. Building "
           "all %zu doors takes %.1f ms.\n\n"
           "| milliseconds of one core | persons | p50 | p99 | most |\n"
           "| --- | ---: | ---: | ---: | ---: |\n",
           n, 1e3 * built);
    quantiles("one built door (" DOOR "), no opening sets", PERSONS, one);
    quantiles("all built doors, with opening sets", PERSONS, all);
    quantiles("the job: all doors built, with opening sets and what asylum would close", JOBS, job);
    arena_free(&arena);
}

static void shipped_read(struct arena *arena, struct doors_folder *folder)
{
    struct faults faults;
    struct ajar_err err = {0};
    if (faults_init(&faults, arena, 100, &err) != 0 ||
        doors_folder_read(arena, SHIPPED, folder, &faults, &err) != 0) {
        stop("the shipped rules", faults.kept > 0 ? &faults.at[0] : &err);
    }
}

static void shipped_bench(const struct doors_folder *folder)
{
    double read = INFINITY, prove = INFINITY;
    struct prove_count count = {0};
    for (int round = 0; round < 3; round++) {
        struct arena arena;
        struct doors_folder again;
        struct faults faults;
        struct ajar_err err = {0};
        arena_init(&arena, "rules", (size_t)1 << 30);
        double from = now();
        shipped_read(&arena, &again);
        read = fmin(read, now() - from);
        from = now();
        if (faults_init(&faults, &arena, 1000, &err) != 0 ||
            doors_prove(&again, NULL, NULL, &count, &faults, &err) != 0) {
            stop("the proof", &err);
        }
        prove = fmin(prove, now() - from);
        arena_free(&arena);
    }
    printf("\nAll shipped rules, %zu doors of %zu files: read and bound in %.1f ms; proven (%zu "
           "rules, %zu states, %.2g class\nvectors) in %.1f ms.\n",
           folder->rules.n_doors, folder->n_files, 1e3 * read, count.rules, count.states,
           count.vectors, 1e3 * prove);
}

/* The peer: OpenFisca-core of March 2026 on NumPy, two-valued and without reasons, on a machine of
 * this kind and a door of 13 facts, decides 430 million people a second at 1,000,000 people, 2.3
 * million at 1,000, and takes 0.24 ms for one person and one door. */
int main(void)
{
    struct arena arena;
    struct doors_folder folder;
    struct crowd crowd = {0};
    arena_init(&arena, "the doors", (size_t)2 << 30);
    shipped_read(&arena, &folder);
    double compiled = crowd_make(&arena, &folder.rules, &crowd);
    printf(
        "## Doors: many people at one door, one person at all doors\n\n"
        "One core. The shipped door " DOOR " on 30 September 2022: %zu rules over %zu "
        "variables, a byte a person and variable\n(%zu of them decide whether it is open), one "
        "code in %d unknown. Counted: from byte columns to two bits a\nperson, open "
        "for sure and not open for sure, in three-valued logic; or to the set of outcomes and "
        "the rules that fire.\nReady planes: packing left out. Best of %d rounds, in each %d runs "
        "of a "
        "way in a row: the columns of a million\npeople may then lie in the last cache, those of "
        "eight million in memory. Compiling the door takes %.2f ms, once.\n\n",
        flat_rules(crowd.flat), crowd.columns, crowd.deciding, UNKNOWN_IN, ROUNDS, IN_A_ROW,
        1e3 * compiled);
    crowd_bench(&crowd);
    shipped_bench(&folder);
    persons_bench(&folder.rules, &crowd.instance);
    arena_free(&arena);
    return 0;
}
