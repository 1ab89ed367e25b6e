#include "../base/unit.h"

#include <stdio.h>

#include "gen.h"
#include "scenario_words.h"
#include "schema.h"
#include "units.h"

static struct buf page;

static int make_page(void **state)
{
    (void)state;
    buf_init(&page, (size_t)4 << 20);
    scenario_page(&page);
    buf_char(&page, '\0');
    return page.failed;
}

static int drop_page(void **state)
{
    (void)state;
    buf_free(&page);
    return 0;
}

/* A line of a table begins with the word as code. */
static void has_row(const char *from, const char *word)
{
    char wanted[128];
    snprintf(wanted, sizeof wanted, "\n| `%s` |", word);
    if (from == NULL || strstr(from, wanted) == NULL) {
        fail_msg("there is no row for %s", word);
    }
}

static const char *section(const char *heading)
{
    char wanted[128];
    snprintf(wanted, sizeof wanted, "\n## %s\n", heading);
    const char *found = strstr(page.at, wanted);
    if (found == NULL) {
        fail_msg("there is no section %s", heading);
    }
    return found;
}

static void every_column_has_its_row(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        const char *from = section(table->file), *end = strstr(from, "\nKey:");
        assert_non_null(end);
        for (size_t c = 0; c < table->n; c++) {
            has_row(from, table->columns[c].name);
            char wanted[128];
            snprintf(wanted, sizeof wanted, "\n| `%s` |", table->columns[c].name);
            assert_true(strstr(from, wanted) < end);
        }
    }
}

static void every_unit_setting_and_extra_country_has_its_row(void **state)
{
    (void)state;
    for (int unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        has_row(section("Units"), unit_word((enum unit)unit));
    }
    for (size_t i = 0; i < schema_n_settings; i++) {
        has_row(section("scenario.yaml"), schema_settings[i].path);
    }
    const char *const extras[] = {"ALL", "EU27", "SCHENGEN", "XAB"};
    for (size_t i = 0; i < 4; i++) {
        has_row(section("Countries and groups"), extras[i]);
    }
}

static void every_word_of_a_closed_list_is_told(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        for (size_t c = 0; c < table->n; c++) {
            const struct schema_column *column = &table->columns[c];
            for (size_t k = 0; k < column->n_choices; k++) {
                char wanted[128];
                snprintf(wanted, sizeof wanted, "`%s`", column->choices[k]);
                assert_non_null(strstr(section(table->file), wanted));
            }
        }
    }
}

/* Half a list of meanings would leave a blank cell on the page. */
static void a_list_has_a_meaning_for_all_of_its_words_or_for_none(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        for (size_t c = 0; c < table->n; c++) {
            const struct schema_column *column = &table->columns[c];
            size_t n = 0;
            for (size_t k = 0; k < column->n_choices; k++) {
                n += scenario_words_find(column->name, column->choices[k]) != NULL;
            }
            if (n != 0 && n != column->n_choices) {
                fail_msg("%s: %zu of %zu words have a meaning", column->name, n, column->n_choices);
            }
        }
    }
}

static void every_rule_is_named(void **state)
{
    (void)state;
    for (int code = 1; code < E_COUNT; code++) {
        const char *slug = err_row(code)->slug;
        char wanted[128];
        snprintf(wanted, sizeof wanted, "| `%s` |", slug);
        if (strncmp(slug, "scenario.", 9) == 0 && code != E_SCENARIO_FAULTS &&
            strstr(section("Rules"), wanted) == NULL) {
            fail_msg("there is no rule %s", slug);
        }
    }
}

/* Bars that end a cell: those that no backslash stands before. */
static size_t bars(const char *line, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
    }
    return count;
}

static void tables_have_as_many_cells_in_each_row_as_in_their_header(void **state)
{
    (void)state;
    size_t header = 0, rows = 0;
    for (const char *line = page.at; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        bool row = line[0] == '|';
        header = row ? (header == 0 ? bars(line, n) : header) : 0;
        if (row && bars(line, n) != header) {
            fail_msg("%.*s", (int)n, line);
        }
        rows += row;
        line += n + (line[n] == '\n');
    }
    assert_true(rows > 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_has_its_row),
        cmocka_unit_test(every_unit_setting_and_extra_country_has_its_row),
        cmocka_unit_test(every_word_of_a_closed_list_is_told),
        cmocka_unit_test(a_list_has_a_meaning_for_all_of_its_words_or_for_none),
        cmocka_unit_test(every_rule_is_named),
        cmocka_unit_test(tables_have_as_many_cells_in_each_row_as_in_their_header),
    };
    return cmocka_run_group_tests(tests, make_page, drop_page);
}
