#include "net.h"

#include <stdlib.h>

#include "net_parts.h"

#define NET_SCRATCH_CEILING ((size_t)8 << 30)

static bool net_takes_part(enum measure_kind kind)
{
    return kind == KIND_GROSS_IN || kind == KIND_GROSS_OUT || kind == KIND_NET ||
           kind == KIND_STOCK;
}

static bool net_is_flow(const struct net_side *side)
{
    return side->series->kind == KIND_GROSS_IN || side->series->kind == KIND_GROSS_OUT;
}

bool net_units_fit(const struct names *names, name_id a, name_id b)
{
    struct text words[2] = {names_word(names, a), names_word(names, b)};
    bool people[2];
    for (int i = 0; i < 2; i++) {
        people[i] = text_is(words[i], unit_word(UNIT_PERSONS)) ||
                    text_is(words[i], unit_word(UNIT_CROSSINGS));
    }
    return a == b || a == 0 || b == 0 || (people[0] && people[1]);
}

static int net_order_group(const struct net_side *a, const struct net_side *b)
{
    int order = text_cmp(a->place, b->place);
    order = order != 0 ? order : text_cmp(a->route, b->route);
    return order != 0 ? order : text_cmp(a->people, b->people);
}

/* Flows stand before nets and stocks, like beside like. */
static int net_order_like(const struct net_side *a, const struct net_side *b)
{
    if (net_is_flow(a) != net_is_flow(b)) {
        return net_is_flow(a) ? -1 : 1;
    }
    if (a->series->unit != b->series->unit) {
        return a->series->unit < b->series->unit ? -1 : 1;
    }
    return text_cmp(a->ending, b->ending);
}

static int net_order(const void *a, const void *b)
{
    const struct net_side *x = a, *y = b;
    int order = net_order_group(x, y);
    order = order != 0 ? order : net_order_like(x, y);
    if (order != 0) {
        return order;
    }
    if (x->series->kind != y->series->kind) {
        return x->series->kind < y->series->kind ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

struct net_request {
    const struct watch_book *book;
    const struct scenario *scenario;
    enum watch_clock clock;
    date_days as_known;
    name_id place;
};

static int net_sides(const struct net_request *of, struct arena *scratch, struct net_side **out,
                     size_t *n, struct ajar_err *err)
{
    const struct names *names = of->book->names;
    struct net_side *side;
    TRY_NEW(side, scratch, of->book->n, err);
    *n = 0;
    for (size_t s = 0; s < of->book->n; s++) {
        const struct watch_series *series = &of->book->series[s];
        struct net_side *at = &side[*n];
        if (!net_takes_part(series->kind) || (of->place != 0 && series->place != of->place)) {
            continue;
        }
        *at = (struct net_side){.series = series,
                                .place = names_word(names, series->place),
                                .route = names_word(names, series->route),
                                .at = s};
        text_split(names_word(names, series->measure_word), '_', &at->ending);
        at->people = of->scenario == NULL
                         ? at->ending
                         : names_word(names, of->scenario->measures.nationality[series->measure]);
        TRY(book_known(scratch, series, of->clock, of->as_known, &at->known, err));
        (*n)++;
    }
    qsort(side, *n, sizeof *side, net_order);
    *out = side;
    return 0;
}

/* Pairs the flows that are alike: each entry series with the first of the exits, and each further one of
 * the exits with the first of the entries. */
static int net_pairs(struct net_group *group, struct arena *scratch, struct ajar_err *err)
{
    const struct net_side *side = group->sides;
    TRY_NEW(group->pairs, scratch, group->n, err);
    for (size_t i = 0, next = 0; i < group->n && net_is_flow(&side[i]); i = next) {
        size_t out = i;
        next = i;
        while (next < group->n && net_order_like(&side[i], &side[next]) == 0) {
            out += side[next].series->kind == KIND_GROSS_IN;
            next++;
        }
        for (size_t k = i; k < out && out < next; k++) {
            group->pairs[group->n_pairs++] = (struct net_pair){&side[k], &side[out], false, k > i};
        }
        for (size_t k = out + 1; k < next && out > i; k++) {
            group->pairs[group->n_pairs++] = (struct net_pair){&side[i], &side[k], true, false};
        }
    }
    return 0;
}

static int net_group_make(struct net_maker *it, struct net_group *group, struct ajar_err *err)
{
    TRY(net_pairs(group, it->scratch, err));
    TRY(net_points_make(it, group, err));
    return net_stocks_make(it, group, err);
}

/* No value gives more than one point or step: see told_in, told_out. */
static int net_room(struct net_maker *it, const struct net_side *side, size_t n,
                    struct ajar_err *err)
{
    size_t values = 0;
    for (size_t i = 0; i < n; i++) {
        values += side[i].known.n;
    }
    TRY_NEW(it->points, it->scratch, values, err);
    TRY_NEW(it->stocks, it->scratch, values, err);
    return 0;
}

static int net_point_order(const void *a, const void *b, void *arg)
{
    const struct net_point *x = a, *y = b;
    const struct names *names = arg;
    int order = text_cmp(names_word(names, x->place), names_word(names, y->place));
    order = order != 0 ? order : text_cmp(names_word(names, x->route), names_word(names, y->route));
    if (order != 0 || x->from != y->from) {
        return order != 0 ? order : x->from < y->from ? -1 : 1;
    }
    if (x->to != y->to) {
        return x->to < y->to ? -1 : 1;
    }
    const struct watch_series *of[2] = {x->in_series, y->in_series};
    of[0] = of[0] != NULL ? of[0] : x->net_series;
    of[1] = of[1] != NULL ? of[1] : y->net_series;
    if (of[0] != of[1]) { /* both in the list of the book */
        return of[0] < of[1] ? -1 : 1;
    }
    return (x->out_series > y->out_series) - (x->out_series < y->out_series);
}

static int net_stock_order(const void *a, const void *b, void *arg)
{
    const struct net_stock *x = a, *y = b;
    const struct names *names = arg;
    int order = text_cmp(names_word(names, x->place), names_word(names, y->place));
    order = order != 0 ? order : text_cmp(names_word(names, x->route), names_word(names, y->route));
    if (order != 0 || x->start != y->start) {
        return order != 0 ? order : x->start < y->start ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return (x->series > y->series) - (x->series < y->series);
}

static int net_keep(struct arena *arena, const struct net_maker *it, struct net_table *out,
                    struct ajar_err *err)
{
    struct net_table table = {.n_points = it->n_points, .n_stocks = it->n_stocks};
    struct names *names = (struct names *)(uintptr_t)it->names;
    TRY_NEW(table.points, arena, table.n_points, err);
    TRY_NEW(table.stocks, arena, table.n_stocks, err);
    for (size_t i = 0; i < table.n_points; i++) {
        table.points[i] = it->points[i];
    }
    for (size_t i = 0; i < table.n_stocks; i++) {
        table.stocks[i] = it->stocks[i];
    }
    qsort_r(table.points, table.n_points, sizeof *table.points, net_point_order, names);
    qsort_r(table.stocks, table.n_stocks, sizeof *table.stocks, net_stock_order, names);
    *out = table;
    return 0;
}

static int net_make(struct arena *arena, struct arena *scratch, const struct net_request *of,
                    struct net_table *out, struct ajar_err *err)
{
    struct net_maker it = {
        .scratch = scratch, .names = of->book->names, .file = of->scenario == NULL};
    struct net_side *side = NULL;
    size_t n = 0;
    TRY(net_sides(of, scratch, &side, &n, err));
    TRY(net_room(&it, side, n, err));
    for (size_t i = 0, next = 0; i < n; i = next) {
        next = i;
        while (next < n && net_order_group(&side[i], &side[next]) == 0) {
            next++;
        }
        struct net_group group = {.sides = &side[i], .n = next - i};
        TRY(net_group_make(&it, &group, err));
    }
    return net_keep(arena, &it, out, err);
}

int net_table_make(struct arena *arena, const struct watch_book *book,
                   const struct scenario *scenario, enum watch_clock clock, date_days as_known,
                   name_id place, struct net_table *out, struct ajar_err *err)
{
    struct net_request of = {book, scenario, clock, as_known, place};
    struct arena scratch;
    arena_init(&scratch, "net and stock", NET_SCRATCH_CEILING);
    int code = net_make(arena, &scratch, &of, out, err);
    arena_free(&scratch);
    return code;
}
