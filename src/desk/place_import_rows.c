#include <string.h>

#include "place_import_parts.h"
#include "place_sheet.h"
#include "series_words.h"

/* Latin letters for the Cyrillic ones that look the same. */
static struct text import_looks(struct text id, char to[static PLACE_ID_MOST + 1])
{
    static const char cyrillic[] = "АВЕКМНОРСТУХаеорсух", latin[] = "ABEKMHOPCTYXaeopcyx";
    size_t n = 0;
    for (size_t i = 0; i < id.n;) {
        char found = '\0';
        for (size_t k = 0; latin[k] != '\0' && i + 1 < id.n; k++) {
            found = memcmp(&cyrillic[2 * k], &id.at[i], 2) == 0 ? latin[k] : found;
        }
        to[n++] = found == '\0' ? id.at[i] : found;
        i += found == '\0' ? 1 : 2;
    }
    return (struct text){to, n};
}

static int import_row_of(struct place_import_reader *it, struct names *names, struct text word,
                         long **rows, size_t *cap, name_id *id, long *first, struct ajar_err *err)
{
    name_id known = names_find(names, word);
    *first = known == 0 ? 0 : (*rows)[known];
    TRY(names_put(names, word, id, err));
    if (*id >= *cap) {
        size_t wider = *cap * 2 > 1024 ? *cap * 2 : 1024;
        long *moved;
        TRY_NEW(moved, it->scratch, wider, err);
        if (*cap > 0) {
            memcpy(moved, *rows, *cap * sizeof *moved);
        }
        *rows = moved, *cap = wider;
    }
    (*rows)[*id] = *first == 0 ? it->csv.row : *first;
    return 0;
}

/* An id of its own, that does not merely look like another. */
static int import_id(struct place_import_reader *it, struct ajar_err *err)
{
    char looks[PLACE_ID_MOST + 1];
    struct text id = place_import_cell(it, (size_t)it->id);
    long same, alike;
    name_id word;
    if (id.n == 0 || id.n > PLACE_ID_MOST) {
        err_hint(place_import_fault(it, (size_t)it->id,
                                    id.n == 0 ? "the number is missing" : "the number is too long"),
                 id.n == 0 ? "Give the row a number of its own, or remove it."
                           : "Shorten it to 128 bytes.");
        return 0;
    }
    TRY(import_row_of(it, &it->ids, id, &it->id_row, &it->id_cap, &word, &same, err));
    TRY(import_row_of(it, &it->folded, import_looks(id, looks), &it->folded_row, &it->folded_cap,
                      &word, &alike, err));
    if (same != 0) {
        place_import_fault(it, (size_t)it->id, "row %ld has the same number", same);
    } else if (alike != 0) {
        err_hint(place_import_fault(it, (size_t)it->id,
                                    "this looks like the number of row %ld, in letters of another "
                                    "alphabet",
                                    alike),
                 "Write both with the same letters, or give one another number.");
    }
    return 0;
}

static void import_number(struct place_import_reader *it, size_t column,
                          struct place_import_value *value)
{
    bool empty;
    struct place_import_sum *sum = &it->sums[column];
    if (!place_import_whole(it, column, &value->number, &empty)) {
        sum->whole = false;
        return;
    }
    sum->sum += value->number;
    if (empty && it->columns[column].role == PLACE_IMPORT_PEOPLE) {
        err_hint(place_import_fault(it, column, "how many people there are is missing"),
                 "Write the number of people.");
    }
    sum->empty += empty;
}

static int import_values(struct place_import_reader *it, struct place_import_tables *tables,
                         struct ajar_err *err)
{
    TRY(import_id(it, err));
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        struct place_import_value *value = &tables->values[i];
        enum place_import_role role = it->columns[i].role;
        *value = (struct place_import_value){.text = place_import_cell(it, i)};
        if (place_import_number(role)) {
            import_number(it, i, value);
        } else if (role == PLACE_IMPORT_REQUIRE || role == PLACE_IMPORT_FEATURE) {
            (void)place_import_yes(it, i, &value->yes);
        } else if (role == PLACE_IMPORT_READY || role == PLACE_IMPORT_UNTIL) {
            (void)place_import_date(it, i, &value->text);
        } else if (role == PLACE_IMPORT_LAT || role == PLACE_IMPORT_LON) {
            (void)place_import_degrees(it, i, role == PLACE_IMPORT_LAT ? 90 : 180, &value->text);
        }
    }
    return 0;
}

static bool import_blank(const struct place_import_reader *it)
{
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        if (place_import_cell(it, i).n > 0) {
            return false;
        }
    }
    return true;
}

/* "Итого: 1 234": the first filled cell says that the row is a sum. */
static bool import_total(const struct place_import_reader *it)
{
    char word[PLACE_IMPORT_WORD];
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        struct text cell = place_import_cell(it, i);
        if (cell.n > 0) {
            return series_is_total(place_import_fold(cell, word));
        }
    }
    return false;
}

static int import_check_total(struct place_import_reader *it, struct ajar_err *err)
{
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        int32_t total;
        bool empty;
        struct text cell = place_import_cell(it, i);
        const struct place_import_sum *sum = &it->sums[i];
        if (!place_import_number(it->columns[i].role) || cell.n == 0 || !sum->whole ||
            !place_import_whole(it, i, &total, &empty) || total == sum->sum) {
            continue;
        }
        char heading[64];
        size_t n = text_fit(it->columns[i].heading, 63);
        memcpy(heading, it->columns[i].heading.at, n);
        heading[n] = '\0';
        TRY(place_import_say(it, err,
                             "Row %ld: the total of \"%s\" is %d, but its rows come to %lld.",
                             it->csv.row, heading, total, (long long)sum->sum));
    }
    it->out->n_totals++;
    return 0;
}

static int import_row(struct place_import_reader *it, struct place_import_tables *tables,
                      struct ajar_err *err)
{
    if (import_blank(it)) {
        return 0;
    }
    if (import_total(it)) {
        return import_check_total(it, err);
    }
    it->out->n_rows++;
    TRY(import_values(it, tables, err));
    if (it->row.total > 0) {
        place_import_put_error(it, tables);
        return 0;
    }
    place_import_put_row(it, tables);
    it->out->n_good++;
    return 0;
}

static int import_all(struct place_import_reader *it, struct place_import_tables *tables,
                      struct ajar_err *err)
{
    for (bool more = true;;) {
        struct ajar_err problem;
        it->row.kept = 0, it->row.total = 0;
        int code = csv_next(&it->csv, &more, &problem);
        if (code == E_CSV_SHORT || code == E_CSV_LONG) {
            *faults_add(&it->row) = problem;
        } else if (code != 0) {
            *err = problem;
            return code;
        } else if (!more) {
            return 0;
        }
        TRY(import_row(it, tables, err));
    }
}

static int import_say_sums(struct place_import_reader *it, const struct place_import_tables *tables,
                           struct ajar_err *err)
{
    if (tables->beds) {
        TRY(place_import_say(it, err, "No column tells the beds: each person needs one."));
    }
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        char heading[64];
        size_t n = text_fit(it->columns[i].heading, 63);
        memcpy(heading, it->columns[i].heading.at, n);
        heading[n] = '\0';
        if (it->sums[i].empty > 0 && it->columns[i].role != PLACE_IMPORT_PEOPLE) {
            TRY(place_import_say(it, err, "Empty cells of \"%s\", read as 0: %llu.", heading,
                                 (unsigned long long)it->sums[i].empty));
        }
    }
    return 0;
}

static int import_work(struct place_import_reader *it, struct place_import_tables *tables,
                       struct ajar_err *err)
{
    bool people = false, need = false;
    TRY_NEW(tables->values, it->scratch, it->csv.n_columns, err);
    TRY_NEW(it->sums, it->scratch, it->csv.n_columns, err);
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        it->sums[i].whole = true;
        people = people || it->columns[i].role == PLACE_IMPORT_PEOPLE;
        need = need || it->columns[i].role == PLACE_IMPORT_NEED;
    }
    tables->beds = people && !need;
    place_import_heads(it, tables);
    TRY(import_all(it, tables, err));
    TRY(import_say_sums(it, tables, err));
    return place_import_files(it, tables, err);
}

int place_import_rows(struct place_import_reader *it, struct ajar_err *err)
{
    struct place_import_tables tables = {0};
    for (size_t i = 0; i < TABLES; i++) {
        buf_init(&tables.buf[i], PLACE_IMPORT_CEILING);
        csv_out_init(&tables.out[i], &tables.buf[i]);
    }
    int code = import_work(it, &tables, err);
    for (size_t i = 0; i < TABLES; i++) {
        buf_free(&tables.buf[i]);
    }
    return code;
}
