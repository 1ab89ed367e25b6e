/* Ranks that are threads, which meet to add their numbers. */
#ifndef TEST_FLOW_RANKS_H
#define TEST_FLOW_RANKS_H

#include <pthread.h>
#include <stdlib.h>

#include "runs.h"

enum { RANKS_MOST = 5, SUM_MOST = 4096 };

struct meeting {
    pthread_barrier_t barrier;
    pthread_mutex_t lock;
    size_t n, calls;
    int64_t sum[SUM_MOST];
};

struct rank {
    struct meeting *meeting;
    size_t calls, fails_at; /* this call of its sum fails; 0: none */
    struct flow_share share;
    struct flow_run_options options;
    const struct flow_plan *plan;
    const struct flow_params *params;
    struct arena arena;
    size_t ceiling;
    unsigned threads;
    const struct buf *resumes; /* NULL: begins */
    int32_t to;
    int32_t stop; /* asked to stop before this day; -1: not */
    /* What came of it. */
    struct flow_agents *agents;
    struct flow_result result;
    int code, again;
    struct ajar_err err;
    struct buf saved; /* after the run */
};

struct ranks {
    struct meeting meeting;
    unsigned n;
    struct rank at[RANKS_MOST];
};

static inline int meet(void *arg, int64_t *values, size_t n, struct ajar_err *err)
{
    struct rank *rank = arg;
    struct meeting *meeting = rank->meeting;
    rank->calls++;
    pthread_mutex_lock(&meeting->lock);
    if (n > SUM_MOST || (meeting->calls % rank->share.ranks != 0 && n != meeting->n)) {
        abort();
    }
    meeting->n = n;
    for (size_t i = 0; i < n; i++) {
        meeting->sum[i] =
            (meeting->calls % rank->share.ranks == 0 ? 0 : meeting->sum[i]) + values[i];
    }
    meeting->calls++;
    pthread_mutex_unlock(&meeting->lock);
    pthread_barrier_wait(&meeting->barrier);
    memcpy(values, meeting->sum, n * sizeof *values);
    pthread_barrier_wait(&meeting->barrier);
    return rank->calls == rank->fails_at
               ? err_set(err, E_THREAD, "the ranks are cut off from each other")
               : 0;
}

static inline bool asked_to_stop(void *arg)
{
    const struct rank *rank = arg;
    return rank->agents->day == rank->stop;
}

static inline int open_rank(struct rank *rank)
{
    return rank->resumes == NULL
               ? flow_agents_open(&rank->agents, &rank->arena, rank->plan, rank->params,
                                  &rank->options, &rank->err)
               : flow_agents_load(&rank->agents, &rank->arena, rank->plan, rank->params,
                                  &rank->options, buf_view(rank->resumes), &rank->err);
}

static inline void *run_rank(void *arg)
{
    struct rank *rank = arg;
    struct pool *pool = NULL;
    const struct watch watch = {.cancelled = asked_to_stop, .arg = rank};
    rank->code = pool_open(&pool, rank->threads, &rank->err);
    rank->code = rank->code != 0 ? rank->code : open_rank(rank);
    if (rank->code == 0) {
        rank->code =
            flow_agents_run(rank->agents, rank->to, pool, &watch, &rank->result, &rank->err);
        rank->stop = -1;
    }
    if (rank->code == 0) {
        rank->code = flow_agents_save(rank->agents, &rank->saved, &rank->err);
    } else if (rank->agents != NULL) {
        rank->again = flow_agents_run(rank->agents, rank->to, pool, NULL, &rank->result, NULL);
    }
    pool_close(pool);
    return NULL;
}

/* Ranks that would all run the small world to the end. */
static inline struct ranks *make_ranks(unsigned n, const struct flow_run_options *options)
{
    struct ranks *ranks = test_calloc(1, sizeof *ranks);
    ranks->n = n;
    pthread_mutex_init(&ranks->meeting.lock, NULL);
    pthread_barrier_init(&ranks->meeting.barrier, NULL, n);
    for (unsigned i = 0; i < n; i++) {
        struct rank *rank = &ranks->at[i];
        *rank = (struct rank){.meeting = &ranks->meeting,
                              .share = {.rank = i, .ranks = n, .sum = meet, .arg = rank},
                              .options = *options,
                              .plan = &small.plan,
                              .params = &small.params,
                              .ceiling = (size_t)1 << 32,
                              .threads = 1,
                              .to = options->to,
                              .stop = -1};
        rank->options.share = &rank->share;
        buf_init(&rank->saved, (size_t)1 << 28);
    }
    return ranks;
}

static inline void run_ranks(struct ranks *ranks)
{
    pthread_t thread[RANKS_MOST];
    for (unsigned i = 0; i < ranks->n; i++) {
        arena_init(&ranks->at[i].arena, "rank", ranks->at[i].ceiling);
        assert_int_equal(pthread_create(&thread[i], NULL, run_rank, &ranks->at[i]), 0);
    }
    for (unsigned i = 0; i < ranks->n; i++) {
        pthread_join(thread[i], NULL);
    }
}

static inline void free_ranks(struct ranks *ranks)
{
    for (unsigned i = 0; i < ranks->n; i++) {
        buf_free(&ranks->at[i].saved);
        arena_free(&ranks->at[i].arena);
    }
    pthread_barrier_destroy(&ranks->meeting.barrier);
    pthread_mutex_destroy(&ranks->meeting.lock);
    test_free(ranks);
}

static inline void all_end_with(const struct ranks *ranks, int code)
{
    for (unsigned i = 0; i < ranks->n; i++) {
        if (ranks->at[i].code != code) {
            fail_msg("rank %u of %u: %d, not %d: %s", i, ranks->n, ranks->at[i].code, code,
                     ranks->at[i].err.text);
        }
    }
}

static inline void all_give(const struct ranks *ranks, const struct flow_result *whole)
{
    all_end_with(ranks, 0);
    for (unsigned i = 0; i < ranks->n; i++) {
        small_same(&ranks->at[i].result, whole);
    }
}

#endif
