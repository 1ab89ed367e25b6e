/* A run of seeds beside the reference's own runs of a conflict (flee_reference.csv). */
#ifndef TEST_FLOW_EQUAL_H
#define TEST_FLOW_EQUAL_H

#include <math.h>

#include "agents.h"
#include "flee_folder.h"

typedef int equal_engine(struct arena *arena, const struct flow_plan *plan,
                         const struct flow_params *params, const struct flow_run_options *options,
                         struct flow_result *result, struct ajar_err *err);

/* The reference's rescaled ARD over seeds, from the README of the data. */
struct equal_reference {
    const char *name;
    int32_t hasten;
    int seeds;
    double ard, sd;
};
static const struct equal_reference equal_references[] = {
    {"mali2012", 20, 12, 0.3174, 0.0056},     {"burundi2015", 50, 12, 0.4750, 0.0090},
    {"ssudan2013", 100, 12, 0.5485, 0.0103},  {"car2013", 100, 12, 0.3663, 0.0079},
    {"nigeria2016", 100, 12, 0.2213, 0.0123}, {"ssudan2016", 100, 28, 0.4813, 0.0054},
    {"tigray2020", 20, 12, 0.3688, 0.0084},   {"syria2013", 400, 34, 0.3399, 0.0057}};
#define EQUAL_CONFLICTS (sizeof equal_references / sizeof *equal_references)

/* The same with awareness 2 on foot, 8 seeds. */
static const struct equal_reference equal_aware[] = {{"mali2012", 20, 8, 0.3113, 0.0061},
                                                     {"burundi2015", 100, 8, 0.4403, 0.0038},
                                                     {"ssudan2013", 200, 8, 0.5253, 0.0129}};
#define EQUAL_AWARE (sizeof equal_aware / sizeof *equal_aware)

/* simsetting_awareness2.yml */
static inline struct flow_params equal_aware_params(void)
{
    struct flow_params params = flow_params_validation();
    params.conflict_weight = flow_params_default().conflict_weight;
    params.softening = 36;
    params.default_movechance = 0.75;
    params.camp_movechance = 0.0005;
    params.awareness = 2;
    params.start_on_foot = true;
    return params;
}

/* Days 0, 30, 60, ... of each camp, [row * n_camps + camp]. */
struct equal_table {
    size_t n_camps;
    int32_t n_days;
    double *mean, *sd, *observed; /* [day * n_camps + camp] */
};

struct equal_report {
    double ard, ard_sd, ard_z, rms_z, worst_z;
    size_t n_z;
};

static inline size_t equal_camp(const struct flow_world *world, struct text name)
{
    for (size_t i = 0; i < world->n_camps; i++) {
        if (text_eq(world->places[world->camps[i]].name, name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Columns day,camp,mean,sd,observed. */
static inline struct equal_table equal_read(struct arena *arena, const struct flow_world *world,
                                            const char *path)
{
    struct equal_table table = {.n_camps = world->n_camps, .n_days = world->n_days};
    size_t cells = table.n_camps * (size_t)table.n_days;
    table.mean = arena_new(arena, double, cells, NULL);
    table.sd = arena_new(arena, double, cells, NULL);
    table.observed = arena_new(arena, double, cells, NULL);
    struct text rest = flee_bytes(arena, path), line = text_split(rest, '\n', &rest);
    while (rest.n > 0) {
        line = text_split(rest, '\n', &rest);
        struct text field[5];
        for (int i = 0; i < 5; i++) {
            field[i] = text_split(line, ',', &line);
        }
        if (field[4].n == 0) {
            continue;
        }
        size_t camp = equal_camp(world, field[1]);
        int day = atoi(field[0].at);
        assert_true(camp != SIZE_MAX && day >= 0 && day < table.n_days);
        size_t at = (size_t)day * table.n_camps + camp;
        table.mean[at] = atof(field[2].at);
        table.sd[at] = atof(field[3].at);
        table.observed[at] = atof(field[4].at);
    }
    return table;
}

/* The reference's rescaled ARD of one run. */
static inline double equal_ard(const struct equal_table *table, const struct flow_plan *plan,
                               const struct flow_result *result)
{
    double sum = 0;
    for (int32_t day = 0; day < table->n_days; day++) {
        double simulated = 0, observed = 0, error = 0;
        const int64_t *row = &result->in_place[(size_t)day * plan->n_places];
        for (size_t c = 0; c < table->n_camps; c++) {
            simulated += (double)row[plan->camps[c]];
            observed += table->observed[(size_t)day * table->n_camps + c];
        }
        double scale = simulated > 0 ? observed / simulated : 1;
        for (size_t c = 0; c < table->n_camps; c++) {
            error += fabs((double)row[plan->camps[c]] * scale -
                          table->observed[(size_t)day * table->n_camps + c]);
        }
        sum += error / fmax(1, observed);
    }
    return sum / table->n_days;
}

static inline double equal_sd(double sum, double squares, int n)
{
    double mean = sum / n;
    return n > 1 ? sqrt(fmax(0, (squares - sum * mean) / (n - 1))) : 0;
}

/* Runs seeds 1 .. n. */
static inline struct equal_report equal_run(equal_engine *engine, const struct flow_plan *plan,
                                            const struct flow_params *params,
                                            const struct equal_table *table,
                                            const struct equal_reference *reference, int seeds)
{
    struct arena arena, sums;
    arena_init(&sums, "sums", (size_t)1 << 28);
    size_t cells = table->n_camps * (size_t)table->n_days;
    double *sum = arena_new(&sums, double, cells, NULL);
    double *squares = arena_new(&sums, double, cells, NULL);
    double ard = 0, ard2 = 0, z2 = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        struct flow_run_options options = {.seed = (uint64_t)seed, .to = plan->n_days};
        struct flow_result result;
        struct ajar_err err = {0};
        arena_init(&arena, "run", (size_t)1 << 32);
        if (engine(&arena, plan, params, &options, &result, &err) != 0) {
            fail_msg("%s: %s", reference->name, err.text);
        }
        double one = equal_ard(table, plan, &result);
        ard += one;
        ard2 += one * one;
        for (size_t i = 0; i < cells; i++) {
            size_t day = i / table->n_camps, camp = i % table->n_camps;
            double n = (double)result.in_place[day * plan->n_places + plan->camps[camp]];
            sum[i] += n;
            squares[i] += n * n;
        }
        arena_free(&arena);
    }
    struct equal_report out = {.ard = ard / seeds, .ard_sd = equal_sd(ard, ard2, seeds)};
    out.ard_z = (out.ard - reference->ard) / sqrt(out.ard_sd * out.ard_sd / seeds +
                                                  reference->sd * reference->sd / reference->seeds);
    for (size_t i = 0; i < cells; i++) {
        if (i / table->n_camps % 30 != 0 || i / table->n_camps == 0) {
            continue;
        }
        double sd = equal_sd(sum[i], squares[i], seeds);
        double z = (sum[i] / seeds - table->mean[i]) /
                   sqrt(sd * sd / seeds + table->sd[i] * table->sd[i] / reference->seeds + 0.25);
        z2 += z * z;
        out.worst_z = fmax(out.worst_z, fabs(z));
        out.n_z++;
    }
    out.rms_z = sqrt(z2 / (double)out.n_z);
    arena_free(&sums);
    return out;
}

#endif
