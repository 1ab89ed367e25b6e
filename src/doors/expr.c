/* Recursive descent over and, or, not, brackets and quantifiers; comparisons stand in expr_compare.c. */
#include <stdarg.h>
#include <stdio.h>

#include "expr_parse.h"
#include "num.h"

int expr_err(struct ajar_err *err, enum err_code code, const struct expr_source *source,
             uint32_t at, struct text value, const char *format, ...)
{
    char sentence[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    err_at(err, code, source->file, source->row, source->column, value, "%s", sentence);
    if (err != NULL) {
        err->at = source->at + (long)at - 1;
    }
    return (int)code;
}

void parse_step(struct parser *it)
{
    it->end = it->now.end;
    it->now = lex_next(&it->lexer);
}

bool parse_is(const struct parser *it, const char *word)
{
    return it->now.kind != LEX_OTHER && text_is(it->now.text, word);
}

bool parse_take(struct parser *it, const char *word)
{
    if (!parse_is(it, word)) {
        return false;
    }
    parse_step(it);
    return true;
}

/* What people write who know other languages. */
static const char *const parse_slips[][2] = {
    {"AND", "and"},      {"And", "and"},     {"OR", "or"}, {"Or", "or"},   {"NOT", "not"},
    {"&", "and"},        {"|", "or"},        {"!", "not"}, {"≥", ">="},    {"≤", "<="},
    {"≠", "!="},         {"is", "="},        {"IN", "in"}, {"HAS", "has"}, {"−", "-"},
    {"contains", "has"}, {"“", "no quotes"},
};

int parse_stop(const struct parser *it, struct lex at, const char *what)
{
    int code = expr_err(it->err, E_DOORS_EXPR_SYNTAX, it->source, at.at, at.text, "%s", what);
    for (size_t i = 0; i < sizeof parse_slips / sizeof *parse_slips; i++) {
        if (text_is(at.text, parse_slips[i][0])) {
            err_hint(it->err, "Write %s.", parse_slips[i][1]);
        }
    }
    return code;
}

int parse_want(struct parser *it, const char *word)
{
    char what[40];
    if (parse_take(it, word)) {
        return 0;
    }
    snprintf(what, sizeof what, "here should stand %s", word);
    return parse_stop(it, it->now, what);
}

static int parse_or(struct parser *it, struct expr **out);

static int parse_node(struct parser *it, enum expr_kind kind, uint32_t at, struct expr **out)
{
    TRY_NEW(*out, it->arena, 1, it->err);
    (*out)->kind = kind;
    (*out)->source = it->source;
    (*out)->at = at;
    return 0;
}

static int parse_deeper(struct parser *it)
{
    if (++it->depth <= EXPR_DEPTH_MAX) {
        return 0;
    }
    return expr_err(it->err, E_DOORS_EXPR_LIMIT, it->source, it->now.at, it->now.text,
                    "brackets and nots stand more than %d deep within each other", EXPR_DEPTH_MAX);
}

/* Kids so far; those of a kid of the same kind are taken over in its place. */
struct kids {
    struct expr **at;
    size_t n, cap;
};

static int kids_add(struct arena *arena, struct kids *kids, struct expr *kid, struct ajar_err *err)
{
    if (kids->n == kids->cap) {
        size_t cap = kids->cap == 0 ? 4 : kids->cap * 2;
        struct expr **wider;
        TRY_NEW(wider, arena, cap, err);
        for (size_t i = 0; i < kids->n; i++) {
            wider[i] = kids->at[i];
        }
        kids->at = wider;
        kids->cap = cap;
    }
    kids->at[kids->n++] = kid;
    return 0;
}

static int kids_join(struct arena *arena, struct kids *kids, enum expr_kind kind, struct expr *kid,
                     struct ajar_err *err)
{
    if (kid->kind != kind) {
        return kids_add(arena, kids, kid, err);
    }
    for (size_t i = 0; i < kid->n; i++) {
        TRY(kids_add(arena, kids, kid->kids[i], err));
    }
    return 0;
}

static int parse_quant(struct parser *it, struct expr *node)
{
    bool count = parse_is(it, "count");
    node->quant = count ? EXPR_COUNT : parse_is(it, "any") ? EXPR_ANY : EXPR_ALL;
    parse_step(it);
    if (count) {
        int64_t least;
        TRY(parse_want(it, ">="));
        if (it->now.kind != LEX_NUMBER || !expr_number(it->now.text, false, &least) || least < 1 ||
            least > 1000) {
            return parse_stop(it, it->now, "a number of people from 1 to 1000 should stand here");
        }
        node->at_least = (int32_t)least;
        parse_step(it);
    }
    TRY(parse_want(it, "("));
    if (it->now.kind != LEX_WORD) {
        return parse_stop(it, it->now, "a role of the household should stand here, such as child");
    }
    node->role = it->now.text;
    node->role_at = it->now.at;
    parse_step(it);
    TRY(parse_want(it, ":"));
    TRY_NEW(node->kids, it->arena, 1, it->err);
    node->n = 1;
    TRY(parse_or(it, &node->kids[0]));
    return parse_want(it, ")");
}

static int parse_unary(struct parser *it, struct expr **out)
{
    struct expr *node;
    uint32_t at = it->now.at;
    if (parse_is(it, "(")) {
        TRY(parse_deeper(it));
        parse_step(it);
        TRY(parse_or(it, out));
        it->depth--;
        return parse_want(it, ")");
    }
    if (parse_is(it, "not")) {
        TRY(parse_deeper(it));
        parse_step(it);
        TRY(parse_node(it, EXPR_NOT, at, &node));
        TRY_NEW(node->kids, it->arena, 1, it->err);
        node->n = 1;
        TRY(parse_unary(it, &node->kids[0]));
        it->depth--;
    } else if (parse_is(it, "any") || parse_is(it, "all") || parse_is(it, "count")) {
        TRY(parse_deeper(it));
        TRY(parse_node(it, EXPR_QUANT, at, &node));
        TRY(parse_quant(it, node));
        it->depth--;
    } else {
        TRY(parse_node(it, EXPR_COMPARE, at, &node));
        TRY(parse_compare(it, node));
    }
    node->end = it->end;
    *out = node;
    return 0;
}

/* One or more of `part`, with `word` between them. */
static int parse_series(struct parser *it, enum expr_kind kind, const char *word,
                        int (*part)(struct parser *, struct expr **), struct expr **out)
{
    struct kids kids = {0};
    struct expr *node, *kid;
    uint32_t at = it->now.at;
    TRY(part(it, &kid));
    if (!parse_is(it, word)) {
        *out = kid;
        return 0;
    }
    TRY(kids_join(it->arena, &kids, kind, kid, it->err));
    while (parse_take(it, word)) {
        TRY(part(it, &kid));
        TRY(kids_join(it->arena, &kids, kind, kid, it->err));
    }
    TRY(parse_node(it, kind, at, &node));
    node->kids = kids.at;
    node->n = kids.n;
    node->end = it->end;
    *out = node;
    return 0;
}

static int parse_and(struct parser *it, struct expr **out)
{
    return parse_series(it, EXPR_AND, "and", parse_unary, out);
}

static int parse_or(struct parser *it, struct expr **out)
{
    return parse_series(it, EXPR_OR, "or", parse_and, out);
}

static int source_check(const struct expr_source *source, struct ajar_err *err)
{
    struct text head = {source->text.at, source->text.n < 40 ? source->text.n : 40};
    size_t bad;
    if (source->text.n > EXPR_TEXT_MAX) {
        return expr_err(err, E_DOORS_EXPR_LIMIT, source, 1, head,
                        "a condition has at most %d bytes; this one has %zu", EXPR_TEXT_MAX,
                        source->text.n);
    }
    if (!text_utf8(source->text, &bad)) {
        return expr_err(err, E_DOORS_EXPR_SYNTAX, source, 1, (struct text){"", 0},
                        "a condition is text in UTF-8");
    }
    return 0;
}

int expr_parse(struct arena *arena, const char *file, long row, long at_file, const char *column,
               struct text text, const struct expr **out, struct ajar_err *err)
{
    struct expr_source *source;
    struct expr *root;
    TRY_NEW(source, arena, 1, err);
    *source = (struct expr_source){.file = file, .row = row, .at = at_file, .text = text};
    TRY(text_copy(arena, text_of(column), &source->column, err));
    TRY(source_check(source, err));
    struct parser it = {
        .arena = arena, .source = source, .lexer = {text, 0, 1}, .end = 1, .err = err};
    it.now = lex_next(&it.lexer);
    if (it.now.kind == LEX_END) {
        return parse_stop(&it, it.now, "a condition should stand here");
    }
    TRY(parse_or(&it, &root));
    if (it.now.kind != LEX_END) {
        return parse_stop(&it, it.now, "here should stand and, or, or nothing");
    }
    *out = root;
    return 0;
}

int expr_and(struct arena *arena, size_t n, const struct expr *const kids[],
             const struct expr **out, struct ajar_err *err)
{
    struct kids joined = {0};
    const struct expr *last = NULL;
    size_t given = 0;
    for (size_t i = 0; i < n; i++) {
        if (kids[i] != NULL) {
            TRY(kids_join(arena, &joined, EXPR_AND, (struct expr *)kids[i], err));
            last = kids[i];
            given++;
        }
    }
    if (given == 1) {
        *out = last;
        return 0;
    }
    struct expr *node;
    TRY_NEW(node, arena, 1, err);
    *node = (struct expr){.kind = EXPR_AND, .at = 1, .end = 1, .n = joined.n, .kids = joined.at};
    if (last != NULL) {
        node->source = last->source;
        node->at = last->at;
        node->end = last->end;
    }
    *out = node;
    return 0;
}
