/* Files made from the tables: man pages, completions, the list of errors. */
#ifndef CLI_GEN_H
#define CLI_GEN_H

#include "verb.h"

/* The page of the program (noun and verb NULL), of a noun, or of a verb of its own, in mdoc(7).
 * Appends to `buf`. */
void man_program(struct buf *buf, const struct program *program);
void man_noun(struct buf *buf, const struct program *program, const struct noun *noun);
void man_verb(struct buf *buf, const struct program *program, const struct verb *verb);

/* Completion scripts.  They need nothing but the shell: no call of the program. */
void complete_bash(struct buf *buf, const struct program *program);
void complete_zsh(struct buf *buf, const struct program *program);
void complete_fish(struct buf *buf, const struct program *program);

/* docs/errors.md from err.def, grouped by the part before the first dot of the slug. */
void errors_page(struct buf *buf);

/* docs/scenario.md from the schema of world/: every file, column, closed list, unit and setting of a
 * scenario, in words. */
void scenario_page(struct buf *buf);

/* The hidden noun `gen`: man DIR, completions DIR, errors FILE, scenario FILE, examples,
 * check. */
extern const struct verb gen_verbs[];
extern const size_t n_gen_verbs;

#endif
