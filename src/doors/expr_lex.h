/* The words of an expression, one at a time. */
#ifndef DOORS_EXPR_LEX_H
#define DOORS_EXPR_LEX_H

#include "expr.h"

enum lex_kind {
    LEX_END,
    LEX_WORD,   /* [A-Za-z_][A-Za-z0-9_]* */
    LEX_NUMBER, /* 58400, 58,400, 58400.50 */
    LEX_SPAN,   /* 180d, 6m, 3y */
    LEX_DATE,   /* 2022-09-21, whether or not such a day exists */
    LEX_MARK,   /* one of ( ) { } , : * + - = != < <= > >= */
    LEX_OTHER   /* what the language does not know: one character */
};

struct lex {
    enum lex_kind kind;
    struct text text;
    uint32_t at, end; /* characters, 1-based */
};

struct lexer {
    struct text text;
    size_t offset;
    uint32_t at; /* character that stands at the offset */
};

/* The next word; LEX_END at the end, again and again. */
struct lex lex_next(struct lexer *lexer);

/* The next word as the name of a list, a parameter or a key: [A-Za-z0-9_.-]+, else as lex_next. */
struct lex lex_name(struct lexer *lexer);

#endif
