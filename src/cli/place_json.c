/* What the answers of `ajar place` have in common, as JSON; docs/json.md names every key. */
#include "place_show.h"

#define JSON_CEILING ((size_t)1 << 30)

void place_json_open(struct json_out *json, struct buf *buf)
{
    buf_init(buf, JSON_CEILING);
    json_out_init(json, buf, true);
    json_begin_object(json);
}

int place_json_close(struct json_out *json, struct buf *buf, const struct verb_call *call,
                     struct ajar_err *err)
{
    json_end_object(json);
    return call_put_json(call, buf, err);
}

void place_json_name(struct json_out *json, const char *key, const struct text *names, uint32_t at)
{
    json_key(json, key);
    if (at == PLACE_NONE) {
        json_put_null(json);
    } else {
        json_put_text(json, names[at]);
    }
}

void place_json_sums(struct json_out *json, const struct place_result *plan)
{
    put_int(json, "objective_micro", plan->objective_micro);
    put_int(json, "bound_micro", plan->bound_micro);
    put_number(json, "gap", plan->gap);
    put_int(json, "rounds", (int64_t)plan->rounds);
    put_bool(json, "proven", plan->proven);
}

static void json_group(struct json_out *json, const struct fair_group *group)
{
    put_int(json, "households", group->households);
    put_int(json, "placed", group->placed);
    put_int(json, "total_micro", group->total_micro);
    put_int(json, "best_micro", group->best_micro);
    json_key(json, "least_micro");
    if (group->placed == 0) {
        json_put_null(json);
    } else {
        json_put_int(json, group->least_micro);
    }
}

void place_json_report(struct json_out *json, const struct place_call *at, const uint32_t *place,
                       const struct fair_report *report)
{
    const struct programme *programme = &at->programme;
    put_int(json, "households", programme->problem.n_households);
    put_int(json, "placed", place_placed(programme, place));
    put_int(json, "people", place_people(programme, place, false));
    put_int(json, "people_placed", place_people(programme, place, true));
    json_key(json, "by_group");
    json_begin_array(json);
    for (uint32_t g = 0; programme->group != NULL && g < report->n_groups; g++) {
        json_begin_object(json);
        put_text(json, "group", programme->group_name[g]);
        json_group(json, &report->groups[g]);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "all");
    json_begin_object(json);
    json_group(json, &report->all);
    json_end_object(json);
    json_key(json, "worst");
    json_begin_array(json);
    for (uint32_t i = 0; i < report->n_worst; i++) {
        uint32_t h = report->worst[i];
        json_begin_object(json);
        put_text(json, "household", programme->names.household[h]);
        place_json_name(json, "locality", programme->names.locality, place[h]);
        put_int(json, "score_micro", place_score(programme, h, place[h]));
        json_end_object(json);
    }
    json_end_array(json);
}

static void json_unplaced(struct json_out *json, const struct programme *programme,
                          const struct place_unplaced *one)
{
    bool small = one->nowhere != NULL && one->reason->why == PROGRAMME_SMALL;
    bool told = one->nowhere != NULL && (small || one->reason->why == PROGRAMME_FEATURE);
    json_begin_object(json);
    put_text(json, "household", programme->names.household[one->household]);
    put_bool(json, "nowhere", one->nowhere != NULL);
    put_str(json, "why", one->nowhere == NULL ? NULL : programme_why_word(one->reason->why));
    json_key(json, "what");
    if (told) {
        json_put_text(json, one->reason->what);
    } else {
        json_put_null(json);
    }
    json_key(json, "need");
    if (small) {
        json_put_int(json, one->nowhere->need);
    } else {
        json_put_null(json);
    }
    json_key(json, "most");
    if (small) {
        json_put_int(json, one->nowhere->most);
    } else {
        json_put_null(json);
    }
    json_end_object(json);
}

int place_json_unplaced(const struct verb_call *call, struct json_out *json,
                        const struct place_call *at, const uint32_t *place, struct ajar_err *err)
{
    struct place_unplaced *all;
    size_t n = 0;
    TRY(place_unplaced(call->arena, &at->programme, place, &all, &n, err));
    json_key(json, "unplaced");
    json_begin_array(json);
    for (size_t i = 0; i < n; i++) {
        json_unplaced(json, &at->programme, &all[i]);
    }
    json_end_array(json);
    return 0;
}
