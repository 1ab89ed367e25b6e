/* Plan files: written.  A row of a list stands on a line of its own, so that a plan can be read and compared. */
#include "place_file.h"

#include <string.h>

#include "place_file_parts.h"

static const char place_file_head[] = "{\n  \"format\": \"" PLACE_FILE_FORMAT "\",";

static void put_int(struct json_out *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_put_int(json, value);
}

static void put_str(struct json_out *json, const char *key, const char *value)
{
    json_key(json, key);
    json_put_str(json, value);
}

/* The name with that number, or null. */
static void put_name(struct json_out *json, const char *key, const struct text *names, uint32_t at)
{
    json_key(json, key);
    if (at == PLACE_NONE) {
        json_put_null(json);
    } else {
        json_put_text(json, names[at]);
    }
}

static void row_begin(struct json_out *json)
{
    json_begin_object(json);
    json->pretty = false;
}

static void row_end(struct json_out *json)
{
    json_end_object(json);
    json->pretty = true;
}

static void list_begin(struct json_out *json, const char *key)
{
    json_key(json, key);
    json_begin_array(json);
}

static void write_head(struct json_out *json, const struct place_file *file)
{
    char day[DATE_TEXT];
    put_str(json, "format", PLACE_FILE_FORMAT);
    put_int(json, "version", PLACE_FILE_VERSION);
    put_str(json, "made_by", file->made_by);
    put_str(json, "method", file->method);
    put_int(json, "seed", (int64_t)file->seed);
    put_str(json, "floors", file->floors);
    put_str(json, "on", file->on == DATE_NONE ? NULL : date_format(file->on, day));
    list_begin(json, "inputs");
    for (size_t i = 0; i < file->n_inputs; i++) {
        row_begin(json);
        put_str(json, "table", file->inputs[i].table);
        put_str(json, "file", file->inputs[i].file);
        put_str(json, "sha256", file->inputs[i].sha256);
        row_end(json);
    }
    json_end_array(json);
}

static void write_sums(struct json_out *json, const struct place_result *plan)
{
    put_int(json, "objective_micro", plan->objective_micro);
    put_int(json, "bound_micro", plan->bound_micro);
    put_int(json, "price_bound_micro", plan->price_bound_micro);
    json_key(json, "gap");
    json_put_number(json, plan->gap);
    put_int(json, "rounds", (int64_t)plan->rounds);
    json_key(json, "proven");
    json_put_bool(json, plan->proven);
}

static void write_prices(struct json_out *json, const struct programme *programme,
                         const struct side_result *result)
{
    const struct place_problem *problem = &programme->problem;
    list_begin(json, "resources");
    json->pretty = false;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        json_put_text(json, programme->names.resource[r]);
    }
    json_end_array(json);
    json->pretty = true;
    list_begin(json, "prices");
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        row_begin(json);
        put_name(json, "locality", programme->names.locality, l);
        list_begin(json, "price");
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            json_put_int(json, result->plan.price[(size_t)l * problem->n_resources + r]);
        }
        json_end_array(json);
        row_end(json);
    }
    json_end_array(json);
}

static void write_quotas(struct json_out *json, const struct programme *programme,
                         const struct side_result *result)
{
    list_begin(json, "quotas");
    for (uint32_t q = 0; q < programme->side.n_quotas; q++) {
        const struct side_quota *quota = &programme->side.quotas[q];
        row_begin(json);
        json_key(json, "state");
        json_put_text(json, place_file_state(programme, q));
        put_name(json, "resource", programme->names.resource, quota->resource);
        put_int(json, "most", quota->most);
        put_int(json, "price", result->quota_price[q]);
        row_end(json);
    }
    json_end_array(json);
}

static void write_plan(struct json_out *json, const struct programme *programme,
                       const uint32_t *place)
{
    list_begin(json, "plan");
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        row_begin(json);
        put_name(json, "household", programme->names.household, h);
        put_name(json, "locality", programme->names.locality, place[h]);
        row_end(json);
    }
    json_end_array(json);
}

static void put_choice(struct json_out *json, const struct programme *programme,
                       const struct explain_choice *choice)
{
    json_begin_object(json);
    put_name(json, "locality", programme->names.locality, choice->locality);
    put_int(json, "score_micro", choice->score_micro);
    put_int(json, "charge", choice->charge);
    put_int(json, "left", choice->left);
    json_key(json, "room");
    json_put_bool(json, choice->room);
    put_name(json, "binding", programme->names.resource, choice->binding);
    json_key(json, "binding_quota");
    if (choice->binding_quota == PLACE_NONE) {
        json_put_null(json);
    } else {
        json_put_int(json, choice->binding_quota);
    }
    put_int(json, "lacks", choice->lacks);
    json_end_object(json);
}

void place_file_put_household(struct json_out *json, const struct programme *programme,
                              const struct explain_household *why)
{
    const struct place_names *names = &programme->names;
    put_name(json, "household", names->household, why->household);
    json_key(json, "locked");
    json_put_bool(json, why->locked);
    json_key(json, "chosen");
    put_choice(json, programme, &why->chosen);
    list_begin(json, "others");
    for (uint32_t i = 0; i < why->n_others; i++) {
        put_choice(json, programme, &why->others[i]);
    }
    json_end_array(json);
    bool none = why->change_locality == PLACE_NONE;
    put_name(json, "change_locality", names->locality, why->change_locality);
    put_name(json, "change_resource", names->resource, none ? PLACE_NONE : why->change_resource);
    put_int(json, "change_units", none ? 0 : why->change_units);
    put_int(json, "change_gain_micro", none ? 0 : why->change_gain_micro);
    put_int(json, "regret", why->regret);
}

void place_file_put_locality(struct json_out *json, const struct programme *programme,
                             const struct explain_locality *why)
{
    put_name(json, "locality", programme->names.locality, why->locality);
    put_int(json, "placed", why->placed);
    put_int(json, "score_micro", why->score_micro);
    list_begin(json, "resources");
    for (uint32_t r = 0; r < programme->problem.n_resources; r++) {
        json_begin_object(json);
        put_name(json, "resource", programme->names.resource, r);
        put_int(json, "capacity", why->resources[r].capacity);
        put_int(json, "used", why->resources[r].used);
        put_int(json, "price", why->resources[r].price);
        json_end_object(json);
    }
    json_end_array(json);
    put_int(json, "wanted", why->wanted);
}

static void write_explanations(struct json_out *json, const struct programme *programme,
                               const struct place_file *file)
{
    json_key(json, "explanations");
    if (file->households == NULL || file->localities == NULL) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    list_begin(json, "households");
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        row_begin(json);
        place_file_put_household(json, programme, &file->households[h]);
        row_end(json);
    }
    json_end_array(json);
    list_begin(json, "localities");
    for (uint32_t l = 0; l < programme->problem.n_localities; l++) {
        row_begin(json);
        place_file_put_locality(json, programme, &file->localities[l]);
        row_end(json);
    }
    json_end_array(json);
    json_end_object(json);
}

void place_file_write(struct buf *buf, const struct programme *programme,
                      const struct place_file *file)
{
    struct json_out json;
    json_out_init(&json, buf, true);
    json_begin_object(&json);
    write_head(&json, file);
    write_sums(&json, &file->result.plan);
    write_prices(&json, programme, &file->result);
    write_quotas(&json, programme, &file->result);
    write_plan(&json, programme, file->result.plan.place);
    write_explanations(&json, programme, file);
    json_end_object(&json);
    buf_char(buf, '\n');
}

struct text place_file_state(const struct programme *programme, uint32_t quota)
{
    const struct side_quota *of = &programme->side.quotas[quota];
    return of->n_localities > 0 && programme->state != NULL ? programme->state[of->locality[0]]
                                                            : TEXT_LIT("");
}

bool place_file_is_json(struct text bytes)
{
    struct text all = bytes;
    if (text_starts(all, "\xef\xbb\xbf")) {
        all = (struct text){all.at + 3, all.n - 3};
    }
    all = text_trim(all);
    return all.n > 0 && all.at[0] == '{';
}

bool place_file_is_ours(struct text bytes)
{
    return text_starts(bytes, place_file_head);
}
