/* Plan files: read back against the tables that they are of. */
#include <string.h>

#include "place_file_parts.h"

static const char *const root_keys[] = {
    "format",       "version", "made_by", "method",          "seed",        "floors",
    "on",           "inputs",  "gap",     "objective_micro", "bound_micro", "price_bound_micro",
    "rounds",       "proven",  "prices",  "resources",       "quotas",      "plan",
    "explanations", NULL};
static const char *const input_keys[] = {"table", "file", "sha256", NULL};
static const char *const price_keys[] = {"locality", "price", NULL};
static const char *const quota_keys[] = {"state", "resource", "most", "price", NULL};
static const char *const plan_keys[] = {"household", "locality", NULL};

static int read_copy(const struct place_file_reading *reading, struct text from, const char **out,
                     struct ajar_err *err)
{
    return text_copy(reading->arena, from, out, err);
}

/* ---- Head ---- */

/* Whether it is such a file at all: what is not is not read further. */
bool place_file_format(const struct place_file_reading *reading, const struct place_file_at *root)
{
    uint64_t before = reading->faults->total;
    struct text format = place_file_text(reading, root, "format", false);
    int64_t version = place_file_whole(reading, root, "version", INT64_MIN, INT64_MAX);
    if (reading->faults->total != before) {
        return false;
    }
    if (!text_is(format, PLACE_FILE_FORMAT)) {
        place_file_fault(reading, E_PLACE_FILE, root, "format", format,
                         "a plan file says \"%s\" here", PLACE_FILE_FORMAT);
        return false;
    }
    if (version != PLACE_FILE_VERSION) {
        place_file_fault(reading, E_PLACE_FILE, root, "version", TEXT_LIT(""),
                         "this version of ajar reads version %d, and the file has %lld",
                         PLACE_FILE_VERSION, (long long)version);
        return false;
    }
    return true;
}

static bool read_is_hash(struct text hash)
{
    for (size_t i = 0; i < hash.n; i++) {
        char c = hash.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return hash.n == SHA256_HEX - 1;
}

static int read_inputs(const struct place_file_reading *reading, const struct place_file_at *root,
                       struct place_file *out, struct ajar_err *err)
{
    const json_t *list = place_file_value(reading, root, "inputs", PLACE_FILE_LIST, false);
    struct place_file_input *inputs;
    TRY_NEW(inputs, reading->arena, json_array_size(list), err);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, root, "inputs", list, i, &at)) {
            continue;
        }
        place_file_only(reading, &at, input_keys);
        struct text hash = place_file_text(reading, &at, "sha256", false);
        TRY(read_copy(reading, place_file_text(reading, &at, "table", false), &inputs[i].table,
                      err));
        TRY(read_copy(reading, place_file_text(reading, &at, "file", false), &inputs[i].file, err));
        if (!read_is_hash(hash)) {
            place_file_fault(reading, E_PLACE_FILE, &at, "sha256", hash,
                             "a SHA-256 is 64 digits of 0 to 9 and a to f");
            continue;
        }
        memcpy(inputs[i].sha256, hash.at, SHA256_HEX - 1);
    }
    out->inputs = inputs;
    out->n_inputs = json_array_size(list);
    return 0;
}

static int read_head(const struct place_file_reading *reading, const struct place_file_at *root,
                     struct place_file *out, struct ajar_err *err)
{
    const json_t *floors = place_file_value(reading, root, "floors", PLACE_FILE_TEXT, true);
    struct text on = place_file_text(reading, root, "on", true);
    TRY(read_copy(reading, place_file_text(reading, root, "made_by", false), &out->made_by, err));
    TRY(read_copy(reading, place_file_text(reading, root, "method", false), &out->method, err));
    if (floors != NULL) {
        TRY(read_copy(reading, place_file_text(reading, root, "floors", true), &out->floors, err));
    }
    out->seed = (uint64_t)place_file_whole(reading, root, "seed", 0, INT64_MAX);
    out->on = DATE_NONE;
    if (on.n > 0 && !date_parse(on, &out->on)) {
        place_file_fault(reading, E_PLACE_FILE, root, "on", on, "a day is written YYYY-MM-DD");
    }
    return read_inputs(reading, root, out, err);
}

static void read_sums(const struct place_file_reading *reading, const struct place_file_at *root,
                      struct place_result *plan)
{
    const json_t *gap = place_file_value(reading, root, "gap", PLACE_FILE_NUMBER, false);
    plan->objective_micro =
        place_file_whole(reading, root, "objective_micro", INT64_MIN, INT64_MAX);
    plan->bound_micro = place_file_whole(reading, root, "bound_micro", INT64_MIN, INT64_MAX);
    plan->price_bound_micro =
        place_file_whole(reading, root, "price_bound_micro", INT64_MIN, INT64_MAX);
    plan->gap = gap == NULL ? 0 : json_number_value(gap);
    plan->rounds = (uint64_t)place_file_whole(reading, root, "rounds", 0, INT64_MAX);
    plan->proven = place_file_bool(reading, root, "proven");
}

/* ---- Prices ---- */

/* Whether the resources stand as in the tables: prices are by their order. */
static bool read_resources(const struct place_file_reading *reading,
                           const struct place_file_at *root)
{
    uint32_t n = reading->programme->problem.n_resources;
    const json_t *list = place_file_value(reading, root, "resources", PLACE_FILE_LIST, false);
    bool same = list != NULL && json_array_size(list) == n;
    for (uint32_t r = 0; same && r < n; r++) {
        const char *word = json_string_value(json_array_get(list, r));
        same = word != NULL && text_is(reading->programme->names.resource[r], word);
    }
    if (list != NULL && !same) {
        place_file_fault(reading, E_PLACE_FILE, root, "resources", TEXT_LIT(""),
                         "the tables have other resources, or in another order");
    }
    return same;
}

static void read_price_row(const struct place_file_reading *reading, const struct place_file_at *at,
                           int64_t *price)
{
    uint32_t n = reading->programme->problem.n_resources;
    const json_t *list = place_file_value(reading, at, "price", PLACE_FILE_LIST, false);
    bool good = list != NULL && json_array_size(list) == n;
    for (uint32_t r = 0; good && r < n; r++) {
        const json_t *one = json_array_get(list, r);
        good = json_is_integer(one);
        price[r] = good ? (int64_t)json_integer_value(one) : 0;
    }
    if (list != NULL && !good) {
        place_file_fault(reading, E_PLACE_FILE, at, "price", TEXT_LIT(""),
                         "here stand %u whole numbers, one a resource", n);
    }
}

static int read_prices(const struct place_file_reading *reading, const struct place_file_at *root,
                       struct place_file *out, struct ajar_err *err)
{
    const struct place_problem *problem = &reading->programme->problem;
    bool *seen;
    TRY_NEW(seen, reading->arena, problem->n_localities, err);
    TRY_NEW(out->result.plan.price, reading->arena,
            (size_t)problem->n_localities * problem->n_resources, err);
    const json_t *list = place_file_value(reading, root, "prices", PLACE_FILE_LIST, false);
    bool same = read_resources(reading, root);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, root, "prices", list, i, &at)) {
            continue;
        }
        place_file_only(reading, &at, price_keys);
        uint32_t l =
            place_file_name(reading, &at, "locality", &reading->localities, "locality", false);
        if (l == PLACE_NONE || !same) {
            continue;
        }
        if (seen[l]) {
            place_file_fault(reading, E_PLACE_TWICE, &at, "locality",
                             reading->programme->names.locality[l],
                             "this locality is priced twice");
            continue;
        }
        seen[l] = true;
        read_price_row(reading, &at, &out->result.plan.price[(size_t)l * problem->n_resources]);
    }
    for (uint32_t l = 0; list != NULL && same && l < problem->n_localities; l++) {
        if (!seen[l]) {
            place_file_fault(reading, E_PLACE_FILE, root, "prices",
                             reading->programme->names.locality[l], "this locality has no prices");
        }
    }
    return 0;
}

static int read_quotas(const struct place_file_reading *reading, const struct place_file_at *root,
                       struct place_file *out, struct ajar_err *err)
{
    const struct programme *programme = reading->programme;
    uint32_t n = programme->side.n_quotas;
    TRY_NEW(out->result.quota_price, reading->arena, n, err);
    const json_t *list = place_file_value(reading, root, "quotas", PLACE_FILE_LIST, false);
    if (list != NULL && json_array_size(list) != n) {
        place_file_fault(reading, E_PLACE_FILE, root, "quotas", TEXT_LIT(""),
                         "the file has %zu quotas, the tables have %u", json_array_size(list), n);
        return 0;
    }
    for (uint32_t q = 0; list != NULL && q < n; q++) {
        struct place_file_at at;
        if (!place_file_row(reading, root, "quotas", list, q, &at)) {
            continue;
        }
        place_file_only(reading, &at, quota_keys);
        struct text state = place_file_text(reading, &at, "state", false);
        uint32_t resource =
            place_file_name(reading, &at, "resource", &reading->resources, "resource", false);
        int64_t most = place_file_whole(reading, &at, "most", INT64_MIN, INT64_MAX);
        out->result.quota_price[q] = place_file_whole(reading, &at, "price", INT64_MIN, INT64_MAX);
        if (!text_eq(state, place_file_state(programme, q)) ||
            resource != programme->side.quotas[q].resource ||
            most != programme->side.quotas[q].most) {
            place_file_fault(reading, E_PLACE_FILE, &at, "", state,
                             "the tables have another quota at this place");
        }
    }
    return 0;
}

/* ---- Plan ---- */

static int read_plan(const struct place_file_reading *reading, const struct place_file_at *root,
                     struct place_file *out, struct ajar_err *err)
{
    const struct programme *programme = reading->programme;
    uint32_t n = programme->problem.n_households, *place;
    bool *seen;
    TRY_NEW(place, reading->arena, n, err);
    TRY_NEW(seen, reading->arena, n, err);
    const json_t *list = place_file_value(reading, root, "plan", PLACE_FILE_LIST, false);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct place_file_at at;
        if (!place_file_row(reading, root, "plan", list, i, &at)) {
            continue;
        }
        place_file_only(reading, &at, plan_keys);
        uint32_t h =
            place_file_name(reading, &at, "household", &reading->households, "household", false);
        uint32_t l =
            place_file_name(reading, &at, "locality", &reading->localities, "locality", true);
        if (h != PLACE_NONE && seen[h]) {
            place_file_fault(reading, E_PLACE_TWICE, &at, "household",
                             programme->names.household[h],
                             "this household stands in the plan twice");
        } else if (h != PLACE_NONE) {
            seen[h] = true;
            place[h] = l;
        }
    }
    for (uint32_t h = 0; list != NULL && h < n; h++) {
        if (!seen[h]) {
            place_file_fault(reading, E_PLACE_FILE, root, "plan", programme->names.household[h],
                             "this household is not in the plan");
        }
    }
    out->result.plan.place = place;
    return 0;
}

/* ---- All ---- */

static int read_root(const struct place_file_reading *reading, const json_t *json,
                     struct place_file *out, struct ajar_err *err)
{
    struct place_file_at root = {.object = json};
    if (!json_is_object(json)) {
        place_file_fault(reading, E_PLACE_FILE, &root, "", TEXT_LIT(""),
                         "a plan file is one object");
        return 0;
    }
    if (!place_file_format(reading, &root)) {
        return 0;
    }
    place_file_only(reading, &root, root_keys);
    TRY(read_head(reading, &root, out, err));
    read_sums(reading, &root, &out->result.plan);
    TRY(read_prices(reading, &root, out, err));
    TRY(read_quotas(reading, &root, out, err));
    TRY(read_plan(reading, &root, out, err));
    return place_file_explanations(reading, &root, out, err);
}

int place_file_failed(const struct place_file_reading *reading, struct ajar_err *err)
{
    uint64_t n = reading->faults->total - reading->before;
    faults_sort(reading->faults);
    return err_at(err, E_PLACE_FILE, reading->name, 0, NULL, TEXT_LIT(""), "%llu %s.",
                  (unsigned long long)n, n == 1 ? "fault was found" : "faults were found");
}

int place_file_read(struct arena *arena, const char *name, struct text bytes,
                    const struct programme *programme, struct faults *faults,
                    struct place_file *out, struct ajar_err *err)
{
    const struct place_problem *problem = &programme->problem;
    struct place_file_reading reading = {.arena = arena,
                                         .name = name,
                                         .programme = programme,
                                         .faults = faults,
                                         .before = faults->total};
    struct place_file file = {0};
    json_t *json = NULL;
    TRY(place_ids_from(&reading.households, arena, programme->names.household,
                       problem->n_households, err));
    TRY(place_ids_from(&reading.localities, arena, programme->names.locality, problem->n_localities,
                       err));
    TRY(place_ids_from(&reading.resources, arena, programme->names.resource, problem->n_resources,
                       err));
    TRY(json_read(name, bytes, PLACE_FILE_MOST, &json, err));
    int code = read_root(&reading, json, &file, err);
    json_decref(json);
    TRY(code);
    if (faults->total != reading.before) {
        return place_file_failed(&reading, err);
    }
    *out = file;
    return 0;
}
