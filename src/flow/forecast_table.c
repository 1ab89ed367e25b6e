#include "forecast_table.h"

#include <math.h>

#include "known.h"

#define SCRATCH ((size_t)1 << 30)

struct samples_job {
    struct arena *arena;
    const struct flow_world *world;
    const struct flow_registers *truth; /* all reports */
    int32_t lag;
    const struct forecast_state **state_of; /* [truth->n] at the latest origin; NULL: not known */
    struct forecast_samples out;
};

static int32_t horizon_at(int32_t lead)
{
    for (int32_t h = 0; h < FORECAST_HORIZONS; h++) {
        if (lead >= forecast_horizons[h].from && lead < forecast_horizons[h].to) {
            return h;
        }
    }
    return -1;
}

/* The states of the latest origin beside the registers: what was known is some of all, in one order. */
static void match_states(struct samples_job *job, const struct forecast_set *set)
{
    size_t next = 0;
    for (size_t i = 0; i < job->truth->n; i++) {
        const struct flow_register *one = &job->truth->at[i];
        bool here = next < set->n && set->states[next].camp == one->camp &&
                    set->states[next].part == one->part;
        job->state_of[i] = here ? &set->states[next] : NULL;
        next += here;
    }
}

/* The states of an origin, from what was known then and nothing else. */
static int add_set(struct samples_job *job, int32_t origin, struct ajar_err *err)
{
    struct forecast_set *set = &job->out.sets[job->out.n_sets];
    struct flow_world known = {0};
    struct flow_registers registers = {0};
    struct forecast_state *states = NULL;
    struct arena scratch;
    arena_init(&scratch, "what was known", SCRATCH);
    int code = flow_known(&scratch, job->world, job->world->start + origin, job->lag, &known, err);
    code = code != 0 ? code : flow_registers_make(&scratch, &known, true, &registers, err);
    code =
        code != 0 ? code : forecast_states(job->arena, &registers, origin, &states, &set->n, err);
    arena_free(&scratch);
    TRY(code);
    set->states = states;
    match_states(job, set);
    job->out.n_sets++;
    return 0;
}

/* Of the registers that were known at the origin: the whole that is to be shared out. */
static double sum_known(const struct samples_job *job, int32_t day)
{
    double sum = 0;
    for (size_t i = 0; i < job->truth->n; i++) {
        sum += job->state_of[i] != NULL ? flow_register_at(&job->truth->at[i], day) : 0;
    }
    return sum;
}

static void add_samples(struct samples_job *job, int32_t origin, size_t which)
{
    const struct flow_register *one = &job->truth->at[which];
    const struct forecast_state *state = job->state_of[which];
    size_t set = job->out.n_sets - 1;
    for (size_t i = 0; i < one->n; i++) {
        int32_t day = one->at[i].day;
        int32_t h = day > origin && day < job->world->n_days ? horizon_at(day - origin) : -1;
        if (h < 0) {
            continue;
        }
        job->out.at[job->out.n++] = (struct forecast_sample){
            .origin = origin,
            .day = day,
            .horizon = (uint8_t)h,
            .actual = one->at[i].count,
            .actual_sum = sum_known(job, day),
            .set = set,
            .state = state != NULL ? *state
                                   : (struct forecast_state){
                                         .camp = one->camp, .part = one->part, .last_day = origin}};
    }
}

/* Known on no register: the sum still is. */
static void set_sums(struct forecast_samples *samples)
{
    for (size_t i = 0; i < samples->n; i++) {
        const struct forecast_set *set = &samples->sets[samples->at[i].set];
        samples->at[i].state.sum = set->n > 0 ? set->states[0].sum : 0;
    }
}

int forecast_samples_make(struct arena *arena, const struct flow_world *world, int32_t lag,
                          bool corrected, struct forecast_samples *out, struct ajar_err *err)
{
    struct flow_registers truth = {0};
    struct samples_job job = {.arena = arena, .world = world, .truth = &truth, .lag = lag};
    size_t origins = (size_t)(world->n_days / FORECAST_EVERY) + 1, most;
    TRY(flow_registers_make(arena, world, corrected, &truth, err));
    /* leads of a horizon are no longer than the days between two origins, so a report is met at most once
     * by each */
    most = FORECAST_HORIZONS * world->n_reports;
    TRY_NEW(job.out.at, arena, most, err);
    TRY_NEW(job.out.sets, arena, origins, err);
    TRY_NEW(job.state_of, arena, truth.n, err);
    for (int32_t origin = FORECAST_EVERY; origin < world->n_days; origin += FORECAST_EVERY) {
        TRY(add_set(&job, origin, err));
        for (size_t i = 0; i < truth.n; i++) {
            add_samples(&job, origin, i);
        }
    }
    set_sums(&job.out);
    *out = job.out;
    return 0;
}

struct error_sums {
    size_t n;
    double off, off_last, actual;
};

static struct forecast_error error_of(const struct error_sums *sums)
{
    double scale = sums->actual > 0 ? sums->actual : 1;
    return (struct forecast_error){sums->n, sums->off / scale, sums->off_last / scale,
                                   sums->off_last > 0 ? 1 - sums->off / sums->off_last : 0};
}

struct forecast_error forecast_error(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule)
{
    struct error_sums sums = {0};
    for (size_t i = 0; i < samples->n; i++) {
        const struct forecast_sample *at = &samples->at[i];
        if (at->horizon == horizon) {
            sums.n++;
            sums.off += fabs(forecast_count(rule, &at->state, at->day) - at->actual);
            sums.off_last += fabs(at->state.last - at->actual);
            sums.actual += at->actual;
        }
    }
    return error_of(&sums);
}

static double sum_counts(const struct forecast_set *set, const struct forecast_rule *rule,
                         int32_t day)
{
    double sum = 0;
    for (size_t i = 0; i < set->n; i++) {
        sum += forecast_count(rule, &set->states[i], day);
    }
    return sum;
}

struct forecast_error forecast_total(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule)
{
    struct error_sums sums = {0};
    for (size_t i = 0; i < samples->n; i++) {
        const struct forecast_sample *at = &samples->at[i];
        if (at->horizon == horizon) {
            double all = sum_counts(&samples->sets[at->set], rule, at->day);
            sums.n++;
            sums.off += fabs(all - at->actual_sum);
            sums.off_last += fabs(at->state.sum - at->actual_sum);
            sums.actual += at->actual_sum;
        }
    }
    return error_of(&sums);
}

struct forecast_error forecast_allocation(const struct forecast_samples *samples, int horizon,
                                          const struct forecast_rule *rule)
{
    struct error_sums sums = {0};
    for (size_t i = 0; i < samples->n; i++) {
        const struct forecast_sample *at = &samples->at[i];
        if (at->horizon != horizon) {
            continue;
        }
        double all = sum_counts(&samples->sets[at->set], rule, at->day);
        double share = all > 0 ? forecast_count(rule, &at->state, at->day) / all : 0;
        double last = at->state.sum > 0 ? at->state.last / at->state.sum : 0;
        sums.n++;
        sums.off += fabs(share * at->actual_sum - at->actual);
        sums.off_last += fabs(last * at->actual_sum - at->actual);
        sums.actual += at->actual;
    }
    return error_of(&sums);
}

struct forecast_cover forecast_cover(const struct forecast_samples *samples, int horizon,
                                     const struct forecast_rule *rule,
                                     const struct forecast_band *band)
{
    struct forecast_cover out = {0};
    double actual = 0;
    for (size_t i = 0; i < samples->n; i++) {
        const struct forecast_sample *at = &samples->at[i];
        if (at->horizon != horizon) {
            continue;
        }
        double value = forecast_count(rule, &at->state, at->day);
        double unit = forecast_unit(band, &at->state, at->day);
        double low = fmax(0, value + band->low * unit), high = fmax(0, value + band->high * unit);
        out.n++;
        out.inside += at->actual >= low && at->actual <= high;
        out.score += high - low + 10 * fmax(0, low - at->actual) + 10 * fmax(0, at->actual - high);
        actual += at->actual;
    }
    out.score /= actual > 0 ? actual : 1;
    return out;
}
