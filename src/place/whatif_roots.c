#include "whatif_work.h"

/* The n highest keys, falling; of equal ones the first come. */
struct ranking {
    uint32_t n, most;
    struct whatif_step *step;
    int64_t *key;
};

static void rank(struct ranking *ranking, uint32_t household, uint64_t to, int64_t key)
{
    uint32_t at = ranking->n;
    if (at == ranking->most && ranking->key[at - 1] >= key) {
        return;
    }
    ranking->n += ranking->n < ranking->most;
    at = at < ranking->most ? at : ranking->most - 1;
    for (; at > 0 && ranking->key[at - 1] < key; at--) {
        ranking->key[at] = ranking->key[at - 1];
        ranking->step[at] = ranking->step[at - 1];
    }
    ranking->key[at] = key;
    ranking->step[at] = (struct whatif_step){household, to};
}

static void rank_all(const struct whatif_work *work, bool near, struct ranking *ranking)
{
    const struct place_problem *problem = work->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t own = work->at.pair[h];
        bool driven = own == STANDING_NOWHERE && (work->forced[h] || work->home[h] != own);
        int64_t left = whatif_left(work, own);
        for (uint64_t pair = problem->first[h];
             whatif_free(work, h) && pair < problem->first[h + 1]; pair++) {
            if (pair != own && !work->tried[pair] &&
                (!near || driven || work->dirty[problem->locality[pair]])) {
                rank(ranking, h, pair, work->left[pair] - left);
            }
        }
    }
}

void whatif_roots_find(const struct whatif_work *work, bool near, struct whatif_roots *out)
{
    struct ranking ranking = {.most = WHATIF_ROOTS, .step = out->step, .key = out->key};
    rank_all(work, near, &ranking);
    out->n = ranking.n;
    out->used = 0;
}

int whatif_open(struct arena *arena, const struct whatif_work *work, uint32_t most, bool *open,
                struct ajar_err *err)
{
    for (int near = 0; near < 2; near++) {
        struct ranking ranking = {.most = most};
        TRY_NEW(ranking.step, arena, most, err);
        TRY_NEW(ranking.key, arena, most, err);
        rank_all(work, near == 1, &ranking);
        for (uint32_t i = 0; i < ranking.n; i++) {
            open[ranking.step[i].to] = true;
        }
    }
    return 0;
}
