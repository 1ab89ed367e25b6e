#include "exodus_read_parts.h"

static bool place_is(const struct exodus_reader *reader, uint32_t place, const char *type)
{
    const struct scenario *scenario = reader->scenario;
    return text_is(scenario_name(scenario, scenario->places.type[place]), type);
}

static void region_place(struct exodus_reader *reader, const struct yaml_node *node, uint32_t index,
                         struct exodus_region *region)
{
    const struct places *places = &reader->scenario->places;
    uint32_t place;
    if (!exodus_find(reader, node, "places", &reader->places, "place of places.csv", &place)) {
        return;
    }
    double people = places->population[place];
    if (!place_is(reader, place, "origin")) {
        exodus_fault(reader, E_EXODUS_REGION, node, "places", "this place is no origin");
    } else if (reader->region_of[place] != EXODUS_NONE) {
        exodus_fault(reader, E_EXODUS_REGION, node, "places",
                     "this place stands in a region already");
    } else if (!(people > 0)) {
        exodus_fault(reader, E_EXODUS_REGION, node, "places",
                     "this place has no population, by which regions weigh");
    } else {
        region->weight += people;
        region->lat += people * places->lat[place];
        region->lon += people * places->lon[place];
    }
    reader->region_of[place] = index;
}

static void region_read(struct exodus_reader *reader, const struct yaml_node *map, uint32_t index,
                        struct exodus_region *region)
{
    static const char *const known[] = {"id", "title", "places"};
    exodus_id(reader, map, &reader->regions, &region->id);
    if (!exodus_only(reader, map, "regions", known, 3)) {
        return;
    }
    exodus_text(reader, exodus_need(reader, map, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &region->title);
    const struct yaml_node *list = exodus_list(reader, map, "places", reader->places.n);
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        region_place(reader, &list->items[i], index, region);
    }
}

static void regions_missing(struct exodus_reader *reader, const struct yaml_node *list)
{
    for (uint32_t i = 0; i < reader->scenario->places.n; i++) {
        if (reader->region_of[i] == EXODUS_NONE && place_is(reader, i, "origin")) {
            err_at(faults_add(reader->faults), E_EXODUS_REGION, EXODUS_MODEL_FILE, list->row,
                   "regions", reader->places.at[i], "this origin of places.csv is in no region");
        }
    }
}

static void regions_weigh(struct exodus_model *model)
{
    double people = 0;
    for (uint32_t i = 0; i < model->n_regions; i++) {
        people += model->regions[i].weight;
    }
    for (uint32_t i = 0; i < model->n_regions; i++) {
        struct exodus_region *at = &model->regions[i];
        if (at->weight > 0) {
            at->lat /= at->weight;
            at->lon /= at->weight;
            at->weight /= people;
        }
    }
}

int exodus_read_regions(struct exodus_reader *reader, const struct yaml_node *root,
                        struct ajar_err *err)
{
    const struct yaml_node *list = exodus_list(reader, root, "regions", EXODUS_REGIONS_MOST);
    size_t n_places = reader->scenario->places.n;
    TRY_NEW(reader->region_of, reader->scratch, n_places, err);
    for (size_t i = 0; i < n_places; i++) {
        reader->region_of[i] = EXODUS_NONE;
    }
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(reader->model.regions, reader->arena, list->n, err);
    TRY_NEW(reader->regions.at, reader->scratch, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        region_read(reader, &list->items[i], (uint32_t)i, &reader->model.regions[i]);
    }
    reader->model.n_regions = (uint32_t)list->n;
    regions_missing(reader, list);
    regions_weigh(&reader->model);
    return 0;
}
