#include "agents_parts.h"

/* What is summed begins with how many ranks failed, and the sum of their codes and of its squares: where all
 * failed alike every rank knows how. */
enum { FAILED, CODES, CODES_SQUARED, SAID };

static bool alone(const struct flow_share *share)
{
    return share == NULL || share->ranks == 1;
}

int share_check(const struct flow_share *share, struct ajar_err *err)
{
    if (share == NULL) {
        return 0;
    }
    if (share->ranks < 1 || share->ranks > FLOW_SHARE_RANKS_MOST || share->rank >= share->ranks) {
        return err_set(err, E_FLOW_OPTION, "rank %u of %u; a run has at most %d ranks", share->rank,
                       share->ranks, FLOW_SHARE_RANKS_MOST);
    }
    return share->ranks == 1 || share->sum != NULL
               ? 0
               : err_set(err, E_FLOW_OPTION, "%u ranks without a sum", share->ranks);
}

/* Whether n whole numbers with these sums are all the same: only then is n times the one sum the square of
 * the other.  Modulo 2^64 too: what lies between is the sum of (x - y)^2 over all pairs, below 2^64 for up to
 * 2^16 numbers of 16 bits. */
static bool all_same(uint64_t n, int64_t sum, int64_t squares)
{
    return n * (uint64_t)squares == (uint64_t)sum * (uint64_t)sum;
}

static void say_code(int64_t *said, int code)
{
    said[FAILED] = code != 0;
    said[CODES] = code;
    said[CODES_SQUARED] = (int64_t)code * code;
}

/* Sums what this rank says; an error when any rank failed. */
static int speak(const struct flow_share *share, int code, int64_t *said, size_t n,
                 struct ajar_err *err)
{
    struct ajar_err spoken = {0};
    int broke = share->sum(share->arg, said, n, code == 0 ? err : &spoken);
    if (code != 0 || broke != 0) {
        return code != 0 ? code : broke;
    }
    if (said[FAILED] == 0) {
        return 0;
    }
    bool alike = all_same((uint64_t)said[FAILED], said[CODES], said[CODES_SQUARED]);
    int64_t what = alike ? said[CODES] / said[FAILED] : E_CEILING;
    return err_set(err, (enum err_code)what, "%lld of %u ranks stopped: %s",
                   (long long)said[FAILED], share->ranks, err_row((int)what)->rule);
}

int share_agree(const struct flow_share *share, int code, int32_t what, enum err_code differ,
                struct ajar_err *err)
{
    enum { WHAT = SAID, WHAT_SQUARED, N };
    int64_t said[N] = {0};
    if (alone(share)) {
        return code;
    }
    said[WHAT] = code == 0 ? what : 0;
    said[WHAT_SQUARED] = said[WHAT] * said[WHAT];
    say_code(said, code);
    TRY(speak(share, code, said, N, err));
    return all_same(share->ranks, said[WHAT], said[WHAT_SQUARED])
               ? 0
               : err_set(err, differ, "the ranks are not at the same day; this one is at day %d",
                         what);
}

int share_open(struct flow_agents *agents, struct ajar_err *err)
{
    size_t places = agents->plan->n_places, links = agents->plan->n_links;
    size_t active = 2 * (size_t)agents->params->blocks, more = links + 1 + agents->n_counts;
    size_t digits = (size_t)agents->queues.n * QUEUE_DIGITS;
    more = more > digits ? more : digits;
    if (agents->deal.ranks == 1) {
        return 0;
    }
    TRY_NEW(agents->agreed, agents->arena, places, err);
    TRY_NEW(agents->said, agents->arena, SAID + places + (active > more ? active : more), err);
    return 0;
}

/* Sums what changed in each place, and n numbers more that the caller has put behind. */
static int sum_places(struct flow_agents *agents, int code, size_t n, struct ajar_err *err)
{
    size_t places = agents->plan->n_places;
    int64_t *in_place = agents->in_place, *changed = agents->said + SAID;
    say_code(agents->said, code);
    for (size_t p = 0; p < places; p++) {
        changed[p] = in_place[p] - agents->agreed[p];
    }
    TRY(speak(agents->options.share, code, agents->said, SAID + places + n, err));
    for (size_t p = 0; p < places; p++) {
        in_place[p] = agents->agreed[p] += changed[p];
    }
    return 0;
}

int share_load(struct flow_agents *agents, struct ajar_err *err)
{
    size_t n = agents->options.queues == NULL ? 0 : agents->plan->n_links;
    if (agents->deal.ranks == 1) {
        return 0;
    }
    int64_t *more = agents->said + SAID + agents->plan->n_places;
    more[0] = agents->gone;
    for (size_t i = 0; i < n; i++) {
        more[i + 1] = agents->queues.waiting[i];
    }
    TRY(sum_places(agents, 0, 1 + n, err));
    agents->gone = (uint32_t)more[0];
    for (size_t i = 0; i < n; i++) {
        agents->queues.waiting[i] = more[i + 1];
    }
    return 0;
}

int share_counts(struct flow_agents *agents, int64_t *values, size_t n, struct ajar_err *err)
{
    if (agents->deal.ranks == 1) {
        return 0;
    }
    say_code(agents->said, 0);
    memcpy(agents->said + SAID, values, n * sizeof *values);
    TRY(speak(agents->options.share, 0, agents->said, SAID + n, err));
    memcpy(values, agents->said + SAID, n * sizeof *values);
    return 0;
}

int share_begin(struct flow_agents *agents, int code, struct ajar_err *err)
{
    size_t n = 2 * (size_t)agents->params->blocks;
    if (agents->deal.ranks == 1) {
        return code;
    }
    int64_t *active = agents->said + SAID + agents->plan->n_places;
    memcpy(active, agents->block_active, n * sizeof *active);
    TRY(sum_places(agents, code, n, err));
    memcpy(agents->block_active, active, n * sizeof *active);
    return 0;
}

int share_stretch(struct flow_agents *agents, int code, struct ajar_err *err)
{
    return agents->deal.ranks == 1 ? code : sum_places(agents, code, 0, err);
}

int share_end(struct flow_agents *agents, int code, struct ajar_err *err)
{
    size_t n = agents->plan->n_links;
    struct worker *all = &agents->workers[0];
    if (agents->deal.ranks == 1) {
        return code;
    }
    int64_t *flow = agents->said + SAID + agents->plan->n_places;
    memcpy(flow, all->link_flow, n * sizeof *flow);
    flow[n] = (int64_t)all->hops;
    memcpy(flow + n + 1, all->counts, agents->n_counts * sizeof *flow);
    TRY(sum_places(agents, code, n + 1 + agents->n_counts, err));
    memcpy(all->counts, flow + n + 1, agents->n_counts * sizeof *flow);
    memcpy(all->link_flow, flow, n * sizeof *flow);
    all->hops = (uint64_t)flow[n];
    return 0;
}
