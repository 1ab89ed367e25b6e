#include "known.h"

static bool by(date_days known, date_days on)
{
    return known <= on;
}

static int keep_reports(struct arena *arena, const struct flow_report *from, size_t n, date_days on,
                        struct flow_report **out, size_t *kept, struct ajar_err *err)
{
    struct flow_report *list;
    *kept = 0;
    TRY_NEW(list, arena, n, err);
    for (size_t i = 0; i < n; i++) {
        if (by(from[i].known, on)) {
            list[(*kept)++] = from[i];
        }
    }
    *out = list;
    return 0;
}

static int keep_corrections(struct arena *arena, const struct flow_world *world, date_days on,
                            struct flow_world *out, struct ajar_err *err)
{
    out->n_corrections = 0;
    TRY_NEW(out->corrections, arena, world->n_corrections, err);
    for (size_t i = 0; i < world->n_corrections; i++) {
        if (by(world->corrections[i].known, on)) {
            out->corrections[out->n_corrections++] = world->corrections[i];
        }
    }
    return 0;
}

static int keep_conflicts(struct arena *arena, const struct flow_world *world, date_days on,
                          struct flow_world *out, struct ajar_err *err)
{
    out->n_conflicts = 0;
    TRY_NEW(out->conflicts, arena, world->n_conflicts, err);
    for (size_t i = 0; i < world->n_conflicts; i++) {
        if (by(world->conflicts[i].known, on)) {
            out->conflicts[out->n_conflicts++] = world->conflicts[i];
        }
    }
    return 0;
}

static int keep_closures(struct arena *arena, const struct flow_world *world, date_days on,
                         struct flow_world *out, struct ajar_err *err)
{
    out->n_closures = 0;
    TRY_NEW(out->closures, arena, world->n_closures, err);
    for (size_t i = 0; i < world->n_closures; i++) {
        struct flow_closure closure = world->closures[i];
        if (by(closure.known, on)) {
            bool ended = (int64_t)world->start + closure.to <= on;
            closure.to = ended ? closure.to : -1;
            out->closures[out->n_closures++] = closure;
        }
    }
    return 0;
}

static int keep_roads(struct arena *arena, const struct flow_world *world, date_days on,
                      struct flow_world *out, struct ajar_err *err)
{
    out->n_roads = 0;
    TRY_NEW(out->roads, arena, world->n_roads, err);
    for (size_t i = 0; i < world->n_roads; i++) {
        if (world->roads[i].known == DATE_NONE || by(world->roads[i].known, on)) {
            out->roads[out->n_roads++] = world->roads[i];
        }
    }
    return 0;
}

static int keep_places(struct arena *arena, const struct flow_world *world, date_days on,
                       struct flow_world *out, struct ajar_err *err)
{
    TRY_NEW(out->places, arena, world->n_places, err);
    for (size_t i = 0; i < world->n_places; i++) {
        struct flow_place place = world->places[i];
        if (place.capacity_known == DATE_NONE || !by(place.capacity_known, on)) {
            place.capacity = -1;
            place.capacity_known = DATE_NONE;
        }
        if (place.conflict_day != INT32_MIN && (int64_t)world->start + place.conflict_day > on) {
            place.conflict_day = INT32_MIN;
            place.type = place.type == FLOW_CONFLICT ? FLOW_TOWN : place.type;
        }
        out->places[i] = place;
    }
    return 0;
}

bool flow_counted(const struct flow_world *known, uint32_t place)
{
    size_t from = 0, to = known->n_reports;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (known->reports[middle].place < place) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < known->n_reports && known->reports[from].place == place;
}

int flow_known(struct arena *arena, const struct flow_world *world, date_days on, int32_t lag,
               struct flow_world *out, struct ajar_err *err)
{
    struct flow_world made = *world;
    if (on == DATE_NONE || lag < 0 || lag > FLOW_LAG_MOST) {
        return err_set(err, E_FLOW_OPTION,
                       "what was known needs a date and a lag of 0 to %d days, not %d",
                       FLOW_LAG_MOST, lag);
    }
    date_days counted = on < INT32_MIN + 1 + lag ? INT32_MIN + 1 : on - lag;
    TRY(keep_places(arena, world, on, &made, err));
    TRY(keep_roads(arena, world, on, &made, err));
    TRY(keep_closures(arena, world, on, &made, err));
    TRY(keep_conflicts(arena, world, on, &made, err));
    TRY(keep_corrections(arena, world, on, &made, err));
    TRY(keep_reports(arena, world->reports, world->n_reports, counted, &made.reports,
                     &made.n_reports, err));
    TRY(keep_reports(arena, world->uncounted_reports, world->n_uncounted_reports, counted,
                     &made.uncounted_reports, &made.n_uncounted_reports, err));
    *out = made;
    return 0;
}
