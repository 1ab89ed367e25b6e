/* Reading a rule set from the bytes of its files.  Every fault found is listed. */
#ifndef DOORS_RULES_READ_H
#define DOORS_RULES_READ_H

#include "rules.h"

enum rules_file_kind { RULES_FACTS, RULES_PARAMS, RULES_LISTS, RULES_DOOR };
struct rules_file {
    enum rules_file_kind kind;
    const char *name; /* for messages */
    struct text bytes;
};
#define RULES_FILE_CEILING ((size_t)1 << 20)
#define RULES_FILES_MAX    4096
#define RULES_FACTS_MAX    4096
#define RULES_VALUES_MAX   4096 /* literals of one fact */
#define RULES_RULES_MAX    256  /* of one version */

/* Files in any order; the result and the order of faults do not depend on it.  `known_source` says
 * whether an id stands in the scenario's sources (NULL: not checked).  Faults (syntax, unknown keys,
 * facts, literals, lists, parameters, sources; types; missing citations, sayings, dates; spans that
 * end before they start, versions that overlap; lists and parameters that overlap or leave a gap
 * while a version reads them) go to `faults` with file, row, column, at, value and what to do; the
 * return is then E_DOORS_FAULTS and *out is untouched.  Cost: O(bytes). */
int rules_read(struct arena *arena, size_t n_files, const struct rules_file *files,
               bool (*known_source)(void *arg, struct text id), void *arg, struct rules *out,
               struct faults *faults, struct ajar_err *err);

/* Parses and binds one expression against a vocabulary that is read already, for tests and for the
 * command line: types, facts, literals, lists, parameters are checked.  Errors: doors.expr.*. */
int rules_expr(struct arena *arena, const struct rules *rules, const char *file, struct text text,
               const struct expr **out, struct ajar_err *err);

#endif
