#include "checker.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "near_file.h"

/* Past the limit faults are only counted: a broken file of a million rows must not cost a million
 * formatted messages. */
static struct ajar_err *checker_fault_v(struct checker *checker, enum err_code code,
                                        const char *file, long row, const char *column,
                                        struct text value, const char *format, va_list args)
{
    bool full = checker->faults->kept == checker->faults->limit;
    struct ajar_err *fault = faults_add(checker->faults);
    if (full) {
        err_set(fault, code, "%s", "");
        return fault;
    }
    char sentence[sizeof fault->text];
    vsnprintf(sentence, sizeof sentence, format, args);
    err_at(fault, code, file, row, column, value, "%s", sentence);
    return fault;
}

struct ajar_err *checker_fault(struct checker *checker, enum err_code code, enum schema_name table,
                               uint32_t line, const char *column, struct text value,
                               const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct ajar_err *fault = checker_fault_v(checker, code, checker->path[table], (long)line,
                                             column, value, format, args);
    va_end(args);
    return fault;
}

struct ajar_err *checker_file_fault(struct checker *checker, enum err_code code, const char *file,
                                    long row, const char *column, struct text value,
                                    const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct ajar_err *fault = checker_fault_v(checker, code, file, row, column, value, format, args);
    va_end(args);
    return fault;
}

bool checker_full(struct checker *checker)
{
    if (checker->faults->kept < checker->faults->limit) {
        return false;
    }
    faults_add(checker->faults);
    return true;
}

const char *checker_meant(const struct word_rows *rows, struct text word)
{
    size_t n = rows->words_n < CHECKER_MEANT ? rows->words_n : CHECKER_MEANT;
    return text_nearest(word, rows->words, n);
}

int checker_missing(struct checker *checker, const char *path, const char *name,
                    struct ajar_err *err)
{
    const char *meant;
    TRY(near_file(checker->scratch, path, &meant, err));
    struct ajar_err *fault = checker_file_fault(checker, E_SCENARIO_FILE_MISSING, path, 0, NULL,
                                                (struct text){"", 0}, "there is no %s", name);
    if (meant != NULL) {
        err_hint(fault, "Rename '%.*s' to %s if that is meant, else add the file.",
                 (int)text_fit(text_of(meant), 60), meant, name);
    }
    return 0;
}

/* A ceiling that is about bytes of a file names the file; one without a file is the arena's. */
int checker_absorb(struct checker *checker, int code, const struct ajar_err *problem,
                   struct ajar_err *err)
{
    if (ajar_err_exit(code) == 3 && (code != E_CEILING || problem->file[0] != '\0')) {
        *faults_add(checker->faults) = *problem;
        return 0;
    }
    if (err != NULL) {
        *err = *problem;
    }
    return code;
}

/* Arrays below this are not worth a system call. */
#define CHECKER_HUGE ((size_t)4 << 20)

/* The advice is about whole pages inside the array; that it is refused harms nothing. */
void *checker_array(struct arena *arena, size_t count, size_t size, struct ajar_err *err)
{
    char *array = arena_get(arena, count, size, err);
    if (array != NULL && count >= CHECKER_HUGE / size) {
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        size_t skip = (page - (uintptr_t)array % page) % page;
        madvise(array + skip, (count * size - skip) / page * page, MADV_HUGEPAGE);
    }
    return array;
}

/* Every table begins with its number of rows and their lines. */
struct checker_table {
    size_t n;
    uint32_t *line;
};

static char *checker_table(const struct checker *checker, const struct schema_table *table)
{
    return (char *)checker->scenario + table->offset;
}

void *checker_column(const struct checker *checker, const struct schema_table *table, size_t column)
{
    return *(void **)(void *)(checker_table(checker, table) + table->columns[column].field);
}

size_t checker_rows(const struct checker *checker, const struct schema_table *table)
{
    return ((const struct checker_table *)(void *)checker_table(checker, table))->n;
}

const uint32_t *checker_lines(const struct checker *checker, const struct schema_table *table)
{
    return ((const struct checker_table *)(void *)checker_table(checker, table))->line;
}

int checker_add_bad(struct checker *checker, enum schema_name table, uint32_t row,
                    struct ajar_err *err)
{
    struct bad_rows *bad = &checker->bad[table];
    if (bad->n == bad->cap) {
        size_t cap = bad->cap == 0 ? 64 : bad->cap * 2;
        uint32_t *at;
        TRY_NEW(at, checker->scratch, cap, err);
        if (bad->n > 0) {
            memcpy(at, bad->at, bad->n * sizeof *at);
        }
        bad->at = at;
        bad->cap = cap;
    }
    bad->at[bad->n++] = row;
    return 0;
}

bool checker_is_bad(const struct checker *checker, enum schema_name table, uint32_t row)
{
    const struct bad_rows *bad = &checker->bad[table];
    size_t low = 0, high = bad->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        low = bad->at[middle] < row ? middle + 1 : low;
        high = bad->at[middle] < row ? high : middle;
    }
    return low < bad->n && bad->at[low] == row;
}

int word_rows_fill(struct word_rows *out, struct checker *checker, const name_id *words, size_t n,
                   const name_id *only, name_id wanted, struct ajar_err *err)
{
    struct word_rows rows = {.n = checker->names->n};
    TRY_NEW(rows.at, checker->scratch, rows.n, err);
    TRY_NEW(rows.words, checker->scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        if (words[i] == 0 || (only != NULL && only[i] != wanted && only[i] != 0)) {
            continue;
        }
        if (rows.at[words[i]] == 0) {
            rows.at[words[i]] = (uint32_t)i + 1;
            rows.words[rows.words_n++] = names_word(checker->names, words[i]).at;
        }
    }
    *out = rows;
    return 0;
}
