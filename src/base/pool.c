#include "pool.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "fault.h"

#define POOL_MOST 256

/* A loop in progress.  Parts are handed out in ascending order, and none behind a failure: so every
 * part before the lowest failing one is sure to run, and that one is the same at any number of
 * threads. */
struct pool_job {
    int (*part)(void *arg, size_t i, struct ajar_err *err);
    void *arg;
    size_t n_parts, next, done;
    size_t failed; /* the lowest failing part; n_parts: none */
    int code;
    struct ajar_err err;
};

struct pool {
    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t work;  /* a job has begun, or the pool closes */
    pthread_cond_t part;  /* a part has ended */
    struct pool_job *job; /* NULL: none; the caller owns it and outlasts its users */
    unsigned busy;        /* workers inside a part */
    bool closing;
    unsigned n_workers;
    pthread_t workers[];
};

/* The next part to run, or false when nothing more is to be started. */
static bool pool_claim(struct pool_job *job, size_t *i)
{
    if (job->failed != job->n_parts || job->next == job->n_parts) {
        return false;
    }
    *i = job->next++;
    return true;
}

static void pool_settle(struct pool_job *job, size_t i, int code, const struct ajar_err *err)
{
    job->done++;
    if (code != 0 && i < job->failed) {
        job->failed = i;
        job->code = code;
        job->err = *err;
    }
}

static void *pool_worker(void *arg)
{
    struct pool *pool = arg;
    struct ajar_err err = {0};
    pthread_mutex_lock(&pool->lock);
    while (!pool->closing) {
        size_t i;
        if (pool->job == NULL || !pool_claim(pool->job, &i)) {
            pthread_cond_wait(&pool->work, &pool->lock);
            continue;
        }
        struct pool_job *job = pool->job;
        pool->busy++;
        pthread_mutex_unlock(&pool->lock);
        int code = job->part(job->arg, i, &err);
        pthread_mutex_lock(&pool->lock);
        pool_settle(job, i, code, &err);
        pool->busy--;
        pthread_cond_signal(&pool->part);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
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
    pool->closing = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->n_workers; i++) {
        pthread_join(pool->workers[i], NULL);
    }
    pthread_cond_destroy(&pool->part);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

unsigned pool_threads(const struct pool *pool)
{
    return pool == NULL ? 1 : pool->n_workers + 1;
}

static int pool_run_alone(struct pool_job *job, const struct watch *watch, const char *what,
                          struct ajar_err *err)
{
    for (size_t i = 0; i < job->n_parts; i++) {
        TRY(watch_tick(watch, what, i, job->n_parts, "parts", err));
        TRY(job->part(job->arg, i, err));
    }
    return watch_tick(watch, what, job->n_parts, job->n_parts, "parts", err);
}

/* The caller's share of the work.  Only this thread talks to the watch; it does so without the lock,
 * so that a slow terminal holds nobody up.  Returns E_CANCELLED or 0, with all workers at rest. */
static int pool_lead(struct pool *pool, struct pool_job *job, const struct watch *watch,
                     const char *what, struct ajar_err *err)
{
    struct ajar_err part_err = {0};
    int stop = 0;
    size_t told = SIZE_MAX;
    for (;;) {
        size_t i;
        if (stop == 0 && told != job->done) {
            told = job->done;
            pthread_mutex_unlock(&pool->lock);
            stop = watch_tick(watch, what, told, job->n_parts, "parts", err);
            pthread_mutex_lock(&pool->lock);
            job->next = stop == 0 ? job->next : job->n_parts;
        } else if (pool_claim(job, &i)) {
            pthread_mutex_unlock(&pool->lock);
            int code = job->part(job->arg, i, &part_err);
            pthread_mutex_lock(&pool->lock);
            pool_settle(job, i, code, &part_err);
        } else if (pool->busy > 0) {
            pthread_cond_wait(&pool->part, &pool->lock);
        } else {
            return stop;
        }
    }
}

int pool_run(struct pool *pool, size_t n_parts,
             int (*part)(void *arg, size_t i, struct ajar_err *err), void *arg,
             const struct watch *watch, const char *what, struct ajar_err *err)
{
    struct pool_job job = {.part = part, .arg = arg, .n_parts = n_parts, .failed = n_parts};
    if (pool == NULL || pool->n_workers == 0) {
        return pool_run_alone(&job, watch, what, err);
    }
    pthread_mutex_lock(&pool->lock);
    assert(pool->job == NULL);
    pool->job = &job;
    pthread_cond_broadcast(&pool->work);
    int stop = pool_lead(pool, &job, watch, what, err);
    pool->job = NULL;
    pthread_mutex_unlock(&pool->lock);
    if (job.failed == n_parts) {
        return stop;
    }
    if (err != NULL) {
        *err = job.err;
    }
    return job.code;
}
