/* What the parts of the parser of expressions share. */
#ifndef DOORS_EXPR_PARSE_H
#define DOORS_EXPR_PARSE_H

#include "expr_lex.h"

struct parser {
    struct arena *arena;
    const struct expr_source *source;
    struct lexer lexer;
    struct lex now; /* the word to be read next */
    uint32_t end;   /* character behind the word read last */
    int depth;
    struct ajar_err *err;
};

void parse_step(struct parser *it);
bool parse_is(const struct parser *it, const char *word);
bool parse_take(struct parser *it, const char *word);
int parse_want(struct parser *it, const char *word);
int parse_stop(const struct parser *it, struct lex at, const char *what); /* E_DOORS_EXPR_SYNTAX */

/* fact op term | fact in set | fact has set, into a node whose kind is still open. */
int parse_compare(struct parser *it, struct expr *node);

#endif
