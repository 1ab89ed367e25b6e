#include <string.h>

#include "place_trait.h"
#include "programme_lists.h"

enum { PEOPLE, GROUP, READY, COLUMNS };

static const char *const household_columns[COLUMNS] = {"people", "group", "ready"};

/* By name of the household, until the names are in order. */
struct households {
    struct programme_reader *reader;
    int at[COLUMNS];
    int32_t *people;
    name_id *group;

    date_days *ready;
    struct place_ids groups;
    bool any_unnamed;
};

static bool households_column(void *arg, struct place_sheet *sheet, int c, struct text column)
{
    struct households *households = arg;
    for (int i = 0; i < COLUMNS; i++) {
        if (!text_is(column, household_columns[i])) {
            continue;
        }
        if (households->at[i] >= 0) {
            place_sheet_header(sheet, E_PLACE_COLUMN, column,
                               "this column stands here a second time");
        } else {
            households->at[i] = c;
        }
        return true;
    }
    return place_trait(column); /* a fault already */
}

static int households_start(void *arg, struct place_sheet *sheet, const struct place_list *list,
                            size_t rows, struct ajar_err *err)
{
    struct households *households = arg;
    struct arena *scratch = households->reader->scratch;
    (void)sheet;
    (void)list;
    TRY_NEW(households->people, scratch, rows, err);
    TRY_NEW(households->group, scratch, rows, err);
    TRY_NEW(households->ready, scratch, rows, err);
    for (size_t i = 0; i < rows; i++) {
        households->people[i] = 1;
        households->ready[i] = DATE_NONE;
    }
    return place_ids_init(&households->groups, scratch, err);
}

static int households_group(struct households *households, struct place_sheet *sheet, name_id name,
                            struct ajar_err *err)
{
    struct text label = place_sheet_cell(sheet, households->at[GROUP]);
    bool fresh;
    if (label.n == 0) {
        households->any_unnamed = true;
        return 0;
    }
    if (!place_sheet_id(sheet, households->at[GROUP], "group", &label)) {
        return 0;
    }
    return place_ids_add(&households->groups, label, &fresh, &households->group[name], err);
}

static int households_row(void *arg, struct place_sheet *sheet, name_id name, const int32_t *amount,
                          struct ajar_err *err)
{
    struct households *households = arg;
    (void)amount;
    if (households->at[PEOPLE] >= 0) {
        place_sheet_whole(sheet, households->at[PEOPLE], 1, PLACE_AMOUNT_MOST,
                          &households->people[name]);
    }
    if (households->at[READY] >= 0) {
        programme_lists_date(sheet, households->at[READY], &households->ready[name]);
    }
    return households->at[GROUP] < 0 ? 0 : households_group(households, sheet, name, err);
}

/* The empty label stands before all others. */
static int households_groups(struct households *households, struct ajar_err *err)
{
    struct programme_reader *reader = households->reader;
    struct place_ids *groups = &households->groups;
    const uint32_t *position = reader->households.ids.position;
    uint32_t n = reader->households.ids.n, shift = households->any_unnamed;
    struct text *list;
    uint32_t *group;
    TRY(place_ids_sort(groups, reader->arena, reader->scratch, err));
    TRY_NEW(list, reader->arena, (size_t)groups->n + 1, err);
    TRY_NEW(group, reader->arena, n, err);
    list[0] = (struct text){"", 0};
    if (groups->n > 0) {
        memcpy(list + shift, groups->list, groups->n * sizeof *list);
    }
    for (name_id name = 1; name <= n; name++) {
        name_id of = households->group[name];
        group[position[name]] = of == 0 ? 0 : groups->position[of] + shift;
    }
    reader->out.n_groups = groups->n + shift;
    reader->out.group_name = list;
    reader->out.group = group;
    return 0;
}

static int households_order(struct households *households, struct ajar_err *err)
{
    struct programme_reader *reader = households->reader;
    const uint32_t *position = reader->households.ids.position;
    uint32_t n = reader->households.ids.n;
    int32_t *people;
    date_days *ready;
    TRY_NEW(people, reader->arena, n, err);
    TRY_NEW(ready, reader->arena, n, err);
    for (name_id name = 1; name <= n; name++) {
        people[position[name]] = households->people[name];
        ready[position[name]] = households->ready[name];
    }
    reader->out.people = people;
    reader->out.ready = ready;
    reader->detail->rules.ready = ready;
    return households->at[GROUP] < 0 ? 0 : households_groups(households, err);
}

int programme_households_read(struct programme_reader *reader, struct ajar_err *err)
{
    const struct place_table *table = programme_table_of(reader, PROGRAMME_HOUSEHOLDS);
    struct households households = {.reader = reader, .at = {-1, -1, -1}};
    const struct place_list_more more = {&households,       household_columns, COLUMNS,
                                         households_column, households_start,  households_row};
    TRY(place_list_read(reader->arena, reader->scratch, PLACE_HOUSEHOLDS, table->name, table->bytes,
                        &more, reader->faults, &reader->households, err));
    place_passed(&reader->input->passed, table->bytes);
    return reader->households.whole ? households_order(&households, err) : 0;
}
