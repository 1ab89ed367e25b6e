/* Faults on purpose, for tests.  Compiled with AJAR_FAULT (base_fault of the Meson files) every arena request, open, read,
 * write, rename and flush asks fault_strikes() first; in base itself the question is the
 * constant false and costs nothing.  The n-th request that asks is refused, as set by the test
 * through fault_arm (the command line reads AJAR_FAULT="KIND:N"). */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
    FAULT_ARENA,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_RENAME,
    FAULT_FLUSH,
    FAULT_KINDS
};

#ifdef AJAR_FAULT
bool fault_strikes(enum fault_kind kind);
void fault_arm(enum fault_kind kind, uint64_t nth); /* 0: disarm */
uint64_t fault_asked(enum fault_kind kind);         /* requests so far */
#else
static inline bool fault_strikes(enum fault_kind kind)
{
    (void)kind;
    return false;
}
#endif

#endif
