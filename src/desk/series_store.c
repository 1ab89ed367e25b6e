/* Counts as they are read, before it is known how many each series has. */
#include <string.h>

#include "series_parts.h"

#define SERIES_FIRST_BLOCKS ((size_t)16)

static int series_more_blocks(struct series_blocks *blocks, struct arena *arena,
                              struct ajar_err *err)
{
    void **at;
    size_t cap = blocks->cap == 0 ? SERIES_FIRST_BLOCKS : 2 * blocks->cap;
    TRY_NEW(at, arena, cap, err);
    if (blocks->cap > 0) {
        memcpy(at, blocks->at, blocks->cap * sizeof *at);
    }
    blocks->at = at;
    blocks->cap = cap;
    return 0;
}

/* Room for one more of `size` bytes in the last block. */
static int series_next(struct series_blocks *blocks, struct arena *arena, size_t size,
                       struct ajar_err *err)
{
    size_t block = blocks->n / SERIES_BLOCK;
    if (blocks->n == UINT32_MAX) {
        return err_set(err, E_CEILING, "The file has more than %u rows or counts.", UINT32_MAX);
    }
    if (blocks->n % SERIES_BLOCK != 0) {
        return 0;
    }
    if (block == blocks->cap) {
        TRY(series_more_blocks(blocks, arena, err));
    }
    blocks->at[block] = arena_get(arena, SERIES_BLOCK, size, err);
    return blocks->at[block] != NULL ? 0 : arena_code(err);
}

static struct series_row *series_row_at(const struct series_store *store, size_t i)
{
    struct series_row *rows = store->rows.at[i / SERIES_BLOCK];
    return &rows[i % SERIES_BLOCK];
}

static struct series_cell *series_cell_at(const struct series_store *store, size_t i)
{
    struct series_cell *cells = store->cells.at[i / SERIES_BLOCK];
    return &cells[i % SERIES_BLOCK];
}

int series_store_row(struct series_store *store, struct arena *arena, const struct series_row *row,
                     struct ajar_err *err)
{
    TRY(series_next(&store->rows, arena, sizeof *row, err));
    *series_row_at(store, store->rows.n++) = *row;
    return 0;
}

int series_store_cell(struct series_store *store, struct arena *arena, double count,
                      uint32_t series, struct ajar_err *err)
{
    TRY(series_next(&store->cells, arena, sizeof(struct series_cell), err));
    *series_cell_at(store, store->cells.n++) =
        (struct series_cell){count, series, (uint32_t)(store->rows.n - 1)};
    return 0;
}

const struct series_row *series_store_last(const struct series_store *store)
{
    return series_row_at(store, store->rows.n - 1);
}

void series_store_put(const struct series_store *store, struct watch_book *book)
{
    for (size_t i = 0; i < store->cells.n; i++) {
        const struct series_cell *cell = series_cell_at(store, i);
        const struct series_row *row = series_row_at(store, cell->row);
        book_rows_put(&book->series[cell->series], (struct watch_value){.from = row->from,
                                                                        .to = row->to,
                                                                        .count = cell->count,
                                                                        .published = row->published,
                                                                        .row = row->line});
    }
}
