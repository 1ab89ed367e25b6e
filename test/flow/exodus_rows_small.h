/* Three doors by hand, as rows ask of them. */
#ifndef TEST_FLOW_EXODUS_ROWS_SMALL_H
#define TEST_FLOW_EXODUS_ROWS_SMALL_H

#include <math.h>

#include "exodus_rows.h"
#include "unit.h"

#define THREE_DAYS  30
#define THREE_FROM  ((date_days)19236) /* 1 September 2022 */
#define THREE_ORDER (THREE_FROM + 20)
#define THREE_KNOWN (THREE_FROM + 25)

enum { FIN, EST, GEO, THREE };

struct three {
    struct arena arena;
    struct exodus_model model;
    struct exodus_door doors[THREE];
    struct exodus_route fin[4], est[2];
    struct exodus_class classes[2];
    struct exodus_region regions[1];
    struct exodus_param params[3];
    struct exodus_what_if what_if;
};

static struct three three;

static inline struct exodus_value three_number(double number)
{
    return (struct exodus_value){EXODUS_FIXED, number};
}

static inline void three_doors(void)
{
    three.fin[0] = (struct exodus_route){TEXT_LIT("FIN"), TEXT_LIT("land"), {1, 1}, 0};
    three.fin[1] = (struct exodus_route){TEXT_LIT("FIN"), TEXT_LIT("land:part"), {0.5, 0.25}, 0.3};
    three.fin[2] = (struct exodus_route){TEXT_LIT("EU27"), TEXT_LIT("land"), {1, 1}, 0};
    three.fin[3] = (struct exodus_route){TEXT_LIT("FIN"), TEXT_LIT("land:border"), {1, 1}, 0};
    three.est[0] = (struct exodus_route){TEXT_LIT("EST"), TEXT_LIT("land:Narva"), {0.7, 0.7}, 0};
    three.est[1] = (struct exodus_route){TEXT_LIT("EU27"), TEXT_LIT("land"), {1, 1}, 0};
    for (int d = 0; d < THREE; d++) {
        struct exodus_door *door = &three.doors[d];
        *door =
            (struct exodus_door){.traffic = three_number(700), .russians = 1, .traffic_rest = 1};
        door->traffic_class[0] = three_number(0.25);
        for (int i = 0; i < 7; i++) {
            door->weekday[i] = 1;
        }
        door->km[0] = 100;
    }
    three.doors[FIN].id = TEXT_LIT("fin");
    three.doors[EST].id = TEXT_LIT("est");
    three.doors[GEO].id = TEXT_LIT("geo");
    three.doors[FIN].country = TEXT_LIT("FIN");
    three.doors[EST].country = TEXT_LIT("EST");
    three.doors[GEO].country = TEXT_LIT("GEO");
    three.doors[FIN].russians = 0.8;
    three.doors[FIN].n_routes = 4;
    three.doors[FIN].routes = three.fin;
    three.doors[EST].n_routes = 2;
    three.doors[EST].routes = three.est;
}

static inline void three_params(void)
{
    three.params[0] = (struct exodus_param){.id = TEXT_LIT("traffic"),
                                            .title = TEXT_LIT("Traffic"),
                                            .prior = EXODUS_LOGNORMAL,
                                            .fitted = true,
                                            .a = 700,
                                            .b = 0.5};
    three.params[1] = (struct exodus_param){
        .id = TEXT_LIT("returns"), .prior = EXODUS_BETA, .fitted = true, .a = 2, .b = 3};
    three.params[2] = (struct exodus_param){
        .id = TEXT_LIT("gives_up"), .prior = EXODUS_NORMAL, .a = 0.4, .b = 0.1};
    three.doors[FIN].traffic.param = 0;
    three.model.returns.param = 1;
    three.model.gives_up.param = 2;
}

static inline int three_setup(void **state)
{
    (void)state;
    memset(&three, 0, sizeof three);
    arena_init(&three.arena, "test", (size_t)1 << 28);
    three.classes[0] =
        (struct exodus_class){.id = TEXT_LIT("permit"), .flight = three_number(0.25)};
    three.classes[1] = (struct exodus_class){.id = TEXT_LIT("none"), .flight = three_number(0)};
    three.regions[0].weight = 1;
    three.model = (struct exodus_model){.title = TEXT_LIT("three"),
                                        .from = THREE_FROM,
                                        .to = THREE_FROM + THREE_DAYS - 1,
                                        .order = THREE_ORDER,
                                        .as_known = THREE_KNOWN,
                                        .n_days = THREE_DAYS,
                                        .n_doors = THREE,
                                        .n_classes = 2,
                                        .n_regions = 1,
                                        .n_params = 3,
                                        .doors = three.doors,
                                        .classes = three.classes,
                                        .regions = three.regions,
                                        .params = three.params,
                                        .flight_rest = 1,
                                        .n_what_ifs = 1,
                                        .what_ifs = &three.what_if};
    struct exodus_value *numbers[] = {
        &three.model.flight,       &three.model.peak_days,       &three.model.half_life_days,
        &three.model.distance,     &three.model.wait_dislike,    &three.model.tries_shut,
        &three.model.pool_days,    &three.model.gives_up,        &three.model.discretion,
        &three.model.queue_leaves, &three.model.returns,         &three.model.traffic_stay_days,
        &three.model.onward,       &three.model.flight_stay_days};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        *numbers[i] = three_number(0);
    }
    three.model.half_life_days = three_number(10);
    three_doors();
    for (int d = 0; d < THREE; d++) {
        three.doors[d].pull = three.doors[d].capacity = three_number(0);
        three.doors[d].traffic_class[1] = three_number(0);
    }
    three_params();
    return 0;
}

static inline int three_teardown(void **state)
{
    (void)state;
    arena_free(&three.arena);
    return 0;
}

/* Days of the run, both included. */
static inline struct exodus_row three_row(const char *country, const char *route,
                                          const char *measure, int first, int last, double value)
{
    return (struct exodus_row){.from = THREE_FROM + first,
                               .to = THREE_FROM + last,
                               .country = text_of(country),
                               .route = text_of(route),
                               .measure = text_of(measure),
                               .first_part = 1,
                               .last_part = 1,
                               .value = value};
}

/* Fitted, and published on that day of the run. */
static inline struct exodus_seen three_seen(struct exodus_row row, int known, double scale)
{
    return (struct exodus_seen){
        .row = row, .known = THREE_FROM + known, .use = EXODUS_FIT, .scale = scale};
}

#endif
