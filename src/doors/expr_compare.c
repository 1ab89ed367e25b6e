/* Comparisons: facts, terms, dates and sets. */
#include <string.h>

#include "expr_parse.h"
#include "num.h"

/* The most that a span may count, so that dates stay within the calendar. */
#define SPAN_YEARS   200
#define SPAN_MONTHS  (SPAN_YEARS * 12)
#define SPAN_DAYS    (SPAN_YEARS * 365)
#define NUMBER_CHARS 24
#define NUMBER_MOST  INT64_C(1000000000000000)

/* Commas part groups of three digits, a point two decimals at most. */
static bool number_form(struct text written, size_t *decimals)
{
    size_t at = written.n > 0 && written.at[0] == '-' ? 1 : 0, group = 0;
    bool commas = false, point = false;
    for (; at < written.n; at++) {
        char c = written.at[at];
        if (c >= '0' && c <= '9') {
            group++;
            continue;
        }
        bool whole = !point && (commas     ? group == 3
                                : c == ',' ? group >= 1 && group <= 3
                                           : group > 0);
        if (!whole || (c != ',' && c != '.')) {
            return false;
        }
        commas = commas || c == ',';
        point = c == '.';
        group = 0;
    }
    *decimals = point ? group : 0;
    return point ? group == 1 || group == 2 : commas ? group == 3 : group > 0;
}

bool expr_number(struct text written, bool cents, int64_t *out)
{
    char plain[NUMBER_CHARS];
    size_t n = 0, decimals;
    int64_t value;
    if (written.n + 2 > sizeof plain || !number_form(written, &decimals) ||
        (decimals > 0 && !cents)) {
        return false;
    }
    for (size_t i = 0; i < written.n; i++) {
        if (written.at[i] != ',' && written.at[i] != '.') {
            plain[n++] = written.at[i];
        }
    }
    for (; cents && decimals < 2; decimals++) {
        plain[n++] = '0';
    }
    if (!num_parse_int((struct text){plain, n}, &value) || value > NUMBER_MOST ||
        value < -NUMBER_MOST) {
        return false;
    }
    *out = value;
    return true;
}

/* N with d, m or y. */
static int parse_span(struct parser *it, int32_t *n, enum expr_window *unit)
{
    struct text digits = {it->now.text.at, it->now.text.n - 1};
    char letter = it->now.text.at[digits.n];
    int64_t value, most = letter == 'd' ? SPAN_DAYS : letter == 'm' ? SPAN_MONTHS : SPAN_YEARS;
    if (!expr_number(digits, false, &value) || value < 1 || value > most) {
        return parse_stop(it, it->now, "a span is at least one day and at most 200 years");
    }
    *n = (int32_t)value;
    *unit = letter == 'd' ? EXPR_DAYS : letter == 'm' ? EXPR_MONTHS : EXPR_YEARS;
    parse_step(it);
    return 0;
}

static int parse_day(struct parser *it, date_days *out)
{
    date_days date, guess;
    char shown[DATE_TEXT];
    if (!date_parse(it->now.text, &date)) {
        int code = parse_stop(it, it->now, "no such day is in the calendar");
        if (date_guess(it->now.text, &guess)) {
            err_hint(it->err, "Did you mean %s?", date_format(guess, shown));
        }
        return code;
    }
    if (date < date_from_civil(1900, 1, 1) || date > date_from_civil(2199, 12, 31)) {
        return parse_stop(it, it->now, "a day of the years 1900 to 2199 should stand here");
    }
    *out = date;
    parse_step(it);
    return 0;
}

static int parse_date(struct parser *it, struct expr_date *out)
{
    *out = (struct expr_date){.unit = EXPR_DAYS};
    out->on = parse_take(it, "on");
    if (!out->on && it->now.kind != LEX_DATE) {
        return parse_stop(it, it->now, "a date or the word on should stand here");
    }
    if (!out->on) {
        TRY(parse_day(it, &out->date));
    }
    bool minus = parse_is(it, "-");
    if (!minus && !parse_is(it, "+")) {
        return 0;
    }
    parse_step(it);
    if (it->now.kind != LEX_SPAN) {
        return parse_stop(it, it->now, "a span such as 3y, 6m or 90d should stand here");
    }
    TRY(parse_span(it, &out->shift, &out->unit));
    out->shift = minus ? -out->shift : out->shift;
    return 0;
}

/* Steps into a bracket whose first word is a name. */
static int parse_open_name(struct parser *it, const char *what, struct text *out)
{
    if (!parse_is(it, "(")) {
        return parse_want(it, "(");
    }
    it->end = it->now.end;
    it->now = lex_name(&it->lexer);
    if (!expr_is_name(it->now.text)) {
        return parse_stop(it, it->now, what);
    }
    *out = it->now.text;
    parse_step(it);
    return 0;
}

static int parse_window(struct parser *it, struct expr_fact *out)
{
    TRY(parse_want(it, ","));
    if (parse_take(it, "entry")) {
        out->window = EXPR_ENTRY;
        return 0;
    }
    if (parse_take(it, "year")) {
        out->window = EXPR_YEAR;
        return 0;
    }
    if (it->now.kind != LEX_SPAN) {
        return parse_stop(it, it->now, "entry, year or a span such as 180d should stand here");
    }
    return parse_span(it, &out->length, &out->window);
}

static int parse_fact(struct parser *it, struct expr_fact *out)
{
    bool days = parse_is(it, "stay_days"), since = parse_is(it, "stay_since");
    if (parse_take(it, "age_on")) {
        out->kind = EXPR_AGE_ON;
        TRY(parse_want(it, "("));
        TRY(parse_date(it, &out->date));
        return parse_want(it, ")");
    }
    if (days || since) {
        out->kind = days ? EXPR_STAY_DAYS : EXPR_STAY_SINCE;
        parse_step(it);
        TRY(parse_open_name(it, "the code of a country should stand here", &out->name));
        if (days) {
            TRY(parse_window(it, out));
        }
        return parse_want(it, ")");
    }
    out->kind = EXPR_FACT;
    out->name = it->now.text;
    if (it->now.kind != LEX_WORD || !expr_is_fact_word(it->now.text)) {
        return parse_stop(it, it->now, "a fact should stand here: a word in small letters");
    }
    parse_step(it);
    return 0;
}

static int parse_param(struct parser *it, struct expr_term *out)
{
    const char *what = "the name of a parameter should stand here";
    out->kind = EXPR_PARAM;
    parse_step(it);
    TRY(parse_open_name(it, what, &out->text));
    if (!parse_is(it, ",")) {
        return parse_want(it, ",");
    }
    it->now = lex_name(&it->lexer);
    if (!expr_is_name(it->now.text)) {
        return parse_stop(it, it->now, "the key of the parameter should stand here");
    }
    out->key = it->now.text;
    parse_step(it);
    return parse_want(it, ")");
}

static int parse_amount(struct parser *it, struct expr_term *out)
{
    int64_t cents;
    const char *from = it->now.text.at;
    bool minus = parse_take(it, "-");
    if (it->now.kind != LEX_NUMBER) {
        return parse_stop(it, it->now, "a number, a date or param(NAME, KEY) should stand here");
    }
    if (minus && it->now.text.at != from + 1) {
        return parse_stop(it, it->now, "the minus stands right before its number");
    }
    out->kind = EXPR_NUMBER;
    out->text = (struct text){from, (size_t)(it->now.text.at + it->now.text.n - from)};
    if (!expr_number(out->text, true, &cents)) {
        parse_stop(it, it->now, "an amount has at most two decimals and 13 digits before them");
        return err_hint(it->err, "Write thousands as 58400 or 58,400 and cents behind a point.");
    }
    parse_step(it);
    return 0;
}

static int parse_term(struct parser *it, struct expr_term *out)
{
    out->at = it->now.at;
    if (parse_is(it, "param")) {
        return parse_param(it, out);
    }
    if (parse_is(it, "on") || it->now.kind == LEX_DATE) {
        size_t from = it->lexer.offset - it->now.text.n;
        out->kind = EXPR_DATE_TERM;
        TRY(parse_date(it, &out->date));
        size_t to = it->lexer.offset - it->now.text.n;
        out->text = text_trim((struct text){it->source->text.at + from, to - from});
        return 0;
    }
    return parse_amount(it, out);
}

static int parse_literal_stop(struct parser *it)
{
    char upper[64];
    size_t n = it->now.text.n < sizeof upper ? it->now.text.n : sizeof upper - 1;
    for (size_t i = 0; i < n; i++) {
        char c = it->now.text.at[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    upper[n] = '\0';
    int code = parse_stop(it, it->now, "a word in capitals, yes or no should stand here");
    if (it->now.kind == LEX_WORD) {
        err_hint(it->err, "Perhaps %s is meant; literals are written in capitals.", upper);
    } else if (text_is(it->now.text, "=")) {
        err_hint(it->err, "Write one = only.");
    }
    return code;
}

static int parse_literal(struct parser *it, struct expr_item *out)
{
    *out = (struct expr_item){.at = it->now.at, .end = it->now.end, .name = it->now.text};
    if (it->now.kind != LEX_WORD || !expr_is_literal_word(it->now.text)) {
        return parse_literal_stop(it);
    }
    parse_step(it);
    return 0;
}

/* The word right behind a prefix: PREFIX_* or PREFIX_list(. */
static bool parse_prefix(struct text word, const char *tail, struct text *prefix)
{
    size_t n = strlen(tail);
    if (word.n < n || memcmp(word.at + word.n - n, tail, n) != 0) {
        return false;
    }
    *prefix = (struct text){word.at, word.n - n};
    bool bare = prefix->n == 0;
    return bare ||
           (prefix->at[prefix->n - 1] == '_' && prefix->n > 1 && expr_is_literal_word(*prefix));
}

static int parse_item(struct parser *it, struct expr_item *out)
{
    struct lex word = it->now;
    struct lexer ahead = it->lexer;
    struct lex next = lex_next(&ahead);
    struct text prefix;
    *out = (struct expr_item){.at = word.at};
    bool star = text_is(next.text, "*") && next.at == word.end;
    if (word.kind == LEX_WORD && star && parse_prefix(word.text, "", &prefix) && prefix.n > 0) {
        out->every = true;
        out->prefix = prefix;
        parse_step(it);
        parse_step(it);
    } else if (word.kind == LEX_WORD && text_is(next.text, "(") &&
               parse_prefix(word.text, "list", &prefix)) {
        out->list = true;
        out->prefix = prefix;
        parse_step(it);
        TRY(parse_open_name(it, "the name of a list should stand here", &out->name));
        TRY(parse_want(it, ")"));
    } else {
        return parse_literal(it, out);
    }
    out->end = it->end;
    return 0;
}

static int parse_items(struct parser *it, struct expr *node)
{
    size_t cap = 0;
    node->braces = true;
    TRY(parse_want(it, "{"));
    do {
        if (node->n_items == cap) {
            struct expr_item *wider;
            cap = cap == 0 ? 4 : cap * 2;
            TRY_NEW(wider, it->arena, cap, it->err);
            if (node->n_items > 0) {
                memcpy(wider, node->items, node->n_items * sizeof *wider);
            }
            node->items = wider;
        }
        TRY(parse_item(it, &node->items[node->n_items]));
        node->n_items++;
    } while (parse_take(it, ","));
    return parse_want(it, "}");
}

static int parse_one(struct parser *it, struct expr *node)
{
    TRY_NEW(node->items, it->arena, 1, it->err);
    node->n_items = 1;
    return parse_literal(it, &node->items[0]);
}

/* `=` and `!=`: with a literal a set of one, else a comparison. */
static int parse_equal(struct parser *it, struct expr *node)
{
    bool other = parse_is(it, "!=");
    parse_step(it);
    bool number = it->now.kind == LEX_NUMBER || it->now.kind == LEX_DATE || parse_is(it, "-") ||
                  parse_is(it, "on") || parse_is(it, "param");
    if (number) {
        node->kind = EXPR_COMPARE;
        node->op = other ? EXPR_NOT_EQUAL : EXPR_EQUAL;
        return parse_term(it, &node->term);
    }
    node->kind = EXPR_IN;
    node->negated = other;
    return parse_one(it, node);
}

static bool parse_order(struct parser *it, enum expr_op *out)
{
    static const struct {
        const char *word;
        enum expr_op op;
    } ops[] = {
        {"<", EXPR_LESS}, {"<=", EXPR_LESS_EQUAL}, {">", EXPR_GREATER}, {">=", EXPR_GREATER_EQUAL}};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (parse_take(it, ops[i].word)) {
            *out = ops[i].op;
            return true;
        }
    }
    return false;
}

int parse_compare(struct parser *it, struct expr *node)
{
    TRY(parse_fact(it, &node->fact));
    if (parse_is(it, "=") || parse_is(it, "!=")) {
        return parse_equal(it, node);
    }
    if (parse_order(it, &node->op)) {
        node->kind = EXPR_COMPARE;
        return parse_term(it, &node->term);
    }
    if (parse_take(it, "has")) {
        node->kind = EXPR_HAS;
        return parse_is(it, "{") ? parse_items(it, node) : parse_one(it, node);
    }
    node->kind = EXPR_IN;
    node->negated = parse_take(it, "not");
    if (!parse_is(it, "in")) {
        return parse_stop(it, it->now, "behind a fact stands =, !=, <, <=, >, >=, in or has");
    }
    parse_step(it);
    return parse_items(it, node);
}
