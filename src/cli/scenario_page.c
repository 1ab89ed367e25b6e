/* docs/scenario.md: every file, column, list, unit and setting of a scenario, from the schema. */
#include <string.h>

#include "country.h"
#include "fill.h"
#include "gen.h"
#include "num.h"
#include "scenario_new.h"
#include "scenario_words.h"
#include "units.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define PAGE_WIDTH             100
#define PAGE_PARAGRAPH_CEILING ((size_t)16 << 10)

/* Sentences of the schema's texts are two blanks apart; on a page one is enough.  A bar would end a
 * cell of a table, but not a paragraph. */
static void page_plain(struct buf *buf, const char *text, bool cell)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|' && cell) {
            buf_char(buf, '\\');
        }
        if (*c != ' ' || c[1] != ' ') {
            buf_char(buf, *c);
        }
    }
}

static void page_cell(struct buf *buf, const char *text)
{
    page_plain(buf, text, true);
}

static void page_paragraph(struct buf *buf, const char *text)
{
    struct buf plain;
    buf_init(&plain, PAGE_PARAGRAPH_CEILING);
    page_plain(&plain, text, false);
    fill_text(buf, buf_view(&plain), 0, 0, PAGE_WIDTH);
    buf_char(buf, '\n');
    buf->failed = buf->failed == 0 ? plain.failed : buf->failed;
    buf_free(&plain);
}

static void page_number(struct buf *buf, double value)
{
    char text[NUM_TEXT];
    num_format_grouped(value, 0, text);
    buf_str(buf, text);
}

/* An upper end that only keeps slips of the hand out says nothing to a reader. */
static void page_range(struct buf *buf, const struct schema_column *column)
{
    bool whole = column->type == CELL_WHOLE;
    if (column->min >= column->max) {
        return;
    }
    if (column->max >= 1e9) {
        buf_str(buf, column->min == 0 ? ", not negative" : "");
        return;
    }
    buf_str(buf, " from ");
    if (whole) {
        buf_printf(buf, "%d to %d", (int)column->min, (int)column->max);
    } else {
        page_number(buf, column->min);
        buf_str(buf, " to ");
        page_number(buf, column->max);
    }
}

static void page_choices(struct buf *buf, const struct schema_column *column)
{
    for (size_t i = 0; i < column->n_choices; i++) {
        buf_printf(buf, "%s`%s`",
                   i == 0                       ? ""
                   : i + 1 == column->n_choices ? " or "
                                                : ", ",
                   column->choices[i]);
    }
}

/* What a cell of the column holds. */
static void page_holds(struct buf *buf, const struct schema_column *column)
{
    bool is_list = column->n_choices > 0;
    if (is_list && scenario_words_find(column->name, column->choices[0]) != NULL) {
        buf_str(buf, "one of the words below");
    } else if (is_list) {
        page_choices(buf, column);
    } else {
        page_cell(buf, cell_type_help(column->type));
        page_range(buf, column);
        if (column->unit != NULL) {
            buf_printf(buf, " (%s)", column->unit);
        }
    }
    buf_str(buf, column->optional ? "; may be empty" : "");
}

static void page_columns(struct buf *buf, const struct schema_table *table)
{
    buf_str(buf, "| column | holds | meaning |\n| --- | --- | --- |\n");
    for (size_t c = 0; c < table->n; c++) {
        buf_printf(buf, "| `%s` | ", table->columns[c].name);
        page_holds(buf, &table->columns[c]);
        buf_str(buf, " | ");
        page_cell(buf, table->columns[c].help);
        buf_str(buf, " |\n");
    }
}

static void page_key(struct buf *buf, const struct schema_table *table)
{
    size_t n = 0;
    bool may_be_empty = false;
    for (size_t c = 0; c < table->n; c++) {
        n += table->key >> c & 1;
    }
    buf_printf(buf, "\nKey: no two rows have the same ");
    for (size_t c = 0, k = 0; c < table->n; c++) {
        if ((table->key >> c & 1) != 0) {
            k++;
            may_be_empty = may_be_empty || table->columns[c].optional;
            buf_printf(buf, "%s`%s`",
                       k == 1   ? ""
                       : k == n ? " and "
                                : ", ",
                       table->columns[c].name);
        }
    }
    buf_printf(buf, ".%s\n", may_be_empty ? " An empty cell counts as a value of its own." : "");
}

/* The closed lists of a table, each word with its meaning. */
static void page_lists(struct buf *buf, const struct schema_table *table)
{
    for (size_t c = 0; c < table->n; c++) {
        const struct schema_column *column = &table->columns[c];
        if (column->n_choices == 0 ||
            scenario_words_find(column->name, column->choices[0]) == NULL) {
            continue;
        }
        buf_printf(buf, "\n| `%s` | meaning |\n| --- | --- |\n", column->name);
        for (size_t i = 0; i < column->n_choices; i++) {
            const char *meaning = scenario_words_find(column->name, column->choices[i]);
            buf_printf(buf, "| `%s` | ", column->choices[i]);
            page_cell(buf, meaning == NULL ? "" : meaning);
            buf_str(buf, " |\n");
        }
    }
}

static void page_table(struct buf *buf, const struct schema_table *table)
{
    buf_printf(buf, "## %s\n\n", table->file);
    page_paragraph(buf, table->help);
    if (table->optional) {
        page_paragraph(buf, "The file may be left out.");
    } else if (table->may_be_empty) {
        page_paragraph(buf, "The header line alone will do.");
    }
    page_columns(buf, table);
    page_key(buf, table);
    page_lists(buf, table);
    buf_char(buf, '\n');
}

/* Sentences of the schema's texts are two blanks apart. */
static int page_first_sentence(const char *text)
{
    const char *end = strstr(text, ".  ");
    return end == NULL ? (int)strlen(text) : (int)(end - text) + 1;
}

static void page_files(struct buf *buf)
{
    buf_str(buf,
            "| file | needed | what it holds |\n| --- | --- | --- |\n"
            "| `scenario.yaml` | yes | Settings: whose flight, which days, the aid split. |\n"
            "| `datapackage.json` | yes | The list of tables and columns, for other programs. |\n");
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        const char *needed = table->optional       ? "no"
                             : table->may_be_empty ? "its header line"
                                                   : "at least one row";
        buf_printf(buf, "| [`%s`](#%scsv) | %s | %.*s |\n", table->file, table->name, needed,
                   page_first_sentence(table->help), table->help);
    }
    buf_char(buf, '\n');
}

static void page_cells(struct buf *buf)
{
    static const char *const rows[][2] = {
        {"a date", "`2022-09-21`. Spans include both days. Where a source gives only a month or a "
                   "year, columns that say so take `2022-09` or `2022`."},
        {"a number", "Digits with a decimal point: `1234.5`, `-3`. No blanks, no grouping of "
                     "thousands, no unit or percent sign: the unit has a column of its own."},
        {"an id", "Small letters, digits and `_`: `fi_border_0926`. It names its row for others."},
        {"a country", "Three capital letters, ISO 3166-1 alpha-3, or one of the codes below."},
        {"a unit", "One of the list below."},
        {"a currency", "Three capital letters, ISO 4217: `EUR`."},
        {"a list", "Words separated by `;` without blanks: `passport;contract`."},
        {"text",
         "Anything. A comma, a quote or a line end in it needs quotes around the cell, which "
         "a spreadsheet sees to."},
        {"empty", "Not known. Only where the column may be empty; never `-`, `n/a` or `0`."},
    };
    page_paragraph(buf,
                   "Tables are CSV in UTF-8 with one header line; the separator is a comma, a "
                   "semicolon or a tab. All columns are there, in the order of this page, also "
                   "those that stay empty.");
    buf_str(buf, "| a cell that holds | is written |\n| --- | --- |\n");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        buf_printf(buf, "| %s | ", rows[i][0]);
        page_cell(buf, rows[i][1]);
        buf_str(buf, " |\n");
    }
    buf_char(buf, '\n');
}

static void page_units(struct buf *buf)
{
    page_paragraph(buf,
                   "The unit of a figure is one of these words. What else there is to say goes "
                   "into the note.");
    buf_str(buf, "| unit | meaning |\n| --- | --- |\n");
    for (int unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        buf_printf(buf, "| `%s` | ", unit_word((enum unit)unit));
        page_cell(buf, unit_help((enum unit)unit));
        buf_str(buf, " |\n");
    }
    buf_char(buf, '\n');
}

/* Codes without a two-letter form are those outside the standard. */
static void page_countries(struct buf *buf)
{
    page_paragraph(buf,
                   "Countries are written by their ISO 3166-1 alpha-3 code, such as `FIN`. These "
                   "codes stand beside the standard; the groups are no place to live, so a "
                   "place, a visa-free stay, a host of the aid split and the subject are single "
                   "countries.");
    buf_str(buf, "| code | meaning |\n| --- | --- |\n");
    for (size_t i = 0; i < country_count(); i++) {
        const struct country *country = country_at(i);
        if (country->alpha2[0] == '\0') {
            buf_printf(buf, "| `%s` | ", country->alpha3);
            page_cell(buf, country->name);
            buf_str(buf, " |\n");
        }
    }
    buf_char(buf, '\n');
}

static void page_settings(struct buf *buf)
{
    page_paragraph(buf,
                   "YAML; every key that is not listed here is a fault. `aid.budget` means the "
                   "key `budget` under `aid`; `aid.hosts[]` is each host of the list.");
    buf_str(buf, "| key | holds | meaning |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < schema_n_settings; i++) {
        const struct schema_setting *setting = &schema_settings[i];
        buf_printf(buf, "| `%s` | ", setting->path);
        page_cell(buf, setting->form);
        buf_printf(buf, "%s | ", setting->optional ? "; may be left out" : "");
        page_cell(buf, setting->help);
        buf_str(buf, " |\n");
    }
    buf_char(buf, '\n');
}

static void page_package(struct buf *buf)
{
    page_paragraph(buf,
                   "A Data Package (version 2) with a Table Schema for each table, so that other "
                   "programs can read the folder. `ajar scenario new` writes it; title, "
                   "description, licences and sources are yours to change. It must list every "
                   "table that is in the folder, with its columns in their order and their types.");
    page_paragraph(buf,
                   "A table that is not on this page may be listed too. Its file must be there; "
                   "nothing in it is read, checked or shown by Ajar. Files that are not listed are "
                   "left alone.");
}

/* The example that `scenario new` writes, one cell a line: a row of twelve columns reads badly. */
static void page_pair_example(struct buf *buf)
{
    const struct schema_table *table = schema_table(SCHEMA_CONTRADICTIONS);
    buf_str(buf, "| column | in the example |\n| --- | --- |\n");
    for (size_t c = 0; c < table->n; c++) {
        const char *cell = scenario_new_cell(SCHEMA_CONTRADICTIONS, 0, table->columns[c].name);
        buf_printf(buf, "| `%s` | ", table->columns[c].name);
        page_cell(buf, cell == NULL ? "" : cell);
        buf_str(buf, " |\n");
    }
    buf_char(buf, '\n');
}

static void page_pairs(struct buf *buf)
{
    page_paragraph(
        buf, "Keep both rows. Add one row to `contradictions.csv` that names the two, says how "
             "they differ, which reading is used, where, and why. The row stays visible: "
             "`ajar scenario show` and the report print it.");
    page_paragraph(buf,
                   "A side is named by its table, the key of its row and its source. The key is, "
                   "joined with a bar:");
    buf_str(buf, "- in arrivals: `country|route|measure|date_from|date_to`\n"
                 "- in hosts: `country|indicator|date`\n"
                 "- in trade: `reporter|partner|period|flow|hs`\n"
                 "- in doors and pathways: `id`\n\n");
    page_paragraph(buf,
                   "In the example that `ajar scenario new` writes, two sources count the entries "
                   "of one week:");
    page_pair_example(buf);
    page_paragraph(buf,
                   "When the other statement is in no table (a speech, a page that gives no "
                   "figure of its own), leave `table_b`, `key_b` and `source_b` empty and say it "
                   "under `difference`.");
    page_paragraph(
        buf, "What must be declared: two sources that give different figures for the same country, "
             "route, measure and days (or the same indicator and date, or the same trade "
             "flow), and two spans of one country, route and measure that overlap without "
             "one lying inside the other. Any other pair may be declared too.");
}

static void page_known(struct buf *buf)
{
    page_paragraph(buf,
                   "A decision rests on what was published when it was made. `as_known` in "
                   "scenario.yaml is that day: a source that was published later is left out of "
                   "the stocks of the aid split and of the pictures of the report. A source dated "
                   "`2022-10` counts as published on "
                   "the last day of that month, one without a date as known from the start. "
                   "Without `as_known` all sources count.");
}

static void page_faults(struct buf *buf)
{
    page_paragraph(
        buf, "A fault is what cannot be used: a missing source, a date that does not exist, "
             "two sources that disagree without a declaration. `ajar scenario check DIR` "
             "lists every fault with file, line, column, value and what to do, and ends with "
             "exit code 3. The line is that of the text; where a quoted cell holds line ends, "
             "a spreadsheet counts fewer rows. Nothing is computed from a scenario that has one.");
    page_paragraph(buf,
                   "A note is what a reader must know although it is usable: a declared "
                   "contradiction, an assumption. `ajar scenario show DIR` prints all of them; "
                   "they never change the exit code.");
}

static void page_rules(struct buf *buf)
{
    page_paragraph(
        buf, "Every rule that is checked, with the name that a fault carries. What to do "
             "about each stands in [errors.md](errors.md), together with the rules for CSV, YAML, "
             "dates and numbers as such.");
    buf_str(buf, "| rule | name |\n| --- | --- |\n");
    for (int code = 1; code < E_COUNT; code++) {
        const struct err_row *row = err_row(code);
        if (code != E_SCENARIO_FAULTS && text_starts(text_of(row->slug), "scenario.")) {
            buf_str(buf, "| ");
            page_cell(buf, row->rule);
            buf_printf(buf, " | `%s` |\n", row->slug);
        }
    }
}

void scenario_page(struct buf *buf)
{
    buf_str(buf, "# The files of a scenario\n\n");
    page_paragraph(buf,
                   "A scenario is a folder of tables: who arrived where, which doors were open, "
                   "what the hosts are like. Every figure names its source, or stands in "
                   "`assumptions.csv` with a range and a reason. It holds counts, never persons.");
    page_paragraph(
        buf, "To start your own, run `ajar scenario new DIR`: it makes a small valid one "
             "with a README that says what to fill in first; with `--conflict` it makes one of a "
             "conflict (scenario-by-import.md). `ajar scenario check DIR` says "
             "what is still wrong. This page is the reference; it is made from the program by "
             "`ajar gen scenario`.");
    page_files(buf);
    static const struct {
        const char *heading;
        void (*write)(struct buf *);
    } parts[] = {
        {"How cells are written", page_cells},
        {"scenario.yaml", page_settings},
        {"datapackage.json", page_package},
        {"When two sources disagree", page_pairs},
        {"As known on a day", page_known},
        {"Faults and notes", page_faults},
        {"Units", page_units},
        {"Countries and groups", page_countries},
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        buf_printf(buf, "## %s\n\n", parts[i].heading);
        parts[i].write(buf);
    }
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        page_table(buf, schema_table((enum schema_name)i));
    }
    buf_str(buf, "## Rules\n\n");
    page_rules(buf);
}
