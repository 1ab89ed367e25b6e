#include "fault.h"

#ifdef AJAR_FAULT

#include <stdatomic.h>

/* The one piece of state that belongs to no caller: a refusal must reach code that takes no argument
 * for it, and it exists only in builds made for the tests.  Atomic, since any thread may ask. */
static atomic_uint_least64_t fault_count[FAULT_KINDS];
static atomic_uint_least64_t fault_nth[FAULT_KINDS];

bool fault_strikes(enum fault_kind kind)
{
    return atomic_fetch_add(&fault_count[kind], 1) + 1 == atomic_load(&fault_nth[kind]);
}

void fault_arm(enum fault_kind kind, uint64_t nth)
{
    atomic_store(&fault_count[kind], 0);
    atomic_store(&fault_nth[kind], nth);
}

uint64_t fault_asked(enum fault_kind kind)
{
    return atomic_load(&fault_count[kind]);
}

#endif
