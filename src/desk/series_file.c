#include "series_file.h"

#include <string.h>

#include "file.h"
#include "series_parts.h"

/* Ceiling of the memory that reading takes beside the book itself. */
#define SERIES_SCRATCH_CEILING ((size_t)16 << 30)

#define SERIES_COLUMNS_MOST 1024

static bool series_is_empty(struct text bytes)
{
    if (text_starts(bytes, "\xef\xbb\xbf")) {
        bytes = (struct text){bytes.at + 3, bytes.n - 3};
    }
    return text_trim(bytes).n == 0;
}

static int series_open(struct series_reader *it, const char *name, struct text bytes,
                       struct ajar_err *err)
{
    struct csv_limits limits = CSV_LIMITS_DEFAULT;
    struct ajar_err broken;
    limits.columns = SERIES_COLUMNS_MOST;
    int code = csv_open(&it->csv, it->scratch, name, bytes, 0, &limits, &broken);
    if (code == E_CEILING || code == E_MEMORY) {
        if (err != NULL) {
            *err = broken;
        }
        return code;
    }
    if (code != 0) {
        *faults_add(it->faults) = broken;
    }
    return 0;
}

static int series_begin(struct series_reader *it, struct ajar_err *err)
{
    TRY_NEW(it->names, it->arena, 1, err);
    TRY(names_init(it->names, it->arena, err));
    TRY(names_init(&it->keys, it->scratch, err));
    return names_init(&it->raw, it->scratch, err);
}

/* The book of what was read, when nothing was wrong so far. */
static int series_book(struct series_reader *it, struct watch_book *book, struct ajar_err *err)
{
    *book = (struct watch_book){.names = it->names, .n = it->n_series};
    TRY_NEW(book->series, it->arena, book->n, err);
    if (book->n > 0) {
        memcpy(book->series, it->series, book->n * sizeof *book->series);
    }
    /* a series whose first count was refused has none, and there are faults then */
    TRY(book_rows_room(it->arena, book, err));
    series_store_put(&it->store, book);
    TRY(book_rows_finish(book, err));
    series_check(it, book);
    return 0;
}

static int series_parse(struct series_reader *it, const char *name, struct text bytes,
                        struct series_file *out, struct ajar_err *err)
{
    struct watch_book book = {0};
    if (series_is_empty(bytes)) {
        err_at(faults_add(it->faults), E_WATCH_FILE_EMPTY, name, 0, NULL, TEXT_LIT(""),
               "The file is empty.");
        return 0;
    }
    TRY(series_open(it, name, bytes, err));
    if (it->faults->total > 0) {
        return 0;
    }
    TRY(series_begin(it, err));
    TRY(series_columns(it, err));
    if (it->faults->total > 0) {
        return 0;
    }
    TRY(series_rows(it, err));
    if (it->store.cells.n == 0 && it->faults->total == 0) {
        err_at(faults_add(it->faults), E_WATCH_FILE_NO_ROWS, name, 0, NULL, TEXT_LIT(""),
               it->n_empty > 0 ? "No row has a count." : "The file has a header and no rows.");
        return 0;
    }
    TRY(series_book(it, &book, err));
    if (it->faults->total > 0) {
        return 0;
    }
    TRY(series_sentences(it, &book, err));
    *out = (struct series_file){book, it->n_said, it->said, it->rows};
    return 0;
}

int series_file_parse(struct arena *arena, const char *name, struct text bytes,
                      struct faults *faults, struct series_file *out, struct ajar_err *err)
{
    struct arena scratch;
    struct series_file file = {0};
    arena_init(&scratch, "the file of counts", SERIES_SCRATCH_CEILING);
    struct series_reader it = {.arena = arena, .scratch = &scratch, .faults = faults};
    int code = series_parse(&it, name, bytes, &file, err);
    arena_free(&scratch);
    TRY(code);
    if (faults->total > 0) {
        faults_sort(faults);
        return err_at(err, E_WATCH_FILE, name, 0, NULL, TEXT_LIT(""),
                      "The file has %llu %s and is not used.", (unsigned long long)faults->total,
                      faults->total == 1 ? "fault" : "faults");
    }
    *out = file;
    return 0;
}

int series_file_read(struct arena *arena, const char *path, struct faults *faults,
                     struct series_file *out, struct ajar_err *err)
{
    struct file_view view;
    TRY(file_open(&view, path, SERIES_FILE_CEILING, err));
    int code = series_file_parse(arena, path, view.bytes, faults, out, err);
    file_close(&view);
    return code;
}
