#include "place_list.h"

#include <stdio.h>
#include <string.h>

#define LIST_ROWS_MOST 100000000
#define LIST_CEILING   ((size_t)16 << 30)

struct list_words {
    const char *what, *prefix, *other_prefix;
};

static const struct list_words list_words[] = {
    [PLACE_HOUSEHOLDS] = {"household", "need_", "capacity_"},
    [PLACE_LOCALITIES] = {"locality", "capacity_", "need_"},
};

struct list_reader {
    struct place_list list;
    struct place_sheet sheet;
    const struct list_words *words;
    const struct place_list_more *more;
    int id, column[PLACE_RESOURCES_MOST];
    int32_t *amount; /* [rows * n_resources] in the order of first sight */
    long *line;      /* [rows] */
};

static void list_unknown(struct list_reader *reader, struct text column)
{
    const struct list_words *words = reader->words;
    struct ajar_err *fault = place_sheet_header(&reader->sheet, E_PLACE_COLUMN, column,
                                                "this is no column of this table");
    const char *const id = "id";
    const char *near =
        reader->more == NULL ? NULL : text_nearest(column, reader->more->names, reader->more->n);
    if (text_starts(column, words->other_prefix)) {
        size_t n = strlen(words->other_prefix);
        err_hint(fault, "Did you mean '%s%.*s'?", words->prefix,
                 (int)text_fit((struct text){column.at + n, column.n - n}, PLACE_NAME_MOST),
                 column.at + n);
    } else if (reader->id < 0 && text_nearest(column, &id, 1) != NULL) {
        err_hint(fault, "Did you mean 'id'?");
    } else if (near != NULL) {
        err_hint(fault, "Did you mean '%s'?", near);
    } else {
        err_hint(fault, "Name it %sNAME when it is a resource, or remove it.", words->prefix);
    }
}

static bool list_resource_name(struct text name)
{
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.at[i] <= 0x20 || name.at[i] == 0x7f) {
            return false;
        }
    }
    return name.n > 0 && name.n <= PLACE_NAME_MOST;
}

static void list_resource(struct list_reader *reader, int c, struct text column)
{
    struct place_list *list = &reader->list;
    size_t prefix = strlen(reader->words->prefix);
    struct text name = {column.at + prefix, column.n - prefix};
    if (!list_resource_name(name)) {
        place_sheet_header(&reader->sheet, E_PLACE_RESOURCE, column,
                           "a resource has a name of 1 to %d bytes without blanks",
                           PLACE_NAME_MOST);
        return;
    }
    for (uint32_t r = 0; r < list->n_resources; r++) {
        if (text_eq(list->resource[r], name)) {
            place_sheet_header(&reader->sheet, E_PLACE_COLUMN, column,
                               "this column stands here a second time");
            return;
        }
    }
    if (list->n_resources == PLACE_RESOURCES_MOST) {
        place_sheet_header(&reader->sheet, E_PLACE_TOO_LARGE, column,
                           "at most %d resources are read", PLACE_RESOURCES_MOST);
        return;
    }
    reader->column[list->n_resources] = c;
    list->resource[list->n_resources++] = name;
}

static bool list_more(struct list_reader *reader, int c, struct text column)
{
    const struct place_list_more *more = reader->more;
    return more != NULL && more->column(more->arg, &reader->sheet, c, column);
}

static void list_columns(struct list_reader *reader)
{
    uint64_t before = reader->sheet.faults->total;
    reader->id = place_sheet_column(&reader->sheet, "id");
    for (size_t c = 0; c < reader->sheet.csv.n_columns; c++) {
        struct text column = text_trim(reader->sheet.csv.header[c]);
        if (text_starts(column, reader->words->prefix)) {
            list_resource(reader, (int)c, column);
        } else if (!text_is(column, "id") && !list_more(reader, (int)c, column)) {
            list_unknown(reader, column);
        }
    }
    if (reader->list.n_resources == 0 && reader->sheet.faults->total == before) {
        char column[80];
        snprintf(column, sizeof column, "%sRESOURCE", reader->words->prefix);
        place_sheet_header(&reader->sheet, E_PLACE_COLUMN, text_of(column),
                           "this table has no column of a resource");
    }
}

/* The id of a row that is a fault already, so that what names it is not one too. */
static int list_ragged(struct list_reader *reader, struct ajar_err *err)
{
    struct text id =
        reader->id < 0 ? (struct text){"", 0} : place_sheet_cell(&reader->sheet, reader->id);
    name_id name = 0;
    bool fresh = false;
    if (id.n > 0) {
        TRY(place_ids_add(&reader->list.ids, id, &fresh, &name, err));
    }
    if (fresh) {
        reader->line[name] = reader->sheet.csv.row;
    }
    return 0;
}

static int list_amounts(struct list_reader *reader, name_id name, struct ajar_err *err)
{
    struct place_list *list = &reader->list;
    int32_t amount[PLACE_RESOURCES_MOST];
    for (uint32_t r = 0; r < list->n_resources; r++) {
        amount[r] = -1;
        if (place_sheet_whole(&reader->sheet, reader->column[r], 0, PLACE_AMOUNT_MOST,
                              &amount[r]) &&
            name != 0) {
            reader->amount[(size_t)name * list->n_resources + r] = amount[r];
        }
    }
    return reader->more == NULL
               ? 0
               : reader->more->row(reader->more->arg, &reader->sheet, name, amount, err);
}

static int list_row(struct list_reader *reader, struct ajar_err *err)
{
    struct place_list *list = &reader->list;
    struct text id;
    name_id name = 0;
    bool fresh = false;
    if (reader->sheet.ragged) {
        return list_ragged(reader, err);
    }
    if (reader->id >= 0 && place_sheet_id(&reader->sheet, reader->id, reader->words->what, &id)) {
        TRY(place_ids_add(&list->ids, id, &fresh, &name, err));
        if (!fresh) {
            place_sheet_fault(&reader->sheet, E_PLACE_TWICE, reader->id,
                              "this %s stands already in row %ld", reader->words->what,
                              reader->line[name]);
        } else {
            reader->line[name] = reader->sheet.csv.row;
        }
    }
    return list_amounts(reader, fresh ? name : 0, err);
}

/* From the order of first sight into that of the ids. */
static int list_order(struct list_reader *reader, struct arena *arena, struct arena *scratch,
                      struct ajar_err *err)
{
    struct place_list *list = &reader->list;
    size_t m = list->n_resources;
    TRY(place_ids_sort(&list->ids, arena, scratch, err));
    TRY_NEW(list->amount, arena, list->ids.n * m, err);
    for (uint32_t name = 1; name <= list->ids.n; name++) {
        memcpy(list->amount + list->ids.position[name] * m, reader->amount + name * m,
               m * sizeof *list->amount);
    }
    return 0;
}

/* What only the reading itself needs is in `work`. */
static int list_rows_in(struct list_reader *reader, struct arena *arena, struct arena *scratch,
                        struct arena *work, struct ajar_err *err)
{
    struct place_list *list = &reader->list;
    size_t rows = (size_t)csv_count_bound(&reader->sheet.csv) + 1; /* names count from 1 */
    uint64_t before = reader->sheet.faults->total;
    bool more;
    list_columns(reader);
    TRY_NEW(reader->amount, work, rows * list->n_resources, err);
    TRY_NEW(reader->line, work, rows, err);
    if (reader->more != NULL) {
        TRY(reader->more->start(reader->more->arg, &reader->sheet, list, rows, err));
    }
    TRY(place_sheet_next(&reader->sheet, &more, err));
    while (more) {
        TRY(list_row(reader, err));
        TRY(place_sheet_next(&reader->sheet, &more, err));
    }
    if (list->ids.n == 0 && reader->sheet.faults->total == before) {
        err_at(faults_add(reader->sheet.faults), E_PLACE_EMPTY, list->file, 0, NULL,
               (struct text){"", 0}, "this table has no %s", reader->words->what);
    }
    return list_order(reader, arena, scratch, err);
}

static int list_rows(struct list_reader *reader, struct arena *arena, struct arena *scratch,
                     struct ajar_err *err)
{
    struct arena work;
    arena_init(&work, "reading a list", LIST_CEILING);
    int code = list_rows_in(reader, arena, scratch, &work, err);
    arena_free(&work);
    return code;
}

int place_list_read(struct arena *arena, struct arena *scratch, enum place_list_kind kind,
                    const char *file, struct text bytes, const struct place_list_more *more,
                    struct faults *faults, struct place_list *out, struct ajar_err *err)
{
    struct list_reader reader = {
        .list = {.kind = kind, .file = file}, .words = &list_words[kind], .more = more};
    bool open;
    TRY(place_ids_init(&reader.list.ids, scratch, err));
    TRY(place_sheet_open(&reader.sheet, scratch, file, bytes, LIST_ROWS_MOST, false, faults, &open,
                         err));
    if (open) {
        TRY(list_rows(&reader, arena, scratch, err));
        reader.list.whole = reader.id >= 0 && !reader.sheet.stopped && reader.list.ids.n > 0;
    }
    *out = reader.list;
    return 0;
}

static uint32_t list_find(const struct place_list *list, struct text resource)
{
    uint32_t r = 0;
    while (r < list->n_resources && !text_eq(list->resource[r], resource)) {
        r++;
    }
    return r;
}

/* What `list` lacks of a resource of the other table.  A slip shows as one fault on either side. */
static void list_lacks(const struct place_list *list, const struct place_list *other,
                       struct text resource, struct faults *faults)
{
    char column[80], near[PLACE_RESOURCES_MOST][PLACE_NAME_MOST + 1];
    const char *candidates[PLACE_RESOURCES_MOST];
    size_t n = 0;
    struct ajar_err *fault = faults_add(faults);
    snprintf(column, sizeof column, "%s%.*s", list_words[list->kind].prefix, (int)resource.n,
             resource.at);
    err_at(fault, E_PLACE_RESOURCE, list->file, 1, column, (struct text){"", 0},
           "this column is missing: %s has '%s%.*s'", other->file, list_words[other->kind].prefix,
           (int)resource.n, resource.at);
    for (uint32_t r = 0; r < list->n_resources; r++) {
        if (list_find(other, list->resource[r]) == other->n_resources) {
            snprintf(near[n], sizeof near[n], "%.*s", (int)list->resource[r].n,
                     list->resource[r].at);
            candidates[n] = near[n];
            n++;
        }
    }
    const char *meant = text_nearest(resource, candidates, n);
    if (meant != NULL) {
        err_hint(fault, "Is '%s%s' meant? Rename it in one of the two tables.",
                 list_words[list->kind].prefix, meant);
    }
}

bool place_list_agree(const struct place_list *needs, const struct place_list *holds,
                      struct faults *faults, uint32_t of[PLACE_RESOURCES_MOST])
{
    bool agree = true;
    for (uint32_t r = 0; r < needs->n_resources; r++) {
        of[r] = list_find(holds, needs->resource[r]);
        if (of[r] == holds->n_resources) {
            list_lacks(holds, needs, needs->resource[r], faults);
            agree = false;
        }
    }
    for (uint32_t r = 0; r < holds->n_resources; r++) {
        if (list_find(needs, holds->resource[r]) == needs->n_resources) {
            list_lacks(needs, holds, holds->resource[r], faults);
            agree = false;
        }
    }
    return agree;
}

uint32_t place_list_near(const struct place_list *list, struct text name)
{
    char room[PLACE_RESOURCES_MOST][PLACE_NAME_MOST + 1];
    const char *names[PLACE_RESOURCES_MOST];
    uint32_t r = 0;
    for (; r < list->n_resources; r++) {
        memcpy(room[r], list->resource[r].at, list->resource[r].n);
        room[r][list->resource[r].n] = '\0';
        names[r] = room[r];
    }
    const char *near = text_nearest(name, names, list->n_resources);
    for (r = 0; near != NULL && r < list->n_resources; r++) {
        if (near == names[r]) {
            return r;
        }
    }
    return PLACE_NONE;
}

static int list_resources(struct arena *arena, const struct place_list *needs,
                          struct place_names *names, struct ajar_err *err)
{
    struct text *resource;
    TRY_NEW(resource, arena, needs->n_resources, err);
    for (uint32_t r = 0; r < needs->n_resources; r++) {
        TRY(text_copy(arena, needs->resource[r], &resource[r].at, err));
        resource[r].n = needs->resource[r].n;
    }
    names->resource = resource;
    return 0;
}

/* Capacities stand as the localities' header has them until here. */
int place_list_problem(struct arena *arena, const struct place_list *needs,
                       const struct place_list *holds, const uint32_t of[PLACE_RESOURCES_MOST],
                       struct place_problem *problem, struct place_names *names,
                       struct ajar_err *err)
{
    size_t m = needs->n_resources;
    int32_t *capacity;
    TRY(list_resources(arena, needs, names, err));
    TRY_NEW(capacity, arena, holds->ids.n * m, err);
    for (size_t i = 0; i < holds->ids.n * m; i++) {
        capacity[i] = holds->amount[i / m * m + of[i % m]];
    }
    names->household = needs->ids.list;
    names->locality = holds->ids.list;
    *problem = (struct place_problem){.n_households = needs->ids.n,
                                      .n_localities = holds->ids.n,
                                      .n_resources = needs->n_resources,
                                      .need = needs->amount,
                                      .capacity = capacity};
    return 0;
}
