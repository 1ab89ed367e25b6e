#include "choice.h"

#include <math.h>
#include <string.h>

#include "steady.h"

#define ROAD_LEAST 1e-9 /* km + softening */
#define NEAR_KM    10
#define SCRATCH    ((size_t)1 << 32)

static int check_rule(const struct choice_rule *rule, struct ajar_err *err)
{
    bool good = rule->power >= 0 && rule->power <= 20 && rule->softening >= 0 &&
                rule->softening <= 1e6 && rule->near_power >= 0 && rule->near_power <= 20 &&
                fabs(rule->of_people) <= 10 && rule->fade >= 0 && rule->fade <= 1e3 &&
                rule->even >= 0 && rule->even <= 1 && fabs(rule->of_capacity) <= 20 &&
                fabs(rule->of_day0) <= 20 && rule->day0_floor > 0 && rule->day0_floor <= 1e12 &&
                rule->room_from >= 0 && rule->room_from <= 100 && rule->room_to <= 100;
    return good ? 0 : err_set(err, E_FLOW_OPTION, "a term of the rule of choice is out of range");
}

/* What draws people to a camp from anywhere, as a logarithm. */
static double pull(const struct choice_case *at, const struct choice_rule *rule, uint32_t camp)
{
    double sum = 0;
    if (rule->of_capacity != 0) {
        sum += rule->of_capacity * steady_log(fmax(1, at->left[camp]));
    }
    if (rule->of_day0 != 0) {
        sum += rule->of_day0 * steady_log(at->day0[camp] + rule->day0_floor);
    }
    return sum;
}

struct choice_row {
    const double *km;    /* [n_camps] */
    const uint8_t *open; /* [n_camps] */
    const double *pulls; /* [n_camps] */
    double *shares;      /* [n_camps] out */
};

static bool takes(const struct choice_rule *rule, const struct choice_row *row, uint32_t camp)
{
    return !rule->shut_camps || row->open[camp] != 0;
}

static bool reaches(const struct choice_rule *rule, const struct choice_row *row, uint32_t camp)
{
    return takes(rule, row, camp) && row->km[camp] < (double)INFINITY;
}

/* Equally over the camps that take people; over all when none does. */
static void share_equally(const struct choice_case *at, const struct choice_rule *rule,
                          const struct choice_row *row)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < at->n_camps; c++) {
        n += takes(rule, row, c);
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        row->shares[c] = n == 0 ? 1.0 / at->n_camps : takes(rule, row, c) ? 1.0 / n : 0;
    }
}

static void share_row(const struct choice_case *at, const struct choice_rule *rule,
                      const struct choice_row *row)
{
    double near = (double)INFINITY, best = -(double)INFINITY, sum = 0;
    uint32_t n = 0;
    for (uint32_t c = 0; c < at->n_camps; c++) {
        near = reaches(rule, row, c) ? fmin(near, row->km[c]) : near;
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        if (reaches(rule, row, c)) {
            row->shares[c] = row->pulls[c] - rule->fade * (row->km[c] - near) / 100;
            if (rule->power > 0) {
                row->shares[c] -=
                    rule->power * steady_log(fmax(ROAD_LEAST, row->km[c] + rule->softening));
            }
            if (rule->near_power > 0) {
                row->shares[c] -=
                    rule->near_power * steady_log((row->km[c] + NEAR_KM) / (near + NEAR_KM));
            }
            best = fmax(best, row->shares[c]);
            n++;
        }
    }
    if (n == 0) {
        share_equally(at, rule, row);
        return;
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        row->shares[c] = reaches(rule, row, c) ? steady_exp(row->shares[c] - best) : 0;
        sum += row->shares[c];
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        double even = reaches(rule, row, c) ? rule->even / n : 0;
        row->shares[c] = (1 - rule->even) * row->shares[c] / sum + even;
    }
}

static bool cut_off(const struct choice_case *at, const struct choice_rule *rule,
                    const struct choice_row *row)
{
    for (uint32_t c = 0; c < at->n_camps; c++) {
        if (reaches(rule, row, c)) {
            return false;
        }
    }
    return true;
}

static void share_all(struct choice_case *at, const struct choice_rule *rule, const double *pulls)
{
    for (uint32_t s = 0; s < at->n_states; s++) {
        for (uint32_t o = 0; o < at->n_origins; o++) {
            size_t cell = ((size_t)s * at->n_origins + o) * at->n_camps;
            struct choice_row row = {at->km + cell, at->open + (size_t)s * at->n_camps, pulls,
                                     at->shares + cell};
            if (rule->detour && cut_off(at, rule, &row)) {
                row.km = at->free_km + (size_t)o * at->n_camps;
            }
            share_row(at, rule, &row);
        }
    }
}

/* ---- Day by day ---- */

static double room(const struct choice_rule *rule, double capacity, double people)
{
    if (rule->room_to <= 0 || capacity < 1) {
        return 1;
    }
    double from = rule->room_from * capacity, to = rule->room_to * capacity;
    if (people <= from) {
        return 1;
    }
    return people >= to ? 0 : (to - people) / (to - from);
}

/* Those of one origin; when all camps are full, as if none had a limit. */
static void spread_origin(const struct choice_case *at, const double *shares, const double *rooms,
                          double people, double *add)
{
    double sum = 0;
    for (uint32_t c = 0; c < at->n_camps; c++) {
        sum += shares[c] * rooms[c];
    }
    for (uint32_t c = 0; c < at->n_camps; c++) {
        add[c] += sum > 0 ? people * (shares[c] * rooms[c] / sum) : people * shares[c];
    }
}

/* Scratch for a run, cut from at->day. */
struct choice_scratch {
    double *people, *rooms, *add; /* [n_camps] */
    double *scale;                /* [n_origins] */
};

static void spread_day(const struct choice_case *at, const struct choice_rule *rule, int32_t day,
                       const struct choice_scratch *scratch)
{
    const double *weight = (rule->no_decay ? at->steady : at->weight) + (size_t)day * at->n_origins;
    double sum = 0;
    for (uint32_t o = 0; o < at->n_origins; o++) {
        sum += weight[o] * scratch->scale[o];
    }
    for (uint32_t o = 0; sum > 0 && o < at->n_origins; o++) {
        size_t row = (size_t)at->state[day] * at->n_origins + o;
        if (weight[o] > 0) {
            double people = at->spawn[day] * (weight[o] * scratch->scale[o] / sum);
            spread_origin(at, at->shares + row * at->n_camps, scratch->rooms, people, scratch->add);
        }
    }
}

void choice_spread(const struct choice_case *at, const struct choice_rule *rule, double simulated[])
{
    size_t n = at->n_camps;
    struct choice_scratch scratch = {at->day, at->day + n, at->day + 2 * n, at->day + 3 * n};
    memcpy(scratch.people, at->day0, n * sizeof *at->day0);
    for (uint32_t o = 0; o < at->n_origins; o++) {
        double people = fmax(1, at->people[o]);
        scratch.scale[o] =
            rule->of_people != 0 ? steady_exp(rule->of_people * steady_log(people)) : 1;
    }
    for (int32_t day = 0; day < at->n_days; day++) {
        for (size_t c = 0; c < n; c++) {
            scratch.rooms[c] = room(rule, at->capacity[c], scratch.people[c]);
            scratch.add[c] = 0;
        }
        if (at->spawn[day] > 0) {
            spread_day(at, rule, day, &scratch);
        }
        for (size_t c = 0; c < n; c++) {
            scratch.people[c] += scratch.add[c];
            simulated[c * (size_t)at->n_days + (size_t)day] = scratch.people[c];
        }
    }
}

int choice_run(struct choice_case *at, const struct choice_rule *rule, double simulated[],
               struct ajar_err *err)
{
    TRY(check_rule(rule, err));
    double *pulls = at->day + 3 * (size_t)at->n_camps + at->n_origins;
    for (uint32_t c = 0; c < at->n_camps; c++) {
        pulls[c] = pull(at, rule, c);
    }
    share_all(at, rule, pulls);
    choice_spread(at, rule, simulated);
    return 0;
}

static int mix_runs(struct arena *scratch, struct choice_case *at, const struct choice_mix *mix,
                    double simulated[], struct ajar_err *err)
{
    size_t cells = (size_t)at->n_camps * (size_t)at->n_days;
    double *one, *sum;
    TRY_NEW(one, scratch, cells, err);
    TRY_NEW(sum, scratch, cells, err);
    for (size_t i = 0; i < mix->n; i++) {
        TRY(choice_run(at, &mix->rules[i], one, err));
        for (size_t k = 0; k < cells; k++) {
            sum[k] += one[k];
        }
    }
    for (size_t k = 0; k < cells; k++) {
        simulated[k] = sum[k] / (double)mix->n;
    }
    return 0;
}

int choice_run_mix(struct choice_case *at, const struct choice_mix *mix, double simulated[],
                   struct ajar_err *err)
{
    struct arena scratch;
    if (mix->n < 1) {
        return err_set(err, E_FLOW_OPTION, "a mix of rules of choice has at least one");
    }
    arena_init(&scratch, "runs of a mix", SCRATCH);
    int code = mix_runs(&scratch, at, mix, simulated, err);
    arena_free(&scratch);
    return code;
}
