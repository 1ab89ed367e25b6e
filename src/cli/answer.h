/* An answer that is made in full before the files that it tells of stand, and printed after: so no
 * failure comes between a finished output and its exit code. */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "verb.h"

struct answer {
    char *bytes;
    size_t n;
    struct verb_call call; /* the call with `to` going here */
};

/* Then write to answer->call.to, and end with answer_made, whose failure is that of the writing:
 * `code` is passed on when it is not 0. */
int answer_begin(struct answer *answer, const struct verb_call *call, struct ajar_err *err);
int answer_made(struct answer *answer, int code, struct ajar_err *err);

/* Prints it on `to` and frees it; answer_drop only frees it.  Both accept a zeroed answer. */
void answer_print(struct answer *answer, FILE *to);
void answer_drop(struct answer *answer);

#endif
