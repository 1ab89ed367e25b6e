/* Lists and parameters have a row on every day on which a version reads them. */
#include <stdlib.h>

#include "rules_reader.h"

/* Days without a break on which a list (key 0), or a parameter's key, has a row. */
struct cover_span {
    name_id name, key;
    date_days from, to; /* DATE_NONE: open, which as a start is before all days */
};

struct cover {
    size_t n_lists, n_params;
    struct cover_span *lists, *params; /* by name, key, from; apart */
};

static int by_span(const void *a, const void *b)
{
    const struct cover_span *x = a, *y = b;
    if (x->name != y->name) {
        return x->name < y->name ? -1 : 1;
    }
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return (x->from > y->from) - (x->from < y->from);
}

/* Sorts, and joins what touches. */
static size_t cover_join(struct cover_span spans[], size_t n)
{
    size_t kept = 0;
    if (n > 0) {
        qsort(spans, n, sizeof *spans, by_span);
    }
    for (size_t i = 0; i < n; i++) {
        struct cover_span *last = kept > 0 ? &spans[kept - 1] : NULL;
        bool same = last != NULL && last->name == spans[i].name && last->key == spans[i].key;
        if (same && (last->to == DATE_NONE || spans[i].from <= last->to)) {
            bool further =
                last->to != DATE_NONE && (spans[i].to == DATE_NONE || spans[i].to > last->to);
            last->to = further ? spans[i].to : last->to;
        } else {
            spans[kept++] = spans[i];
        }
    }
    return kept;
}

int cover_make(struct reader *reader, struct cover **out)
{
    const struct rules *rules = reader->rules;
    struct cover *cover;
    TRY_NEW(cover, reader->arena, 1, reader->err);
    TRY_NEW(cover->lists, reader->arena, rules->n_lists, reader->err);
    TRY_NEW(cover->params, reader->arena, rules->n_params, reader->err);
    for (size_t i = 0; i < rules->n_lists; i++) {
        const struct list_row *row = &rules->lists[i];
        cover->lists[i] = (struct cover_span){row->list, 0, row->from, row->to};
    }
    for (size_t i = 0; i < rules->n_params; i++) {
        const struct param_row *row = &rules->params[i];
        cover->params[i] = (struct cover_span){row->param, row->key, row->from, row->to};
    }
    cover->n_lists = cover_join(cover->lists, rules->n_lists);
    cover->n_params = cover_join(cover->params, rules->n_params);
    *out = cover;
    return 0;
}

/* First day of [from, to) without a row; DATE_NONE when there is none.  to DATE_NONE: no end. */
static date_days cover_gap(const struct cover_span spans[], size_t n, name_id name, name_id key,
                           date_days from, date_days to)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct cover_span wanted = {name, key, from, 0};
        bool before = by_span(&spans[middle], &wanted) <= 0;
        *(before ? &low : &high) = before ? middle + 1 : middle;
    }
    const struct cover_span *span = low > 0 ? &spans[low - 1] : NULL;
    bool same = span != NULL && span->name == name && span->key == key;
    if (!same || (span->to != DATE_NONE && span->to <= from)) {
        return from;
    }
    bool reaches = span->to == DATE_NONE || (to != DATE_NONE && span->to >= to);
    return reaches ? DATE_NONE : span->to;
}

/* A condition and the days on which it is read. */
struct use {
    struct reader *reader;
    const struct cover *cover;
    const struct version *version;
    date_days from, to;
};

static void use_fault(const struct use *use, const struct expr *node, uint32_t at,
                      struct text value, const char *what, date_days gap)
{
    char day[DATE_TEXT];
    struct ajar_err *fault = faults_add(use->reader->faults);
    struct text id = use->version->id;
    expr_err(fault, E_DOORS_PARAM_GAP, node->source, at, value,
             "%s on %s, and version %.*s reads it then", what, date_format(gap, day),
             id.n < 60 ? (int)id.n : 60, id.at);
}

static void use_term(const struct use *use, const struct expr *node)
{
    const struct names *names = use->reader->rules->names;
    name_id param = names_find(names, node->term.text), key = names_find(names, node->term.key);
    if (param == 0 || key == 0) {
        return;
    }
    date_days gap =
        cover_gap(use->cover->params, use->cover->n_params, param, key, use->from, use->to);
    if (gap != DATE_NONE) {
        use_fault(use, node, node->term.at, node->term.text, "this parameter has no value", gap);
    }
}

static void use_items(const struct use *use, const struct expr *node)
{
    const struct names *names = use->reader->rules->names;
    for (size_t i = 0; i < node->n_items; i++) {
        const struct expr_item *item = &node->items[i];
        name_id list = item->list ? names_find(names, item->name) : 0;
        date_days gap = list == 0 ? DATE_NONE
                                  : cover_gap(use->cover->lists, use->cover->n_lists, list, 0,
                                              use->from, use->to);
        if (gap != DATE_NONE) {
            use_fault(use, node, item->at, item->name, "this list is empty", gap);
        }
    }
}

static void use_expr(const struct use *use, const struct expr *node)
{
    if (node == NULL) {
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        use_expr(use, node->kids[i]);
    }
    if (node->kind == EXPR_COMPARE && node->term.kind == EXPR_PARAM) {
        use_term(use, node);
    }
    if (node->kind == EXPR_IN || node->kind == EXPR_HAS) {
        use_items(use, node);
    }
}

/* Practice has days of its own. */
static void use_practice(const struct use *use, const struct practice *practice)
{
    struct use within = *use;
    if (practice->from > within.from) {
        within.from = practice->from;
    }
    if (practice->to != DATE_NONE && (within.to == DATE_NONE || practice->to < within.to)) {
        within.to = practice->to;
    }
    if (within.to == DATE_NONE || within.from < within.to) {
        use_expr(&within, practice->when);
    }
}

static void use_version(const struct use *use)
{
    const struct version *version = use->version;
    use_expr(use, version->scope);
    for (size_t i = 0; i < version->n_rules; i++) {
        use_expr(use, version->rules[i].when);
    }
    for (size_t i = 0; i < version->n_superior; i++) {
        use_expr(use, version->superior[i].when);
    }
    for (size_t i = 0; i < version->n_practice; i++) {
        use_practice(use, &version->practice[i]);
    }
}

int check_cover(struct reader *reader, const struct cover *cover, const struct door *door)
{
    struct span *spans;
    TRY_NEW(spans, reader->arena, door->n_versions, reader->err);
    door_spans(door, spans);
    for (size_t i = 0; i < door->n_versions; i++) {
        if (spans[i].from >= spans[i].to) {
            continue;
        }
        struct use use = {.reader = reader, .cover = cover, .version = &door->versions[i]};
        use.from = moment_day(spans[i].from);
        /* A day that has begun counts whole; past review_by nobody vouches for the door. */
        use.to = spans[i].to == MOMENT_NEVER ? DATE_NONE : moment_day(spans[i].to - 1) + 1;
        date_days last = door->review_by;
        if (last != DATE_NONE && (use.to == DATE_NONE || use.to > last + 1)) {
            use.to = last + 1;
        }
        if (use.to == DATE_NONE || use.from < use.to) {
            use_version(&use);
        }
    }
    return 0;
}
