#include "key_check.h"

#include "row_key.h"
#include "row_slots.h"

/* Sources of one figure that are compared each with each. */
#define KEY_SOURCES_MAX 64

struct key_checker {
    struct checker *checker;
    enum schema_name name;
    const struct schema_table *table;
    struct row_slots whole;   /* by the whole key: the first such row */
    struct row_slots figures; /* by the key without the source: the last such row */
    uint32_t *before;         /* [rows] the row before of the same figure + 1; NULL: no figures */
};

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

static void key_duplicate(const struct key_checker *of, uint32_t row, uint32_t first)
{
    if (checker_full(of->checker)) {
        return;
    }
    char key[ROW_KEY_TEXT];
    const uint32_t *line = checker_lines(of->checker, of->table);
    size_t column = (size_t)__builtin_ctz(of->table->key);
    row_key_full(of->checker, of->name, row, key);
    checker_fault(of->checker, E_SCENARIO_KEY_DUPLICATE, of->name, line[row],
                  of->table->columns[column].name, text_of(key),
                  "the row has the same key as line %u", line[first]);
}

static void key_figure(const struct key_checker *of, const struct contradiction_pairs *pairs,
                       uint32_t row)
{
    uint32_t *slot = row_slots_of(&of->figures, row);
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
    size_t n = checker_rows(checker, of.table);
    TRY(row_slots_init(&of.whole, checker, name, of.table->key, err));
    if (name == SCHEMA_HOSTS || name == SCHEMA_TRADE) {
        uint32_t figure = of.table->key & ~(UINT32_C(1) << row_key_form(name)->source);
        TRY(row_slots_init(&of.figures, checker, name, figure, err));
        TRY_NEW(of.before, checker->scratch, n, err);
    }
    for (uint32_t row = 0; row < n; row++) {
        if (!key_whole(&of, row)) {
            continue;
        }
        uint32_t *slot = row_slots_of(&of.whole, row);
        if (*slot != 0) {
            key_duplicate(&of, row, *slot - 1);
            continue;
        }
        *slot = row + 1;
        if (of.before != NULL) {
            key_figure(&of, pairs, row);
        }
    }
    return 0;
}
