#include "mechanism_parts.h"

#include <string.h>

#include "mechanism_steps.h"

/* A locality is looked at again only after somebody has come to it.  That somebody was refused changes nothing for
 * those who stay: the ones above do not see him, and of the ones behind only those of an infinite threshold stay. */
struct tkda {
    const struct mechanism_lists *lists;
    size_t n_resources;
    struct mechanism_steps steps;
    bool *always; /* [pairs] on the lists of the localities: threshold infinite, whoever proposes */
    int64_t *load;       /* [n_resources] scratch */
    uint64_t *next;      /* [n_households] next wish */
    uint32_t *at;        /* [n_households] proposes to */
    uint32_t *threshold; /* [n_households] */
    uint32_t *waits, *refused;
    uint32_t *changed; /* localities to look at, each once: is_changed */
    bool *is_changed;
    size_t n_waits, n_refused, n_changed;
    bool exact; /* thresholds are wanted in full, not only who is refused */
};

static void tkda_find_always(const struct tkda *tkda)
{
    const struct mechanism_lists *lists = tkda->lists;
    const struct place_problem *problem = lists->problem;
    for (size_t l = 0; l < problem->n_localities; l++) {
        memset(tkda->load, 0, tkda->n_resources * sizeof *tkda->load);
        for (uint64_t i = lists->rank_first[l]; i < lists->rank_first[l + 1]; i++) {
            const int32_t *need = mechanism_need(problem, lists->ranked[i]);
            tkda->always[i] = mechanism_weakly_fits(
                need, tkda->load, &problem->capacity[l * tkda->n_resources], tkda->n_resources);
            mechanism_add(tkda->load, need, tkda->n_resources);
        }
    }
}

static int tkda_start(struct arena *arena, struct tkda *tkda, struct ajar_err *err)
{
    const struct place_problem *problem = tkda->lists->problem;
    TRY(mechanism_steps_make(arena, problem, &tkda->steps, err));
    TRY_NEW(tkda->always, arena, (size_t)problem->first[problem->n_households], err);
    TRY_NEW(tkda->load, arena, tkda->n_resources, err);
    TRY_NEW(tkda->next, arena, problem->n_households, err);
    TRY(mechanism_nowhere(arena, problem, &tkda->at, err));
    TRY_NEW(tkda->threshold, arena, problem->n_households, err);
    TRY_NEW(tkda->waits, arena, problem->n_households, err);
    TRY_NEW(tkda->refused, arena, problem->n_households, err);
    TRY_NEW(tkda->changed, arena, problem->n_localities, err);
    TRY_NEW(tkda->is_changed, arena, problem->n_localities, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        tkda->next[h] = tkda->lists->wish_first[h];
        tkda->waits[h] = h;
    }
    tkda->n_waits = problem->n_households;
    tkda_find_always(tkda);
    return 0;
}

static void tkda_change(struct tkda *tkda, uint32_t locality)
{
    if (!tkda->is_changed[locality]) {
        tkda->is_changed[locality] = true;
        tkda->changed[tkda->n_changed++] = locality;
    }
}

/* The own threshold of a household, given `above` proposers with needs `load` before it and the others before
 * it in the steps. */
static uint32_t tkda_own(const struct tkda *tkda, uint32_t household, const int32_t *capacity,
                         uint32_t above)
{
    const int32_t *need = mechanism_need(tkda->lists->problem, household);
    uint64_t least = MECHANISM_INFINITE;
    for (size_t r = 0; r < tkda->n_resources; r++) {
        if (need[r] > 0) {
            int64_t slack = (int64_t)capacity[r] - need[r] - tkda->load[r];
            if (slack < 0) {
                return 0;
            }
            uint64_t more = mechanism_steps_past(&tkda->steps, r, slack);
            least = more < least && above + more < least ? above + more : least;
        }
    }
    return (uint32_t)least;
}

/* Thresholds of the proposers of one locality; who fails his is refused.  Once the least threshold so far is no
 * more than the proposers so far, everybody behind with a finite one is refused, whatever it is. */
static void tkda_judge(struct tkda *tkda, uint32_t locality)
{
    const struct mechanism_lists *lists = tkda->lists;
    const struct place_problem *problem = lists->problem;
    const int32_t *capacity = &problem->capacity[locality * tkda->n_resources];
    uint64_t from = lists->rank_first[locality], to = lists->rank_first[locality + 1], i;
    uint32_t least = MECHANISM_INFINITE, above = 0;
    memset(tkda->load, 0, tkda->n_resources * sizeof *tkda->load);
    mechanism_steps_clear(&tkda->steps);
    for (i = from; i < to; i++) {
        uint32_t h = lists->ranked[i];
        bool proposes = tkda->at[h] == locality;
        bool open = least > 0 && (tkda->exact || least > above);
        if (!proposes && !open) {
            continue;
        }
        if (open && !tkda->always[i]) {
            uint32_t own = tkda_own(tkda, h, capacity, above);
            least = own < least ? own : least;
        }
        if (proposes) {
            tkda->threshold[h] = tkda->always[i] ? MECHANISM_INFINITE : least;
            if (above >= tkda->threshold[h]) {
                tkda->refused[tkda->n_refused++] = h;
            }
            above++;
            mechanism_add(tkda->load, mechanism_need(problem, h), tkda->n_resources);
        } else {
            mechanism_steps_add(&tkda->steps, h);
        }
    }
}

static void tkda_round(struct tkda *tkda, uint32_t round, const struct mechanism_trace *trace)
{
    const struct mechanism_lists *lists = tkda->lists;
    for (size_t i = 0; i < tkda->n_waits; i++) {
        uint32_t h = tkda->waits[i];
        tkda->at[h] = PLACE_NONE;
        if (tkda->next[h] < lists->wish_first[h + 1]) {
            tkda->at[h] = lists->problem->locality[lists->wish[tkda->next[h]++]];
            tkda_change(tkda, tkda->at[h]);
        }
    }
    tkda->n_refused = 0;
    for (size_t i = 0; i < tkda->n_changed; i++) {
        tkda->is_changed[tkda->changed[i]] = false;
        tkda_judge(tkda, tkda->changed[i]);
    }
    tkda->n_changed = 0;
    if (trace != NULL) {
        trace->round(trace->arg, round, tkda->at, tkda->threshold);
    }
}

int mechanism_tkda(struct arena *arena, const struct mechanism_lists *lists,
                   const struct mechanism_trace *trace, struct mechanism_match *out,
                   struct ajar_err *err)
{
    struct tkda tkda = {
        .lists = lists, .n_resources = lists->problem->n_resources, .exact = trace != NULL};
    uint32_t rounds = 0;
    TRY(tkda_start(arena, &tkda, err));
    do {
        tkda_round(&tkda, ++rounds, trace);
        uint32_t *free_again = tkda.waits;
        tkda.waits = tkda.refused;
        tkda.n_waits = tkda.n_refused;
        tkda.refused = free_again;
    } while (tkda.n_waits > 0);
    *out = (struct mechanism_match){tkda.at, rounds};
    return 0;
}
