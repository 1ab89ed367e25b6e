#include "book_rows.h"

#include <stdlib.h>
#include <string.h>

int book_rows_series(struct names *keys, name_id place, name_id route, uint32_t measure,
                     uint32_t *out, struct ajar_err *err)
{
    uint32_t key[3] = {place, route, measure};
    name_id id;
    TRY(names_put(keys, (struct text){(const char *)key, sizeof key}, &id, err));
    *out = id - 1;
    return 0;
}

static int book_rows_order(const void *a, const void *b)
{
    const struct watch_value *x = a, *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    if (x->to != y->to) {
        return x->to < y->to ? -1 : 1;
    }
    if (x->published != y->published) {
        return x->published < y->published ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

/* Files are mostly in order already. */
static void book_rows_sort(struct watch_series *series)
{
    struct watch_value *value = series->value;
    bool sorted = true;
    for (size_t i = 1; i < series->n && sorted; i++) {
        sorted = book_rows_order(&value[i - 1], &value[i]) <= 0;
    }
    if (!sorted) {
        qsort(value, series->n, sizeof *value, book_rows_order);
    }
    for (size_t i = 1; i < series->n; i++) {
        value[i].revision = value[i].from == value[i - 1].from && value[i].to == value[i - 1].to;
    }
}

struct book_rows_head {
    struct text place, measure, route;
    struct watch_series series;
};

static int book_rows_head_order(const void *a, const void *b)
{
    const struct book_rows_head *x = a, *y = b;
    int order = text_cmp(x->place, y->place);
    order = order != 0 ? order : text_cmp(x->measure, y->measure);
    return order != 0 ? order : text_cmp(x->route, y->route);
}

static int book_rows_order_series(struct watch_book *book, struct arena *scratch,
                                  struct ajar_err *err)
{
    struct book_rows_head *head;
    TRY_NEW(head, scratch, book->n, err);
    for (size_t s = 0; s < book->n; s++) {
        const struct watch_series *series = &book->series[s];
        head[s] = (struct book_rows_head){names_word(book->names, series->place),
                                          names_word(book->names, series->measure_word),
                                          names_word(book->names, series->route), *series};
    }
    qsort(head, book->n, sizeof *head, book_rows_head_order);
    for (size_t s = 0; s < book->n; s++) {
        book->series[s] = head[s].series;
    }
    return 0;
}

int book_rows_room(struct arena *arena, struct watch_book *book, struct ajar_err *err)
{
    struct watch_value *all;
    size_t n = 0;
    for (size_t s = 0; s < book->n; s++) {
        n += book->series[s].n;
    }
    TRY_NEW(all, arena, n, err);
    for (size_t s = 0; s < book->n; s++) {
        book->series[s].value = all;
        all += book->series[s].n;
        book->series[s].n = 0;
    }
    return 0;
}

int book_rows_finish(struct watch_book *book, struct ajar_err *err)
{
    struct arena scratch;
    for (size_t s = 0; s < book->n; s++) {
        book_rows_sort(&book->series[s]);
    }
    arena_init(&scratch, "the order of the series", (size_t)4 << 30);
    int code = book_rows_order_series(book, &scratch, err);
    arena_free(&scratch);
    return code;
}
