/* Inside the agent engines: the rules for one person, the same for the fast engine and for its oracle.
 *
 * Draws are named by person and day, so nobody's luck depends on what others do:
 *   MOVE_IDLE    entity and word by agents_lanes.h, four people a block: whether to leave today
 *   MOVE_ORIGIN  entity person, word 0: where the person starts
 *   MOVE_HOP     entity person, block hop / 2, words 2 (hop % 2) and the next: whether to go on (not drawn
 *                for hop 0), and which way
 *   MOVE_GIVE_UP entity person, words 0 and 1: whether to give up waiting in a queue, and which way then
 *   MOVE_REMOVE, MOVE_RETURN  as MOVE_IDLE: whether to leave the flow, and whether to return */
#ifndef FLOW_MOVE_H
#define FLOW_MOVE_H

#include <string.h>

#include "agents_lanes.h"
#include "rng.h"
#include "weights.h"

enum move_stream { MOVE_IDLE = 1, MOVE_ORIGIN, MOVE_HOP, MOVE_GIVE_UP, MOVE_REMOVE, MOVE_RETURN };

#define MOVE_HOPS_MOST 1024 /* of a person on a day, however short the roads */
#define MOVE_ALMOST    0x1p-40
#define MOVE_BUDGET    65536 /* parts of a day's way that are told apart */

struct move_rules {
    double speed, walk;
    bool own, stints, on_foot;
};

static inline struct move_rules move_rules(const struct flow_params *params)
{
    return (struct move_rules){.speed = params->max_move_speed,
                               .walk = params->max_walk_speed,
                               .own = params->rules == FLOW_RULES_AJAR,
                               .stints = params->avoid_short_stints,
                               .on_foot = params->start_on_foot};
}

/* ---- What a person remembers: km of late, halved every day ----
 *
 * Two bytes: ten bits of fraction and the exponent plus the day, modulo 64, so that halving needs no
 * writing.  A value outside 2^-10 .. 2^15 km reads as 0; one that is never read would come back after 40
 * days, so all are looked through every MOVE_SWEEP days. */
#define MOVE_STILL 0 /* nothing of late */
#define MOVE_NEW   1 /* has never travelled */
#define MOVE_SWEEP 32
#define MOVE_FAR   15 /* exponent + 1 at most */
#define MOVE_NEAR  (-9)

static inline uint16_t move_remember(double km, int32_t day)
{
    float narrow = (float)km;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    bits += 1u << 12;
    int32_t exponent = (int32_t)(bits >> 23) - 126;
    if (exponent < MOVE_NEAR) {
        return MOVE_STILL;
    }
    exponent = exponent > MOVE_FAR ? MOVE_FAR : exponent;
    uint32_t code = ((uint32_t)(exponent + day) & 63) << 10 | (bits >> 13 & 1023);
    return (uint16_t)(code <= MOVE_NEW ? MOVE_NEW + 1 : code);
}

/* As it is at the end of `day`. */
static inline double move_recall(uint16_t code, int32_t day)
{
    int32_t exponent = (int32_t)(((uint32_t)(code >> 10) - (uint32_t)day) & 63);
    exponent = exponent > MOVE_FAR ? exponent - 64 : exponent;
    bool none = code <= MOVE_NEW || exponent < MOVE_NEAR;
    uint32_t bits = (uint32_t)(exponent + 126) << 23 | (uint32_t)(code & 1023) << 13;
    bits = none ? 0 : bits;
    float km;
    memcpy(&km, &bits, sizeof km);
    return (double)km;
}

/* ---- The way along a link ---- */

/* Where a person stands today. */
struct move_today {
    double moved; /* km today */
    double spent; /* part of the day's way that is used up (own rules) */
};

/* Km on a link at the start of the day, for one who left `days` ago; `budget` as kept by move_budget. */
static inline double move_done(const struct move_rules *rules, double speed, int32_t days,
                               uint16_t budget)
{
    double parts = budget == 0 ? MOVE_BUDGET : budget;
    double first = rules->own ? parts / MOVE_BUDGET : 1;
    return days == 0 ? 0 : speed * (first + (double)(days - 1));
}

/* Part of a day's way that is left on leaving, of MOVE_BUDGET; 0: all. */
static inline uint16_t move_budget(double spent)
{
    int32_t left = (int32_t)((1 - spent) * MOVE_BUDGET + 0.5);
    return (uint16_t)(left < 1 ? 1 : left);
}

/* Km that can be done today; part of the day is gone for who left late. */
static inline double move_range(const struct move_rules *rules, double speed, double spent)
{
    return rules->own ? speed * (1 - spent) : speed;
}

/* The reference asks for more km than the link has. */
static inline bool move_arrives(const struct move_rules *rules, double km, double length)
{
    return rules->own ? km >= length * (1 - MOVE_ALMOST) : km > length;
}

/* After arrival: is there day left for another decision? */
static inline bool move_again(const struct move_rules *rules, double speed,
                              const struct move_today *today)
{
    return rules->own ? today->spent < 1 - MOVE_ALMOST : today->moved < speed;
}

/* After a short way a town is no place to stay. */
static inline bool move_on(const struct move_rules *rules, double recent, double moved)
{
    return rules->stints && recent + moved < rules->speed;
}

/* What is remembered at the start of the day of one who left `days` ago (at least 1). */
static inline double move_recent(uint16_t code, double speed, int32_t day, int32_t days)
{
    double recent = move_recall(code, day - days);
    for (int32_t i = 1; i < days; i++) {
        recent = (recent + speed) / 2;
    }
    return recent;
}

/* ---- Draws and blocks ---- */

/* Choice of a row for a word; n > 0. */
static inline uint32_t move_pick(const struct flow_weights *weights, struct weights_row row,
                                 uint32_t word)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i + 1 < row.n; i++) {
        k += weights->thresholds[row.at + i] <= word;
    }
    return k;
}

/* Choice of a row for a word, as if the choices over one link were none of it. */
static inline struct weights_choice move_pick_other(const struct flow_weights *weights,
                                                    struct weights_row row, uint32_t word,
                                                    uint32_t link)
{
    uint64_t from = 0, all = 0, to;
    for (uint32_t i = 0; i < row.n; i++, from = to) {
        to = i + 1 < row.n ? weights->thresholds[row.at + i] : UINT64_C(1) << 32;
        all += weights->choices[row.at + i].link == link ? 0 : to - from;
    }
    uint64_t left = word * all >> 32;
    from = 0;
    for (uint32_t i = 0; i < row.n; i++, from = to) {
        to = i + 1 < row.n ? weights->thresholds[row.at + i] : UINT64_C(1) << 32;
        uint64_t width = weights->choices[row.at + i].link == link ? 0 : to - from;
        if (left < width) {
            return weights->choices[row.at + i];
        }
        left -= width;
    }
    return (struct weights_choice){WEIGHTS_STAY, 0};
}

/* Persons of a block: [move_block(n, blocks, b), move_block(n, blocks, b + 1)). */
static inline uint32_t move_block(uint32_t n, int32_t blocks, int32_t block)
{
    return (uint32_t)((uint64_t)n * (uint32_t)block / (uint32_t)blocks);
}

/* E_FLOW_OPTION, E_FLOW_TOO_LARGE or the number of persons up to the end. */
int move_check(const struct flow_plan *plan, const struct flow_run_options *options,
               uint64_t *people, struct ajar_err *err);

/* Memory for the results of days [from, to). */
int move_result(struct arena *arena, const struct flow_plan *plan,
                const struct flow_run_options *options, int32_t from, int32_t to,
                struct flow_result *out, struct ajar_err *err);

/* Thresholds for the origins of a day, in plan->order; returns how many can be chosen, with `origin` the
 * place of each.  The choice is as in a row of weights. */
uint32_t move_origins(const struct flow_plan *plan, int32_t day, uint32_t *thresholds,
                      uint32_t *origin);

#endif
