#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "report_page.h"
#include "report_place.h"
#include "whatif.h"

/* Sides found so far, and how many fit. */
struct side_list {
    struct report_place_side *sides;
    size_t n, cap;
};

static size_t side_of(struct side_list *list, struct text code)
{
    size_t i = 0;
    while (i < list->n && !text_eq(list->sides[i].code, code)) {
        i++;
    }
    if (i == list->n && list->n < list->cap) {
        list->sides[list->n++] = (struct report_place_side){
            .code = code, .name = code, .lat = NAN, .lon = NAN, .quota = PLACE_NONE};
    }
    return i;
}

static int by_code(const void *a, const void *b)
{
    const struct report_place_side *one = a, *two = b;
    return text_cmp(one->code, two->code);
}

/* Germany's Laender have names in the key; countries have theirs. */
static struct text name_of(const struct scenario *scenario, struct text code)
{
    name_id name = names_find(scenario->names, code);
    for (size_t i = 0; name != 0 && i < scenario->koenigstein.n; i++) {
        if (scenario->koenigstein.code[i] == name) {
            return scenario->koenigstein.name[i];
        }
    }
    return name == 0 ? code : report_country(scenario, name);
}

static int make_states(struct arena *arena, struct report_place *out, struct ajar_err *err)
{
    const struct programme *programme = out->chain->programme;
    uint32_t n = programme->problem.n_localities;
    struct side_list list = {.cap = n};
    TRY_NEW(list.sides, arena, n, err);
    TRY_NEW(out->state_of, arena, n, err);
    for (uint32_t l = 0; l < n; l++) {
        side_of(&list, programme->state[l]);
    }
    qsort(list.sides, list.n, sizeof *list.sides, by_code);
    for (uint32_t l = 0; l < n; l++) {
        out->state_of[l] = (uint32_t)side_of(&list, programme->state[l]);
    }
    out->states = list.sides;
    out->n_states = list.n;
    return 0;
}

static int make_froms(struct arena *arena, struct report_place *out, struct ajar_err *err)
{
    uint32_t n = out->chain->programme->problem.n_households;
    struct side_list list = {.cap = n};
    TRY_NEW(list.sides, arena, n, err);
    TRY_NEW(out->from_of, arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        side_of(&list, out->chain->from[h]);
    }
    qsort(list.sides, list.n, sizeof *list.sides, by_code);
    for (uint32_t h = 0; h < n; h++) {
        out->from_of[h] = (uint32_t)side_of(&list, out->chain->from[h]);
    }
    out->froms = list.sides;
    out->n_froms = list.n;
    return 0;
}

/* Where a side stands on the map: the mean of points. */
struct middle {
    double lat, lon;
    size_t n;
};

static void middle_add(struct middle *middle, double lat, double lon)
{
    if (isfinite(lat) && isfinite(lon)) {
        middle->lat += lat;
        middle->lon += lon;
        middle->n++;
    }
}

static void middle_put(const struct middle *middle, struct report_place_side *side)
{
    if (middle->n > 0) {
        side->lat = middle->lat / (double)middle->n;
        side->lon = middle->lon / (double)middle->n;
    }
}

static void make_positions(struct report_place *out)
{
    const struct programme *programme = out->chain->programme;
    const struct places *places = &out->scenario->places;
    for (size_t s = 0; s < out->n_states; s++) {
        struct middle middle = {0};
        for (uint32_t l = 0; l < programme->problem.n_localities; l++) {
            if (out->state_of[l] == s) {
                middle_add(&middle, programme->lat[l], programme->lon[l]);
            }
        }
        middle_put(&middle, &out->states[s]);
    }
    for (size_t f = 0; f < out->n_froms; f++) {
        name_id country = names_find(out->scenario->names, out->froms[f].code);
        struct middle middle = {0};
        for (size_t i = 0; i < places->n; i++) {
            if (country != 0 && places->country[i] == country) {
                middle_add(&middle, places->lat[i], places->lon[i]);
            }
        }
        middle_put(&middle, &out->froms[f]);
    }
}

/* Who is where, against the quotas. */
static void make_counts(struct report_place *out)
{
    const struct place_chain *chain = out->chain;
    const struct programme *programme = chain->programme;
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        uint32_t l = chain->plan.plan.place[h];
        struct report_place_side *from = &out->froms[out->from_of[h]];
        uint32_t people = (uint32_t)programme->people[h];
        from->households++;
        from->people += people;
        from->placed += l != PLACE_NONE;
        if (l != PLACE_NONE) {
            struct report_place_side *state = &out->states[out->state_of[l]];
            state->households++, state->placed++;
            state->people += people;
            out->placed++;
        }
    }
    for (uint32_t q = 0; q < programme->side.n_quotas; q++) {
        const struct side_quota *quota = &programme->side.quotas[q];
        if (quota->n_localities == 0) {
            continue;
        }
        struct report_place_side *state = &out->states[out->state_of[quota->locality[0]]];
        if (state->quota != PLACE_NONE) {
            continue;
        }
        state->quota = q;
        for (uint32_t i = 0; i < quota->n_localities; i++) {
            state->quota_used +=
                out->load[(size_t)quota->locality[i] * programme->problem.n_resources +
                          quota->resource];
        }
    }
}

/* The first resource that a household would find too little of at a lot, beside those who are there. */
static void find_lack(const struct report_place *out, uint32_t household,
                      struct report_place_option *option)
{
    const struct place_problem *problem = &out->chain->programme->problem;
    option->resource = PLACE_NONE;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        int64_t need = place_need(problem, household, r);
        int64_t over = need + out->load[(size_t)option->locality * problem->n_resources + r] -
                       place_capacity(problem, option->locality, r);
        if (need > 0 && over > 0) {
            option->resource = r;
            option->lacks = over;
            return;
        }
    }
}

static int by_price(const void *a, const void *b)
{
    const struct report_place_option *one = a, *two = b;
    return one->price_micro != two->price_micro
               ? (one->price_micro < two->price_micro ? -1 : 1)
               : (one->locality > two->locality) - (one->locality < two->locality);
}

/* The cheapest of the pairs, by the prices; `all` has room for them. */
static size_t household_options(const struct report_place *out, uint32_t household,
                                struct report_place_option *all)
{
    const struct programme *programme = out->chain->programme;
    const struct place_problem *problem = &programme->problem;
    size_t n = 0;
    for (uint64_t p = problem->first[household]; p < problem->first[household + 1]; p++) {
        if (problem->locality[p] == out->chain->plan.plan.place[household]) {
            continue;
        }
        all[n] = (struct report_place_option){
            .locality = problem->locality[p],
            .score_micro = problem->score[p],
            .price_micro =
                whatif_pair_price(problem, &programme->side, &out->chain->plan, household, p)};
        find_lack(out, household, &all[n]);
        n++;
    }
    qsort(all, n, sizeof *all, by_price);
    return n < REPORT_PLACE_OPTIONS ? n : REPORT_PLACE_OPTIONS;
}

static int make_options(struct arena *arena, struct report_place *out, struct ajar_err *err)
{
    const struct place_problem *problem = &out->chain->programme->problem;
    struct report_place_option *all;
    uint32_t n = 0;
    TRY_NEW(out->option_first, arena, (size_t)problem->n_households + 1, err);
    TRY_NEW(out->options, arena, (size_t)problem->n_households * REPORT_PLACE_OPTIONS, err);
    TRY_NEW(all, arena, problem->n_localities, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        size_t kept = household_options(out, h, all);
        memcpy(&out->options[n], all, kept * sizeof *all);
        n += (uint32_t)kept;
        out->option_first[h + 1] = n;
    }
    return 0;
}

int report_place_make(struct arena *arena, const struct scenario *scenario,
                      const struct place_chain *chain, struct report_place *out,
                      struct ajar_err *err)
{
    const struct place_problem *problem = &chain->programme->problem;
    bool legal;
    struct report_place made = {.chain = chain, .scenario = scenario};
    TRY(make_states(arena, &made, err));
    TRY(make_froms(arena, &made, err));
    TRY_NEW(made.load, arena, (size_t)problem->n_localities * problem->n_resources, err);
    place_objective(problem, chain->plan.plan.place, made.load, &legal);
    for (size_t s = 0; s < made.n_states; s++) {
        made.states[s].name = name_of(scenario, made.states[s].code);
    }
    for (size_t f = 0; f < made.n_froms; f++) {
        made.froms[f].name = name_of(scenario, made.froms[f].code);
    }
    make_positions(&made);
    make_counts(&made);
    TRY(make_options(arena, &made, err));
    *out = made;
    return 0;
}
