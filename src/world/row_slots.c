#include "row_slots.h"

#include <string.h>

int row_slots_init(struct row_slots *out, struct checker *checker, enum schema_name table,
                   uint32_t columns, struct ajar_err *err)
{
    struct row_slots slots = {.checker = checker,
                              .table = schema_table(table),
                              .columns = columns,
                              .both_ways = table == SCHEMA_ROUTES};
    size_t n = 16;
    while (n < checker_rows(checker, slots.table) * 2) {
        n *= 2;
    }
    slots.mask = (uint32_t)(n - 1);
    TRY_NEW(slots.at, checker->scratch, n, err);
    *out = slots;
    return 0;
}

/* The key's cells side by side; returns the bytes used. */
static size_t row_slots_key(const struct row_slots *slots, uint32_t row,
                            char to[static ROW_SLOTS_BYTES])
{
    size_t n = 0;
    for (size_t c = 0; c < slots->table->n; c++) {
        if ((slots->columns >> c & 1) != 0) {
            size_t size = cell_type_size(slots->table->columns[c].type);
            const char *column = checker_column(slots->checker, slots->table, c);
            memcpy(to + n, column + row * size, size);
            n += size;
        }
    }
    if (slots->both_ways) {
        uint32_t ends[2];
        memcpy(ends, to, sizeof ends);
        uint32_t turned[2] = {ends[1], ends[0]};
        if (ends[0] > ends[1]) {
            memcpy(to, turned, sizeof turned);
        }
    }
    return n;
}

static uint32_t *row_slots_probe(const struct row_slots *slots, const char *key, size_t n)
{
    char other[ROW_SLOTS_BYTES];
    uint32_t at = (uint32_t)names_hash((struct text){key, n}) & slots->mask;
    while (slots->at[at] != 0) {
        row_slots_key(slots, slots->at[at] - 1, other);
        if (memcmp(key, other, n) == 0) {
            break;
        }
        at = (at + 1) & slots->mask;
    }
    return &slots->at[at];
}

uint32_t *row_slots_of(const struct row_slots *slots, uint32_t row)
{
    char key[ROW_SLOTS_BYTES];
    size_t n = row_slots_key(slots, row, key);
    return row_slots_probe(slots, key, n);
}

uint32_t row_slots_find(const struct row_slots *slots, const char *key, size_t n)
{
    return *row_slots_probe(slots, key, n) - 1; /* 0 - 1 is SCENARIO_NO_ROW */
}
