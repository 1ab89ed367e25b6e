/* Plan files: the explanations, read back. */
#include "place_file_parts.h"

static const char *const choice_keys[] = {
    "locality", "score_micro", "charge", "left", "room", "binding", "lacks", "binding_quota", NULL};
static const char *const household_keys[] = {"household",       "locked",
                                             "chosen",          "others",
                                             "change_locality", "change_resource",
                                             "change_units",    "change_gain_micro",
                                             "regret",          NULL};
static const char *const locality_keys[] = {"locality",  "placed", "score_micro",
                                            "resources", "wanted", NULL};
static const char *const resource_keys[] = {"resource", "capacity", "used", "price", NULL};

static void read_choice(const struct place_file_reading *reading, const struct place_file_at *at,
                        struct explain_choice *out)
{
    place_file_only(reading, at, choice_keys);
    out->locality =
        place_file_name(reading, at, "locality", &reading->localities, "locality", true);
    out->score_micro = (int32_t)place_file_whole(reading, at, "score_micro",
                                                 -(int64_t)PLACE_SCORE_MOST, PLACE_SCORE_MOST);
    out->charge = place_file_whole(reading, at, "charge", INT64_MIN, INT64_MAX);
    out->left = place_file_whole(reading, at, "left", INT64_MIN, INT64_MAX);
    out->room = place_file_bool(reading, at, "room");
    out->binding = place_file_name(reading, at, "binding", &reading->resources, "resource", true);
    out->binding_quota = PLACE_NONE;
    if (place_file_value(reading, at, "binding_quota", PLACE_FILE_WHOLE, true) != NULL) {
        out->binding_quota = (uint32_t)place_file_whole(
            reading, at, "binding_quota", 0, (int64_t)reading->programme->side.n_quotas - 1);
    }
    out->lacks = place_file_whole(reading, at, "lacks", INT64_MIN, INT64_MAX);
}

static void read_others(const struct place_file_reading *reading, const struct place_file_at *at,
                        struct explain_household *out)
{
    const json_t *list = place_file_value(reading, at, "others", PLACE_FILE_LIST, false);
    if (json_array_size(list) > EXPLAIN_OTHERS) {
        place_file_fault(reading, E_PLACE_FILE, at, "others", TEXT_LIT(""),
                         "at most %d alternatives are told", EXPLAIN_OTHERS);
        return;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at one;
        if (place_file_row(reading, at, "others", list, i, &one)) {
            read_choice(reading, &one, &out->others[out->n_others++]);
        }
    }
}

static void read_household(const struct place_file_reading *reading, const struct place_file_at *at,
                           struct explain_household *out)
{
    struct place_file_at chosen = *at;
    place_file_only(reading, at, household_keys);
    out->locked = place_file_bool(reading, at, "locked");
    chosen.object = place_file_value(reading, at, "chosen", PLACE_FILE_OBJECT, false);
    if (chosen.object != NULL) {
        read_choice(reading, &chosen, &out->chosen);
    }
    read_others(reading, at, out);
    out->change_locality =
        place_file_name(reading, at, "change_locality", &reading->localities, "locality", true);
    out->change_resource = place_file_name(reading, at, "change_resource", &reading->resources,
                                           "resource", out->change_locality == PLACE_NONE);
    out->change_units = place_file_whole(reading, at, "change_units", 0, INT64_MAX);
    out->change_gain_micro = (int32_t)place_file_whole(reading, at, "change_gain_micro",
                                                       -2 * (int64_t)PLACE_SCORE_MOST, INT32_MAX);
    out->regret = place_file_whole(reading, at, "regret", INT64_MIN, INT64_MAX);
}

static int read_households(const struct place_file_reading *reading, const struct place_file_at *of,
                           struct place_file *out, struct ajar_err *err)
{
    uint32_t n = reading->programme->problem.n_households;
    struct explain_household *all;
    bool *seen;
    TRY_NEW(all, reading->arena, n, err);
    TRY_NEW(seen, reading->arena, n, err);
    const json_t *list = place_file_value(reading, of, "households", PLACE_FILE_LIST, false);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, of, "households", list, i, &at)) {
            continue;
        }
        uint32_t h =
            place_file_name(reading, &at, "household", &reading->households, "household", false);
        if (h != PLACE_NONE && seen[h]) {
            place_file_fault(reading, E_PLACE_TWICE, &at, "household",
                             reading->programme->names.household[h],
                             "this household is explained twice");
        } else if (h != PLACE_NONE) {
            seen[h] = true;
            all[h].household = h;
            read_household(reading, &at, &all[h]);
        }
    }
    if (list != NULL && json_array_size(list) < n) {
        place_file_fault(reading, E_PLACE_FILE, of, "households", TEXT_LIT(""),
                         "%zu households are explained, %u there are", json_array_size(list), n);
    }
    out->households = all;
    return 0;
}

static void read_resources(const struct place_file_reading *reading, const struct place_file_at *of,
                           struct explain_locality *out)
{
    uint32_t n = reading->programme->problem.n_resources;
    const json_t *list = place_file_value(reading, of, "resources", PLACE_FILE_LIST, false);
    if (list != NULL && json_array_size(list) != n) {
        place_file_fault(reading, E_PLACE_FILE, of, "resources", TEXT_LIT(""),
                         "%zu resources are told, %u there are", json_array_size(list), n);
        return;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, of, "resources", list, i, &at)) {
            continue;
        }
        place_file_only(reading, &at, resource_keys);
        uint32_t r =
            place_file_name(reading, &at, "resource", &reading->resources, "resource", false);
        if (r != PLACE_NONE) {
            out->resources[r] = (struct explain_resource){
                .capacity = place_file_whole(reading, &at, "capacity", INT64_MIN, INT64_MAX),
                .used = place_file_whole(reading, &at, "used", INT64_MIN, INT64_MAX),
                .price = place_file_whole(reading, &at, "price", INT64_MIN, INT64_MAX)};
        }
    }
}

static int read_localities(const struct place_file_reading *reading, const struct place_file_at *of,
                           struct place_file *out, struct ajar_err *err)
{
    uint32_t n = reading->programme->problem.n_localities;
    struct explain_locality *all;
    bool *seen;
    TRY_NEW(all, reading->arena, n, err);
    TRY_NEW(seen, reading->arena, n, err);
    const json_t *list = place_file_value(reading, of, "localities", PLACE_FILE_LIST, false);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, of, "localities", list, i, &at)) {
            continue;
        }
        place_file_only(reading, &at, locality_keys);
        uint32_t l =
            place_file_name(reading, &at, "locality", &reading->localities, "locality", false);
        if (l == PLACE_NONE || seen[l]) {
            continue;
        }
        seen[l] = true;
        all[l].locality = l;
        TRY_NEW(all[l].resources, reading->arena, reading->programme->problem.n_resources, err);
        all[l].placed = (uint32_t)place_file_whole(reading, &at, "placed", 0, UINT32_MAX - 1);
        all[l].score_micro = place_file_whole(reading, &at, "score_micro", INT64_MIN, INT64_MAX);
        all[l].wanted = (uint32_t)place_file_whole(reading, &at, "wanted", 0, UINT32_MAX - 1);
        read_resources(reading, &at, &all[l]);
    }
    for (uint32_t l = 0; list != NULL && l < n; l++) {
        if (!seen[l]) {
            place_file_fault(reading, E_PLACE_FILE, of, "localities",
                             reading->programme->names.locality[l],
                             "this locality is not explained");
        }
    }
    out->localities = all;
    return 0;
}

int place_file_explanations(const struct place_file_reading *reading,
                            const struct place_file_at *root, struct place_file *out,
                            struct ajar_err *err)
{
    static const char *const keys[] = {"households", "localities", NULL};
    struct place_file_at at = {.path = "explanations"};
    at.object = place_file_value(reading, root, "explanations", PLACE_FILE_OBJECT, true);
    if (at.object == NULL) {
        return 0;
    }
    place_file_only(reading, &at, keys);
    TRY(read_households(reading, &at, out, err));
    return read_localities(reading, &at, out, err);
}
