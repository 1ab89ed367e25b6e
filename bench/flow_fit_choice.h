/* The own model of choice: every variant tried, fitted leave one out, and the nested selection. */
#ifndef BENCH_FLOW_FIT_CHOICE_H
#define BENCH_FLOW_FIT_CHOICE_H

#include "baselines.h"
#include "flow_fit_tools.h"
#include "scores.h"

static struct choice_case fit_cases[2][CONFLICTS]; /* without, with capacities */
static double *fit_simulated[CONFLICTS];

enum fit_choice_term {
    POWER,
    SOFTENING,
    FADE,
    EVEN,
    CAPACITY,
    DAY0,
    FLOOR,
    FROM,
    TO,
    NEAR,
    PEOPLE,
    CHOICE_TERMS
};
static const struct fit_term fit_choice_terms[CHOICE_TERMS] = {
    {"power", 1, 0.5, 0, 6, false},         {"softening", 30, 0.8, 1, 5000, true},
    {"fade", 0.5, 0.3, 0, 10, false},       {"even", 0.1, 0.2, 0, 1, false},
    {"of_capacity", 0.4, 0.3, 0, 4, false}, {"of_day0", 0.3, 0.2, 0, 6, false},
    {"day0_floor", 2000, 1, 1, 4e5, true},  {"room_from", 0.9, 0.1, 0, 1.5, false},
    {"room_to", 1.05, 0.1, 0.1, 2, false},  {"near_power", 0.5, 0.5, 0, 10, false},
    {"of_people", 0, 0.3, -4, 4, false}};

struct fit_choice {
    struct choice_rule base;
    int terms[PARAMS];
    bool capacities;
};

static void choice_set(struct choice_rule *rule, int term, double value)
{
    double *const at[CHOICE_TERMS] = {&rule->power,      &rule->softening,   &rule->fade,
                                      &rule->even,       &rule->of_capacity, &rule->of_day0,
                                      &rule->day0_floor, &rule->room_from,   &rule->room_to,
                                      &rule->near_power, &rule->of_people};
    *at[term] = value;
}

static struct choice_rule choice_of(const struct fit_variant *variant, const double *params)
{
    const struct fit_choice *choice = variant->more;
    struct choice_rule rule = choice->base;
    for (int i = 0; i < variant->n; i++) {
        choice_set(&rule, choice->terms[i], params[i]);
    }
    if (rule.room_to > 0 && rule.room_to < rule.room_from) {
        rule.room_to = rule.room_from;
    }
    return rule;
}

static double ard(const struct choice_case *at, const double *simulated)
{
    struct flow_scores scores;
    struct ajar_err err = {0};
    must(flow_score(&at->observed, simulated, &scores, &err), &err);
    return scores.ard_rescaled;
}

static double choice_loss(const struct fit_variant *variant, const double *params, int conflict)
{
    const struct fit_choice *choice = variant->more;
    struct choice_case *at = &fit_cases[choice->capacities][conflict];
    struct choice_rule rule = choice_of(variant, params);
    struct ajar_err err = {0};
    must(choice_run(at, &rule, fit_simulated[conflict], &err), &err);
    return ard(at, fit_simulated[conflict]);
}

static struct fit_variant fit_choices[2][VARIANTS];
static struct fit_choice fit_choice_more[2][VARIANTS];
static int fit_n_choices[2];

/* terms ends with -1; `how` is a string of s (shut camps), d (detour), n (no decay). */
static void choice_add(bool capacities, struct choice_rule base, const char *how, const int *terms)
{
    int v = fit_n_choices[capacities]++;
    struct fit_variant *variant = &fit_choices[capacities][v];
    struct fit_choice *more = &fit_choice_more[capacities][v];
    base.shut_camps = strchr(how, 's') != NULL;
    base.detour = strchr(how, 'd') != NULL;
    base.no_decay = strchr(how, 'n') != NULL;
    *more = (struct fit_choice){.base = base, .capacities = capacities};
    variant->more = more;
    for (variant->n = 0; terms[variant->n] >= 0; variant->n++) {
        more->terms[variant->n] = terms[variant->n];
        variant->terms[variant->n] = fit_choice_terms[terms[variant->n]];
        strcat(variant->name, variant->n > 0 ? " " : "");
        strcat(variant->name, variant->terms[variant->n].name);
    }
    snprintf(variant->name + strlen(variant->name), 12, " [%s]", how);
}

#define TERMS(...) ((const int[]){__VA_ARGS__, -1})

static void choice_list(void)
{
    const struct choice_rule bare = {.softening = 50, .day0_floor = 2000};
    struct choice_rule full = bare;
    full.room_from = 0.9;
    full.room_to = 1;
    static const char *const ways[] = {"", "d", "s", "sd"};
    for (int i = 0; i < 4; i++) {
        choice_add(false, bare, ways[i], TERMS(POWER, SOFTENING));
        choice_add(false, bare, ways[i], TERMS(POWER, SOFTENING, DAY0, FLOOR));
        choice_add(false, bare, ways[i], TERMS(FADE));
        choice_add(false, bare, ways[i], TERMS(FADE, EVEN, DAY0));
        choice_add(true, bare, ways[i], TERMS(CAPACITY, POWER, SOFTENING));
        choice_add(true, full, ways[i], TERMS(CAPACITY, POWER, FROM, TO));
        choice_add(true, full, ways[i], TERMS(CAPACITY, POWER, SOFTENING, FROM, TO));
        choice_add(true, full, ways[i], TERMS(FADE, FROM));
        choice_add(true, full, ways[i], TERMS(POWER, FROM));
    }
    choice_add(false, bare, "sd", TERMS(POWER));
    choice_add(false, bare, "sd", TERMS(FADE, POWER));
    choice_add(false, bare, "sd", TERMS(FADE, EVEN));
    choice_add(false, bare, "sd", TERMS(FADE, DAY0));
    choice_add(false, bare, "sd", TERMS(FADE, DAY0, FLOOR));
    choice_add(false, bare, "sd", TERMS(FADE, EVEN, DAY0, FLOOR));
    choice_add(false, bare, "sd", TERMS(POWER, SOFTENING, EVEN));
    choice_add(false, bare, "sd", TERMS(POWER, DAY0));
    choice_add(false, bare, "sd", TERMS(POWER, EVEN, DAY0));
    choice_add(false, bare, "sdn", TERMS(FADE));
    choice_add(false, bare, "sdn", TERMS(FADE, DAY0));
    choice_add(false, bare, "sdn", TERMS(FADE, EVEN, DAY0));
    choice_add(false, bare, "sd", TERMS(NEAR));
    choice_add(false, bare, "sd", TERMS(NEAR, EVEN));
    choice_add(false, bare, "sd", TERMS(NEAR, DAY0, FLOOR));
    choice_add(false, bare, "sd", TERMS(FADE, NEAR, EVEN, DAY0));
    choice_add(false, bare, "sd", TERMS(POWER, SOFTENING, PEOPLE));
    choice_add(false, bare, "sd", TERMS(POWER, SOFTENING, DAY0, FLOOR, PEOPLE));
    choice_add(false, bare, "sd", TERMS(FADE, DAY0, PEOPLE));
    choice_add(true, full, "sd", TERMS(NEAR, FROM));
    choice_add(true, full, "sd", TERMS(CAPACITY, POWER, SOFTENING, NEAR, FROM));
    choice_add(true, full, "sd", TERMS(FADE, FROM, PEOPLE));
    choice_add(true, full, "sd", TERMS(CAPACITY, POWER, FROM, PEOPLE));
    choice_add(true, full, "sd", TERMS(FROM));
    choice_add(true, full, "sd", TERMS(CAPACITY, FROM));
    choice_add(true, full, "sd", TERMS(CAPACITY, POWER, SOFTENING, FROM));
    choice_add(true, full, "sd", TERMS(POWER, SOFTENING, FROM));
    choice_add(true, full, "sd", TERMS(POWER, FROM, TO));
    choice_add(true, full, "sd", TERMS(FADE, FROM, TO));
    choice_add(true, full, "sd", TERMS(FADE, FROM, EVEN));
    choice_add(true, full, "sd", TERMS(POWER, FROM, EVEN));
    choice_add(true, full, "sd", TERMS(FADE, FROM, DAY0));
    choice_add(true, full, "sdn", TERMS(FADE, FROM));
    choice_add(true, full, "sdn", TERMS(FADE, FROM, TO));
}

static void choice_constant(const struct choice_rule *rule, const char *name)
{
    printf(
        "    /* %s */ {%.5g, %.5g, %.5g, %.5g, %.5g, %.5g, %.5g, %.5g, %.5g, %.5g, %d, %d, %.5g, "
        "%d},\n",
        name, rule->power, rule->softening, rule->near_power, rule->fade, rule->even,
        rule->of_capacity, rule->of_day0, rule->day0_floor, rule->room_from, rule->room_to,
        rule->shut_camps, rule->detour, rule->of_people, rule->no_decay);
}

/* Variants by their leave-one-out mean without `left`, as fit_pick. */
static void choice_order(bool capacities, const struct fit_result *results, int left, int *order)
{
    double means[VARIANTS];
    for (int v = 0; v < fit_n_choices[capacities]; v++) {
        int at = v;
        means[v] = 0;
        for (int j = 0; j < CONFLICTS; j++) {
            means[v] += j == left ? 0 : results[v].loss[j][left < CONFLICTS ? left : j];
        }
        for (; at > 0 && means[order[at - 1]] > means[v]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = v;
    }
}

/* Rescaled ARD of the mean over the best k, picked and fitted without the conflict. */
static double choice_mix_ard(bool capacities, const struct fit_result *results, int k, int conflict)
{
    struct choice_rule rules[VARIANTS];
    struct choice_mix mix = {(size_t)k, rules};
    int order[VARIANTS];
    struct ajar_err err = {0};
    choice_order(capacities, results, conflict, order);
    for (int i = 0; i < k; i++) {
        rules[i] =
            choice_of(&fit_choices[capacities][order[i]], results[order[i]].params[conflict]);
    }
    must(choice_run_mix(&fit_cases[capacities][conflict], &mix, fit_simulated[conflict], &err),
         &err);
    return ard(&fit_cases[capacities][conflict], fit_simulated[conflict]);
}

enum { WITH = 1, WITHOUT = 5 }; /* rules that ship */

static void choice_nested(bool capacities, const struct fit_result *results)
{
    const int sizes[] = {1, 2, 3, 5, 8, 12, 20, fit_n_choices[capacities]};
    printf("\nNested selection: mean of the best so many of the other seven:\n\n| best | mean |");
    for (int i = 0; i < CONFLICTS; i++) {
        printf(" %s |", fit_names[i]);
    }
    printf(" better than Flee |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- "
           "|\n");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        double got[CONFLICTS], mean = 0;
        int better = 0;
        for (int i = 0; i < CONFLICTS; i++) {
            got[i] = choice_mix_ard(capacities, results, sizes[k], i);
            mean += got[i] / CONFLICTS;
            better += got[i] < fit_flee[i];
        }
        printf("| %d | %.4f |", sizes[k], mean);
        for (int i = 0; i < CONFLICTS; i++) {
            printf(" %.4f |", got[i]);
        }
        printf(" %d |\n", better);
    }
    printf("\n");
    for (int i = 0; i <= CONFLICTS; i++) {
        int order[VARIANTS];
        choice_order(capacities, results, i, order);
        for (int k = 0; k < (capacities ? WITH : WITHOUT); k++) {
            struct choice_rule rule =
                choice_of(&fit_choices[capacities][order[k]], results[order[k]].params[i]);
            choice_constant(&rule, i < CONFLICTS ? fit_names[i] : "");
        }
    }
}

static void choice_table(bool capacities)
{
    static struct fit_result results[VARIANTS];
    printf("\n## Choice, %s capacities\n\n| variant [s shut camps, d detour, n no decay] | mean |",
           capacities ? "with" : "without");
    for (int i = 0; i < CONFLICTS; i++) {
        printf(" %s |", fit_names[i]);
    }
    printf(" in sample | fitted on all |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | "
           "--- | --- | --- |\n");
    for (int v = 0; v < fit_n_choices[capacities]; v++) {
        const struct fit_variant *variant = &fit_choices[capacities][v];
        fit_all(choice_loss, variant, &results[v]);
        printf("| %s | %.4f |", variant->name, results[v].mean);
        for (int i = 0; i < CONFLICTS; i++) {
            printf(" %.3f |", results[v].loss[i][i]);
        }
        printf(" %.4f | ", results[v].in_sample);
        fit_print_variant(variant, results[v].params[CONFLICTS]);
        printf(" |\n");
        fflush(stdout);
    }
    choice_nested(capacities, results);
}

/* ---- Baselines ---- */

static double gravity_ard[CONFLICTS][GRAVITY_GRID];

/* The best of the grid for all but `left`; distance alone is the first row of the grid. */
static int gravity_pick(int left, bool capacities)
{
    int best = 0, n = capacities ? GRAVITY_GRID : GRAVITY_GRID / 5;
    double least = INFINITY;
    for (int g = 0; g < n; g++) {
        double sum = 0;
        for (int i = 0; i < CONFLICTS; i++) {
            sum += i == left ? 0 : gravity_ard[i][g];
        }
        if (sum < least) {
            least = sum;
            best = g;
        }
    }
    return best;
}

static void baseline_table(void)
{
    printf("\n## Baselines, rescaled ARD\n\n| conflict | Flee | nearest | equal | by capacity | "
           "gravity with capacity: own / other 7 | distance only, other 7 | 7, 30, 90 days old, "
           "normal | | | rescaled | | |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | "
           "--- | --- "
           "| --- | --- | --- |\n");
    double mean[13] = {0};
    for (int i = 0; i < CONFLICTS; i++) {
        for (int g = 0; g < GRAVITY_GRID; g++) {
            flow_baseline(&fit_cases[1][i], BASELINE_GRAVITY, flow_gravity_grid(g),
                          fit_simulated[i]);
            gravity_ard[i][g] = ard(&fit_cases[1][i], fit_simulated[i]);
        }
    }
    for (int i = 0; i < CONFLICTS; i++) {
        struct choice_case *at = &fit_cases[1][i];
        double out[13] = {fit_flee[i]};
        for (int b = BASELINE_NEAREST; b <= BASELINE_CAPACITY; b++) {
            flow_baseline(at, (enum flow_baseline)b, (struct flow_gravity){0, 0}, fit_simulated[i]);
            out[1 + b] = ard(at, fit_simulated[i]);
        }
        out[4] = INFINITY;
        for (int g = 0; g < GRAVITY_GRID; g++) {
            out[4] = fmin(out[4], gravity_ard[i][g]);
        }
        out[5] = gravity_ard[i][gravity_pick(i, true)];
        out[6] = gravity_ard[i][gravity_pick(i, false)];
        for (int k = 0; k < 3; k++) {
            static const int32_t ages[] = {7, 30, 90};
            flow_baseline_old(&at->observed, ages[k], &out[7 + k], &out[10 + k]);
        }
        printf("| %s |", fit_names[i]);
        for (int k = 0; k < 13; k++) {
            printf(" %.3f |", out[k]);
            mean[k] += out[k] / CONFLICTS;
        }
        printf("\n");
    }
    printf("| mean |");
    for (int k = 0; k < 13; k++) {
        printf(" %.3f |", mean[k]);
    }
    printf("\n\n");
    for (int i = 0; i <= CONFLICTS; i++) {
        struct flow_gravity with = flow_gravity_grid(gravity_pick(i, true)),
                            without = flow_gravity_grid(gravity_pick(i, false));
        printf("    {\"%s\", {%g, %g}, {%g, %g}},\n", i < CONFLICTS ? fit_names[i] : "",
               with.of_capacity, with.power, without.of_capacity, without.power);
    }
}

#endif
