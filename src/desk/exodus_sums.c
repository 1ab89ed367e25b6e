#include "exodus_sums.h"

/* A number of one run for door or class i. */
typedef double sums_number(const struct exodus_tally *tally, uint32_t i);

static double sums_both(const double of_kind[EXODUS_KINDS])
{
    return of_kind[EXODUS_TRAFFIC] + of_kind[EXODUS_FLIGHT];
}

static double door_in(const struct exodus_tally *tally, uint32_t d)
{
    return sums_both(tally->entries[d]);
}

static double door_out(const struct exodus_tally *tally, uint32_t d)
{
    return sums_both(tally->exits[d]);
}

static double door_net(const struct exodus_tally *tally, uint32_t d)
{
    return door_in(tally, d) - door_out(tally, d);
}

static double door_refused(const struct exodus_tally *tally, uint32_t d)
{
    return sums_both(tally->refused[d]);
}

static double door_gave_up(const struct exodus_tally *tally, uint32_t d)
{
    return sums_both(tally->gave_up[d]);
}

static double door_flight(const struct exodus_tally *tally, uint32_t d)
{
    return tally->entries[d][EXODUS_FLIGHT];
}

static double class_set_out(const struct exodus_tally *tally, uint32_t c)
{
    return tally->set_out[c];
}

static double class_admitted(const struct exodus_tally *tally, uint32_t c)
{
    return tally->admitted[c];
}

static double class_turned_away(const struct exodus_tally *tally, uint32_t c)
{
    return tally->turned_away[c];
}

static double class_waiting(const struct exodus_tally *tally, uint32_t c)
{
    return tally->waiting[c];
}

static double class_pool(const struct exodus_tally *tally, uint32_t c)
{
    return tally->pool[c];
}

static double class_stopped(const struct exodus_tally *tally, uint32_t c)
{
    return tally->stopped[c];
}

static double class_stranded(const struct exodus_tally *tally, uint32_t c)
{
    return tally->stranded[c];
}

struct summing {
    const struct exodus_replay *replay;
    double *values; /* [n_members] */
    uint32_t n;     /* doors, or classes */
};

/* Of number i, or of all together for i == n. */
static struct exodus_spread sums_spread(const struct summing *summing, sums_number *number,
                                        uint32_t i)
{
    const struct exodus_replay *replay = summing->replay;
    uint32_t first = i < summing->n ? i : 0, end = i < summing->n ? i + 1 : summing->n;
    for (uint32_t m = 0; m < replay->n_members; m++) {
        double sum = 0;
        for (uint32_t k = first; k < end; k++) {
            sum += number(&replay->tallies[m], k);
        }
        summing->values[m] = sum;
    }
    return exodus_spread_of(summing->values, replay->n_members);
}

static int sums_doors(struct arena *arena, struct summing *summing, struct exodus_sums *sums,
                      struct ajar_err *err)
{
    TRY_NEW(sums->doors, arena, summing->n + 1, err);
    for (uint32_t d = 0; d <= summing->n; d++) {
        sums->doors[d] =
            (struct exodus_door_sums){.in = sums_spread(summing, door_in, d),
                                      .out = sums_spread(summing, door_out, d),
                                      .net = sums_spread(summing, door_net, d),
                                      .refused = sums_spread(summing, door_refused, d),
                                      .gave_up = sums_spread(summing, door_gave_up, d),
                                      .flight_in = sums_spread(summing, door_flight, d)};
    }
    return 0;
}

static int sums_classes(struct arena *arena, struct summing *summing, struct exodus_sums *sums,
                        struct ajar_err *err)
{
    TRY_NEW(sums->classes, arena, summing->n + 1, err);
    for (uint32_t c = 0; c <= summing->n; c++) {
        sums->classes[c] =
            (struct exodus_class_sums){.set_out = sums_spread(summing, class_set_out, c),
                                       .admitted = sums_spread(summing, class_admitted, c),
                                       .turned_away = sums_spread(summing, class_turned_away, c),
                                       .waiting = sums_spread(summing, class_waiting, c),
                                       .pool = sums_spread(summing, class_pool, c),
                                       .stopped = sums_spread(summing, class_stopped, c),
                                       .stranded = sums_spread(summing, class_stranded, c)};
    }
    return 0;
}

int exodus_sums_of(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_replay *replay, struct exodus_sums *out,
                   struct ajar_err *err)
{
    struct exodus_sums sums;
    struct summing summing = {.replay = replay, .n = model->n_doors};
    TRY_NEW(summing.values, arena, replay->n_members, err);
    TRY(sums_doors(arena, &summing, &sums, err));
    summing.n = model->n_classes;
    TRY(sums_classes(arena, &summing, &sums, err));
    *out = sums;
    return 0;
}
