#include "cell_read.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "number_guess.h"

int cell_column_init(struct cell_column *out, const struct checker *checker,
                     const struct schema_column *schema, struct ajar_err *err)
{
    struct cell_column column = {.schema = schema,
                                 .type = schema->type,
                                 .size = (uint32_t)cell_type_size(schema->type),
                                 .csv = -1,
                                 .last = {"", 0}};
    bool sources = checker->read[SCHEMA_SOURCES], measures = checker->read[SCHEMA_MEASURES];
    if (schema->type == CELL_SOURCE && sources) {
        column.map = &checker->sources;
    } else if (schema->type == CELL_PLACE && checker->read[SCHEMA_PLACES]) {
        column.map = &checker->places;
    } else if (schema->type == CELL_ARRIVAL_MEASURE && measures) {
        column.map = &checker->arrival_measures;
    } else if (schema->type == CELL_HOST_MEASURE && measures) {
        column.map = &checker->host_measures;
    }
    assert(schema->n_choices <= CELL_CHOICES);
    for (size_t i = 0; i < schema->n_choices; i++) {
        TRY(names_put(checker->names, text_of(schema->choices[i]), &column.choices[i], err));
    }
    *out = column;
    return 0;
}

static inline uint64_t cell_load(const char *at, size_t n)
{
    uint64_t word = 0;
    memcpy(&word, at, n);
    return word;
}

/* As text_eq, without a call for the short words that tables are full of. */
static inline bool cell_same(struct text a, struct text b)
{
    size_t n = a.n;
    if (n != b.n) {
        return false;
    }
    if (n > 16) {
        return memcmp(a.at, b.at, n) == 0;
    }
    if (n >= 8) {
        return ((cell_load(a.at, 8) ^ cell_load(b.at, 8)) |
                (cell_load(a.at + n - 8, 8) ^ cell_load(b.at + n - 8, 8))) == 0;
    }
    if (n >= 4) {
        return ((cell_load(a.at, 4) ^ cell_load(b.at, 4)) |
                (cell_load(a.at + n - 4, 4) ^ cell_load(b.at + n - 4, 4))) == 0;
    }
    return n == 0 ||
           ((a.at[0] ^ b.at[0]) | (a.at[n / 2] ^ b.at[n / 2]) | (a.at[n - 1] ^ b.at[n - 1])) == 0;
}

static bool cell_all(struct text cell, const char *classes)
{
    bool lower = strchr(classes, 'a') != NULL, upper = strchr(classes, 'A') != NULL;
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.at[i];
        if (!((lower && ((c >= 'a' && c <= 'z') || c == '_')) || (upper && c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return true;
}

static bool cell_digits(struct text cell)
{
    return cell_all(cell, "");
}

/* "DE-BW": two capitals, a dash, one to three capitals or digits. */
static bool cell_land(struct text cell)
{
    struct text rest, country = text_split(cell, '-', &rest);
    return country.n == 2 && cell_all(country, "A") && !cell_digits(country) && rest.n >= 1 &&
           rest.n <= 3 && cell_all(rest, "A");
}

static bool cell_capitals(struct text cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.at[i] < 'A' || cell.at[i] > 'Z') {
            return false;
        }
    }
    return true;
}

static bool cell_blank_around(struct text cell)
{
    return (unsigned char)cell.at[0] <= ' ' || (unsigned char)cell.at[cell.n - 1] <= ' ';
}

/* Whether a word has the form that its type asks for. */
static bool cell_form(enum cell_type type, struct text cell)
{
    switch (type) {
    case CELL_ID:
        return cell_all(cell, "a");
    case CELL_WORD:
        return !cell_blank_around(cell);
    case CELL_CURRENCY:
        return cell.n == 3 && cell_capitals(cell);
    case CELL_HS6:
        return cell.n == 6 && cell_digits(cell);
    case CELL_HS:
        return cell_capitals(cell) ||
               (cell_digits(cell) && (cell.n == 2 || cell.n == 4 || cell.n == 6));
    case CELL_LAND:
        return cell_land(cell);
    default:
        return true;
    }
}

/* The number under which a known word of a closed set stands; false: it is not in the set. */
static bool cell_known(const struct cell_column *column, name_id word, uint32_t *out)
{
    const struct schema_column *schema = column->schema;
    switch (schema->type) {
    case CELL_COUNTRY:
        *out = word;
        return country_is_name(word);
    case CELL_UNIT:
        *out = word;
        return word > UNIT_NONE && word < UNIT_COUNT;
    case CELL_SOURCE:
        *out = word;
        return column->map == NULL || word_row(column->map, word) != SCENARIO_NO_ROW;
    case CELL_PLACE:
    case CELL_ARRIVAL_MEASURE:
    case CELL_HOST_MEASURE:
        *out = column->map == NULL ? SCENARIO_NO_ROW : word_row(column->map, word);
        return column->map == NULL || *out != SCENARIO_NO_ROW;
    default:
        break;
    }
    for (uint32_t i = 0; i < schema->n_choices; i++) {
        if (column->choices[i] == word) {
            *out = schema->type == CELL_KIND ? i : word;
            return true;
        }
    }
    return false;
}

static int cell_word_put(const struct cell_words *words, struct text cell, name_id *out,
                         struct ajar_err *err)
{
    *out = names_find(words->known, cell);
    if (*out != 0) {
        return 0;
    }
    if (words->fresh == NULL) {
        return CELL_BAD;
    }
    TRY(names_put(words->fresh, cell, out, err));
    *out |= CELL_FRESH;
    return 0;
}

/* Types whose cell is a 32-bit number standing for a word. */
static int cell_read_word(struct cell_column *column, const struct cell_words *words,
                          struct text cell, uint32_t *to, struct ajar_err *err)
{
    if (cell_same(cell, column->last)) {
        *to = column->last_value;
        return 0;
    }
    name_id word;
    uint32_t value;
    switch (column->schema->type) {
    case CELL_ID:
    case CELL_WORD:
    case CELL_CURRENCY:
    case CELL_HS6:
    case CELL_HS:
    case CELL_LAND:
        if (!cell_form(column->schema->type, cell)) {
            return CELL_BAD;
        }
        TRY(cell_word_put(words, cell, &word, err));
        value = word;
        break;
    default:
        word = names_find(words->known, cell);
        if (word == 0 && column->map == NULL && column->schema->type == CELL_SOURCE) {
            TRY(cell_word_put(words, cell, &word, err));
        }
        if (!cell_known(column, word, &value)) {
            return CELL_BAD;
        }
    }
    column->last = (word & CELL_FRESH) != 0 ? names_word(words->fresh, word & ~CELL_FRESH)
                                            : names_word(words->known, word);
    column->last_value = value;
    *to = value;
    return 0;
}

/* Up to 15 digits with at most one point, read exactly: digits and power of ten are both whole
 * doubles, so one division rounds correctly (Clinger 1990).  False: let num_parse decide. */
static bool cell_simple_number(struct text cell, double *out)
{
    static const double tens[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    if (cell.n > 15) {
        return false;
    }
    uint64_t digits = 0;
    size_t point = cell.n;
    for (size_t i = 0; i < cell.n; i++) {
        unsigned digit = (unsigned)(unsigned char)cell.at[i] - '0';
        if (digit <= 9) {
            digits = digits * 10 + digit;
        } else if (cell.at[i] == '.' && point == cell.n && i > 0 && i + 1 < cell.n) {
            point = i;
        } else {
            return false;
        }
    }
    *out = point == cell.n ? (double)digits : (double)digits / tens[cell.n - point - 1];
    return true;
}

static int cell_read_number(const struct schema_column *schema, struct text cell, double *to)
{
    double value;
    if (!cell_simple_number(cell, &value) && !num_parse(cell, &value)) {
        return CELL_BAD;
    }
    if (schema->min < schema->max && !(value >= schema->min && value <= schema->max)) {
        return CELL_BAD;
    }
    if (schema->counts && cell.n >= 5 && cell.n <= 8 && cell.at[cell.n - 4] == '.' &&
        number_two_ways(cell)) {
        return CELL_BAD;
    }
    *to = value;
    return 0;
}

static int cell_read_whole(const struct schema_column *schema, struct text cell, int32_t *to)
{
    int64_t value;
    if (!num_parse_int(cell, &value) || value < INT32_MIN || value > INT32_MAX ||
        (schema->min < schema->max &&
         ((double)value < schema->min || (double)value > schema->max))) {
        return CELL_BAD;
    }
    *to = (int32_t)value;
    return 0;
}

/* In the month of the last date only the day has to be read. */
static int cell_read_date(struct cell_column *column, struct text cell, date_days *to)
{
    if (cell.n == 10 && cell_load(cell.at, 8) == cell_load(column->month, 8)) {
        unsigned tens = (unsigned)(unsigned char)cell.at[8] - '0';
        unsigned ones = (unsigned)(unsigned char)cell.at[9] - '0';
        unsigned day = tens * 10 + ones;
        if (tens <= 9 && ones <= 9 && day >= 1 && day <= column->month_days) {
            *to = column->month_first + (date_days)day - 1;
            return 0;
        }
        return CELL_BAD;
    }
    if (!date_parse(cell, to)) {
        return CELL_BAD;
    }
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    date_to_civil(*to, &year, &month, &day);
    memcpy(column->month, cell.at, 8);
    column->month_first = *to - (day - 1);
    column->month_days = days[month - 1] + (month == 2 && date_exists(year, 2, 29) ? 1u : 0u);
    return 0;
}

static int cell_read_partial(enum cell_type type, struct text cell, struct date_partial *to)
{
    struct date_partial date;
    if (!date_parse_partial(cell, &date) || (type == CELL_PERIOD && date.precision == DATE_DAY)) {
        return CELL_BAD;
    }
    *to = date;
    return 0;
}

/* Whether no word of a list is empty or has blanks around it. */
static bool cell_list(struct text cell)
{
    struct text rest = cell;
    while (rest.n > 0) {
        struct text word = text_split(rest, ';', &rest);
        if (word.n == 0 || cell_blank_around(word)) {
            return false;
        }
    }
    return cell.at[cell.n - 1] != ';';
}

static bool cell_url(struct text cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if ((unsigned char)cell.at[i] <= ' ') {
            return false;
        }
    }
    return (text_starts(cell, "http://") && cell.n > 7) ||
           (text_starts(cell, "https://") && cell.n > 8);
}

static int cell_read_text(struct cell_column *column, struct cell_room *room, struct text cell,
                          struct text *to)
{
    if (cell_same(cell, column->last)) {
        *to = column->last;
        return 0;
    }
    if (((unsigned char)cell.at[0] <= ' ' && text_trim(cell).n == 0) ||
        (column->schema->type == CELL_LIST && !cell_list(cell)) ||
        (column->schema->type == CELL_URL && !cell_url(cell))) {
        return CELL_BAD;
    }
    memcpy(room->at, cell.at, cell.n);
    *to = column->last = (struct text){room->at, cell.n};
    room->at += cell.n;
    return 0;
}

static void cell_clear(struct cell_column *column, size_t row)
{
    char *to = column->at + row * column->size;
    switch (column->type) {
    case CELL_NUMBER:
        *(double *)(void *)to = NAN;
        break;
    case CELL_DATE:
        *(date_days *)(void *)to = DATE_NONE;
        break;
    case CELL_PARTIAL:
    case CELL_PERIOD:
        *(struct date_partial *)(void *)to = (struct date_partial){DATE_NONE, DATE_NONE, DATE_DAY};
        break;
    case CELL_PLACE:
    case CELL_ARRIVAL_MEASURE:
    case CELL_HOST_MEASURE:
        *(uint32_t *)(void *)to = SCENARIO_NO_ROW;
        break;
    case CELL_TEXT:
    case CELL_LIST:
    case CELL_URL:
        *(struct text *)(void *)to = (struct text){"", 0};
        break;
    default:
        *(uint32_t *)(void *)to = 0;
    }
}

static inline int cell_put(struct cell_column *column, const struct cell_words *words,
                           struct cell_room *room, struct text cell, size_t row,
                           struct ajar_err *err)
{
    enum cell_type type = column->type;
    char *to = column->at + row * column->size;
    if (cell.n == 0) {
        cell_clear(column, row);
        return column->schema->optional ? 0 : CELL_BAD;
    }
    int code;
    switch (type) {
    case CELL_NUMBER:
        code = cell_read_number(column->schema, cell, (double *)(void *)to);
        break;
    case CELL_WHOLE:
        code = cell_read_whole(column->schema, cell, (int32_t *)(void *)to);
        break;
    case CELL_DATE:
        code = cell_read_date(column, cell, (date_days *)(void *)to);
        break;
    case CELL_PARTIAL:
    case CELL_PERIOD:
        code = cell_read_partial(type, cell, (struct date_partial *)(void *)to);
        break;
    case CELL_TEXT:
    case CELL_LIST:
    case CELL_URL:
        code = cell_read_text(column, room, cell, (struct text *)(void *)to);
        break;
    default:
        code = cell_read_word(column, words, cell, (uint32_t *)(void *)to, err);
    }
    if (code == CELL_BAD) {
        cell_clear(column, row);
    }
    return code;
}

int cell_read(struct cell_column *column, const struct cell_words *words, struct cell_room *room,
              struct text cell, size_t row, struct ajar_err *err)
{
    return cell_put(column, words, room, cell, row, err);
}

int cell_read_row(struct cell_column *columns, size_t n, const struct cell_words *words,
                  struct cell_room *room, const struct text *cells, size_t row, uint64_t *bad,
                  struct ajar_err *err)
{
    uint64_t mask = 0;
    for (size_t c = 0; c < n; c++) {
        struct cell_column *column = &columns[c];
        if (column->csv < 0) {
            cell_clear(column, row);
            continue;
        }
        int code = cell_put(column, words, room, cells[column->csv], row, err);
        if (code > 0) {
            return code;
        }
        mask |= (uint64_t)(code == CELL_BAD) << c;
    }
    *bad = mask;
    return 0;
}
