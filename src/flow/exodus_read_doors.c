#include "exodus_read_parts.h"

#include <math.h>

static void door_papers(struct exodus_reader *reader, const struct yaml_node *door_map,
                        struct exodus_door *door)
{
    const struct yaml_node *map = exodus_need(reader, door_map, "papers", YAML_MAP);
    size_t rests = 0;
    double sum = 0;
    for (size_t i = 0; map != NULL && i < map->n; i++) {
        uint32_t class;
        if (!exodus_find(reader, &map->keys[i], "papers", &reader->classes, "class", &class)) {
            continue;
        }
        if (text_is(map->items[i].text, "rest")) {
            door->traffic_rest = class;
            if (++rests == 2) {
                exodus_fault(reader, E_EXODUS_REST, &map->items[i], "papers",
                             "another class has the rest already");
            }
            continue;
        }
        exodus_value(reader, &map->items[i], "papers", 0, 1, &door->traffic_class[class]);
        sum += door->traffic_class[class].fixed;
    }
    if (map != NULL && rests == 0) {
        exodus_fault(reader, E_EXODUS_REST, map, "papers", "no class has the rest of the traffic");
    }
    if (sum > 1 + EXODUS_PARTS_ROUND) {
        exodus_fault(reader, E_EXODUS_REST, map, "papers",
                     "the parts add up to %.4g, and the rest is what is left of 1", sum);
    }
}

static void door_weekday(struct exodus_reader *reader, const struct yaml_node *map,
                         struct exodus_door *door)
{
    const struct yaml_node *list = exodus_may(reader, map, "weekday", YAML_LIST);
    double sum = 0;
    bool good = true;
    for (size_t i = 0; i < 7; i++) {
        door->weekday[i] = 1;
    }
    if (list == NULL) {
        return;
    }
    if (list->n != 7) {
        exodus_fault(reader, E_EXODUS_WEEKDAY, list, "weekday",
                     "seven numbers are expected here, Monday first");
        return;
    }
    for (size_t i = 0; i < 7; i++) {
        good &= exodus_number(reader, &list->items[i], "weekday", 0, 7, &door->weekday[i]);
        sum += door->weekday[i];
    }
    if (good && fabs(sum / 7 - 1) > .01 + EXODUS_PARTS_ROUND) {
        exodus_fault(reader, E_EXODUS_WEEKDAY, list, "weekday", "the mean of these is %.4g, not 1",
                     sum / 7);
        return;
    }
    for (size_t i = 0; good && i < 7; i++) {
        door->weekday[i] *= 7 / sum;
    }
}

static void route_read(struct exodus_reader *reader, const struct yaml_node *map,
                       const struct exodus_door *door, struct exodus_route *out)
{
    static const char *const known[] = {"country", "route", "share", "traffic_share", "spread"};
    double share = 1;
    if (!exodus_only(reader, map, "routes", known, sizeof known / sizeof *known)) {
        return;
    }
    out->country = door->country;
    exodus_country(reader, exodus_may(reader, map, "country", YAML_SCALAR), "country",
                   &out->country);
    exodus_text(reader, exodus_need(reader, map, "route", YAML_SCALAR), "route", EXODUS_TITLE_MOST,
                &out->route);
    exodus_number(reader, exodus_may(reader, map, "share", YAML_SCALAR), "share", 0, 1, &share);
    out->share[EXODUS_FLIGHT] = out->share[EXODUS_TRAFFIC] = share;
    exodus_number(reader, exodus_may(reader, map, "traffic_share", YAML_SCALAR), "traffic_share", 0,
                  1, &out->share[EXODUS_TRAFFIC]);
    exodus_number(reader, exodus_may(reader, map, "spread", YAML_SCALAR), "spread", 0, 10,
                  &out->spread);
}

static int door_routes(struct exodus_reader *reader, const struct yaml_node *map,
                       struct exodus_door *door, struct ajar_err *err)
{
    if (yaml_get(map, "routes") == NULL) {
        return 0;
    }
    const struct yaml_node *list = exodus_list(reader, map, "routes", EXODUS_ROUTES_MOST);
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(door->routes, reader->arena, list->n, err);
    for (; door->n_routes < list->n; door->n_routes++) {
        struct exodus_route *route = &door->routes[door->n_routes];
        route_read(reader, &list->items[door->n_routes], door, route);
        for (size_t i = 0; route->route.n > 0 && i < door->n_routes; i++) {
            if (text_eq(door->routes[i].country, route->country) &&
                text_eq(door->routes[i].route, route->route)) {
                exodus_fault(reader, E_EXODUS_TWICE, &list->items[door->n_routes], "routes",
                             "this route of the country stands at the door already");
            }
        }
    }
    return 0;
}

static int door_places(struct exodus_reader *reader, const struct yaml_node *map,
                       struct exodus_door *door, struct ajar_err *err)
{
    static const char *const what = "place of places.csv";
    const struct yaml_node *list = exodus_list(reader, map, "near", EXODUS_LIST_MOST);
    uint32_t near[EXODUS_LIST_MOST], at;
    size_t n = 0;
    if (exodus_find(reader, exodus_need(reader, map, "at", YAML_SCALAR), "at", &reader->places,
                    what, &at)) {
        door->lat = reader->scenario->places.lat[at];
        door->lon = reader->scenario->places.lon[at];
    }
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        n += exodus_find(reader, &list->items[i], "near", &reader->places, what, &near[n]);
    }
    /* After a fault nobody looks at a distance, and a damaged file is refused sooner. */
    return reader->faults->total > reader->faults_before
               ? 0
               : exodus_km(reader, near, n, door->km, err);
}

static int door_crossings(struct exodus_reader *reader, const struct yaml_node *map,
                          struct exodus_door *door, struct ajar_err *err)
{
    const struct yaml_node *list = exodus_list(reader, map, "crossings", EXODUS_LIST_MOST);
    if (list != NULL) {
        TRY_NEW(door->crossings, reader->arena, list->n, err);
        exodus_texts(reader, list, "crossings", door->crossings, &door->n_crossings);
    }
    return 0;
}

static int door_read(struct exodus_reader *reader, const struct yaml_node *map,
                     struct exodus_door *door, struct ajar_err *err)
{
    static const char *const known[] = {"id",       "title",    "country", "crossings", "near",
                                        "at",       "traffic",  "papers",  "weekday",   "pull",
                                        "capacity", "russians", "routes"};
    exodus_id(reader, map, &reader->doors, &door->id);
    door->traffic.param = door->pull.param = door->capacity.param = EXODUS_FIXED;
    door->russians = 1;
    for (size_t i = 0; i < EXODUS_CLASSES_MOST; i++) {
        door->traffic_class[i].param = EXODUS_FIXED;
    }
    if (!exodus_only(reader, map, "doors", known, sizeof known / sizeof *known)) {
        return 0;
    }
    exodus_text(reader, exodus_need(reader, map, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &door->title);
    exodus_country(reader, exodus_need(reader, map, "country", YAML_SCALAR), "country",
                   &door->country);
    TRY(door_crossings(reader, map, door, err));
    exodus_value(reader, exodus_need(reader, map, "traffic", YAML_SCALAR), "traffic", 0,
                 EXODUS_PEOPLE, &door->traffic);
    door_papers(reader, map, door);
    door_weekday(reader, map, door);
    exodus_value(reader, exodus_may(reader, map, "pull", YAML_SCALAR), "pull", -50, 50,
                 &door->pull);
    exodus_value(reader, exodus_may(reader, map, "capacity", YAML_SCALAR), "capacity", 0,
                 EXODUS_PEOPLE, &door->capacity);
    exodus_number(reader, exodus_may(reader, map, "russians", YAML_SCALAR), "russians", .001, 1,
                  &door->russians);
    TRY(door_routes(reader, map, door, err));
    return door_places(reader, map, door, err);
}

int exodus_read_doors(struct exodus_reader *reader, const struct yaml_node *root,
                      struct ajar_err *err)
{
    const struct yaml_node *list = exodus_list(reader, root, "doors", EXODUS_DOORS_MOST);
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(reader->model.doors, reader->arena, list->n, err);
    TRY_NEW(reader->doors.at, reader->scratch, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        TRY(door_read(reader, &list->items[i], &reader->model.doors[i], err));
    }
    reader->model.n_doors = (uint32_t)list->n;
    return 0;
}
