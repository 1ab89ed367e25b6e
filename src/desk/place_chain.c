#include "place_chain.h"

#include <stdlib.h>
#include <string.h>

#include "place_cohort.h"
#include "place_eligible.h"
#include "place_kept.h"
#include "place_say.h"

struct placing {
    struct arena *arena;
    struct place_cohort cohort;
    struct place_drawn *drawn;
    struct text *ids;
    struct place_opens *opens;
    uint32_t *drawn_of; /* [n_households] of the programme, which sorts by id */
    struct place_options solve;
    bool fair;
    struct kept *kept;
    struct pool *pool;
    const struct watch *watch;
    struct place_chain *out;
};

static int placing_tick(const struct placing *it, uint64_t done, struct ajar_err *err)
{
    return watch_tick(it->watch, "placing", done, 6, "parts", err);
}

/* ---- The cohort ---- */

struct placing_id {
    struct text id;
    uint32_t drawn;
};

static int placing_compare(const void *a, const void *b)
{
    const struct placing_id *x = a, *y = b;
    return text_cmp(x->id, y->id);
}

static int placing_order(struct placing *it, struct ajar_err *err)
{
    const struct programme *programme = it->out->programme;
    uint32_t n = it->cohort.n_households;
    struct placing_id *order;
    TRY_NEW(order, it->arena, n, err);
    TRY_NEW(it->drawn_of, it->arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        order[h] = (struct placing_id){it->ids[h], h};
    }
    qsort(order, n, sizeof *order, placing_compare);
    for (uint32_t h = 0; h < n; h++) {
        struct placing_id key = {.id = programme->names.household[h]};
        const struct placing_id *found = bsearch(&key, order, n, sizeof *order, placing_compare);
        it->drawn_of[h] = found->drawn;
    }
    return 0;
}

static int placing_people(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    uint32_t n = it->cohort.n_households;
    struct text *from, *papers;
    struct said *title;
    TRY_NEW(from, it->arena, n, err);
    TRY_NEW(papers, it->arena, n, err);
    TRY_NEW(title, it->arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        const struct place_drawn *drawn = &it->drawn[it->drawn_of[h]];
        const struct doors_profile *profile =
            &it->cohort.people.profiles[it->cohort.profiles[drawn->profile].at];
        from[h] = it->cohort.waits[drawn->wait].country;
        papers[h] = profile->id;
        title[h] = profile->title;
    }
    out->from = from;
    out->papers = papers;
    out->papers_title = title;
    return 0;
}

static const struct place_opens *placing_opens(const struct placing *it, uint32_t household,
                                               size_t state)
{
    const struct place_drawn *drawn = &it->drawn[it->drawn_of[household]];
    return &it->opens[place_opens_at(&it->cohort, drawn->wait, drawn->profile, state)];
}

static int placing_doors(struct placing *it, const struct rules *rules, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    struct place_door *doors;
    size_t n = 0;
    for (uint32_t h = 0; h < it->cohort.n_households; h++) {
        for (size_t s = 0; s < it->cohort.n_states; s++) {
            n += placing_opens(it, h, s)->n_doors;
        }
    }
    TRY_NEW(doors, it->arena, n, err);
    n = 0;
    for (uint32_t h = 0; h < it->cohort.n_households; h++) {
        for (size_t s = 0; s < it->cohort.n_states; s++) {
            const struct place_opens *open = placing_opens(it, h, s);
            for (size_t i = 0; i < open->n_doors; i++) {
                doors[n++] = (struct place_door){h, it->cohort.states[s].state,
                                                 rules->doors[open->doors[i]].id};
            }
        }
    }
    out->doors = doors;
    out->n_doors = n;
    return 0;
}

static int placing_read(struct placing *it, const struct rules *rules, uint64_t seed,
                        date_days as_known, struct faults *faults, struct ajar_err *err)
{
    struct programme_input *tables;
    struct programme *programme;
    TRY(place_eligible(it->arena, rules, &it->cohort, as_known, it->watch, &it->opens, err));
    TRY(place_cohort_draw(it->arena, &it->cohort, seed, &it->drawn, err));
    TRY(place_cohort_ids(it->arena, &it->cohort, it->drawn, &it->ids, err));
    TRY_NEW(tables, it->arena, 1, err);
    TRY_NEW(programme, it->arena, 1, err);
    TRY(place_cohort_tables(it->arena, &it->cohort, it->drawn, it->ids, rules, it->opens, tables,
                            err));
    TRY(programme_read(it->arena, tables, it->pool, it->watch, faults, programme, err));
    it->out->tables = tables;
    it->out->programme = programme;
    TRY(placing_order(it, err));
    TRY(placing_people(it, err));
    return placing_doors(it, rules, err);
}

/* ---- The plans ---- */

static int placing_report(struct placing *it, const struct side_result *plan,
                          struct fair_report *out, struct ajar_err *err)
{
    const struct programme *programme = it->out->programme;
    return fair_report(it->arena, &programme->problem, plan->plan.place, programme->group,
                       programme->n_groups, out, err);
}

static int placing_fair(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    const struct programme *programme = out->programme;
    struct fair_options options = {
        .solve = it->solve, .plain = &out->plan, .levels = 1, .inner = PLACE_CHAIN_INNER};
    options.inner = it->solve.rounds < options.inner ? it->solve.rounds : options.inner;
    options.solve.rounds = (it->solve.rounds + 2) / 3;
    TRY(placing_tick(it, 2, err));
    TRY(fair_leximin(it->arena, &programme->problem, &programme->side, &options, it->pool, NULL,
                     &out->leximin, err));
    TRY(placing_tick(it, 3, err));
    TRY(fair_groups(it->arena, &programme->problem, &programme->side, programme->group,
                    programme->n_groups, FAIR_MAXMIN, NULL, &options, it->pool, NULL, &out->maxmin,
                    err));
    TRY(placing_tick(it, 4, err));
    return fair_groups(it->arena, &programme->problem, &programme->side, programme->group,
                       programme->n_groups, FAIR_PROPORTIONAL, NULL, &options, it->pool, NULL,
                       &out->proportional, err);
}

static int placing_solve(void *arg, struct ajar_err *err)
{
    struct placing *it = arg;
    const struct programme *programme = it->out->programme;
    TRY(placing_tick(it, 1, err));
    TRY(side_solve(it->arena, &programme->problem, &programme->side, &it->solve, it->pool, NULL,
                   &it->out->plan, err));
    return it->fair ? placing_fair(it, err) : 0;
}

static void placing_pass(void *arg, struct kept_pass *pass)
{
    const struct placing *it = arg;
    place_kept_pass(it->out, it->fair, pass);
}

static int placing_reports(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    TRY(placing_report(it, &out->plan, &out->report, err));
    if (!it->fair) {
        return 0;
    }
    TRY(placing_report(it, &out->leximin.plan, &out->leximin_report, err));
    TRY(placing_report(it, &out->maxmin.plan, &out->maxmin_report, err));
    return placing_report(it, &out->proportional.plan, &out->proportional_report, err);
}

static int move_compare(const void *a, const void *b)
{
    const struct place_move *x = a, *y = b;
    int from = text_cmp(x->from, y->from);
    return from != 0 ? from : text_cmp(x->state, y->state);
}

static int placing_moves(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    const struct programme *programme = out->programme;
    uint32_t n = programme->problem.n_households;
    TRY_NEW(out->moves, it->arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        uint32_t lot = out->plan.plan.place[h];
        size_t at = 0;
        if (lot == PLACE_NONE) {
            continue;
        }
        while (at < out->n_moves && !(text_eq(out->moves[at].from, out->from[h]) &&
                                      text_eq(out->moves[at].state, programme->state[lot]))) {
            at++;
        }
        if (at == out->n_moves) {
            out->moves[out->n_moves++] =
                (struct place_move){.from = out->from[h], .state = programme->state[lot]};
        }
        out->moves[at].households++;
        out->moves[at].people += (uint32_t)programme->people[h];
    }
    qsort(out->moves, out->n_moves, sizeof *out->moves, move_compare);
    return 0;
}

/* ---- Households told in words ---- */

/* One that lost a better place to a capacity, a family, one that has no place: what of it is told. */
static int64_t sample_worth(const struct place_chain *out, int which, uint32_t h)
{
    const struct explain_household *why = &out->households[h];
    const struct place_problem *problem = &out->programme->problem;
    bool placed = out->plan.plan.place[h] != PLACE_NONE;
    bool pairs = problem->first[h + 1] > problem->first[h];
    switch (which) {
    case 0:
        return placed && why->change_locality != PLACE_NONE ? 1 + why->change_gain_micro : 0;
    case 1:
        return placed && out->programme->people[h] >= 4 ? 1 + (int64_t)why->chosen.score_micro : 0;
    default:
        return placed ? 0 : pairs ? 2 : 1;
    }
}

static void sample_pick(struct place_chain *out, int which)
{
    int64_t most = -1;
    for (uint32_t h = 0; h < out->programme->problem.n_households; h++) {
        int64_t worth = sample_worth(out, which, h);
        bool taken = false;
        for (int k = 0; k < which; k++) {
            taken = taken || out->sample[k] == h;
        }
        if (!taken && worth > most) {
            most = worth;
            out->sample[which] = h;
        }
    }
}

static int placing_say(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    for (int i = 0; i < PLACE_CHAIN_SAMPLES; i++) {
        sample_pick(out, i);
        TRY(place_say_household(it->arena, out->programme, &out->plan,
                                &out->households[out->sample[i]], &out->said[i], &out->n_said[i],
                                err));
    }
    return 0;
}

static int placing_plan(struct placing *it, struct ajar_err *err)
{
    struct place_chain *out = it->out;
    const struct programme *programme = out->programme;
    struct kept_key key;
    struct kept_work work = {.title = "the placing",
                             .key = &key,
                             .compute = placing_solve,
                             .pass = placing_pass,
                             .arg = it};
    place_kept_key(programme, &it->solve, it->fair, &key);
    TRY(place_kept_frame(it->arena, out, it->fair, err));
    TRY(kept_do(it->kept, &work, err));
    TRY(placing_reports(it, err));
    TRY(placing_tick(it, 5, err));
    TRY(explain_all(it->arena, &programme->problem, &programme->side, &out->plan, &out->households,
                    &out->localities, err));
    TRY(placing_moves(it, err));
    return placing_say(it, err);
}

int place_chain_run(struct arena *arena, const struct scenario *scenario,
                    const struct doors_folder *folder, const struct exodus_chain *exodus,
                    const struct place_chain_options *options, struct pool *pool,
                    const struct watch *watch, struct faults *faults, struct place_chain *out,
                    struct ajar_err *err)
{
    struct place_chain chain = {0};
    struct placing it = {
        .arena = arena,
        .pool = pool,
        .watch = watch,
        .fair = options->fair,
        .kept = options->kept,
        .solve = {.rounds = options->rounds > 0 ? options->rounds : PLACE_CHAIN_ROUNDS,
                  .seed = options->seed},
        .out = &chain};
    chain.stands = folder != NULL && place_cohort_stands(arena, scenario->dir);
    if (!chain.stands) {
        *out = chain;
        return 0;
    }
    TRY(placing_tick(&it, 0, err));
    TRY(place_cohort_read(arena, scenario, folder, exodus, faults, &it.cohort, err));
    chain.on = it.cohort.on;
    chain.synthetic = it.cohort.synthetic;
    TRY(placing_read(&it, &folder->rules, options->seed,
                     scenario->as_known == DATE_NONE ? it.cohort.on : scenario->as_known, faults,
                     err));
    TRY(placing_plan(&it, err));
    TRY(placing_tick(&it, 6, err));
    *out = chain;
    return 0;
}
