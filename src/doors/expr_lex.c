#include "expr_lex.h"

#include <string.h>

static bool lex_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool lex_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool lex_inside(char c)
{
    return lex_letter(c) || lex_digit(c);
}

static bool lex_name_char(char c)
{
    return lex_inside(c) || c == '.' || c == '-';
}

/* The byte `ahead` of the offset; 0 behind the end. */
static char lex_peek(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->offset + ahead;
    return at < lexer->text.n ? lexer->text.at[at] : '\0';
}

static void lex_blanks(struct lexer *lexer)
{
    while (lexer->offset < lexer->text.n && strchr(" \t\r\n", lex_peek(lexer, 0)) != NULL &&
           lex_peek(lexer, 0) != '\0') {
        lexer->offset++;
        lexer->at++;
    }
}

/* Takes n bytes that are `characters` characters. */
static struct lex lex_take(struct lexer *lexer, enum lex_kind kind, size_t n, uint32_t characters)
{
    struct lex out = {.kind = kind,
                      .text = {lexer->text.at + lexer->offset, n},
                      .at = lexer->at,
                      .end = lexer->at + characters};
    lexer->offset += n;
    lexer->at += characters;
    return out;
}

static size_t lex_digits(const struct lexer *lexer, size_t from)
{
    size_t n = 0;
    while (lex_digit(lex_peek(lexer, from + n))) {
        n++;
    }
    return n;
}

static bool lex_date(const struct lexer *lexer)
{
    return lex_digits(lexer, 0) == 4 && lex_peek(lexer, 4) == '-' && lex_digits(lexer, 5) == 2 &&
           lex_peek(lexer, 7) == '-' && lex_digits(lexer, 8) == 2 &&
           !lex_inside(lex_peek(lexer, 10));
}

/* Digits, then groups of ",ddd" that no further digit follows, then a fraction. */
static size_t lex_number_n(const struct lexer *lexer)
{
    size_t n = lex_digits(lexer, 0);
    while (lex_peek(lexer, n) == ',' && lex_digits(lexer, n + 1) == 3) {
        n += 4;
    }
    if (lex_peek(lexer, n) == '.' && lex_digit(lex_peek(lexer, n + 1))) {
        n += 1 + lex_digits(lexer, n + 1);
    }
    return n;
}

static struct lex lex_number(struct lexer *lexer)
{
    if (lex_date(lexer)) {
        return lex_take(lexer, LEX_DATE, 10, 10);
    }
    size_t digits = lex_digits(lexer, 0);
    char unit = lex_peek(lexer, digits);
    if ((unit == 'd' || unit == 'm' || unit == 'y') && !lex_inside(lex_peek(lexer, digits + 1))) {
        return lex_take(lexer, LEX_SPAN, digits + 1, (uint32_t)digits + 1);
    }
    size_t n = lex_number_n(lexer);
    return lex_take(lexer, LEX_NUMBER, n, (uint32_t)n);
}

struct lex lex_next(struct lexer *lexer)
{
    lex_blanks(lexer);
    if (lexer->offset == lexer->text.n) {
        return lex_take(lexer, LEX_END, 0, 0);
    }
    char c = lex_peek(lexer, 0);
    if (lex_digit(c)) {
        return lex_number(lexer);
    }
    if (lex_letter(c)) {
        size_t n = 1;
        while (lex_inside(lex_peek(lexer, n))) {
            n++;
        }
        return lex_take(lexer, LEX_WORD, n, (uint32_t)n);
    }
    if ((c == '!' || c == '<' || c == '>') && lex_peek(lexer, 1) == '=') {
        return lex_take(lexer, LEX_MARK, 2, 2);
    }
    if (c != '\0' && strchr("(){},:*+-=<>", c) != NULL) {
        return lex_take(lexer, LEX_MARK, 1, 1);
    }
    struct text rest = {lexer->text.at + lexer->offset, lexer->text.n - lexer->offset};
    size_t n = text_char(rest);
    return lex_take(lexer, LEX_OTHER, n > 0 ? n : 1, 1);
}

struct lex lex_name(struct lexer *lexer)
{
    lex_blanks(lexer);
    size_t n = 0;
    while (lex_name_char(lex_peek(lexer, n))) {
        n++;
    }
    return n > 0 ? lex_take(lexer, LEX_WORD, n, (uint32_t)n) : lex_next(lexer);
}

static const char *const lex_words[] = {
    "and",    "or",        "not",  "in",    "has",        "any", "all", "count",
    "age_on", "stay_days", "list", "param", "stay_since", "on",  "yes", "no",
};

bool expr_is_fact_word(struct text word)
{
    for (size_t i = 0; i < sizeof lex_words / sizeof *lex_words; i++) {
        if (text_is(word, lex_words[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < word.n; i++) {
        if (!lex_inside(word.at[i]) || (word.at[i] >= 'A' && word.at[i] <= 'Z')) {
            return false;
        }
    }
    return word.n > 0 && !lex_digit(word.at[0]) && word.at[0] != '_';
}

bool expr_is_literal_word(struct text word)
{
    if (text_is(word, "yes") || text_is(word, "no")) {
        return true;
    }
    for (size_t i = 0; i < word.n; i++) {
        if (!lex_inside(word.at[i]) || (word.at[i] >= 'a' && word.at[i] <= 'z')) {
            return false;
        }
    }
    return word.n > 0 && !lex_digit(word.at[0]) && word.at[0] != '_';
}

bool expr_is_name(struct text word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (!lex_name_char(word.at[i])) {
            return false;
        }
    }
    return word.n > 0;
}
