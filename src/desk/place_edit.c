#include "place_edit.h"

#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "num.h"

#define EDIT_CEILING   ((size_t)1 << 30) /* bytes of a changed table */
#define EDIT_NAME_MOST 8192

/* ---- Words ---- */

static int edit_refuse(const char *option, struct text word, const char *form, struct ajar_err *err)
{
    err_at(err, E_PLACE_ASK, NULL, 0, option, word, "this is not of the form %s", form);
    return err_hint(err, "Write %s; several stand behind each other, separated by semicolons.",
                    form);
}

/* The last dot: an id may have some. */
static bool edit_lot_resource(struct text word, struct place_edit *out)
{
    size_t dot = word.n;
    while (dot > 0 && word.at[dot - 1] != '.') {
        dot--;
    }
    if (dot <= 1 || dot == word.n) {
        return false;
    }
    out->locality = text_trim((struct text){word.at, dot - 1});
    out->resource = text_trim((struct text){word.at + dot, word.n - dot});
    return out->locality.n > 0 && out->resource.n > 0;
}

static int edit_one(const char *option, struct text word, struct place_edit *out,
                    struct ajar_err *err)
{
    struct text right, left = text_split(word, '=', &right);
    bool equals = left.n < word.n;
    left = text_trim(left);
    right = text_trim(right);
    switch (out->kind) {
    case PLACE_EDIT_FREE:
        out->household = word;
        return 0;
    case PLACE_EDIT_LOCK:
    case PLACE_EDIT_FORBID:
        out->household = left;
        out->locality = right;
        return equals && left.n > 0 && right.n > 0
                   ? 0
                   : edit_refuse(option, word, "HOUSEHOLD=LOCALITY", err);
    case PLACE_EDIT_CAPACITY:
        break;
    }
    if (!equals || !edit_lot_resource(left, out) || !num_parse_int(right, &out->amount) ||
        out->amount < 0) {
        return edit_refuse(option, word, "LOCALITY.RESOURCE=NUMBER", err);
    }
    return 0;
}

int place_edit_parse(enum place_edit_kind kind, const char *option, struct text words,
                     struct place_edit *edits, size_t most, size_t *n, struct ajar_err *err)
{
    struct text rest = words;
    size_t count = *n;
    while (rest.n > 0) {
        struct text word = text_trim(text_split(rest, ';', &rest));
        if (word.n == 0) {
            continue;
        }
        if (count == most) {
            return err_at(err, E_PLACE_ASK, NULL, 0, option, word,
                          "at most %zu changes are taken at once", most);
        }
        edits[count] = (struct place_edit){.kind = kind};
        TRY(edit_one(option, word, &edits[count], err));
        count++;
    }
    *n = count;
    return 0;
}

/* ---- Tables ---- */

static int edit_keep(struct arena *arena, struct buf *buf, struct text *out, struct ajar_err *err)
{
    const char *copy;
    TRY(buf_ok(buf, err));
    TRY(text_copy(arena, buf_view(buf), &copy, err));
    *out = (struct text){copy, buf->n};
    return 0;
}

static int edit_header(struct csv *csv, struct arena *arena, const struct place_table *table,
                       struct csv_out *out, struct ajar_err *err)
{
    TRY(csv_open(csv, arena, table->name, table->bytes, 0, &CSV_LIMITS_DEFAULT, err));
    for (size_t c = 0; c < csv->n_columns; c++) {
        csv_put_text(out, csv->header[c]);
    }
    csv_end_row(out);
    return 0;
}

/* An apostrophe that a writer put there is no part of an id. */
static bool edit_is(struct text cell, struct text id)
{
    struct text trimmed = text_trim(cell);
    bool quoted = trimmed.n > 1 && trimmed.at[0] == '\'';
    return text_eq(trimmed, id) ||
           (quoted && text_eq((struct text){trimmed.at + 1, trimmed.n - 1}, id));
}

struct edit_capacity {
    const struct place_edit *edit;
    int column; /* of the resource */
    bool done;
};

static int edit_columns(const struct csv *csv, const struct place_edit *edits, size_t n,
                        struct edit_capacity *out, size_t *n_out, struct ajar_err *err)
{
    for (size_t i = 0; i < n; i++) {
        char name[128];
        if (edits[i].kind != PLACE_EDIT_CAPACITY) {
            continue;
        }
        snprintf(name, sizeof name, "capacity_%.*s", (int)edits[i].resource.n,
                 edits[i].resource.at);
        struct edit_capacity *one = &out[(*n_out)++];
        *one = (struct edit_capacity){&edits[i], csv_column(csv, name), false};
        if (one->column < 0) {
            err_at(err, E_PLACE_ASK, NULL, 0, "--capacity", edits[i].resource,
                   "the localities have no such resource");
            return err_hint(err, "Write LOCALITY.RESOURCE=NUMBER with a resource of %s.",
                            csv->file);
        }
    }
    return 0;
}

/* A negative number stays one: as a word it would get an apostrophe. */
static void edit_put(struct csv_out *out, struct text cell)
{
    double value;
    bool sign = cell.n > 0 && (cell.at[0] == '-' || cell.at[0] == '+');
    if (sign && num_parse(cell, &value)) {
        csv_put_number(out, value);
    } else {
        csv_put_text(out, cell);
    }
}

static void edit_row(struct csv_out *out, const struct csv *csv, int id,
                     struct edit_capacity *capacities, size_t n)
{
    for (size_t c = 0; c < csv->n_columns; c++) {
        struct edit_capacity *change = NULL;
        for (size_t i = 0; i < n && id >= 0; i++) {
            if (capacities[i].column == (int)c &&
                edit_is(csv->cells[id], capacities[i].edit->locality)) {
                change = &capacities[i];
            }
        }
        if (change == NULL) {
            edit_put(out, csv->cells[c]);
        } else {
            csv_put_int(out, change->edit->amount);
            change->done = true;
        }
    }
    csv_end_row(out);
}

/* Rows are copied whole but for the changed cells; what is wrong with one the reader says after. */
static int edit_localities(struct arena *arena, const struct place_table *table,
                           const struct place_edit *edits, size_t n, struct buf *buf,
                           struct ajar_err *err)
{
    struct csv csv;
    struct csv_out out;
    struct edit_capacity *capacities;
    size_t n_capacities = 0;
    bool more = false;
    csv_out_init(&out, buf);
    TRY_NEW(capacities, arena, n, err);
    TRY(edit_header(&csv, arena, table, &out, err));
    TRY(edit_columns(&csv, edits, n, capacities, &n_capacities, err));
    for (;;) {
        TRY(csv_next(&csv, &more, err));
        if (!more) {
            break;
        }
        edit_row(&out, &csv, csv_column(&csv, "id"), capacities, n_capacities);
    }
    for (size_t i = 0; i < n_capacities; i++) {
        if (!capacities[i].done) {
            return err_at(err, E_PLACE_ASK, NULL, 0, "--capacity", capacities[i].edit->locality,
                          "there is no such locality in %s", table->name);
        }
    }
    return 0;
}

/* Whether a row of locks gives way: its household is freed, or is locked anew and this is its lock. */
static bool edit_gives_way(const struct place_edit *edits, size_t n, struct text household,
                           struct text kind)
{
    for (size_t i = 0; i < n; i++) {
        bool free = edits[i].kind == PLACE_EDIT_FREE;
        bool lock = edits[i].kind == PLACE_EDIT_LOCK && !text_is(text_trim(kind), "forbid");
        if ((free || lock) && edit_is(household, edits[i].household)) {
            return true;
        }
    }
    return false;
}

static int edit_old_locks(struct arena *arena, const struct place_table *table,
                          const struct place_edit *edits, size_t n, struct csv_out *out,
                          struct ajar_err *err)
{
    static const char *const names[] = {"household", "locality", "kind", "reason"};
    struct csv csv;
    int column[4];
    bool more = false;
    TRY(csv_open(&csv, arena, table->name, table->bytes, 0, &CSV_LIMITS_DEFAULT, err));
    for (int c = 0; c < 4; c++) {
        column[c] = csv_column(&csv, names[c]);
    }
    for (;;) {
        TRY(csv_next(&csv, &more, err));
        if (!more || column[0] < 0) {
            return 0;
        }
        struct text kind = column[2] < 0 ? TEXT_LIT("lock") : csv.cells[column[2]];
        if (edit_gives_way(edits, n, csv.cells[column[0]], kind)) {
            continue;
        }
        for (int c = 0; c < 4; c++) {
            csv_put_text(out, column[c] < 0 ? TEXT_LIT("") : csv.cells[column[c]]);
        }
        csv_end_row(out);
    }
}

static int edit_locks(struct arena *arena, const struct place_table *table,
                      const struct place_edit *edits, size_t n, struct buf *buf,
                      struct ajar_err *err)
{
    struct csv_out out;
    csv_out_init(&out, buf);
    buf_str(buf, "household,locality,kind,reason\r\n");
    if (table->name != NULL) {
        TRY(edit_old_locks(arena, table, edits, n, &out, err));
    }
    for (size_t i = 0; i < n; i++) {
        if (edits[i].kind == PLACE_EDIT_LOCK || edits[i].kind == PLACE_EDIT_FORBID) {
            csv_put_text(&out, edits[i].household);
            csv_put_text(&out, edits[i].locality);
            csv_put_str(&out, edits[i].kind == PLACE_EDIT_LOCK ? "lock" : "forbid");
            csv_put_str(&out, "what if");
            csv_end_row(&out);
        }
    }
    return 0;
}

typedef int edit_table(struct arena *arena, const struct place_table *table,
                       const struct place_edit *edits, size_t n, struct buf *buf,
                       struct ajar_err *err);

static int edit_with(struct arena *arena, edit_table *edit, struct place_table *table,
                     const char *name, const struct place_edit *edits, size_t n,
                     struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, EDIT_CEILING);
    int code = edit(arena, table, edits, n, &buf, err);
    code = code != 0 ? code : edit_keep(arena, &buf, &table->bytes, err);
    buf_free(&buf);
    buf_init(&buf, EDIT_NAME_MOST);
    buf_printf(&buf, "%s, as changed", table->name == NULL ? name : table->name);
    struct text changed;
    code = code != 0 ? code : edit_keep(arena, &buf, &changed, err);
    table->name = code == 0 ? changed.at : table->name;
    buf_free(&buf);
    return code;
}

int place_edit_apply(struct arena *arena, const struct programme_input *input,
                     const struct place_edit *edits, size_t n, struct programme_input *out,
                     struct ajar_err *err)
{
    struct programme_input changed = *input;
    bool capacity = false, lock = false;
    for (size_t i = 0; i < n; i++) {
        capacity = capacity || edits[i].kind == PLACE_EDIT_CAPACITY;
        lock = lock || edits[i].kind != PLACE_EDIT_CAPACITY;
    }
    if (capacity) {
        TRY(edit_with(arena, edit_localities, &changed.table[PROGRAMME_LOCALITIES], "localities",
                      edits, n, err));
    }
    if (lock) {
        TRY(edit_with(arena, edit_locks, &changed.table[PROGRAMME_LOCKS], "locks", edits, n, err));
    }
    *out = changed;
    return 0;
}
