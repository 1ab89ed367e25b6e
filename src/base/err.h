/* Errors: one table (err.def), one caller-owned struct (ajar_err in ajar.h).
 *
 * A function that can fail ends with a `struct ajar_err *err` (may be NULL) and returns 0 or the
 * code that it put there.  TRY passes a failure on.  Library code never logs. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "ajar.h"
#include "text.h"

enum err_code {
    E_OK = 0,
#define ERR(symbol, slug, exit_code, rule, advice) symbol,
#include "err.def"
#undef ERR
    E_COUNT
};

#define TRY(call)                                                                                  \
    do {                                                                                           \
        int try_code_ = (call);                                                                    \
        if (try_code_ != 0) {                                                                      \
            return try_code_;                                                                      \
        }                                                                                          \
    } while (0)

/* One row of the table.  `code` from 1 to E_COUNT - 1. */
struct err_row {
    const char *slug;
    int exit_code;
    const char *rule;   /* the rule that was broken, for docs/errors.md */
    const char *advice; /* what to do when the error brings no better hint */
};
const struct err_row *err_row(int code);

/* Clears `err`, stores code and the formatted sentence, returns the code.  err may be NULL. */
int err_set(struct ajar_err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with the place in an input file.  file, column may be NULL; row 0 is "no row"; value
 * is the offending text as read (any bytes; control characters are shown as \xNN). */
int err_at(struct ajar_err *err, enum err_code code, const char *file, long row, const char *column,
           struct text value, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* Adds or replaces the suggestion; returns err->code so that it can end a function. */
int err_hint(struct ajar_err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The suggestion to show: the error's own, or the table's advice. */
const char *err_advice(const struct ajar_err *err);

/* Many errors: the faults of an input, in the order found.  At most `limit` are kept in full; all
 * are counted.  Memory comes from `arena` once, at faults_init. */
struct arena;
struct faults {
    struct ajar_err *at; /* [kept] */
    size_t kept, limit;
    uint64_t total;
    struct ajar_err spill; /* what faults_add hands out beyond the limit */
};
int faults_init(struct faults *faults, struct arena *arena, size_t limit, struct ajar_err *err);

/* A fresh place for the next fault: fill it with err_set, err_at, err_hint.  Never NULL. */
struct ajar_err *faults_add(struct faults *faults);

/* Sorts the kept faults by file, row, column, code, text, value: the order in which they are shown. */
void faults_sort(struct faults *faults);

#endif
