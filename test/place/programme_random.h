/* Small random programmes, as plain arrays and as tables whose rows stand in any order. */
#ifndef TEST_PROGRAMME_RANDOM_H
#define TEST_PROGRAMME_RANDOM_H

#include "programme_back.h"
#include "rng.h"

enum { HOUSEHOLDS = 9, LOTS = 6, PLACES = 2 * LOTS, STATES = 3, TRAITS = 3, WORDS = 4, ROWS = 120 };

/* Sets are bits.  Places 0 .. LOTS-1 have names of their own, LOTS + l is called as lot l. */
struct programme_random {
    int n_h, n_l, n_r;
    int need[HOUSEHOLDS][2], capacity[LOTS][2], least[LOTS][2];
    int people[HOUSEHOLDS], group[HOUSEHOLDS], ready[HOUSEHOLDS]; /* a day of March, 0: none */
    int place[LOTS], state[LOTS], until[LOTS];                    /* state -1, until 0: none */
    int lat[LOTS], lon[LOTS], kin_lat[HOUSEHOLDS][2], kin_lon[HOUSEHOLDS][2], n_kin[HOUSEHOLDS];
    bool scored, doors;
    int score[HOUSEHOLDS][LOTS]; /* INT_MIN: none */
    int weight[5];               /* kin, language, skill, wish, placed; 0: not given */
    int speaks[HOUSEHOLDS], spoken[PLACES], skills[HOUSEHOLDS], shortages[PLACES];
    int rank[HOUSEHOLDS][PLACES];
    int features[LOTS], wants[HOUSEHOLDS];
    int traits[HOUSEHOLDS][TRAITS], takes[LOTS][TRAITS];
    int eligible[HOUSEHOLDS];
    bool veto[HOUSEHOLDS][PLACES], forbid[HOUSEHOLDS][LOTS];
    int protected_value[HOUSEHOLDS][4]; /* of traits that no condition names */
};

static inline int random_upto(struct rng *rng, int most)
{
    return (int)rng_below(rng, (uint32_t)most + 1);
}

static inline bool random_chance(struct rng *rng, int percent)
{
    return random_upto(rng, 99) < percent;
}

static inline int random_set(struct rng *rng, int percent)
{
    int set = 0;
    for (int i = 0; i < WORDS; i++) {
        set |= random_chance(rng, percent) << i;
    }
    return set;
}

static inline void random_lots(struct programme_random *at, struct rng *rng)
{
    for (int l = 0; l < at->n_l; l++) {
        for (int r = 0; r < at->n_r; r++) {
            at->capacity[l][r] = 1 + random_upto(rng, 7);
            at->least[l][r] = random_chance(rng, 30) ? random_upto(rng, at->capacity[l][r]) : 0;
        }
        at->place[l] = random_chance(rng, 50) ? LOTS + l : random_upto(rng, 2);
        at->state[l] = random_chance(rng, 15) ? -1 : random_upto(rng, STATES - 1);
        at->until[l] = random_chance(rng, 60) ? 0 : 1 + random_upto(rng, 30);
        at->lat[l] = random_upto(rng, 180) - 90;
        at->lon[l] = random_upto(rng, 360) - 180;
        at->features[l] = random_set(rng, 70);
        for (int t = 0; t < TRAITS; t++) {
            at->takes[l][t] = random_chance(rng, 20) ? random_set(rng, 60) : 0;
        }
    }
    for (int p = 0; p < PLACES; p++) {
        at->spoken[p] = random_set(rng, 30);
        at->shortages[p] = random_set(rng, 30);
    }
}

static inline void random_household(struct programme_random *at, struct rng *rng, int h)
{
    for (int r = 0; r < at->n_r; r++) {
        at->need[h][r] = random_upto(rng, 6);
    }
    at->people[h] = 1 + random_upto(rng, 5);
    at->group[h] = random_upto(rng, 3);
    at->ready[h] = random_chance(rng, 50) ? 0 : 1 + random_upto(rng, 30);
    at->n_kin[h] = random_upto(rng, 2);
    for (int k = 0; k < 2; k++) {
        int near = random_upto(rng, at->n_l - 1);
        at->kin_lat[h][k] = at->lat[near] > 0 ? at->lat[near] - random_upto(rng, 6) : at->lat[near];
        at->kin_lon[h][k] = at->lon[near];
    }
    at->speaks[h] = random_set(rng, 30);
    at->skills[h] = random_set(rng, 30);
    at->wants[h] = random_set(rng, 15);
    at->eligible[h] = random_set(rng, 80) & ((1 << STATES) - 1);
    for (int t = 0; t < TRAITS; t++) {
        at->traits[h][t] = random_set(rng, 35);
    }
    for (int p = 0; p < PLACES; p++) {
        at->rank[h][p] = random_chance(rng, 40) ? 1 + random_upto(rng, 5) : 0;
        at->veto[h][p] = random_chance(rng, 5);
    }
    for (int l = 0; l < at->n_l; l++) {
        at->forbid[h][l] = random_chance(rng, 5);
        at->score[h][l] = random_chance(rng, 70) ? random_upto(rng, 2000000) - 1000000 : INT32_MIN;
    }
    for (int i = 0; i < 4; i++) {
        at->protected_value[h][i] = random_upto(rng, 5);
    }
}

static inline void random_programme(struct programme_random *at, uint64_t seed)
{
    struct rng rng = rng_at(seed, 1, 0, 0);
    memset(at, 0, sizeof *at);
    at->n_h = 1 + random_upto(&rng, HOUSEHOLDS - 1);
    at->n_l = 1 + random_upto(&rng, LOTS - 1);
    at->n_r = 1 + random_upto(&rng, 1);
    at->scored = random_chance(&rng, 40);
    at->doors = random_chance(&rng, 50);
    random_lots(at, &rng);
    for (int h = 0; h < at->n_h; h++) {
        random_household(at, &rng, h);
    }
    for (int i = 0; i < 5; i++) {
        at->weight[i] = random_chance(&rng, 70) || i == 4 ? random_upto(&rng, 400000) - 100000 : 0;
    }
    at->weight[4] += at->weight[4] == 0;
}

#endif
