/* What the reader and the documentation rely on in the schema. */
#include "../base/unit.h"
#include "scenario.h"
#include "schema.h"

static void every_column_is_sound(void **state)
{
    (void)state;
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        const struct schema_table *table = schema_table(name);
        assert_int_equal(schema_find(text_of(table->name)), (int)name);
        assert_true(table->help[0] != '\0');
        assert_true(table->n <= 32 && table->key != 0 && table->key >> (table->n - 1) <= 1);
        for (size_t c = 0; c < table->n; c++) {
            const struct schema_column *column = &table->columns[c];
            bool listed = column->type == CELL_CHOICE || column->type == CELL_KIND;
            assert_int_equal(schema_column(table, text_of(column->name)), (int)c);
            assert_true(column->help[0] != '\0');
            assert_int_equal(listed, column->n_choices > 0);
            assert_true(column->field >= sizeof(size_t) + sizeof(void *));
            for (size_t other = 0; other < c; other++) {
                assert_true(table->columns[other].field != column->field);
            }
        }
    }
    assert_int_equal(schema_find(TEXT_LIT("towns")), -1);
}

static void what_is_referred_to_comes_first(void **state)
{
    (void)state;
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        const struct schema_table *table = schema_table(name);
        for (size_t c = 0; c < table->n; c++) {
            enum cell_type type = table->columns[c].type;
            assert_true(type != CELL_SOURCE || name > SCHEMA_SOURCES);
            assert_true(type != CELL_PLACE || name > SCHEMA_PLACES);
            assert_true((type != CELL_ARRIVAL_MEASURE && type != CELL_HOST_MEASURE) ||
                        name > SCHEMA_MEASURES);
        }
    }
}

static void every_kind_has_a_word(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        assert_non_null(measure_kind_word((enum measure_kind)kind));
    }
    assert_string_equal(measure_kind_word(KIND_STOCK), "stock");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_sound),
        cmocka_unit_test(what_is_referred_to_comes_first),
        cmocka_unit_test(every_kind_has_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
