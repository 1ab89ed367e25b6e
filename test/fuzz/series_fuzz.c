/* Any bytes as a file of counts: series that keep their promises, or faults that say where and what. */
#include "fuzz.h"

#include <math.h>

#include "book.h"
#include "series_file.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

static void fuzz_value(const struct watch_series *series, const struct watch_value *value)
{
    fuzz_demand(value->from != DATE_NONE && value->from <= value->to);
    fuzz_demand(isfinite(value->count) && fabs(value->count) <= 1e15);
    fuzz_demand(value->count >= 0 || series->kind == KIND_NET);
    fuzz_demand(series->kind == KIND_RATE || value->count == floor(value->count));
    fuzz_demand(value->published == DATE_NONE || value->published >= value->from);
    fuzz_demand(value->row >= 2 && value->source == 0);
}

/* In order, apart from each other, and revised only with dates. */
static void fuzz_series(const struct watch_book *book, const struct watch_series *series)
{
    size_t bad;
    date_days reach = DATE_NONE;
    fuzz_demand(series->n > 0 && series->measure == BOOK_NONE);
    fuzz_demand(series->place < book->names->n && series->route < book->names->n);
    fuzz_demand(text_utf8(names_word(book->names, series->place), &bad));
    fuzz_demand(text_utf8(names_word(book->names, series->measure_word), &bad));
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i], *before = i > 0 ? value - 1 : NULL;
        fuzz_value(series, value);
        bool same = before != NULL && before->from == value->from && before->to == value->to;
        fuzz_demand(same == value->revision);
        if (same) {
            fuzz_demand(before->published != DATE_NONE && before->published < value->published);
        } else {
            fuzz_demand(reach == DATE_NONE || value->from > reach);
        }
        reach = value->to;
    }
}

/* What is known covers what there is, once a period. */
static void fuzz_known(struct arena *arena, const struct watch_series *series)
{
    struct watch_known known;
    size_t periods = 0;
    fuzz_demand(book_known(arena, series, WATCH_NEXT_DAY, DATE_NONE, &known, NULL) == 0);
    for (size_t i = 0; i < series->n; i++) {
        periods += !series->value[i].revision;
    }
    fuzz_demand(known.n == periods);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct faults faults;
    struct ajar_err err = {0};
    struct series_file file = {0};
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    char *copy = fuzz_copy(data, size);
    int code =
        series_file_parse(&arena, "counts.csv", (struct text){copy, size}, &faults, &file, &err);
    free(copy); /* what is kept must be a copy */
    fuzz_demand(code == err.code && (code == 0) == (faults.total == 0));
    fuzz_demand(code == 0 || (code == E_WATCH_FILE && file.rows == 0));
    for (size_t i = 0; i < faults.kept; i++) {
        const struct ajar_err *fault = &faults.at[i];
        fuzz_demand(fault->code > 0 && fault->text[0] != '\0' && err_advice(fault)[0] != '\0');
        fuzz_demand(strcmp(fault->file, "counts.csv") == 0 && fault->row >= 0);
    }
    if (code == 0) {
        fuzz_demand(file.book.n > 0 && file.rows > 0 && file.n_assumed > 0);
        for (size_t i = 0; i < file.n_assumed; i++) {
            size_t bad;
            fuzz_demand(file.assumed[i][0] != '\0');
            fuzz_demand(text_utf8(text_of(file.assumed[i]), &bad));
        }
        for (size_t s = 0; s < file.book.n; s++) {
            fuzz_series(&file.book, &file.book.series[s]);
            fuzz_known(&arena, &file.book.series[s]);
        }
    }
    arena_free(&arena);
    return 0;
}
