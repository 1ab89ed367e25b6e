/* One small pool of threads for loops over independent parts.
 *
 * Same bytes at any number of threads: the work is cut into `n_parts` parts that depend on the input
 * alone, each part writes only its own output, and the caller combines them in order of the parts. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include "arena.h"
#include "watch.h"

struct pool;

/* threads 1: no thread is started and parts run in the caller.  At most 256.  The pool lives until
 * pool_close, in its own memory. */
int pool_open(struct pool **out, unsigned threads, struct ajar_err *err);
void pool_close(struct pool *pool);             /* accepts NULL */
unsigned pool_threads(const struct pool *pool); /* NULL: 1 */

/* Runs part(arg, i, err_i) for i in 0 .. n_parts-1, in any order, on all threads (the caller's too).
 * Returns the error of the lowest failing part (others may not have run), or E_CANCELLED when the
 * watch says so between parts.  pool NULL: in order, in the caller.  Not re-entrant. */
int pool_run(struct pool *pool, size_t n_parts,
             int (*part)(void *arg, size_t i, struct ajar_err *err), void *arg,
             const struct watch *watch, const char *what, struct ajar_err *err);

/* Runs part(arg, i, err_i) for i in 0 .. n-1 at the same time, part 0 in the caller; n from 1 to
 * pool_threads(pool).  For work in many short steps that follow each other: the parts meet between them, and a
 * meeting costs far less than a loop.  Returns the error of the lowest failing part.  Not re-entrant. */
int pool_together(struct pool *pool, unsigned n,
                  int (*part)(void *arg, size_t i, struct ajar_err *err), void *arg,
                  struct ajar_err *err);

/* For part i of pool_together: waits until all parts have called this as often (meeting.h).  What any wrote
 * before, all see afterwards.  True: this one has slept for a millisecond and for more than a quarter of the
 * time since the loop began, so threads are in each other's way.  All parts come to as many meetings, or leave
 * after the same one for one of them to go on alone; each comes to one at least before it returns. */
bool pool_meet(struct pool *pool, size_t i);

#endif
