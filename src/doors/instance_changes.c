/* When may a door change? */
#include <stdlib.h>
#include <string.h>

#include "expr_walk.h"
#include "instance_parts.h"

#define MOMENTS_FIRST 64

struct moments {
    struct arena *arena;
    const struct rules *rules;
    moment after, limit;
    size_t n, cap;
    moment *at;
    uint8_t *seen; /* [names->n] lists that are in already */
};

static int moments_add(struct moments *it, moment at, struct ajar_err *err)
{
    if (at <= it->after || at > it->limit || at == MOMENT_NEVER) {
        return 0;
    }
    if (it->n == it->cap) {
        size_t cap = it->cap == 0 ? MOMENTS_FIRST : it->cap * 2;
        moment *wider;
        TRY_NEW(wider, it->arena, cap, err);
        if (it->n > 0) {
            memcpy(wider, it->at, it->n * sizeof *wider);
        }
        it->at = wider;
        it->cap = cap;
    }
    it->at[it->n++] = at;
    return 0;
}

static int moments_days(struct moments *it, date_days from, date_days to, struct ajar_err *err)
{
    if (from != DATE_NONE) {
        TRY(moments_add(it, moment_of_day(from), err));
    }
    return to == DATE_NONE ? 0 : moments_add(it, moment_of_day(to), err);
}

static int moments_list(struct moments *it, name_id list, struct ajar_err *err)
{
    if (list == 0 || it->seen[list]) {
        return 0;
    }
    it->seen[list] = 1;
    for (size_t i = 0; i < it->rules->n_lists; i++) {
        const struct list_row *row = &it->rules->lists[i];
        if (row->list == list) {
            TRY(moments_days(it, row->from, row->to, err));
        }
    }
    return 0;
}

static int moments_param(struct moments *it, name_id param, name_id key, struct ajar_err *err)
{
    for (size_t i = 0; param != 0 && i < it->rules->n_params; i++) {
        const struct param_row *row = &it->rules->params[i];
        if (row->param == param && row->key == key) {
            TRY(moments_days(it, row->from, row->to, err));
        }
    }
    return 0;
}

static int moments_leaf(void *arg, const struct expr *leaf, struct text role, struct ajar_err *err)
{
    struct moments *it = arg;
    const struct names *names = it->rules->names;
    (void)role;
    for (size_t i = 0; i < leaf->n_items; i++) {
        if (leaf->items[i].list) {
            TRY(moments_list(it, names_find(names, leaf->items[i].name), err));
        }
    }
    if (leaf->kind != EXPR_COMPARE || leaf->term.kind != EXPR_PARAM) {
        return 0;
    }
    return moments_param(it, names_find(names, leaf->term.text), names_find(names, leaf->term.key),
                         err);
}

static int moments_version(struct moments *it, const struct door *door, size_t version,
                           date_days as_known, struct ajar_err *err)
{
    const struct version *of = &door->versions[version];
    if (of->known > as_known) {
        return 0;
    }
    for (size_t way = 0; way < version_ways(it->rules); way++) {
        TRY(moments_add(it, version_start(it->rules, door, version, way, as_known), err));
    }
    TRY(moments_add(it, version_stop(of, as_known), err));
    return version_walk(of, moments_leaf, it, err);
}

static int moment_order(const void *a, const void *b)
{
    moment x = *(const moment *)a, y = *(const moment *)b;
    return (x > y) - (x < y);
}

size_t moments_settle(size_t n, moment at[])
{
    size_t kept = 0;
    if (n > 1) {
        qsort(at, n, sizeof *at, moment_order);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || at[kept - 1] != at[i]) {
            at[kept++] = at[i];
        }
    }
    return kept;
}

int instance_changes(struct arena *arena, const struct rules *rules, uint32_t door, moment after,
                     moment limit, date_days as_known, size_t *n, moment **out,
                     struct ajar_err *err)
{
    struct moments it = {.arena = arena, .rules = rules, .after = after, .limit = limit};
    const struct door *of = &rules->doors[door];
    TRY_NEW(it.seen, arena, rules->names->n, err);
    for (size_t v = 0; v < of->n_versions; v++) {
        TRY(moments_version(&it, of, v, as_known, err));
    }
    *n = moments_settle(it.n, it.at);
    *out = it.at;
    return 0;
}
