#include "exodus_effect.h"

#include <math.h>

enum effect_of {
    EFFECT_ENTRIES,
    EFFECT_REFUSED,
    EFFECT_GAVE_UP,
    EFFECT_TRAFFIC,
    EFFECT_ADMITTED,
    EFFECT_STOPPED,
    EFFECT_STRANDED,
    EFFECT_IN_RUSSIA,
    EFFECT_STRANDED_MOST
};

/* Of one run; `which` is a door or a class. */
static double effect_number(const struct exodus_replay *replay, size_t run, enum effect_of of,
                            uint32_t which)
{
    const struct exodus_tally *tally = &replay->tallies[run];
    double most = 0;
    switch (of) {
    case EFFECT_ENTRIES:
        return tally->entries[which][EXODUS_FLIGHT];
    case EFFECT_REFUSED:
        return tally->refused[which][EXODUS_FLIGHT];
    case EFFECT_GAVE_UP:
        return tally->gave_up[which][EXODUS_FLIGHT];
    case EFFECT_TRAFFIC:
        return tally->entries[which][EXODUS_TRAFFIC];
    case EFFECT_ADMITTED:
        return tally->admitted[which];
    case EFFECT_STOPPED:
        return tally->stopped[which];
    case EFFECT_STRANDED:
        return tally->stranded[which];
    case EFFECT_IN_RUSSIA:
        return tally->pool[which] + tally->waiting[which] + tally->stopped[which];
    case EFFECT_STRANDED_MOST:
        break;
    }
    for (uint32_t day = 0; day < replay->n_days; day++) {
        most = fmax(most, replay->stranded[run * replay->n_days + day]);
    }
    return most;
}

/* differences[n_members] is scratch; of `which` in [from, to) together. */
static struct exodus_change effect_change(const struct exodus_replay *replay, uint32_t world,
                                          enum effect_of of, uint32_t from, uint32_t to,
                                          double *differences)
{
    struct exodus_change change = {0};
    uint32_t n = replay->n_members;
    for (uint32_t m = 0; m < n; m++) {
        double as_is = 0, changed = 0;
        for (uint32_t which = from; which < to; which++) {
            as_is += effect_number(replay, m, of, which);
            changed += effect_number(replay, (size_t)world * n + m, of, which);
        }
        change.as_is += as_is / n;
        change.changed += changed / n;
        differences[m] = changed - as_is;
    }
    struct exodus_spread spread = exodus_spread_of(differences, n);
    change.mean = spread.mean;
    change.p5 = spread.p5;
    change.p50 = spread.p50;
    change.p95 = spread.p95;
    return change;
}

/* Sums of squares about the mean: of as_is and changed together, and of their differences. */
static void effect_squares(const struct exodus_replay *replay, uint32_t world, uint32_t door,
                           const struct exodus_change *change, double *apart, double *paired)
{
    for (uint32_t m = 0; m < replay->n_members; m++) {
        double as_is = effect_number(replay, m, EFFECT_ENTRIES, door);
        double changed =
            effect_number(replay, (size_t)world * replay->n_members + m, EFFECT_ENTRIES, door);
        double off = changed - as_is - change->mean;
        *apart += (as_is - change->as_is) * (as_is - change->as_is) +
                  (changed - change->changed) * (changed - change->changed);
        *paired += off * off;
    }
}

static void effect_doors(const struct exodus_model *model, const struct exodus_replay *replay,
                         struct exodus_effect *effect, double *scratch)
{
    uint32_t world = effect->world;
    double apart = 0, paired = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        effect->entries[d] = effect_change(replay, world, EFFECT_ENTRIES, d, d + 1, scratch);
        effect->refused[d] = effect_change(replay, world, EFFECT_REFUSED, d, d + 1, scratch);
        effect->gave_up[d] = effect_change(replay, world, EFFECT_GAVE_UP, d, d + 1, scratch);
        effect->traffic[d] = effect_change(replay, world, EFFECT_TRAFFIC, d, d + 1, scratch);
        effect_squares(replay, world, d, &effect->entries[d], &apart, &paired);
    }
    effect->entries_all = effect_change(replay, world, EFFECT_ENTRIES, 0, model->n_doors, scratch);
    effect->narrower = paired > 0 ? sqrt(apart / paired) : INFINITY;
}

static void effect_classes(const struct exodus_model *model, const struct exodus_replay *replay,
                           struct exodus_effect *effect, double *scratch)
{
    uint32_t world = effect->world, n = model->n_classes;
    for (uint32_t c = 0; c < n; c++) {
        effect->admitted[c] = effect_change(replay, world, EFFECT_ADMITTED, c, c + 1, scratch);
        effect->stopped[c] = effect_change(replay, world, EFFECT_STOPPED, c, c + 1, scratch);
        effect->stranded[c] = effect_change(replay, world, EFFECT_STRANDED, c, c + 1, scratch);
        effect->in_russia[c] = effect_change(replay, world, EFFECT_IN_RUSSIA, c, c + 1, scratch);
    }
    effect->stranded_all = effect_change(replay, world, EFFECT_STRANDED, 0, n, scratch);
    effect->stopped_all = effect_change(replay, world, EFFECT_STOPPED, 0, n, scratch);
    effect->stranded_most = effect_change(replay, world, EFFECT_STRANDED_MOST, 0, 1, scratch);
}

int exodus_effects(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_replay *replay, struct exodus_effect **out,
                   struct ajar_err *err)
{
    struct exodus_effect *made;
    double *scratch;
    TRY_NEW(made, arena, replay->n_worlds > 1 ? replay->n_worlds - 1 : 0, err);
    TRY_NEW(scratch, arena, replay->n_members, err);
    for (uint32_t world = 1; world < replay->n_worlds; world++) {
        made[world - 1].world = world;
        effect_doors(model, replay, &made[world - 1], scratch);
        effect_classes(model, replay, &made[world - 1], scratch);
    }
    *out = made;
    return 0;
}
