/* Watching a long job: progress out, "please stop" in.
 *
 * A function that may run long takes a `const struct watch *` (NULL: nobody watches) and calls
 * watch_tick every few milliseconds.  The sinks (terminal bar with rate and time left, plain lines,
 * silence) live in cli/; base only defines the seam. */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include "err.h"

struct watch {
    /* what: the phase in words; done of total in `unit` ("rows", "draws"); total 0: unknown. */
    void (*tick)(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit);
    bool (*cancelled)(void *arg); /* may be NULL */
    void *arg;
};

/* Reports, then asks: 0 to go on, E_CANCELLED (err filled) to stop.  Callable from one thread. */
int watch_tick(const struct watch *watch, const char *what, uint64_t done, uint64_t total,
               const char *unit, struct ajar_err *err);

#endif
