/* Help pages from the tables: what the program is, what a noun has, how a verb is used. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "verb.h"

/* Each appends a page of at most `width` columns; color sets headings in bold. */
void help_program(struct buf *buf, const struct program *program, size_t width, bool color);
void help_noun(struct buf *buf, const struct program *program, const struct noun *noun,
               size_t width, bool color);
void help_verb(struct buf *buf, const struct program *program, const struct verb *verb,
               size_t width, bool color);

/* "ajar aid split SCENARIO [options]" */
void help_usage(struct buf *buf, const struct program *program, const struct verb *verb);

/* The i-th option that a call of the verb has to give, its own before the common ones; NULL past the
 * last. */
const struct verb_option *help_required(const struct verb *verb, size_t i);

/* The sentences on an option: what it does, what it takes, its default. */
void help_option_text(struct buf *buf, const struct verb_option *option);

/* "findings" for 1; NULL for a code that Ajar does not use. */
const char *help_exit_text(int exit_code);

#endif
