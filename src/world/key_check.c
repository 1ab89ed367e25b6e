#include "key_check.h"

#include <string.h>

#include "cell_read.h"
#include "row_key.h"

/* Bytes of the longest key in memory: eight columns of the widest type that keys have. */
#define KEY_BYTES (8 * sizeof(struct date_partial))

/* Sources of one figure that are compared each with each. */
#define KEY_SOURCES_MAX 64

struct key_checker {
    struct checker *checker;
    enum schema_name name;
    const struct schema_table *table;
    uint32_t mask;
    uint32_t *whole;   /* slots by the whole key: row + 1 */
    uint32_t *figures; /* slots by the key without the source: the last such row + 1; or NULL */
    uint32_t *before;  /* [rows] the row before of the same figure + 1 */
};

/* The key's cells side by side; a way between places is the same in both directions.  Returns the
 * bytes used. */
static size_t key_bytes(const struct key_checker *of, uint32_t columns, uint32_t row,
                        char to[static KEY_BYTES])
{
    size_t n = 0;
    for (size_t c = 0; c < of->table->n; c++) {
        if ((columns >> c & 1) != 0) {
            size_t size = cell_type_size(of->table->columns[c].type);
            memcpy(to + n, (const char *)checker_column(of->checker, of->table, c) + row * size,
                   size);
            n += size;
        }
    }
    if (of->name == SCHEMA_ROUTES) {
        uint32_t ends[2];
        memcpy(ends, to, sizeof ends);
        uint32_t turned[2] = {ends[1], ends[0]};
        if (ends[0] > ends[1]) {
            memcpy(to, turned, sizeof turned);
        }
    }
    return n;
}

/* A reference into a table that could not be read stands for no row: such keys look alike and are not. */
static bool key_whole(const struct key_checker *of, uint32_t row)
{
    for (size_t c = 0; c < of->table->n; c++) {
        enum cell_type type = of->table->columns[c].type;
        if ((of->table->key >> c & 1) != 0 &&
            (type == CELL_PLACE || type == CELL_ARRIVAL_MEASURE || type == CELL_HOST_MEASURE) &&
            ((const uint32_t *)checker_column(of->checker, of->table, c))[row] == SCENARIO_NO_ROW) {
            return false;
        }
    }
    return !checker_is_bad(of->checker, of->name, row);
}

/* The slot of the row with the same key, or the free one. */
static uint32_t *key_slot(const struct key_checker *of, uint32_t *slots, uint32_t columns,
                          uint32_t row)
{
    char key[KEY_BYTES], other[KEY_BYTES];
    size_t n = key_bytes(of, columns, row, key);
    uint32_t at = (uint32_t)names_hash((struct text){key, n}) & of->mask;
    while (slots[at] != 0) {
        key_bytes(of, columns, slots[at] - 1, other);
        if (memcmp(key, other, n) == 0) {
            break;
        }
        at = (at + 1) & of->mask;
    }
    return &slots[at];
}

static void key_duplicate(const struct key_checker *of, uint32_t row, uint32_t first)
{
    char key[ROW_KEY_TEXT];
    const uint32_t *line = checker_lines(of->checker, of->table);
    size_t column = (size_t)__builtin_ctz(of->table->key);
    row_key_full(of->checker, of->name, row, key);
    checker_fault(of->checker, E_SCENARIO_KEY_DUPLICATE, of->name, line[row],
                  of->table->columns[column].name, text_of(key),
                  "the row has the same key as line %u", line[first]);
}

static void key_figure(const struct key_checker *of, const struct contradiction_pairs *pairs,
                       uint32_t columns, uint32_t row)
{
    uint32_t *slot = key_slot(of, of->figures, columns, row);
    size_t seen = 0;
    for (uint32_t other = *slot; other != 0 && seen < KEY_SOURCES_MAX; seen++) {
        contradiction_check_pair(of->checker, pairs, of->name, row, other - 1);
        other = of->before[other - 1];
    }
    of->before[row] = *slot;
    *slot = row + 1;
}

int key_check(struct checker *checker, enum schema_name name,
              const struct contradiction_pairs *pairs, struct ajar_err *err)
{
    struct key_checker of = {.checker = checker, .name = name, .table = schema_table(name)};
    size_t n = checker_rows(checker, of.table), slots = 16;
    while (slots < n * 2) {
        slots *= 2;
    }
    of.mask = (uint32_t)(slots - 1);
    TRY_NEW(of.whole, checker->scratch, slots, err);
    uint32_t figure = 0;
    if (name == SCHEMA_HOSTS || name == SCHEMA_TRADE) {
        figure = of.table->key & ~(UINT32_C(1) << row_key_form(name)->source);
        TRY_NEW(of.figures, checker->scratch, slots, err);
        TRY_NEW(of.before, checker->scratch, n, err);
    }
    for (uint32_t row = 0; row < n; row++) {
        if (!key_whole(&of, row)) {
            continue;
        }
        uint32_t *slot = key_slot(&of, of.whole, of.table->key, row);
        if (*slot != 0) {
            key_duplicate(&of, row, *slot - 1);
            continue;
        }
        *slot = row + 1;
        if (figure != 0) {
            key_figure(&of, pairs, figure, row);
        }
    }
    return 0;
}
