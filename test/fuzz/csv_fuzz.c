/* Any bytes as CSV: the reader does what the byte-by-byte oracle does, also in parts, and what is
 * written of it reads back. */
#include "../base/csv_oracle.h"
#include "fuzz.h"

#define FUZZ_MEMORY   ((size_t)64 * 1024 * 1024)
#define FUZZ_COMPARED ((size_t)1024) /* longest input for the oracle, which is slow */

static void fuzz_demand_same(struct text bytes, char separator, const struct csv_limits *limits,
                             struct arena *arena)
{
    struct oracle_say say;
    if (!oracle_same(bytes, separator, limits, arena, &say)) {
        fprintf(stderr, "csv_fuzz: %s\n", say.text);
        abort();
    }
}

/* A cell as csv_put_text writes it. */
static bool fuzz_same_cell(struct text was, struct text is)
{
    bool formula = was.n > 0 && was.at[0] != '\0' && strchr("=+-@\t\r", was.at[0]) != NULL;
    if (formula) {
        fuzz_demand(is.n > 0 && is.at[0] == '\'');
        is.at++;
        is.n--;
    }
    return text_eq(was, is);
}

/* Writes every good record of `csv` and reads it again. */
static void fuzz_rewrite(struct csv *csv, struct arena *arena)
{
    struct buf buf;
    struct csv_out out;
    buf_init(&buf, FUZZ_MEMORY);
    csv_out_init(&out, &buf);
    for (size_t i = 0; i < csv->n_columns; i++) {
        csv_put_text(&out, csv->header[i]);
    }
    csv_end_row(&out);
    struct csv again = *csv;
    bool more = true;
    int code = 0;
    for (;;) {
        code = csv_next(&again, &more, NULL);
        if (code == 0 && !more) {
            break;
        }
        for (size_t i = 0; code == 0 && i < csv->n_columns; i++) {
            csv_put_text(&out, again.cells[i]);
        }
        if (code == 0) {
            csv_end_row(&out);
        }
    }
    fuzz_demand(buf_ok(&buf, NULL) == 0);
    struct csv back;
    struct csv_limits limits = CSV_LIMITS_DEFAULT;
    fuzz_demand(csv_open(&back, arena, "back.csv", buf_view(&buf), ',', &limits, NULL) == 0);
    for (size_t i = 0; i < csv->n_columns; i++) {
        fuzz_demand(fuzz_same_cell(csv->header[i], back.header[i]));
    }
    for (;;) {
        code = csv_next(csv, &more, NULL);
        if (code != 0) {
            continue;
        }
        bool more_back = true;
        fuzz_demand(csv_next(&back, &more_back, NULL) == 0);
        fuzz_demand(more == more_back);
        if (!more) {
            break;
        }
        for (size_t i = 0; i < csv->n_columns; i++) {
            fuzz_demand(fuzz_same_cell(csv->cells[i], back.cells[i]));
        }
    }
    buf_free(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct csv_limits tight = {4, 20, 6};
    struct csv_limits wide = CSV_LIMITS_DEFAULT;
    char *copy = fuzz_copy(data, size);
    struct text bytes = {copy, size};
    struct arena arena;
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    struct csv csv;
    struct ajar_err err = {0};
    int code = csv_open(&csv, &arena, "fuzz.csv", bytes, 0, &wide, &err);
    fuzz_demand(code == err.code);
    size_t bad = 0;
    bool mark = text_starts(bytes, "\xef\xbb\xbf");
    struct text body = {copy + (mark ? 3 : 0), size - (mark ? 3 : 0)};
    bool is_text = text_utf8(bytes, &bad) && (size == 0 || memchr(copy, '\0', size) == NULL);
    fuzz_demand(is_text || code == E_UTF8 || code == E_CSV_NUL);
    if (is_text && !text_starts(body, "\xef\xbb\xbf") && body.n <= FUZZ_COMPARED) {
        char separator = code == 0 ? csv.separator : ',';
        fuzz_demand_same(body, separator, &wide, &arena);
        fuzz_demand_same(body, separator, &tight, &arena);
    }
    if (code == 0) {
        fuzz_rewrite(&csv, &arena);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
