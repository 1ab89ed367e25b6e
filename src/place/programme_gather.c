#include "programme_gather.h"

#include <stdio.h>

int programme_gather_start(void *gather, struct programme_sheet *sheet, size_t rows,
                           struct ajar_err *err)
{
    struct programme_gather *to = gather;
    TRY_NEW(to->rows.at, sheet->reader->scratch, rows, err);
    return 0;
}

int programme_gather_owner(const struct programme_gather *gather, struct programme_sheet *sheet,
                           uint32_t *out, struct ajar_err *err)
{
    switch (gather->owner) {
    case PROGRAMME_OF_LOT:
        return programme_lists_lot(sheet, 0, out, err);
    case PROGRAMME_OF_PLACE:
        return programme_lists_place(sheet, 0, out, err);
    case PROGRAMME_OF_STATE:
        return programme_lists_state(sheet, 0, out, err);
    case PROGRAMME_OF_HOUSEHOLD:
        break;
    }
    return programme_lists_household(sheet, 0, out, err);
}

void programme_gather_add(struct programme_gather *gather, const struct programme_sheet *sheet,
                          uint32_t owner, uint64_t key, uint32_t of)
{
    gather->rows.at[gather->rows.n++] =
        (struct programme_row){key, owner, of, sheet->sheet.csv.row};
}

static int gather_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct programme_gather *gather = arg;
    uint32_t owner;
    name_id word;
    TRY(programme_gather_owner(gather, sheet, &owner, err));
    TRY(programme_lists_word(sheet, 1, gather->words, gather->what, &word, err));
    if (owner != PLACE_NONE && word != 0) {
        programme_gather_add(gather, sheet, owner, word, 0);
    }
    return 0;
}

int programme_gather_words(struct programme_reader *reader, struct programme_gather *gather,
                           struct ajar_err *err)
{
    const struct programme_list list = {.table = gather->table,
                                        .columns = {{gather->column, false}, {gather->what, false}},
                                        .start = programme_gather_start,
                                        .row = gather_row};
    return programme_lists_read(reader, &list, gather, err);
}

int programme_gather_make(struct programme_reader *reader, struct programme_gather *gather,
                          struct programme_relation *out, struct ajar_err *err)
{
    const struct place_table *table = programme_table_of(reader, gather->table);
    const struct place_ids *const all[] = {
        [PROGRAMME_OF_HOUSEHOLD] = &reader->households.ids,
        [PROGRAMME_OF_LOT] = &reader->lots.ids,
        [PROGRAMME_OF_PLACE] = &reader->places,
        [PROGRAMME_OF_STATE] = &reader->states,
    };
    const struct place_ids *owners = all[gather->owner];
    char what[80];
    struct programme_twice twice = {table->name, gather->column, what, owners->list,
                                    reader->faults};
    if (table->name == NULL || !reader->households.whole || !reader->lots.whole) {
        return 0;
    }
    if (gather->twice != NULL) {
        twice.what = gather->twice;
    } else {
        snprintf(what, sizeof what, "this %s with this %s", gather->column, gather->what);
    }
    return programme_relation_make(reader->arena, &gather->rows, owners->n, &twice, out, err);
}
