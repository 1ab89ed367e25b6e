#include "programme_gather.h"

enum { FIRST, SECOND, CHOICE, REASON };
enum { LOCK, FORBID, KINDS };

/* Vetoes and locks: what people say of a pair, with their reasons. */
struct orders {
    struct programme_gather rows, locked;
    struct text *reason; /* by row */
    uint32_t n;
};

static int orders_start(void *arg, struct programme_sheet *sheet, size_t rows, struct ajar_err *err)
{
    struct orders *orders = arg;
    struct programme_reader *reader = sheet->reader;
    TRY(programme_gather_start(&orders->rows, sheet, rows, err));
    TRY_NEW(orders->reason, reader->arena, rows, err);
    if (orders->rows.table == PROGRAMME_LOCKS) {
        TRY(programme_gather_start(&orders->locked, sheet, rows, err));
        TRY_NEW(reader->locks, reader->scratch, rows, err);
    }
    return 0;
}

static int orders_veto(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    static const char *const by[] = {"household", "place"};
    struct orders *orders = arg;
    uint32_t household, place, who = programme_lists_choice(sheet, CHOICE, by, 2);
    TRY(programme_lists_household(sheet, FIRST, &household, err));
    TRY(programme_lists_place(sheet, SECOND, &place, err));
    TRY(programme_lists_text(sheet, REASON, &orders->reason[orders->n], err));
    if (household != PLACE_NONE && place != PLACE_NONE && who < 2) {
        programme_gather_add(&orders->rows, sheet, household, (uint64_t)place << 1 | who,
                             orders->n++);
    }
    return 0;
}

static int orders_vetoes(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_VETOES,
        .columns = {{"household", false}, {"place", false}, {"by", false}, {"reason", true}},
        .start = orders_start,
        .row = orders_veto};
    struct programme_rules *rules = &reader->detail->rules;
    struct orders orders = {.rows = {.table = PROGRAMME_VETOES,
                                     .owner = PROGRAMME_OF_HOUSEHOLD,
                                     .column = "household",
                                     .twice = "this veto of the same side"}};
    TRY(programme_lists_read(reader, &list, &orders, err));
    rules->veto_reason = orders.reason;
    rules->any |= orders.n > 0;
    return programme_gather_make(reader, &orders.rows, &rules->vetoes, err);
}

static int orders_lock(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    static const char *const kinds[KINDS] = {"lock", "forbid"};
    struct programme_reader *reader = sheet->reader;
    struct orders *orders = arg;
    uint32_t household, lot, kind = programme_lists_choice(sheet, CHOICE, kinds, KINDS);
    struct text *reason = &orders->reason[orders->n];
    TRY(programme_lists_household(sheet, FIRST, &household, err));
    TRY(programme_lists_lot(sheet, SECOND, &lot, err));
    TRY(programme_lists_text(sheet, REASON, reason, err));
    if (household == PLACE_NONE || lot == PLACE_NONE || kind == KINDS) {
        return 0;
    }
    if (kind == FORBID) {
        programme_gather_add(&orders->rows, sheet, household, lot, orders->n++);
        return 0;
    }
    programme_gather_add(&orders->locked, sheet, household, 0, reader->n_locks);
    reader->locks[reader->n_locks++] =
        (struct programme_lock){household, lot, *reason, sheet->sheet.csv.row};
    return 0;
}

static int orders_locks(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_LOCKS,
        .columns = {{"household", false}, {"locality", false}, {"kind", false}, {"reason", true}},
        .start = orders_start,
        .row = orders_lock};
    struct programme_rules *rules = &reader->detail->rules;
    struct orders orders = {.rows = {.table = PROGRAMME_LOCKS,
                                     .owner = PROGRAMME_OF_HOUSEHOLD,
                                     .column = "household",
                                     .twice = "this forbidden pair"},
                            .locked = {.table = PROGRAMME_LOCKS,
                                       .owner = PROGRAMME_OF_HOUSEHOLD,
                                       .column = "household",
                                       .twice = "a lock of this household"}};
    TRY(programme_lists_read(reader, &list, &orders, err));
    rules->forbid_reason = orders.reason;
    rules->any |= orders.n > 0;
    TRY(programme_gather_make(reader, &orders.locked, &reader->locked, err));
    return programme_gather_make(reader, &orders.rows, &rules->forbids, err);
}

int programme_orders_read(struct programme_reader *reader, struct ajar_err *err)
{
    TRY(orders_vetoes(reader, err));
    return orders_locks(reader, err);
}
