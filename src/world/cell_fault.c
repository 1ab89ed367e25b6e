#include "cell_read.h"

#include <stdio.h>
#include <string.h>

#include "number_guess.h"

/* Which rule a word broke that its type knows by form alone. */
static enum err_code cell_fault_form(enum cell_type type)
{
    switch (type) {
    case CELL_ID:
        return E_SCENARIO_ID;
    case CELL_CURRENCY:
        return E_SCENARIO_CURRENCY;
    case CELL_HS6:
        return E_SCENARIO_HS6;
    case CELL_HS:
        return E_SCENARIO_HS;
    case CELL_LAND:
        return E_SCENARIO_LAND;
    case CELL_URL:
        return E_SCENARIO_URL;
    default:
        return E_SCENARIO_LIST;
    }
}

/* "a, b or c", as much as fits. */
static void cell_fault_choices(const struct schema_column *schema, char *to, size_t size)
{
    size_t used = 0;
    to[0] = '\0';
    for (size_t i = 0; i < schema->n_choices && used < size; i++) {
        const char *between = i == 0 ? "" : i + 1 == schema->n_choices ? " or " : ", ";
        used += (size_t)snprintf(to + used, size - used, "%s%s", between, schema->choices[i]);
    }
}

static void cell_fault_meant(struct ajar_err *fault, const char *meant)
{
    if (meant != NULL) {
        err_hint(fault, "Did you mean '%s'?", meant);
    }
}

/* The place of a fault, passed down to the makers of its message. */
struct cell_place {
    struct checker *checker;
    enum schema_name table;
    uint32_t line;
    const struct cell_column *column;
    struct text cell;
};

static struct ajar_err *cell_fault_say(const struct cell_place *place, enum err_code code,
                                       const char *sentence)
{
    return checker_fault(place->checker, code, place->table, place->line,
                         place->column->schema->name, place->cell, "%s", sentence);
}

static void cell_fault_choice(const struct cell_place *place)
{
    const struct schema_column *schema = place->column->schema;
    char list[300], sentence[400];
    cell_fault_choices(schema, list, sizeof list);
    snprintf(sentence, sizeof sentence, "'%.*s' is not one of %s", TEXT_SHOW(place->cell), list);
    enum err_code code = schema->fault != E_OK ? schema->fault : E_SCENARIO_CHOICE;
    cell_fault_meant(cell_fault_say(place, code, sentence),
                     text_nearest(place->cell, schema->choices, schema->n_choices));
}

static void cell_fault_reference(const struct cell_place *place)
{
    enum cell_type type = place->column->schema->type;
    enum err_code code = type == CELL_SOURCE  ? E_SCENARIO_SOURCE
                         : type == CELL_PLACE ? E_SCENARIO_PLACE
                                              : E_SCENARIO_MEASURE;
    const char *file = type == CELL_SOURCE  ? "sources.csv"
                       : type == CELL_PLACE ? "places.csv"
                                            : "measures.csv";
    const char *of = type == CELL_ARRIVAL_MEASURE ? " for table arrivals"
                     : type == CELL_HOST_MEASURE  ? " for table hosts"
                                                  : "";
    char sentence[400];
    snprintf(sentence, sizeof sentence, "'%.*s' is not in %s%s", TEXT_SHOW(place->cell), file, of);
    cell_fault_meant(cell_fault_say(place, code, sentence),
                     checker_meant(place->column->map, place->cell));
}

static void cell_fault_two_ways(const struct cell_place *place)
{
    char guess[NUMBER_GUESSES][NUM_TEXT];
    struct ajar_err *fault = cell_fault_say(place, E_NUMBER_TWO_WAYS,
                                            "this number can be read with a decimal point or with "
                                            "a thousands separator");
    if (number_guess(place->cell, guess) == NUMBER_GUESSES) {
        err_hint(fault, "Write %s or %s, whichever is meant.", guess[0], guess[1]);
    }
}

static void cell_fault_number(const struct cell_place *place)
{
    const struct schema_column *schema = place->column->schema;
    char sentence[400], low[NUM_TEXT], high[NUM_TEXT];
    double value;
    int64_t whole;
    bool parsed = num_parse(place->cell, &value);
    if (!parsed || (schema->type == CELL_WHOLE && !num_parse_int(place->cell, &whole))) {
        snprintf(sentence, sizeof sentence, "'%.*s' is not %s", TEXT_SHOW(place->cell),
                 cell_type_help(schema->type));
        number_guess_hint(cell_fault_say(place, E_NUMBER, sentence), place->cell);
        return;
    }
    if (schema->counts && number_two_ways(place->cell)) {
        cell_fault_two_ways(place);
        return;
    }
    bool below = value < schema->min;
    enum err_code code = schema->fault != E_OK ? schema->fault : E_NUMBER_RANGE;
    if (code == E_SCENARIO_NEGATIVE && !below) {
        code = E_NUMBER_RANGE;
    }
    num_format(schema->min, low);
    num_format(schema->max, high);
    snprintf(sentence, sizeof sentence, "%.*s is not between %s and %s", TEXT_SHOW(place->cell),
             low, high);
    cell_fault_say(place, code, sentence);
}

static void cell_fault_date(const struct cell_place *place)
{
    enum cell_type type = place->column->schema->type;
    struct date_partial partial;
    bool is_partial = date_parse_partial(place->cell, &partial);
    enum err_code code = type == CELL_PERIOD               ? E_SCENARIO_PERIOD
                         : type == CELL_DATE && is_partial ? E_DATE_PARTIAL
                                                           : E_DATE;
    char sentence[400], date[DATE_TEXT];
    snprintf(sentence, sizeof sentence, "'%.*s' is not %s", TEXT_SHOW(place->cell),
             cell_type_help(type));
    struct ajar_err *fault = cell_fault_say(place, code, sentence);
    date_days guess;
    if (date_guess(place->cell, &guess) || (is_partial && code == E_SCENARIO_PERIOD)) {
        date_format(is_partial ? partial.first : guess, date);
        err_hint(fault, "Did you mean %.*s?", type == CELL_PERIOD ? 7 : 10, date);
    }
}

static void cell_fault_word(const struct cell_place *place)
{
    enum cell_type type = place->column->schema->type;
    char sentence[400];
    snprintf(sentence, sizeof sentence, "'%.*s' is not %s", TEXT_SHOW(place->cell),
             cell_type_help(type));
    if (type == CELL_COUNTRY) {
        cell_fault_meant(cell_fault_say(place, E_SCENARIO_COUNTRY, sentence),
                         country_guess(place->cell));
    } else if (type == CELL_UNIT) {
        cell_fault_meant(cell_fault_say(place, E_SCENARIO_UNIT, sentence), unit_guess(place->cell));
    } else {
        cell_fault_say(place, cell_fault_form(type), sentence);
    }
}

void cell_fault(struct checker *checker, enum schema_name table, uint32_t line,
                const struct cell_column *column, struct text cell)
{
    struct cell_place place = {checker, table, line, column, cell};
    enum cell_type type = column->schema->type;
    if (checker_full(checker)) {
        return;
    }
    struct text trimmed = text_trim(cell);
    if (trimmed.n == 0 && !column->schema->optional) {
        cell_fault_say(&place, E_SCENARIO_CELL_EMPTY, "the cell is empty");
        return;
    }
    if (trimmed.n != cell.n && type != CELL_LIST && type != CELL_URL) {
        struct ajar_err *fault =
            cell_fault_say(&place, E_SCENARIO_CELL_SPACE, "the cell has blanks around its value");
        err_hint(fault, "Write '%.*s'.", TEXT_SHOW(trimmed));
        return;
    }
    switch (type) {
    case CELL_CHOICE:
    case CELL_KIND:
        cell_fault_choice(&place);
        break;
    case CELL_SOURCE:
    case CELL_PLACE:
    case CELL_ARRIVAL_MEASURE:
    case CELL_HOST_MEASURE:
        cell_fault_reference(&place);
        break;
    case CELL_NUMBER:
    case CELL_WHOLE:
        cell_fault_number(&place);
        break;
    case CELL_DATE:
    case CELL_PARTIAL:
    case CELL_PERIOD:
        cell_fault_date(&place);
        break;
    default:
        cell_fault_word(&place);
    }
}
