#include "pool.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "fault.h"
#include "meeting.h"
#include "relax.h"

#define POOL_MOST 256

/* Looks at what is waited for before a thread goes to sleep: some 50 microseconds, about as long as it
 * takes to wake it.  Loops that follow each other closely then cost no calls of the system. */
enum { POOL_LOOKS = 4000, POOL_APART = 64 };

/* A loop in progress.  Parts are handed out in ascending order, and none behind a failure: so every
 * part before the lowest failing one is sure to run, and that one is the same at any number of
 * threads. */
struct pool_job {
    int (*part)(void *arg, size_t i, struct ajar_err *err);
    void *arg;
    size_t n_parts;
    atomic_size_t next, done;
    atomic_size_t failed; /* the lowest failing part; n_parts: none; changes under the lock */
    int code;
    struct ajar_err err;
};

/* A worker counts itself in before it looks whether the door is open; who gives the work shuts the door
 * before waiting for the count to be 0.  Whichever is first, nobody works on a job that is over. */
struct pool {
    struct pool_job job;
    char apart[POOL_APART];
    atomic_uint posted; /* jobs so far */
    atomic_bool open;
    atomic_bool closing;
    char apart_too[POOL_APART];
    atomic_uint inside;   /* workers that may look at the job */
    atomic_uint asleep;   /* workers that must be woken */
    atomic_bool waiting;  /* who gave the work sleeps */
    pthread_mutex_t lock; /* of those who fall asleep and those who wake them */
    pthread_cond_t work;  /* a job has begun, or the pool closes */
    pthread_cond_t part;  /* a part has ended, or a worker has left */
    int looks;
    struct meeting *meeting; /* of the parts of pool_together */
    unsigned n_workers;
    pthread_t workers[];
};

/* The next part to run, or false when nothing more is to be started. */
static bool pool_claim(struct pool_job *job, size_t *i)
{
    if (atomic_load(&job->failed) != job->n_parts || atomic_load(&job->next) >= job->n_parts) {
        return false;
    }
    *i = atomic_fetch_add(&job->next, 1);
    return *i < job->n_parts;
}

static void pool_fail(struct pool *pool, size_t i, int code, const struct ajar_err *err)
{
    struct pool_job *job = &pool->job;
    pthread_mutex_lock(&pool->lock);
    if (i < atomic_load(&job->failed)) {
        job->code = code;
        job->err = *err;
        atomic_store(&job->failed, i);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void pool_do(struct pool *pool, size_t i, struct ajar_err *err)
{
    int code = pool->job.part(pool->job.arg, i, err);
    if (code != 0) {
        pool_fail(pool, i, code, err);
    }
    atomic_fetch_add(&pool->job.done, 1);
}

/* ---- Workers ---- */

static void pool_tell(struct pool *pool)
{
    if (atomic_load(&pool->waiting)) {
        pthread_mutex_lock(&pool->lock);
        pthread_cond_signal(&pool->part);
        pthread_mutex_unlock(&pool->lock);
    }
}

static bool pool_news(struct pool *pool, unsigned seen)
{
    return atomic_load(&pool->posted) != seen || atomic_load(&pool->closing);
}

/* Until there is a job after `seen`, or the pool closes. */
static void pool_rest(struct pool *pool, unsigned seen)
{
    for (int i = 0; i < pool->looks; i++) {
        if (pool_news(pool, seen)) {
            return;
        }
        relax();
    }
    pthread_mutex_lock(&pool->lock);
    atomic_fetch_add(&pool->asleep, 1);
    while (!pool_news(pool, seen)) {
        pthread_cond_wait(&pool->work, &pool->lock);
    }
    atomic_fetch_sub(&pool->asleep, 1);
    pthread_mutex_unlock(&pool->lock);
}

static void *pool_worker(void *arg)
{
    struct pool *pool = arg;
    struct ajar_err err = {0};
    unsigned seen = 0;
    for (;;) {
        pool_rest(pool, seen);
        if (atomic_load(&pool->closing)) {
            return NULL;
        }
        seen = atomic_load(&pool->posted);
        atomic_fetch_add(&pool->inside, 1);
        size_t i;
        while (atomic_load(&pool->open) && pool_claim(&pool->job, &i)) {
            pool_do(pool, i, &err);
            pool_tell(pool);
        }
        atomic_fetch_sub(&pool->inside, 1);
        pool_tell(pool);
    }
}

/* Signals go to the threads of the program, which knows what to do with them. */
static bool pool_start(struct pool *pool, unsigned workers)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->n_workers < workers &&
           pthread_create(&pool->workers[pool->n_workers], NULL, pool_worker, pool) == 0) {
        pool->n_workers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool->n_workers == workers;
}

/* Looking keeps a processor from others, so it needs one for each thread. */
static bool pool_has_room(unsigned threads)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 && threads <= (unsigned)CPU_COUNT(&set);
}

int pool_open(struct pool **out, unsigned threads, struct ajar_err *err)
{
    if (threads < 1 || threads > POOL_MOST) {
        return err_set(err, E_THREAD, "%u threads were asked for; a pool has 1 to %d", threads,
                       POOL_MOST);
    }
    struct pool *pool = fault_strikes(FAULT_ARENA)
                            ? NULL
                            : calloc(1, sizeof *pool + (threads - 1) * sizeof pool->workers[0]);
    if (pool == NULL) {
        return err_set(err, E_MEMORY, "no memory is left for a pool of %u threads", threads);
    }
    pool->looks = pool_has_room(threads) ? POOL_LOOKS : 0;
    int code = meeting_open(&pool->meeting, threads, pool->looks, err);
    if (code != 0) {
        free(pool);
        return code;
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->part, NULL);
    if (!pool_start(pool, threads - 1)) {
        unsigned started = pool->n_workers + 1;
        pool_close(pool);
        return err_set(err, E_THREAD, "the system gives %u threads, not %u", started, threads);
    }
    *out = pool;
    return 0;
}

void pool_close(struct pool *pool)
{
    if (pool == NULL) {
        return;
    }
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->closing, true);
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->n_workers; i++) {
        pthread_join(pool->workers[i], NULL);
    }
    pthread_cond_destroy(&pool->part);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    meeting_close(pool->meeting);
    free(pool);
}

unsigned pool_threads(const struct pool *pool)
{
    return pool == NULL ? 1 : pool->n_workers + 1;
}

static int pool_run_alone(const struct pool_job *job, const struct watch *watch, const char *what,
                          struct ajar_err *err)
{
    for (size_t i = 0; i < job->n_parts; i++) {
        TRY(watch_tick(watch, what, i, job->n_parts, "parts", err));
        TRY(job->part(job->arg, i, err));
    }
    return watch_tick(watch, what, job->n_parts, job->n_parts, "parts", err);
}

/* ---- Who gives the work ---- */

static bool pool_still(struct pool *pool, size_t told)
{
    return atomic_load(&pool->inside) > 0 && atomic_load(&pool->job.done) == told;
}

/* Until all workers have left, or more parts are done. */
static void pool_wait(struct pool *pool, size_t told)
{
    for (int i = 0; i < pool->looks; i++) {
        if (!pool_still(pool, told)) {
            return;
        }
        relax();
    }
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->waiting, true);
    while (pool_still(pool, told)) {
        pthread_cond_wait(&pool->part, &pool->lock);
    }
    atomic_store(&pool->waiting, false);
    pthread_mutex_unlock(&pool->lock);
}

/* The caller's share of the work.  Only this thread talks to the watch; it does so without the lock,
 * so that a slow terminal holds nobody up.  Returns E_CANCELLED or 0, with all workers at rest. */
static int pool_lead(struct pool *pool, const struct watch *watch, const char *what,
                     struct ajar_err *err)
{
    struct pool_job *job = &pool->job;
    struct ajar_err part_err = {0};
    int stop = 0;
    size_t told = SIZE_MAX, done;
    for (;;) {
        size_t i;
        if ((done = atomic_load(&job->done)) != told) {
            told = done;
            stop = stop != 0 ? stop : watch_tick(watch, what, told, job->n_parts, "parts", err);
            if (stop != 0) {
                atomic_store(&job->next, job->n_parts);
            }
        } else if (pool_claim(job, &i)) {
            pool_do(pool, i, &part_err);
        } else {
            atomic_store(&pool->open, false);
            if (atomic_load(&pool->inside) > 0) {
                pool_wait(pool, told);
            } else if (atomic_load(&job->done) == told) {
                return stop;
            }
        }
    }
}

/* Parts before `first` are the caller's. */
static void pool_post(struct pool *pool, const struct pool_job *job, size_t first)
{
    assert(!atomic_load(&pool->open));
    pool->job.part = job->part;
    pool->job.arg = job->arg;
    pool->job.n_parts = job->n_parts;
    atomic_store(&pool->job.next, first);
    atomic_store(&pool->job.done, 0);
    atomic_store(&pool->job.failed, job->n_parts);
    atomic_store(&pool->open, true);
    atomic_fetch_add(&pool->posted, 1);
    if (atomic_load(&pool->asleep) > 0) {
        pthread_mutex_lock(&pool->lock);
        pthread_cond_broadcast(&pool->work);
        pthread_mutex_unlock(&pool->lock);
    }
}

/* Of the lowest failing part; `stop` is what the watch said. */
static int pool_result(const struct pool *pool, int stop, struct ajar_err *err)
{
    if (atomic_load(&pool->job.failed) == pool->job.n_parts) {
        return stop;
    }
    if (err != NULL) {
        *err = pool->job.err;
    }
    return pool->job.code;
}

int pool_run(struct pool *pool, size_t n_parts,
             int (*part)(void *arg, size_t i, struct ajar_err *err), void *arg,
             const struct watch *watch, const char *what, struct ajar_err *err)
{
    const struct pool_job job = {.part = part, .arg = arg, .n_parts = n_parts};
    if (pool == NULL || pool->n_workers == 0) {
        return pool_run_alone(&job, watch, what, err);
    }
    pool_post(pool, &job, 0);
    return pool_result(pool, pool_lead(pool, watch, what, err), err);
}

int pool_together(struct pool *pool, unsigned n,
                  int (*part)(void *arg, size_t i, struct ajar_err *err), void *arg,
                  struct ajar_err *err)
{
    const struct pool_job job = {.part = part, .arg = arg, .n_parts = n};
    struct ajar_err part_err = {0};
    assert(n >= 1 && n <= pool_threads(pool));
    if (pool == NULL) {
        return part(arg, 0, err);
    }
    meeting_begin(pool->meeting, n);
    if (n == 1) {
        return part(arg, 0, err);
    }
    pool_post(pool, &job, 1);
    pool_do(pool, 0, &part_err);
    return pool_result(pool, pool_lead(pool, NULL, NULL, err), err);
}

bool pool_meet(struct pool *pool, size_t i)
{
    return pool != NULL && meeting_wait(pool->meeting, (unsigned)i);
}
