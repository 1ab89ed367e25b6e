#include <stdlib.h>
#include <string.h>

#include "place_pairs.h"
#include "programme_reader.h"

/* One lot that a household cannot go to, as what stands against it; rising, the same stand together. */
struct nowhere_look {
    uint64_t *what[PROGRAMME_SMALL + 1]; /* [n_localities] of each reason */
    uint32_t n[PROGRAMME_SMALL + 1];
    uint32_t *small; /* [n_localities] the lots that only a capacity rules out */
};

static int by_what(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void nowhere_lot(const struct programme_reader *reader, struct nowhere_look *look,
                        uint32_t household, uint32_t lot)
{
    struct programme_broken broken =
        programme_rules_look(&reader->detail->rules, &reader->out.problem, household, lot);
    if (broken.why == PROGRAMME_SMALL) {
        look->small[look->n[broken.why]] = lot;
    }
    look->what[broken.why][look->n[broken.why]++] = broken.what;
}

/* The most common; of those as common the smallest. */
static uint64_t nowhere_common(uint64_t *what, uint32_t n)
{
    uint64_t common = what[0];
    uint32_t most = 0, run = 0;
    qsort(what, n, sizeof *what, by_what);
    for (uint32_t i = 0; i < n; i++) {
        run = i > 0 && what[i] == what[i - 1] ? run + 1 : 1;
        if (run > most) {
            most = run;
            common = what[i];
        }
    }
    return common;
}

static struct programme_broken nowhere_reason(struct nowhere_look *look,
                                              const struct place_nowhere *nowhere)
{
    struct programme_broken broken = {PROGRAMME_NO_SCORE, 0};
    for (uint32_t why = PROGRAMME_EXPIRED; why <= PROGRAMME_SMALL; why++) {
        if (look->n[why] > look->n[broken.why]) {
            broken.why = why;
        }
    }
    if (broken.why == PROGRAMME_SMALL) {
        broken.what = nowhere->resource;
    } else if (broken.why != PROGRAMME_NO_SCORE) {
        broken.what = nowhere_common(look->what[broken.why], look->n[broken.why]);
    }
    return broken;
}

static void nowhere_household(struct programme_reader *reader, struct nowhere_look *look,
                              uint32_t household)
{
    struct programme *out = &reader->out;
    const struct programme_left *left = &reader->detail->left;
    uint32_t n = out->problem.n_localities;
    memset(look->n, 0, sizeof look->n);
    if (left->first == NULL) {
        for (uint32_t l = 0; l < n; l++) {
            nowhere_lot(reader, look, household, l);
        }
    } else {
        uint64_t from = left->first[household], to = left->first[household + 1];
        look->n[PROGRAMME_NO_SCORE] = n - (uint32_t)(to - from);
        for (uint64_t i = from; i < to; i++) {
            nowhere_lot(reader, look, household, left->locality[i]);
        }
    }
    struct place_nowhere *nowhere = &out->nowhere[out->n_nowhere];
    *nowhere = place_pairs_blocked(&out->problem, household, look->small, look->n[PROGRAMME_SMALL]);
    out->nowhere_reason[out->n_nowhere++] =
        programme_rules_reason(&reader->detail->rules, &out->names, nowhere_reason(look, nowhere));
}

int programme_nowhere_make(struct programme_reader *reader, struct ajar_err *err)
{
    struct programme *out = &reader->out;
    const struct place_problem *problem = &out->problem;
    struct nowhere_look look;
    size_t n = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        n += problem->first[h] == problem->first[h + 1];
    }
    TRY_NEW(out->nowhere, reader->arena, n, err);
    TRY_NEW(out->nowhere_reason, reader->arena, n, err);
    for (uint32_t why = 0; why <= PROGRAMME_SMALL; why++) {
        TRY_NEW(look.what[why], reader->scratch, problem->n_localities, err);
    }
    TRY_NEW(look.small, reader->scratch, problem->n_localities, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (problem->first[h] == problem->first[h + 1]) {
            nowhere_household(reader, &look, h);
        }
    }
    return 0;
}
