/* The placement as the page's script reads it: sides, moves, lots, and of each household its place and the cheapest
 * others.  Indices count from 0; scores and prices are micro-units. */
#include <math.h>

#include "report_page.h"
#include "report_place.h"

static void put_text(struct report_json *data, const char *key, struct text value)
{
    json_key(&data->json, key);
    json_put_text(&data->json, value);
}

static void put_sides(struct report_json *data, const char *key,
                      const struct report_place_side *sides, size_t n)
{
    report_json_array(data, key);
    for (size_t i = 0; i < n; i++) {
        json_begin_object(&data->json);
        put_text(data, "code", sides[i].code);
        put_text(data, "name", sides[i].name);
        report_json_number(data, "lat", sides[i].lat);
        report_json_number(data, "lon", sides[i].lon);
        report_json_int(data, "households", sides[i].households);
        report_json_int(data, "people", sides[i].people);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

static int64_t index_of(const struct report_place_side *sides, size_t n, struct text code)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq(sides[i].code, code)) {
            return (int64_t)i;
        }
    }
    return -1;
}

static void put_moves(struct report_json *data, const struct report_place *place)
{
    report_json_array(data, "moves");
    for (size_t i = 0; i < place->chain->n_moves; i++) {
        const struct place_move *move = &place->chain->moves[i];
        json_begin_array(&data->json);
        json_put_int(&data->json, index_of(place->froms, place->n_froms, move->from));
        json_put_int(&data->json, index_of(place->states, place->n_states, move->state));
        json_put_int(&data->json, move->households);
        json_put_int(&data->json, move->people);
        json_end_array(&data->json);
    }
    json_end_array(&data->json);
}

static void put_lots(struct report_json *data, const struct report_place *place)
{
    const struct programme *programme = place->chain->programme;
    report_json_array(data, "resources");
    for (uint32_t r = 0; r < programme->problem.n_resources; r++) {
        json_put_text(&data->json, programme->names.resource[r]);
    }
    json_end_array(&data->json);
    report_json_array(data, "lots");
    for (uint32_t l = 0; l < programme->problem.n_localities; l++) {
        json_begin_object(&data->json);
        put_text(data, "id", programme->names.locality[l]);
        put_text(data, "place", programme->place[l]);
        report_json_int(data, "state", place->state_of[l]);
        json_end_object(&data->json);
    }
    json_end_array(&data->json);
}

/* [lot, score, price, resource that lacks or -1, units] */
static void put_option(struct report_json *data, const struct report_place_option *option)
{
    json_begin_array(&data->json);
    json_put_int(&data->json, option->locality);
    json_put_int(&data->json, option->score_micro);
    json_put_int(&data->json, option->price_micro);
    json_put_int(&data->json, option->resource == PLACE_NONE ? -1 : (int64_t)option->resource);
    json_put_int(&data->json, option->lacks);
    json_end_array(&data->json);
}

static void put_household(struct report_json *data, const struct report_place *place, uint32_t h)
{
    const struct place_chain *chain = place->chain;
    uint32_t lot = chain->plan.plan.place[h];
    json_begin_object(&data->json);
    put_text(data, "id", chain->programme->names.household[h]);
    report_json_int(data, "from", place->from_of[h]);
    report_json_int(data, "lot", lot == PLACE_NONE ? -1 : (int64_t)lot);
    report_json_int(data, "score", lot == PLACE_NONE ? 0 : chain->households[h].chosen.score_micro);
    report_json_array(data, "options");
    for (uint32_t i = place->option_first[h]; i < place->option_first[h + 1]; i++) {
        put_option(data, &place->options[i]);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

void report_place_data(struct report_json *data, const struct report_place *place)
{
    json_key(&data->json, "placement");
    if (place == NULL) {
        json_put_null(&data->json);
        return;
    }
    json_begin_object(&data->json);
    report_json_date(data, "on", place->chain->on);
    report_json_int(data, "total", place->chain->plan.plan.objective_micro);
    report_json_int(data, "bound", place->chain->plan.plan.bound_micro);
    put_sides(data, "states", place->states, place->n_states);
    put_sides(data, "froms", place->froms, place->n_froms);
    put_moves(data, place);
    put_lots(data, place);
    report_json_array(data, "households");
    for (uint32_t h = 0; h < place->chain->programme->problem.n_households; h++) {
        put_household(data, place, h);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}
