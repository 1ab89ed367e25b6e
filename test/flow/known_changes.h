/* Worlds that differ in rows which became known after a day, and in nothing else. */
#ifndef TEST_FLOW_KNOWN_CHANGES_H
#define TEST_FLOW_KNOWN_CHANGES_H

#include <stdlib.h>

#include "rng.h"
#include "unit.h"
#include "world_flow.h"

static inline void *copy(struct arena *at, const void *from, size_t n, size_t more, size_t size)
{
    void *to = arena_get(at, n + more + 1, size, NULL);
    assert_non_null(to);
    if (n > 0) {
        memcpy(to, from, n * size);
    }
    return to;
}
#define COPY(at, list, n, more) ((list) = copy((at), (list), (n), (more), sizeof *(list)))

enum { MORE = 40 };

struct changer {
    struct arena *at;
    struct flow_world *world;
    date_days on, counted; /* reports later than `counted` */
    struct rng rng;
};

static inline uint32_t below(struct changer *it, size_t n)
{
    return rng_below(&it->rng, (uint32_t)n);
}

static inline date_days after(struct changer *it, date_days day)
{
    return day + 1 + (date_days)below(it, 500);
}

static inline int report_order(const void *left, const void *right)
{
    const struct flow_report *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static inline struct flow_report new_report(struct changer *it, size_t n_places)
{
    bool total = below(it, 8) == 0;
    return (struct flow_report){.place = total ? FLOW_NONE : below(it, n_places),
                                .part = below(it, 3),
                                .date = it->on - 300 + (date_days)below(it, 700),
                                .count = below(it, 1000000),
                                .known = after(it, it->counted),
                                .source = TEXT_LIT("later")};
}

/* Reports that were not known yet go, or are others; new ones come, of new places and parts too. */
static inline void change_reports(struct changer *it)
{
    struct flow_world *world = it->world;
    size_t n = 0, places = world->n_places;
    struct flow_report *list = arena_new(it->at, struct flow_report, world->n_reports + MORE, NULL);
    for (size_t i = 0; i < world->n_reports; i++) {
        bool later = world->reports[i].known > it->counted;
        if (later && below(it, 4) == 0) {
            continue;
        }
        list[n++] = later ? new_report(it, places) : world->reports[i];
    }
    for (int i = 0; i < MORE; i++) {
        list[n++] = new_report(it, places);
    }
    for (size_t i = 0; i < n; i++) {
        list[i].line = (long)i;
    }
    qsort(list, n, sizeof *list, report_order);
    world->reports = list;
    world->n_reports = n;
    COPY(it->at, world->uncounted_reports, world->n_uncounted_reports, 0);
    for (size_t i = 0; i < world->n_uncounted_reports; i++) {
        struct flow_report *at = &world->uncounted_reports[i];
        at->count = at->known > it->counted ? (int64_t)below(it, 1000000) : at->count;
    }
}

/* Who is counted at all, and in which order, is what the reports say. */
static inline void change_camps(struct changer *it)
{
    struct flow_world *world = it->world;
    uint8_t *is_camp = arena_new(it->at, uint8_t, world->n_places, NULL);
    uint32_t *camps = arena_new(it->at, uint32_t, world->n_places, NULL);
    size_t n = 0;
    for (size_t i = 0; i < world->n_reports; i++) {
        uint32_t place = world->reports[i].place;
        if (place != FLOW_NONE && is_camp[place] == 0) {
            is_camp[place] = 1;
            camps[n++] = place;
        }
    }
    for (size_t i = n; i-- > 1;) {
        size_t k = below(it, i + 1);
        uint32_t kept = camps[i];
        camps[i] = camps[k];
        camps[k] = kept;
    }
    world->camps = camps;
    world->n_camps = n;
}

static inline void change_corrections(struct changer *it)
{
    struct flow_world *world = it->world;
    COPY(it->at, world->corrections, world->n_corrections, MORE);
    for (size_t i = 0; i < world->n_corrections + MORE; i++) {
        struct flow_correction *at = &world->corrections[i];
        if (i >= world->n_corrections || at->known > it->on) {
            const struct flow_report *report = &world->reports[below(it, world->n_reports)];
            *at = (struct flow_correction){
                .place = report->place, .date = report->date, .known = after(it, it->on)};
        }
    }
    world->n_corrections += MORE;
}

static inline int conflict_order(const void *left, const void *right)
{
    const struct flow_conflict *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return (a->day > b->day) - (a->day < b->day);
}

static inline void change_conflicts(struct changer *it)
{
    struct flow_world *world = it->world;
    COPY(it->at, world->conflicts, world->n_conflicts, MORE);
    for (size_t i = 0; i < world->n_conflicts + MORE; i++) {
        struct flow_conflict *at = &world->conflicts[i];
        if (i >= world->n_conflicts || at->known > it->on) {
            *at = (struct flow_conflict){.place = below(it, world->n_places),
                                         .day = (int32_t)below(it, (size_t)world->n_days),
                                         .intensity = (double)below(it, 3),
                                         .known = after(it, it->on)};
        }
    }
    world->n_conflicts += MORE;
    qsort(world->conflicts, world->n_conflicts, sizeof *world->conflicts, conflict_order);
}

static inline void change_closures(struct changer *it)
{
    struct flow_world *world = it->world;
    COPY(it->at, world->closures, world->n_closures, MORE);
    int32_t today = it->on - world->start;
    for (size_t i = 0; i < world->n_closures + MORE; i++) {
        struct flow_closure *at = &world->closures[i];
        if (i >= world->n_closures || at->known > it->on) {
            const struct flow_road *road = &world->roads[below(it, world->n_roads)];
            int32_t from = (int32_t)below(it, (size_t)world->n_days);
            *at = (struct flow_closure){.type = (enum flow_closure_type)below(it, 6),
                                        .name1 = world->places[road->a].country,
                                        .name2 = world->places[road->b].country,
                                        .place1 = road->a,
                                        .place2 = road->b,
                                        .from = from,
                                        .to = from + (int32_t)below(it, 100) - 20,
                                        .known = after(it, it->on)};
        } else if (at->to > today) { /* an end to come is not known */
            at->to = below(it, 3) == 0 ? -1 : today + 1 + (int32_t)below(it, 500);
        }
    }
    world->n_closures += MORE;
}

static inline void change_roads(struct changer *it)
{
    struct flow_world *world = it->world;
    COPY(it->at, world->roads, world->n_roads, MORE);
    for (size_t i = 0; i < MORE; i++) {
        uint32_t a = below(it, world->n_places);
        world->roads[world->n_roads++] = (struct flow_road){
            .a = a,
            .b = (a + 1 + below(it, world->n_places - 1)) % (uint32_t)world->n_places,
            .km = 1 + below(it, 300),
            .forced = (uint8_t)below(it, 3),
            .known = after(it, it->on)};
    }
}

static inline void change_places(struct changer *it)
{
    struct flow_world *world = it->world;
    COPY(it->at, world->places, world->n_places, 0);
    int32_t today = it->on - world->start;
    for (size_t i = 0; i < world->n_places; i++) {
        struct flow_place *at = &world->places[i];
        if (at->capacity_known == DATE_NONE || at->capacity_known > it->on) {
            at->capacity_known = below(it, 2) == 0 ? DATE_NONE : after(it, it->on);
            at->capacity = (int64_t)below(it, 100000) - 1;
        }
        if (at->type == FLOW_TOWN && (at->conflict_day == INT32_MIN || at->conflict_day > today)) {
            at->conflict_day = below(it, 2) == 0 ? INT32_MIN : today + 1 + (int32_t)below(it, 500);
        }
    }
}

static inline struct flow_world change_later(struct arena *at, const struct flow_world *world,
                                             date_days on, int32_t lag, uint32_t seed)
{
    struct flow_world changed = *world;
    struct changer it = {at, &changed, on, on - lag, rng_at(seed, 9, 0, 0)};
    change_reports(&it);
    change_camps(&it);
    change_corrections(&it);
    change_conflicts(&it);
    change_closures(&it);
    change_roads(&it);
    change_places(&it);
    return changed;
}

#endif
