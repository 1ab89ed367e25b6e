#include <string.h>

#include "place_pairs.h"
#include "programme_reader.h"

#define PART_HOUSEHOLDS 64 /* parts depend on the input alone */

/* Which pairs are allowed, a bit each, then their places and scores. */
struct pairs_plan {
    struct programme_reader *reader;
    size_t words;    /* of a household's bits */
    uint64_t *bits;  /* [n_households * words] */
    uint64_t *first; /* [n_households + 1] */
    uint64_t *unfit; /* [parts] */
    uint32_t *locality;
    int32_t *score;
};

static uint32_t pairs_end(const struct pairs_plan *plan, size_t part)
{
    uint32_t n = plan->reader->out.problem.n_households;
    size_t end = (part + 1) * PART_HOUSEHOLDS;
    return end < n ? (uint32_t)end : n;
}

static int pairs_allow(void *arg, size_t part, struct ajar_err *err)
{
    struct pairs_plan *plan = arg;
    const struct place_problem *problem = &plan->reader->out.problem;
    const struct programme_rules *rules = &plan->reader->detail->rules;
    (void)err;
    for (uint32_t h = (uint32_t)(part * PART_HOUSEHOLDS); h < pairs_end(plan, part); h++) {
        uint64_t *bits = plan->bits + h * plan->words, n = 0;
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            enum programme_why why = programme_rules_look(rules, problem, h, l).why;
            if (why == PROGRAMME_ALLOWED) {
                bits[l / 64] |= UINT64_C(1) << (l % 64);
                n++;
            }
            plan->unfit[part] += why == PROGRAMME_SMALL;
        }
        plan->first[h + 1] = n;
    }
    return 0;
}

static int pairs_score(void *arg, size_t part, struct ajar_err *err)
{
    struct pairs_plan *plan = arg;
    const struct programme_criteria *criteria = &plan->reader->detail->criteria;
    (void)err;
    for (uint32_t h = (uint32_t)(part * PART_HOUSEHOLDS); h < pairs_end(plan, part); h++) {
        const uint64_t *bits = plan->bits + h * plan->words;
        uint64_t at = plan->first[h];
        for (uint32_t l = 0; l < plan->reader->out.problem.n_localities; l++) {
            if ((bits[l / 64] >> (l % 64) & 1) != 0) {
                plan->locality[at] = l;
                plan->score[at++] = programme_criteria_score(criteria, h, l, NULL);
            }
        }
    }
    return 0;
}

static int pairs_by_criteria(struct programme_reader *reader, struct ajar_err *err)
{
    struct place_problem *problem = &reader->out.problem;
    uint32_t n = problem->n_households;
    size_t parts = ((size_t)n + PART_HOUSEHOLDS - 1) / PART_HOUSEHOLDS;
    struct pairs_plan plan = {reader, ((size_t)problem->n_localities + 63) / 64, .bits = NULL};
    TRY_NEW(plan.bits, reader->scratch, n * plan.words, err);
    TRY_NEW(plan.unfit, reader->scratch, parts, err);
    TRY_NEW(plan.first, reader->arena, (size_t)n + 1, err);
    TRY(pool_run(reader->pool, parts, pairs_allow, &plan, reader->watch, "finding the pairs", err));
    for (uint32_t h = 0; h < n; h++) {
        plan.first[h + 1] += plan.first[h];
    }
    for (size_t i = 0; i < parts; i++) {
        reader->out.n_unfit += plan.unfit[i];
    }
    TRY_NEW(plan.locality, reader->arena, plan.first[n], err);
    TRY_NEW(plan.score, reader->arena, plan.first[n], err);
    TRY(pool_run(reader->pool, parts, pairs_score, &plan, reader->watch, "scoring the pairs", err));
    problem->first = plan.first;
    problem->locality = plan.locality;
    problem->score = plan.score;
    return 0;
}

static bool pairs_keeps(const void *arg, uint32_t household, uint32_t locality)
{
    const struct programme_reader *reader = arg;
    enum programme_why why =
        programme_rules_look(&reader->detail->rules, &reader->out.problem, household, locality).why;
    return why == PROGRAMME_ALLOWED || why == PROGRAMME_SMALL;
}

/* Where something is at fault already, the rows are sorted only to find those that stand twice. */
static int pairs_by_scores(struct programme_reader *reader, struct ajar_err *err)
{
    const struct place_table *scores = programme_table_of(reader, PROGRAMME_SCORES);
    bool good = reader->faults->total == reader->before;
    struct place_tables tables = {.problem = reader->out.problem, .names = reader->out.names};
    struct place_pairs_filter filter = {
        .keeps = good && reader->detail->rules.any ? pairs_keeps : NULL, .arg = reader};
    const struct place_rows_ask ask = {scores,       &reader->households, &reader->lots,
                                       reader->pool, reader->watch,       reader->input->passed};
    struct place_rows rows;
    TRY(place_rows_read(reader->arena, reader->scratch, &ask, reader->faults, &rows, err));
    if (!reader->agree) {
        return 0;
    }
    TRY(place_pairs_make(reader->arena, reader->scratch, scores->name, &rows, &filter,
                         reader->faults, &tables, err));
    reader->out.problem = tables.problem;
    reader->out.n_unfit = tables.n_unfit;
    reader->detail->left = (struct programme_left){filter.left_first, filter.left};
    return 0;
}

int programme_pairs_make(struct programme_reader *reader, struct ajar_err *err)
{
    const char *scores = programme_table_of(reader, PROGRAMME_SCORES)->name;
    const char *criteria = programme_table_of(reader, PROGRAMME_CRITERIA)->name;
    if ((scores == NULL) == (criteria == NULL)) {
        err_at(faults_add(reader->faults), E_PLACE_SCORES, scores == NULL ? "scores" : scores, 0,
               NULL, (struct text){"", 0}, "%s",
               scores == NULL ? "neither scores nor criteria are given"
                              : "both scores and criteria are given");
    }
    if (scores != NULL) {
        return pairs_by_scores(reader, err);
    }
    bool good = reader->agree && reader->faults->total == reader->before;
    return good ? pairs_by_criteria(reader, err) : 0;
}
