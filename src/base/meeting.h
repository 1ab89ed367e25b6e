/* Threads that wait for each other, again and again and not for long. */
#ifndef BASE_MEETING_H
#define BASE_MEETING_H

#include <stdbool.h>

#include "err.h"

struct meeting;

/* For at most `most` threads.  `looks`: how often each looks for the others before it goes to sleep; 0 where
 * there are more threads than processors.  In its own memory, until meeting_close.  E_MEMORY. */
int meeting_open(struct meeting **out, unsigned most, int looks, struct ajar_err *err);
void meeting_close(struct meeting *meeting); /* accepts NULL */

/* From now on n threads meet, numbered 0 .. n-1.  While nobody waits. */
void meeting_begin(struct meeting *meeting, unsigned n);

/* Returns when all n threads have called it as often as this one, the i-th, has.  What any of them wrote
 * before, all see afterwards.  True: this one has slept for a millisecond and for more than a quarter of the
 * time since the beginning, as where other programs want the processors too; fewer threads would then be as
 * fast.  Each thread writes one line of memory and reads n - 1. */
bool meeting_wait(struct meeting *meeting, unsigned i);

#endif
