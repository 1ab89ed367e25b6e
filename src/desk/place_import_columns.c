#include <string.h>

#include "place_import_parts.h"
#include "place_trait.h"

#define HEADINGS_WITHIN 20 /* lines of title that may stand above the headings */

static const char *import_heading(const struct place_import_reader *it, size_t column,
                                  char to[static 64])
{
    struct text heading = it->columns[column].heading;
    size_t n = text_fit(heading, 63);
    memcpy(to, heading.at, n);
    to[n] = '\0';
    return to;
}

/* The rows of a mapping file: heading, column. */
static int import_map_row(const struct place_import_reader *it, const struct csv *csv,
                          struct text heading, struct place_import_column *column,
                          struct ajar_err *err)
{
    struct text said = text_trim(csv->cells[0]), word = text_trim(csv->cells[1]);
    if (!text_eq(said, heading)) {
        return 0;
    }
    if (!place_import_role_parse(it->options->kind, word, &column->role, &column->name)) {
        err_at(err, E_PLACE_IMPORT_MAP, csv->file, csv->row, "column", word,
               "this is no column of %s",
               it->options->kind == PLACE_IMPORT_HOUSEHOLDS ? "households" : "localities");
        return E_PLACE_IMPORT_MAP;
    }
    return 0;
}

static int import_mapped(struct place_import_reader *it, struct place_import_column *column,
                         struct ajar_err *err)
{
    const struct place_table *map = &it->options->map;
    if (map->name == NULL) {
        return 0;
    }
    struct csv csv;
    bool more = true;
    TRY(csv_open(&csv, it->scratch, map->name, map->bytes, 0, &CSV_LIMITS_DEFAULT, err));
    if (csv.n_columns != 2 || !text_is(text_trim(csv.header[0]), "heading") ||
        !text_is(text_trim(csv.header[1]), "column")) {
        return err_at(err, E_PLACE_IMPORT_MAP, map->name, 1, NULL, (struct text){"", 0},
                      "a mapping has the columns heading and column");
    }
    for (;;) {
        TRY(csv_next(&csv, &more, err));
        if (!more) {
            return 0;
        }
        TRY(import_map_row(it, &csv, column->heading, column, err));
    }
}

static int import_column(struct place_import_reader *it, struct text heading,
                         struct place_import_column *out, struct ajar_err *err)
{
    char word[PLACE_IMPORT_WORD];
    *out =
        (struct place_import_column){.heading = text_trim(heading), .role = PLACE_IMPORT_UNKNOWN};
    out->role =
        place_import_known(it->options->kind, place_import_fold(out->heading, word), &out->name);
    return import_mapped(it, out, err);
}

/* Headings of one or of two lines; `known` are those that mean something. */
struct import_headings {
    size_t n, known;
    struct place_import_column *columns;
};

static int import_read_headings(struct place_import_reader *it, const struct csv *csv,
                                const struct import_headings *above, struct import_headings *out,
                                struct ajar_err *err)
{
    *out = (struct import_headings){.n = csv->n_columns};
    TRY_NEW(out->columns, it->scratch, out->n, err);
    for (size_t i = 0; i < out->n; i++) {
        TRY(import_column(it, csv->header[i], &out->columns[i], err));
        bool upper = above != NULL && i < above->n && above->columns[i].heading.n > 0;
        if (upper &&
            (out->columns[i].heading.n == 0 || (out->columns[i].role == PLACE_IMPORT_UNKNOWN &&
                                                above->columns[i].role != PLACE_IMPORT_UNKNOWN))) {
            out->columns[i] = above->columns[i];
        }
        out->known += out->columns[i].role != PLACE_IMPORT_UNKNOWN;
    }
    return 0;
}

struct import_search {
    struct import_headings best;
    struct csv csv;
    long row;
    bool found;
};

static int import_try_line(struct place_import_reader *it, struct text bytes, long row,
                           struct import_headings *above, struct import_search *search,
                           struct ajar_err *err)
{
    struct csv csv;
    struct ajar_err refused;
    if (csv_open(&csv, it->arena, it->file, bytes, 0, &CSV_LIMITS_DEFAULT, &refused) != 0) {
        *above = (struct import_headings){0};
        return row == 1 && refused.code == E_UTF8 ? (*err = refused, E_UTF8) : 0;
    }
    struct import_headings alone, both;
    TRY(import_read_headings(it, &csv, NULL, &alone, err));
    TRY(import_read_headings(it, &csv, above, &both, err));
    bool two = both.known > alone.known && alone.known > 0;
    const struct import_headings *better = two ? &both : &alone;
    if (better->known > search->best.known) {
        csv.line += row - 1;
        *search = (struct import_search){*better, csv, row, true};
    }
    *above = alone;
    return 0;
}

static int import_find_headings(struct place_import_reader *it, struct text bytes,
                                struct import_search *search, struct ajar_err *err)
{
    struct import_headings above = {0};
    const char *at = bytes.at, *end = bytes.at + bytes.n;
    *search = (struct import_search){0};
    for (long row = 1; row <= HEADINGS_WITHIN && at < end; row++) {
        struct text rest = {at, (size_t)(end - at)};
        const char *line_end = memchr(at, '\n', rest.n);
        struct text line = {at, line_end == NULL ? rest.n : (size_t)(line_end - at)};
        if (text_trim(line).n > 0) {
            TRY(import_try_line(it, rest, row, &above, search, err));
        }
        at = line_end == NULL ? end : line_end + 1;
    }
    return 0;
}

static int import_say_column(struct place_import_reader *it, size_t column, struct ajar_err *err)
{
    char heading[64], word[PLACE_IMPORT_WORD];
    struct place_import_column *found = &it->columns[column];
    struct text folded = place_import_fold(found->heading, word);
    import_heading(it, column, heading);
    if (found->role != PLACE_IMPORT_UNKNOWN || found->heading.n == 0) {
        return 0;
    }
    if (place_trait(found->heading)) {
        return place_import_say(it, err,
                                "\"%s\" is a protected trait and was left out; where the law asks "
                                "for it in an offer, map the heading to trait_NAME.",
                                heading);
    }
    if (place_import_private(folded)) {
        return place_import_say(
            it, err, "\"%s\" is personal data that a placement does not need: left out.", heading);
    }
    const char *near = place_import_near(it->options->kind, folded);
    return near != NULL
               ? place_import_say(it, err,
                                  "\"%s\" is not known and was left out; was \"%s\" meant?",
                                  heading, near)
               : place_import_say(it, err,
                                  "\"%s\" is not known and was left out; a mapping can say what it "
                                  "is.",
                                  heading);
}

/* Two columns of one meaning are the officer's to tell apart. */
static int import_twice(struct place_import_reader *it, struct ajar_err *err)
{
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        enum place_import_role role = it->columns[i].role;
        for (size_t k = 0; k < i && role < PLACE_IMPORT_LEAVE; k++) {
            if (it->columns[k].role != role || !text_eq(it->columns[k].name, it->columns[i].name)) {
                continue;
            }
            char first[64], second[64];
            err_at(err, E_PLACE_IMPORT_HEADINGS, it->file, it->out->heading_row,
                   import_heading(it, i, second), it->columns[i].heading,
                   "this means the same as \"%s\"", import_heading(it, k, first));
            err_hint(err, "Map one of the two to leave, with --map.");
            return E_PLACE_IMPORT_HEADINGS;
        }
    }
    return 0;
}

static int import_needed(struct place_import_reader *it, struct ajar_err *err)
{
    bool amount = false;
    it->id = -1;
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        enum place_import_role role = it->columns[i].role;
        it->id = role == PLACE_IMPORT_ID ? (int)i : it->id;
        amount = amount || role == PLACE_IMPORT_NEED || role == PLACE_IMPORT_CAPACITY ||
                 role == PLACE_IMPORT_PEOPLE;
    }
    if (it->id >= 0 && amount) {
        return 0;
    }
    bool households = it->options->kind == PLACE_IMPORT_HOUSEHOLDS;
    err_at(err, E_PLACE_IMPORT_HEADINGS, it->file, it->out->heading_row, NULL, (struct text){"", 0},
           it->id < 0 ? "no heading is known as the number of %s"
                      : "no heading is known as what %s",
           it->id >= 0  ? (households ? "a household needs" : "an offer holds")
           : households ? "a household"
                        : "an offer");
    err_hint(err, "Name the headings in a mapping (heading,column) and give it with --map.");
    return E_PLACE_IMPORT_HEADINGS;
}

int place_import_columns(struct place_import_reader *it, struct text bytes, struct ajar_err *err)
{
    struct import_search search;
    TRY(import_find_headings(it, bytes, &search, err));
    if (!search.found) {
        err_at(err, E_PLACE_IMPORT_HEADINGS, it->file, 1, NULL, (struct text){"", 0},
               "none of the first %d lines holds a heading that is known", HEADINGS_WITHIN);
        err_hint(err, "Name the headings in a mapping (heading,column) and give it with --map.");
        return E_PLACE_IMPORT_HEADINGS;
    }
    it->csv = search.csv;
    it->out->heading_row = search.row;
    it->out->separator = search.csv.separator;
    it->out->n_columns = search.csv.n_columns;
    TRY_NEW(it->columns, it->arena, search.csv.n_columns, err);
    memcpy(it->columns, search.best.columns, search.csv.n_columns * sizeof *it->columns);
    it->out->columns = it->columns;
    TRY(import_needed(it, err));
    TRY(import_twice(it, err));
    if (search.row > 1) {
        TRY(place_import_say(
            it, err, "The headings stand in row %ld; what is above was passed over.", search.row));
    }
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        TRY(import_say_column(it, i, err));
    }
    return 0;
}
