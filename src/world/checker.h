/* What the reading and checking of one scenario shares.  Internal to world/.
 *
 * Each file beside this one checks one idea and reports through checker_fault; none stops at the
 * first fault.  A cell that cannot be read stays empty, and the checks across rows pass over empty
 * cells, so that one slip is one fault. */
#ifndef WORLD_CHECKER_H
#define WORLD_CHECKER_H

#include "scenario.h"
#include "schema.h"

/* From the id of a word to the row that it names: row + 1, or 0 for "no row". */
struct word_rows {
    uint32_t *at; /* [n] */
    uint32_t n;
    const char **words; /* [words_n] what there is to choose from, for suggestions */
    size_t words_n;
};

struct row_slots;

/* Rows in which a cell could not be read, rising.  Where an empty cell means something, a rule asks
 * whether it is one of them. */
struct bad_rows {
    uint32_t *at;
    size_t n, cap;
};

struct checker {
    struct arena *arena;   /* what the scenario keeps */
    struct arena *scratch; /* what lives until the check is done */
    struct scenario *scenario;
    struct names *names;
    struct faults *faults;
    struct pool *pool;
    const struct watch *watch;
    const char *path[SCHEMA_COUNT]; /* of each table, for messages */
    bool read[SCHEMA_COUNT];        /* the table is there and has its columns */
    struct bad_rows bad[SCHEMA_COUNT];
    struct word_rows sources, places, arrival_measures, host_measures;
    struct row_slots
        *by_key[SCHEMA_COUNT]; /* rows that contradictions name, see row_key.h; NULL: */
    struct row_slots *by_key_and_source[SCHEMA_COUNT]; /* not asked for yet */
};

/* A new fault of a row of a table.  value may be empty.  Fill in a suggestion with err_hint. */
struct ajar_err *checker_fault(struct checker *checker, enum err_code code, enum schema_name table,
                               uint32_t line, const char *column, struct text value,
                               const char *format, ...) __attribute__((format(printf, 7, 8)));

/* The same for a file that is no table. */
struct ajar_err *checker_file_fault(struct checker *checker, enum err_code code, const char *file,
                                    long row, const char *column, struct text value,
                                    const char *format, ...) __attribute__((format(printf, 7, 8)));

/* Whether a further fault would be counted and not kept; if so it is counted here, and its maker can
 * save the message and the search for what may be meant. */
bool checker_full(struct checker *checker);

/* The word of a map that may be meant; NULL: none is near.  Only the first CHECKER_MEANT words are
 * looked at. */
#define CHECKER_MEANT 1000
const char *checker_meant(const struct word_rows *rows, struct text word);

/* A file that has to be there is not; what stands beside it under a name like it may be meant. */
int checker_missing(struct checker *checker, const char *path, const char *name,
                    struct ajar_err *err);

/* Takes what another room reported: bad data becomes a fault and 0 is returned; anything else
 * (memory, cancelled) goes to err and its code is returned. */
int checker_absorb(struct checker *checker, int code, const struct ajar_err *problem,
                   struct ajar_err *err);

/* arena_get for an array that may be large: such a one is backed by huge pages where the system has
 * them, since touching it page by page for the first time can cost more than filling it. */
void *checker_array(struct arena *arena, size_t count, size_t size, struct ajar_err *err);
#define TRY_ARRAY(pointer, arena, count, err)                                                      \
    do {                                                                                           \
        (pointer) = checker_array((arena), (count), sizeof *(pointer), (err));                     \
        if ((pointer) == NULL) {                                                                   \
            return arena_code(err);                                                                \
        }                                                                                          \
    } while (0)

/* The column of a table in memory, as the schema says where it stands. */
void *checker_column(const struct checker *checker, const struct schema_table *table,
                     size_t column);
size_t checker_rows(const struct checker *checker, const struct schema_table *table);
const uint32_t *checker_lines(const struct checker *checker, const struct schema_table *table);

int checker_add_bad(struct checker *checker, enum schema_name table, uint32_t row,
                    struct ajar_err *err);
bool checker_is_bad(const struct checker *checker, enum schema_name table, uint32_t row);

static inline uint32_t word_row(const struct word_rows *rows, name_id word)
{
    return word < rows->n ? rows->at[word] - 1 : SCENARIO_NO_ROW;
}

/* Maps the words of a column, or those of its rows where `only` holds `wanted` or could not be read
 * (NULL: all rows). */
int word_rows_fill(struct word_rows *out, struct checker *checker, const name_id *words, size_t n,
                   const name_id *only, name_id wanted, struct ajar_err *err);

/* For printf's "%.*s". */
#define TEXT_SHOW(text) (int)text_fit((text), 200), (text).at

#endif
