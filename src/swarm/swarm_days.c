#include "swarm_days.h"

#include <string.h>

#define DAYS_MAGIC "AJARDAY1"

int days_open(struct flow_result *result, struct arena *arena, const struct flow_plan *plan,
              int32_t from, int32_t to, struct ajar_err *err)
{
    size_t n = to > from ? (size_t)(to - from) : 0;
    *result = (struct flow_result){.from = from};
    TRY_NEW(result->in_place, arena, n * plan->n_places, err);
    TRY_NEW(result->on_links, arena, n, err);
    TRY_NEW(result->link_flow, arena, n * plan->n_links, err);
    TRY_NEW(result->spawned, arena, n, err);
    return 0;
}

static void append(int64_t *to, const int64_t *from, int32_t done, int32_t more, size_t each)
{
    memcpy(to + (size_t)done * each, from, (size_t)more * each * sizeof *to);
}

void days_add(struct flow_result *result, const struct flow_plan *plan,
              const struct flow_result *more)
{
    int32_t done = result->n_days, n = more->n_days;
    append(result->in_place, more->in_place, done, n, plan->n_places);
    append(result->on_links, more->on_links, done, n, 1);
    append(result->link_flow, more->link_flow, done, n, plan->n_links);
    append(result->spawned, more->spawned, done, n, 1);
    result->n_days += n;
    result->hops = more->hops;
    result->agent_days = more->agent_days;
}

void days_save(const struct flow_result *result, const struct flow_plan *plan, uint64_t inputs,
               uint64_t seed, struct buf *buf)
{
    size_t n = (size_t)result->n_days;
    const int64_t head[] = {
        (int64_t)inputs, (int64_t)seed, result->from,          result->n_days,
        plan->n_places,  plan->n_links, (int64_t)result->hops, (int64_t)result->agent_days};
    struct bytes_out out = bytes_begin(buf, DAYS_MAGIC);
    bytes_put(&out, head, sizeof head / sizeof head[0]);
    bytes_put(&out, result->in_place, n * plan->n_places);
    bytes_put(&out, result->on_links, n);
    bytes_put(&out, result->link_flow, n * plan->n_links);
    bytes_put(&out, result->spawned, n);
    bytes_end(&out);
}

int days_load(struct flow_result *result, const struct flow_plan *plan, uint64_t inputs,
              uint64_t seed, int32_t day, const char *file, struct text bytes, struct ajar_err *err)
{
    struct bytes_in in;
    int64_t head[8];
    size_t n = (size_t)(day - result->from);
    TRY(bytes_open(&in, DAYS_MAGIC, file, bytes, err));
    bool fits = bytes_take(&in, head, 8) && head[0] == (int64_t)inputs &&
                head[1] == (int64_t)seed && head[2] == result->from && head[3] == (int64_t)n &&
                head[4] == plan->n_places && head[5] == plan->n_links;
    fits = fits && bytes_take(&in, result->in_place, n * plan->n_places) &&
           bytes_take(&in, result->on_links, n) &&
           bytes_take(&in, result->link_flow, n * plan->n_links) &&
           bytes_take(&in, result->spawned, n) && bytes_done(&in);
    if (!fits) {
        return err_at(err, E_FLOW_SNAPSHOT, file, 0, NULL, text_of(NULL),
                      "The file is of another run.");
    }
    result->n_days = (int32_t)n;
    result->hops = (uint64_t)head[6];
    result->agent_days = (uint64_t)head[7];
    return 0;
}
