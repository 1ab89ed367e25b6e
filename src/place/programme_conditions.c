#include "place_trait.h"
#include "programme_gather.h"

/* Names become numbers in the order of the words, so that the first that is told does not hang on the rows. */
static void conditions_number(struct programme_rows *rows, const struct place_ids *words,
                              unsigned shift)
{
    uint64_t low = (UINT64_C(1) << shift) - 1;
    for (size_t i = 0; i < rows->n; i++) {
        uint64_t key = rows->at[i].key;
        rows->at[i].key = (uint64_t)words->position[key >> shift] << shift | (key & low);
    }
}

static int conditions_features(struct programme_reader *reader, struct ajar_err *err)
{
    struct programme_rules *rules = &reader->detail->rules;
    struct programme_gather has = {.table = PROGRAMME_FEATURES,
                                   .owner = PROGRAMME_OF_LOT,
                                   .column = "locality",
                                   .what = "feature",
                                   .words = &reader->features};
    struct programme_gather wants = has;
    wants.table = PROGRAMME_REQUIRES;
    wants.owner = PROGRAMME_OF_HOUSEHOLD;
    wants.column = "household";
    TRY(programme_gather_words(reader, &has, err));
    TRY(programme_gather_words(reader, &wants, err));
    TRY(place_ids_sort(&reader->features, reader->arena, reader->scratch, err));
    conditions_number(&has.rows, &reader->features, 0);
    conditions_number(&wants.rows, &reader->features, 0);
    TRY(programme_gather_make(reader, &has, &rules->features, err));
    TRY(programme_gather_make(reader, &wants, &rules->requires, err));
    rules->feature = reader->features.list;
    rules->any |= wants.rows.n > 0;
    return 0;
}

static void conditions_basis(struct programme_sheet *sheet)
{
    static const char rule[] = "this trait is protected: a condition on it needs its legal basis";
    if (!place_trait(place_sheet_cell(&sheet->sheet, sheet->at[1]))) {
        return;
    }
    if (sheet->at[3] < 0) {
        place_sheet_fault(&sheet->sheet, E_PLACE_BASIS, sheet->at[1], "%s", rule);
    } else if (place_sheet_cell(&sheet->sheet, sheet->at[3]).n == 0) {
        place_sheet_fault(&sheet->sheet, E_PLACE_BASIS, sheet->at[3], "%s", rule);
    }
}

static int conditions_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct programme_reader *reader = sheet->reader;
    uint32_t lot;
    name_id trait, value;
    TRY(programme_lists_lot(sheet, 0, &lot, err));
    TRY(programme_lists_word(sheet, 1, &reader->traits, "trait", &trait, err));
    TRY(programme_lists_word(sheet, 2, &reader->values, "value", &value, err));
    conditions_basis(sheet);
    if (lot != PLACE_NONE && trait != 0 && value != 0) {
        programme_gather_add(arg, sheet, lot, (uint64_t)trait << 32 | value, 0);
    }
    return 0;
}

/* What no condition names is looked at no further than its household. */
static int conditions_trait_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct programme_reader *reader = sheet->reader;
    struct text trait, value;
    uint32_t household;
    TRY(programme_lists_household(sheet, 0, &household, err));
    bool good = place_sheet_id(&sheet->sheet, sheet->at[1], "trait", &trait);
    good &= place_sheet_id(&sheet->sheet, sheet->at[2], "value", &value);
    if (!good || household == PLACE_NONE) {
        return 0;
    }
    uint32_t number = place_ids_find(&reader->traits, trait);
    name_id named;
    if (number != PLACE_NONE) {
        TRY(programme_lists_word(sheet, 2, &reader->values, "value", &named, err));
        programme_gather_add(arg, sheet, household, (uint64_t)number << 32 | named, 0);
    }
    return 0;
}

static int conditions_traits(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list conditions = {
        .table = PROGRAMME_CONDITIONS,
        .columns = {{"locality", false}, {"trait", false}, {"value", false}, {"basis", true}},
        .start = programme_gather_start,
        .row = conditions_row};
    static const struct programme_list traits = {
        .table = PROGRAMME_TRAITS,
        .columns = {{"household", false}, {"trait", false}, {"value", false}},
        .start = programme_gather_start,
        .row = conditions_trait_row};
    struct programme_rules *rules = &reader->detail->rules;
    struct programme_gather takes = {.table = PROGRAMME_CONDITIONS,
                                     .owner = PROGRAMME_OF_LOT,
                                     .column = "locality",
                                     .what = "trait and value"};
    struct programme_gather is = {.table = PROGRAMME_TRAITS,
                                  .owner = PROGRAMME_OF_HOUSEHOLD,
                                  .column = "household",
                                  .what = "trait and value"};
    TRY(programme_lists_read(reader, &conditions, &takes, err));
    TRY(place_ids_sort(&reader->traits, reader->arena, reader->scratch, err));
    conditions_number(&takes.rows, &reader->traits, 32);
    TRY(programme_lists_read(reader, &traits, &is, err));
    TRY(programme_gather_make(reader, &takes, &rules->conditions, err));
    TRY(programme_gather_make(reader, &is, &rules->traits, err));
    rules->trait = reader->traits.list;
    rules->any |= takes.rows.n > 0;
    return 0;
}

/* A state without lots is no slip: a pathway may lead where nothing is offered. */
static int conditions_door_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct programme_reader *reader = sheet->reader;
    uint32_t household;
    struct text state, door;
    name_id name = 0;
    bool fresh;
    TRY(programme_lists_household(sheet, 0, &household, err));
    bool good = place_sheet_id(&sheet->sheet, sheet->at[1], "state", &state);
    if (sheet->at[2] >= 0 && place_sheet_cell(&sheet->sheet, sheet->at[2]).n > 0) {
        good &= place_sheet_id(&sheet->sheet, sheet->at[2], "door", &door);
        if (good) {
            TRY(place_ids_add(&reader->doors, door, &fresh, &name, err));
        }
    }
    uint32_t number =
        good && reader->lots.whole ? place_ids_find(&reader->states, state) : PLACE_NONE;
    if (household != PLACE_NONE && number != PLACE_NONE) {
        programme_gather_add(arg, sheet, household, (uint64_t)number << 32 | name, 0);
    }
    return 0;
}

static int conditions_doors(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list eligible = {
        .table = PROGRAMME_ELIGIBLE,
        .columns = {{"household", false}, {"state", false}, {"door", true}},
        .start = programme_gather_start,
        .row = conditions_door_row};
    struct programme_gather open = {.table = PROGRAMME_ELIGIBLE,
                                    .owner = PROGRAMME_OF_HOUSEHOLD,
                                    .column = "household",
                                    .what = "state and door"};
    TRY(programme_lists_read(reader, &eligible, &open, err));
    reader->detail->rules.any |= programme_table_of(reader, PROGRAMME_ELIGIBLE)->name != NULL;
    return programme_gather_make(reader, &open, &reader->detail->rules.eligible, err);
}

int programme_conditions_read(struct programme_reader *reader, struct ajar_err *err)
{
    TRY(place_ids_init(&reader->features, reader->scratch, err));
    TRY(place_ids_init(&reader->traits, reader->scratch, err));
    TRY(place_ids_init(&reader->values, reader->scratch, err));
    TRY(place_ids_init(&reader->doors, reader->scratch, err));
    TRY(conditions_features(reader, err));
    TRY(conditions_traits(reader, err));
    return conditions_doors(reader, err);
}
