/* The forecast: every rule tried at each horizon, fitted leave one out, the nested selection, and the bands
 * of its intervals. */
#ifndef BENCH_FLOW_FIT_FORECAST_H
#define BENCH_FLOW_FIT_FORECAST_H

#include "flow_fit_tools.h"
#include "forecast_table.h"

static struct forecast_samples fit_samples[2][CONFLICTS]; /* as reported, as corrected */
static int fit_horizon;

static int forecast_load(struct arena *arena, const struct flow_world *world, int conflict,
                         struct ajar_err *err)
{
    TRY(forecast_samples_make(arena, world, 0, false, &fit_samples[0][conflict], err));
    return forecast_samples_make(arena, world, 0, true, &fit_samples[1][conflict], err);
}

static struct forecast_rule forecast_of(const struct fit_variant *variant, const double *params)
{
    struct forecast_rule rule = *(const struct forecast_rule *)variant->more;
    for (int i = 0; i < variant->n; i++) {
        rule.trends[i].weight = params[i];
    }
    return rule;
}

static double forecast_loss(const struct fit_variant *variant, const double *params, int conflict)
{
    struct forecast_rule rule = forecast_of(variant, params);
    const struct forecast_samples *samples = &fit_samples[0][conflict];
    return 1 - forecast_error(samples, fit_horizon, &rule).skill;
}

static struct fit_variant fit_forecasts[VARIANTS];
static struct forecast_rule fit_forecast_more[VARIANTS];
static int fit_n_forecasts;

static const char *const rise_names[FORECAST_RISES] = {
    "own14", "own30", "own90", "last", "camps30", "camps90", "total30", "total90", "age"};

static struct forecast_trend trend_of(const int *rises)
{
    struct forecast_trend trend = {0};
    for (; rises[trend.n] >= 0; trend.n++) {
        trend.rises[trend.n] = (uint8_t)rises[trend.n];
    }
    return trend;
}

static void trend_name(char *to, size_t size, const struct forecast_trend *trend)
{
    for (int i = 0; i < trend->n; i++) {
        size_t n = strlen(to);
        snprintf(to + n, size - n, "%s%s",
                 i > 0   ? "&"
                 : n > 0 ? " + "
                         : "",
                 rise_names[trend->rises[i]]);
    }
}

static void forecast_add(const int *one, const int *two)
{
    static const double memories[] = {20, 60};
    for (int m = 0; m < (one == NULL ? 1 : 2); m++) {
        int v = fit_n_forecasts++;
        struct fit_variant *variant = &fit_forecasts[v];
        struct forecast_rule *rule = &fit_forecast_more[v];
        *rule = (struct forecast_rule){.memory = memories[m]};
        if (one != NULL) {
            rule->trends[rule->n_trends++] = trend_of(one);
        }
        if (two != NULL) {
            rule->trends[rule->n_trends++] = trend_of(two);
        }
        variant->more = rule;
        variant->n = rule->n_trends;
        for (int i = 0; i < variant->n; i++) {
            variant->terms[i] = (struct fit_term){"weight", 0.2, 0.4, -2, 6, false};
            trend_name(variant->name, sizeof variant->name, &rule->trends[i]);
        }
        size_t n = strlen(variant->name);
        snprintf(variant->name + n, sizeof variant->name - n, "%s%g d",
                 n > 0 ? ", " : "persistence, ", rule->memory);
    }
}

#define RISES(...) ((const int[]){__VA_ARGS__, -1})

static void forecast_list(void)
{
    forecast_add(NULL, NULL);
    for (int i = 0; i < FORECAST_RISES; i++) {
        forecast_add(RISES(i), NULL);
    }
    forecast_add(RISES(RISE_OWN30), RISES(RISE_TOTAL30));
    forecast_add(RISES(RISE_OWN90), RISES(RISE_TOTAL90));
    forecast_add(RISES(RISE_OWN30), RISES(RISE_AGE));
    forecast_add(RISES(RISE_TOTAL30), RISES(RISE_AGE));
    forecast_add(RISES(RISE_OWN14, RISE_OWN30), NULL);
    forecast_add(RISES(RISE_OWN30, RISE_OWN90), NULL);
    forecast_add(RISES(RISE_LAST, RISE_OWN30), NULL);
    forecast_add(RISES(RISE_OWN30, RISE_TOTAL30), NULL);
    forecast_add(RISES(RISE_OWN30, RISE_CAMPS30), NULL);
    forecast_add(RISES(RISE_OWN90, RISE_TOTAL90), NULL);
    forecast_add(RISES(RISE_TOTAL30, RISE_TOTAL90), NULL);
    forecast_add(RISES(RISE_CAMPS30, RISE_TOTAL30), NULL);
    forecast_add(RISES(RISE_AGE, RISE_TOTAL30), NULL);
    forecast_add(RISES(RISE_OWN30, RISE_OWN90, RISE_TOTAL30), NULL);
    forecast_add(RISES(RISE_OWN30, RISE_OWN90), RISES(RISE_TOTAL30, RISE_TOTAL90));
    forecast_add(RISES(RISE_OWN30, RISE_OWN90), RISES(RISE_TOTAL30));
}

static void forecast_variants(struct fit_result *results)
{
    printf("\n| rule | mean skill | least |");
    for (int i = 0; i < CONFLICTS; i++) {
        printf(" %s |", fit_names[i]);
    }
    printf(" weights on all |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | "
           "--- |\n");
    for (int v = 0; v < fit_n_forecasts; v++) {
        double least = 1;
        fit_all(forecast_loss, &fit_forecasts[v], &results[v]);
        for (int i = 0; i < CONFLICTS; i++) {
            least = fmin(least, 1 - results[v].loss[i][i]);
        }
        printf("| %s | %.3f | %.2f |", fit_forecasts[v].name, 1 - results[v].mean, least);
        for (int i = 0; i < CONFLICTS; i++) {
            printf(" %+.2f |", 1 - results[v].loss[i][i]);
        }
        printf(" ");
        fit_print_variant(&fit_forecasts[v], results[v].params[CONFLICTS]);
        printf(" |\n");
    }
}

/* ---- Intervals ---- */

struct fit_unit {
    double value, weight;
};

static int by_value(const void *a, const void *b)
{
    const struct fit_unit *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* Rules of a horizon: [i] of conflict i, each fitted without it. */
struct fit_rules {
    struct forecast_rule at[CONFLICTS + 1];
};

/* Quantiles .1 and .9 of errors in units of the band, in the conflicts of the mask; each weighs the same. */
static void band_fit(const struct fit_rules *rules, int mask, struct forecast_band *band)
{
    static struct fit_unit units[100000];
    int n = 0;
    double sum = 0, seen = 0;
    bool low = false;
    for (int c = 0; c < CONFLICTS; c++) {
        const struct forecast_samples *samples = &fit_samples[0][c];
        int first = n;
        for (size_t i = 0; (mask >> c & 1) != 0 && i < samples->n; i++) {
            const struct forecast_sample *at = &samples->at[i];
            if (at->horizon == fit_horizon) {
                double off = at->actual - forecast_count(&rules->at[c], &at->state, at->day);
                units[n++] = (struct fit_unit){off / forecast_unit(band, &at->state, at->day), 0};
            }
        }
        for (int i = first; i < n; i++) {
            units[i].weight = 1.0 / (n - first);
        }
        sum += n > first;
    }
    qsort(units, (size_t)n, sizeof *units, by_value);
    for (int i = 0; i < n; i++) {
        seen += units[i].weight;
        if (!low && seen >= 0.1 * sum) {
            band->low = units[i].value;
            low = true;
        }
        if (seen >= 0.9 * sum) {
            band->high = units[i].value;
            break;
        }
    }
}

enum { BANDS = 20 };
static struct forecast_band band_grid(int i)
{
    static const double of_sum[] = {0.005, 0.01, 0.02, 0.05, 0.1}, of_move[] = {0, 0.5, 1, 2};
    return (struct forecast_band){of_sum[i / 4], of_move[i % 4], 0, 0};
}

/* The band of the least mean interval score over the conflicts of the mask, each scored with quantiles of
 * the others. */
static struct forecast_band band_pick(const struct fit_rules *rules, int mask)
{
    struct forecast_band best = {0};
    double least = INFINITY;
    for (int b = 0; b < BANDS; b++) {
        double sum = 0;
        struct forecast_band band = band_grid(b);
        for (int c = 0; c < CONFLICTS; c++) {
            if (mask >> c & 1) {
                band_fit(rules, mask & ~(1 << c), &band);
                sum += forecast_cover(&fit_samples[0][c], fit_horizon, &rules->at[c], &band).score;
            }
        }
        if (sum < least) {
            least = sum;
            best = band;
        }
    }
    band_fit(rules, mask, &best);
    return best;
}

/* The last count stays, and its interval is quantiles of its errors in the conflicts of the mask. */
static struct fit_rules still_rules(void)
{
    struct fit_rules still = {0};
    for (int i = 0; i <= CONFLICTS; i++) {
        still.at[i].memory = 20;
    }
    return still;
}

static struct forecast_band plain_band(int mask)
{
    struct fit_rules still = still_rules();
    struct forecast_band plain = {0.01, 0, 0, 0};
    band_fit(&still, mask, &plain);
    return plain;
}

static void cover_rows(const struct fit_rules *rules, struct forecast_band *bands)
{
    struct fit_rules still = still_rules();
    double inside[2] = {0}, n = 0, score[2] = {0};
    printf("\n| conflict | reports | covered | interval score | plain quantiles: covered | "
           "interval score |\n| --- | --- | --- | --- | --- | --- |\n");
    for (int i = 0; i < CONFLICTS; i++) {
        struct forecast_band plain = plain_band(ALL & ~(1 << i));
        bands[i] = band_pick(rules, ALL & ~(1 << i));
        struct forecast_cover own = forecast_cover(&fit_samples[0][i], fit_horizon, &rules->at[i],
                                                   &bands[i]),
                              other = forecast_cover(&fit_samples[0][i], fit_horizon, &still.at[i],
                                                     &plain);
        printf("| %s | %zu | %.2f | %.3f | %.2f | %.3f |\n", fit_names[i], own.n,
               (double)own.inside / (double)own.n, own.score,
               (double)other.inside / (double)other.n, other.score);
        n += (double)own.n;
        inside[0] += (double)own.inside;
        inside[1] += (double)other.inside;
        score[0] += own.score / CONFLICTS;
        score[1] += other.score / CONFLICTS;
    }
    bands[CONFLICTS] = band_pick(rules, ALL);
    printf("| pooled, mean score | %.0f | %.3f | %.3f | %.3f | %.3f |\n", n, inside[0] / n,
           score[0], inside[1] / n, score[1]);
}

/* ---- Tables ---- */

static struct forecast_rule forecast_final[FORECAST_HORIZONS][CONFLICTS + 1];
static struct forecast_band forecast_bands[FORECAST_HORIZONS][CONFLICTS + 1];

static void forecast_rows(const struct fit_result *results, struct forecast_rule *final)
{
    double mean[6] = {0}, least = 1;
    printf("\n| conflict | rule picked on the other seven | reports | persistence | forecast | "
           "skill | skill, corrected | total: persistence | ours | allocation: share persistence | "
           "ours |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (int i = 0; i < CONFLICTS; i++) {
        int v = fit_pick(results, fit_n_forecasts, i);
        const struct forecast_samples *seen = &fit_samples[0][i];
        final[i] = forecast_of(&fit_forecasts[v], results[v].params[i]);
        struct forecast_error got = forecast_error(seen, fit_horizon, &final[i]),
                              put = forecast_error(&fit_samples[1][i], fit_horizon, &final[i]),
                              sum = forecast_total(seen, fit_horizon, &final[i]),
                              part = forecast_allocation(seen, fit_horizon, &final[i]);
        const double row[6] = {got.skill, put.skill,        sum.persistence,
                               sum.error, part.persistence, part.error};
        printf("| %s | %s: ", fit_names[i], fit_forecasts[v].name);
        fit_print_variant(&fit_forecasts[v], results[v].params[i]);
        printf(" | %zu | %.3f | %.3f |", got.n, got.persistence, got.error);
        for (int k = 0; k < 6; k++) {
            printf(k < 2 ? " %+.3f |" : " %.3f |", row[k]);
            mean[k] += row[k] / CONFLICTS;
        }
        printf("\n");
        least = fmin(least, got.skill);
    }
    int v = fit_pick(results, fit_n_forecasts, CONFLICTS);
    final[CONFLICTS] = forecast_of(&fit_forecasts[v], results[v].params[CONFLICTS]);
    printf("| mean, least %.3f; on all: %s | | | | |", least, fit_forecasts[v].name);
    for (int k = 0; k < 6; k++) {
        printf(k < 2 ? " %+.3f |" : " %.3f |", mean[k]);
    }
    printf("\n");
}

static void print_rule(const struct forecast_rule *rule)
{
    printf("{%d, {", rule->n_trends);
    for (int t = 0; t < rule->n_trends; t++) {
        const struct forecast_trend *trend = &rule->trends[t];
        printf("%s{%d, {%d, %d, %d}, %.4g}", t > 0 ? ", " : "", trend->n, trend->rises[0],
               trend->rises[1], trend->rises[2], trend->weight);
    }
    printf("}, %g}", rule->memory);
}

static void print_band(const struct forecast_band *band, const char *end)
{
    printf("{%g, %g, %.4g, %.4g}%s", band->of_sum, band->of_move, band->low, band->high, end);
}

static void print_models(void)
{
    printf("\n");
    for (int i = 0; i <= CONFLICTS; i++) {
        printf("    {\"%s\",\n     {{", i < CONFLICTS ? fit_names[i] : "");
        for (int h = 0; h < FORECAST_HORIZONS; h++) {
            print_rule(&forecast_final[h][i]);
            printf("%s", h < 2 ? ",\n       " : "},\n      {");
        }
        for (int h = 0; h < FORECAST_HORIZONS; h++) {
            print_band(&forecast_bands[h][i], h < 2 ? ", " : "},\n      {");
        }
        for (fit_horizon = 0; fit_horizon < FORECAST_HORIZONS; fit_horizon++) {
            struct forecast_band plain = plain_band(i < CONFLICTS ? ALL & ~(1 << i) : ALL);
            print_band(&plain, fit_horizon < 2 ? ", " : "}}},\n");
        }
    }
}

static void forecast_tables(void)
{
    static struct fit_result results[VARIANTS];
    forecast_list();
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        struct fit_rules rules;
        fit_horizon = h;
        printf("\n## Forecast, %d days\n", forecast_horizons[h].days);
        forecast_variants(results);
        forecast_rows(results, rules.at);
        cover_rows(&rules, forecast_bands[h]);
        memcpy(forecast_final[h], rules.at, sizeof rules.at);
    }
    print_models();
}

#endif
