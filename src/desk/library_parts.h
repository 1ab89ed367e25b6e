/* What the functions behind ajar.h share: handles in arenas of their own, checks of what the caller gave,
 * faults handed over one by one. */
#ifndef DESK_LIBRARY_PARTS_H
#define DESK_LIBRARY_PARTS_H

#include "ajar.h"
#include "arena.h"
#include "date.h"
#include "pool.h"

/* The error struct to work with when the caller gave none: messages are made, then dropped. */
struct ajar_err *library_err(struct ajar_err *given, struct ajar_err *own);

/* E_LIBRARY_NULL for a pointer that must be there; `name` as in ajar.h. */
int library_given(const void *pointer, const char *name, struct ajar_err *err);

/* E_LIBRARY_NULL for no options; E_LIBRARY_OPTIONS for some that were not started from their INIT, or come from
 * a header of another version.  `options` begins with its size. */
int library_options(const void *options, size_t known, struct ajar_err *err);

/* A day as text into *out; NULL: DATE_NONE.  E_USAGE_OPTION_TYPE. */
int library_day(const char *word, const char *option, date_days *out, struct ajar_err *err);

/* Which of n words; NULL: `otherwise`.  E_LIBRARY_VALUE lists them. */
int library_word(const char *word, const char *option, const char *const *words, int n,
                 int otherwise, int *out, struct ajar_err *err);

/* A handle of `bytes` bytes, zeroed, whose first member is the arena that holds it and all that it owns.
 * The address of that arena stays the same until library_free. */
int library_new(size_t bytes, const char *name, void *out, struct ajar_err *err);
void library_free(void *handle); /* accepts NULL */

/* Puts the handle into *out when code is 0, else frees it; returns the code. */
int library_done(int code, void *handle, void *out);

/* Copies in the arena, zero-terminated. */
int library_text(struct arena *arena, struct text text, const char **out, struct ajar_err *err);
int library_date(struct arena *arena, date_days day, const char **out, struct ajar_err *err);

/* Faults of one call, in memory of their own. */
struct library_faults {
    struct arena arena;
    struct faults faults;
    ajar_fault_fn *each;
    void *arg;
};
int library_faults_begin(struct library_faults *faults, ajar_fault_fn *each, void *arg,
                         struct ajar_err *err);
/* Hands them over, sorted, and gives the memory back. */
void library_faults_end(struct library_faults *faults);

/* The threads of one call, and the caller's wish to stop. */
struct library_work {
    struct pool *pool;
    struct watch watch; /* of pool_run and the engines; points into this struct */
    ajar_stop_fn *stop;
    void *arg;
};
int library_work_begin(struct library_work *work, unsigned threads, ajar_stop_fn *stop, void *arg,
                       struct ajar_err *err);
void library_work_end(struct library_work *work);

#endif
