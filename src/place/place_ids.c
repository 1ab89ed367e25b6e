#include "place_ids.h"

#include <stdlib.h>
#include <string.h>

#define IDS_CEILING ((size_t)16 << 30)

struct id_at {
    struct text id;
    name_id name;
};

static bool ids_digit(struct text a, size_t at)
{
    return at < a.n && a.at[at] >= '0' && a.at[at] <= '9';
}

/* The run of digits at *at, without the zeros before it; *at goes behind it. */
static struct text ids_number(struct text a, size_t *at)
{
    size_t from = *at;
    while (ids_digit(a, *at)) {
        (*at)++;
    }
    while (from + 1 < *at && a.at[from] == '0') {
        from++;
    }
    return (struct text){a.at + from, *at - from};
}

int place_ids_cmp(struct text a, struct text b)
{
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        if (ids_digit(a, i) && ids_digit(b, k)) {
            struct text x = ids_number(a, &i), y = ids_number(b, &k);
            int order = x.n != y.n ? (x.n < y.n ? -1 : 1) : text_cmp(x, y);
            if (order != 0) {
                return order;
            }
        } else if (a.at[i] != b.at[k]) {
            return (unsigned char)a.at[i] < (unsigned char)b.at[k] ? -1 : 1;
        } else {
            i++;
            k++;
        }
    }
    if (i < a.n || k < b.n) {
        return i < a.n ? 1 : -1;
    }
    return text_cmp(a, b);
}

static int by_id(const void *left, const void *right)
{
    const struct id_at *a = left, *b = right;
    return place_ids_cmp(a->id, b->id);
}

int place_ids_init(struct place_ids *out, struct arena *scratch, struct ajar_err *err)
{
    struct place_ids ids = {.n = 0};
    TRY(names_init(&ids.names, scratch, err));
    *out = ids;
    return 0;
}

int place_ids_add(struct place_ids *ids, struct text id, bool *fresh, name_id *name,
                  struct ajar_err *err)
{
    TRY(names_put(&ids->names, id, name, err));
    *fresh = *name == ids->n + 1;
    ids->n += *fresh;
    return 0;
}

/* sorted: NULL when they come in order. */
static int ids_keep(struct place_ids *ids, struct arena *arena, const struct id_at *sorted,
                    struct ajar_err *err)
{
    struct text *list;
    char *room;
    size_t bytes = 0;
    for (name_id name = 1; name <= ids->n; name++) {
        bytes += names_word(&ids->names, name).n + 1;
    }
    TRY_NEW(list, arena, ids->n, err);
    TRY_NEW(room, arena, bytes, err);
    for (uint32_t i = 0; i < ids->n; i++) {
        name_id name = sorted == NULL ? i + 1 : sorted[i].name;
        struct text id = names_word(&ids->names, name);
        memcpy(room, id.at, id.n);
        list[i] = (struct text){room, id.n};
        room += id.n + 1;
        ids->position[name] = i;
    }
    ids->list = list;
    return 0;
}

static int ids_sort(struct place_ids *ids, struct arena *arena, struct arena *work,
                    struct ajar_err *err)
{
    struct id_at *sorted;
    TRY_NEW(sorted, work, ids->n, err);
    for (uint32_t i = 0; i < ids->n; i++) {
        sorted[i] = (struct id_at){names_word(&ids->names, i + 1), i + 1};
    }
    qsort(sorted, ids->n, sizeof *sorted, by_id);
    return ids_keep(ids, arena, sorted, err);
}

int place_ids_sort(struct place_ids *ids, struct arena *arena, struct arena *scratch,
                   struct ajar_err *err)
{
    struct arena work;
    bool ordered = true;
    TRY_NEW(ids->position, scratch, (size_t)ids->n + 1, err);
    for (name_id name = 2; ordered && name <= ids->n; name++) {
        ordered =
            place_ids_cmp(names_word(&ids->names, name - 1), names_word(&ids->names, name)) < 0;
    }
    if (ordered) {
        return ids_keep(ids, arena, NULL, err);
    }
    arena_init(&work, "sorting ids", IDS_CEILING);
    int code = ids_sort(ids, arena, &work, err);
    arena_free(&work);
    return code;
}

int place_ids_from(struct place_ids *out, struct arena *scratch, const struct text *list,
                   uint32_t n, struct ajar_err *err)
{
    struct place_ids ids;
    TRY(place_ids_init(&ids, scratch, err));
    TRY_NEW(ids.position, scratch, (size_t)n + 1, err);
    for (uint32_t i = 0; i < n; i++) {
        bool fresh;
        name_id name;
        TRY(place_ids_add(&ids, list[i], &fresh, &name, err));
        ids.position[name] = i;
    }
    ids.list = list;
    ids.n = n;
    *out = ids;
    return 0;
}

int place_ids_hint(struct place_ids *ids, struct arena *scratch, struct text id, const char *what,
                   struct ajar_err *fault, struct ajar_err *err)
{
    if (ids->near == NULL) {
        TRY_NEW(ids->near, scratch, ids->n, err);
        for (uint32_t i = 0; i < ids->n; i++) {
            ids->near[i] = ids->list[i].at;
        }
    }
    const char *near = text_nearest(id, ids->near, ids->n);
    if (near != NULL) {
        err_hint(fault, "Did you mean '%s'?", near);
    } else {
        err_hint(fault, "Correct the id, or add the %s to its table.", what);
    }
    return 0;
}
