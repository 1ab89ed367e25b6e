/* Ensembles, counterfactual pairs and a calibration on two conflicts, one agent for 100 people: time, how
 * much pairs narrow the effect of a shut camp, and what the counts of the first half say of three parameters.
 * From the top of the tree: bench_flow_ensemble [agents|aggregate]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "counterfactual.h"
#include "flow_conflict.h"

#define DATA "test/flow/data"

enum { MEMBERS = 100, HASTEN = 100, RANGES = 3, PROPOSALS = 400, KEEP = 60 };

static const struct {
    const char *name, *closings[2]; /* of a camp that most go to, and of one that few do */
} cases[] = {{"mali2012", {"Fassala-Mbera@2012-06-01", "Niamey@2012-06-01"}},
             {"burundi2015", {"Nyarugusu@2015-09-01", "Lusenda@2015-09-01"}}};
enum { CASES = sizeof cases / sizeof cases[0] };

struct bench {
    const char *name;
    struct arena arena;
    struct flow_world world;
    struct flow_params params;
    struct ensemble_options options;
    struct ensemble_range ranges[RANGES];
    struct pool *two;
};

static void open_bench(struct bench *it, size_t which, enum flow_engine engine, struct pool *two)
{
    static const char *const words[RANGES] = {"max_move_speed=100..600", "softening=5..150",
                                              "distance_power=0.2..2"};
    struct ajar_err err = {0};
    *it = (struct bench){.name = cases[which].name, .two = two};
    arena_init(&it->arena, "bench", (size_t)1 << 33);
    it->world = read_world(&it->arena, DATA, it->name);
    it->params = flow_params_validation();
    it->params.hasten = HASTEN;
    for (int i = 0; i < RANGES; i++) {
        must(ensemble_range_parse(text_of(words[i]), &it->ranges[i], &err), &err);
    }
    it->options = (struct ensemble_options){.engine = engine,
                                            .seed = 1,
                                            .n_members = MEMBERS,
                                            .n_ranges = RANGES,
                                            .ranges = it->ranges,
                                            .as_known = DATE_NONE,
                                            .to = it->world.n_days};
}

static void time_members(struct bench *it)
{
    struct ajar_err err = {0};
    struct ensemble_summary summary;
    int64_t *camps;
    double off = 0, one = 0, inside = 0, reports = 0, wall[2];
    for (int i = 0; i < 2; i++) {
        double begin = now(CLOCK_MONOTONIC);
        must(ensemble_run(&it->arena, &it->world, &it->params, &it->options,
                          i == 0 ? NULL : it->two, NULL, &camps, &err),
             &err);
        wall[i] = now(CLOCK_MONOTONIC) - begin;
    }
    double begin = now(CLOCK_MONOTONIC);
    must(ensemble_summarise(&it->arena, &it->world, &it->options, camps, &summary, &err), &err);
    double summed = now(CLOCK_MONOTONIC) - begin;
    for (size_t c = 0; c < summary.n_camps; c++) {
        double n = (double)summary.n_reports[c];
        if (n > 0) {
            off += n * summary.crps[c];
            one += n * summary.crps_one[c];
            inside += n * summary.covered80[c];
            reports += n;
        }
    }
    printf(
        "%s: %d members %.2f s, two threads %.2f s, summary %.2f s; of %.0f reports %.0f %% in the "
        "80 %% interval, CRPS %.0f, of the median %.0f people\n",
        it->name, MEMBERS, wall[0], wall[1], summed, reports, 100 * inside / reports, off / reports,
        one / reports);
}

static void narrow(struct bench *it, const char *word)
{
    struct ajar_err err = {0};
    struct counterfactual_closing closing;
    struct counterfactual out;
    must(counterfactual_parse(&it->world, text_of(word), &closing, &err), &err);
    for (size_t ranges = 0; ranges <= RANGES; ranges += RANGES) {
        struct ensemble_options options = it->options;
        options.n_ranges = ranges;
        must(counterfactual_run(&it->arena, &it->world, &it->params, &options, &closing, 1, it->two,
                                NULL, &out, &err),
             &err);
        printf("%s, %s, %zu parameters vary: narrower %.2f than chance alone, %.2f than both\n",
               it->name, word, ranges, out.narrower_chance, out.narrower_both);
        for (size_t c = 0; c <= out.n_camps; c++) {
            const struct counterfactual_effect *at = c < out.n_camps ? &out.camps[c] : &out.on_way;
            struct text name = c < out.n_camps ? it->world.places[it->world.camps[c]].name
                                               : TEXT_LIT("on the way");
            printf(
                "  %-16.*s open %7.0f shut %7.0f, %+7.0f (%+.0f to %+.0f); sd paired %.0f, chance "
                "%.0f, both %.0f\n",
                (int)name.n, name.at, at->open, at->shut, at->mean, at->p5, at->p95, at->sd_paired,
                at->sd_chance, at->sd_both);
        }
    }
}

static void fit(struct bench *it)
{
    struct ajar_err err = {0};
    struct calibrate_result out;
    struct calibrate_options options = {.engine = it->options.engine,
                                        .seed = 1,
                                        .n_ranges = RANGES,
                                        .ranges = it->ranges,
                                        .n_draws = PROPOSALS,
                                        .n_seeds = 3,
                                        .keep = (double)KEEP / PROPOSALS,
                                        .as_known = it->world.start + it->world.n_days / 2,
                                        .to = it->world.n_days};
    double begin = now(CLOCK_MONOTONIC);
    must(calibrate_run(&it->arena, &it->world, &it->params, &options, it->two, NULL, &out, &err),
         &err);
    printf(
        "%s: calibrated on %zu reports of %zu camps in %.1f s, %u of %d kept; distance %.3f best, "
        "%.3f kept, %.3f median\n",
        it->name, out.n_reports, out.n_camps, now(CLOCK_MONOTONIC) - begin, out.n_accepted,
        PROPOSALS, out.distance_best, out.distance_kept, out.distance_prior);
    for (int i = 0; i < RANGES; i++) {
        const struct calibrate_param *at = &out.params[i];
        printf("  %-15s %.4g (%.4g to %.4g), best %.4g, narrowed %.2f\n", it->ranges[i].param->name,
               at->p50, at->p5, at->p95, at->best, at->narrowed);
    }
}

int main(int argc, char **argv)
{
    struct pool *two;
    struct ajar_err err = {0};
    bool aggregate = argc > 1 && strcmp(argv[1], "aggregate") == 0;
    must(pool_open(&two, 2, &err), &err);
    printf("## FLOW: ensembles, pairs, a fit\n\n```text\n");
    for (size_t i = 0; i < CASES; i++) {
        struct bench bench;
        open_bench(&bench, i, aggregate ? FLOW_ENGINE_AGGREGATE : FLOW_ENGINE_AGENTS, two);
        time_members(&bench);
        narrow(&bench, cases[i].closings[0]);
        narrow(&bench, cases[i].closings[1]);
        fit(&bench);
        fflush(stdout);
        arena_free(&bench.arena);
    }
    printf("```\n");
    pool_close(two);
    return 0;
}
