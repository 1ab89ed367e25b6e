#include "meeting.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "fault.h"
#include "relax.h"

enum { APART = 64 }; /* bytes that processors fight about together */

/* Shorter than the turn that another program has on a processor. */
#define LONG_NS UINT64_C(1000000)

/* How often one has come, and how long it has slept.  Each writes its own, so that nobody has to wait for a line
 * that all want. */
struct seat {
    atomic_uint came;
    uint64_t slept_ns;
    char apart[APART - 2 * sizeof(uint64_t)];
};

struct meeting {
    unsigned n;
    int looks;
    uint64_t since_ns;  /* when it began */
    atomic_uint asleep; /* who must be woken */
    pthread_mutex_t lock;
    pthread_cond_t all;
    char apart[APART];
    struct seat seats[];
};

int meeting_open(struct meeting **out, unsigned most, int looks, struct ajar_err *err)
{
    struct meeting *meeting = fault_strikes(FAULT_ARENA)
                                  ? NULL
                                  : calloc(1, sizeof *meeting + most * sizeof meeting->seats[0]);
    if (meeting == NULL) {
        return err_set(err, E_MEMORY, "no memory is left for %u threads to meet", most);
    }
    pthread_mutex_init(&meeting->lock, NULL);
    pthread_cond_init(&meeting->all, NULL);
    meeting->looks = looks;
    *out = meeting;
    return 0;
}

void meeting_close(struct meeting *meeting)
{
    if (meeting != NULL) {
        pthread_cond_destroy(&meeting->all);
        pthread_mutex_destroy(&meeting->lock);
        free(meeting);
    }
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void meeting_begin(struct meeting *meeting, unsigned n)
{
    meeting->n = n;
    meeting->since_ns = now_ns();
    for (unsigned i = 0; i < n; i++) {
        atomic_store_explicit(&meeting->seats[i].came, 0, memory_order_relaxed);
        meeting->seats[i].slept_ns = 0;
    }
}

/* Counts may go round: nobody is more than one meeting ahead. */
static bool has_come(struct seat *seat, unsigned turn)
{
    return atomic_load(&seat->came) - turn <= 1;
}

static void sleep_until(struct meeting *meeting, struct seat *seat, unsigned turn)
{
    pthread_mutex_lock(&meeting->lock);
    atomic_fetch_add(&meeting->asleep, 1);
    while (!has_come(seat, turn)) {
        pthread_cond_wait(&meeting->all, &meeting->lock);
    }
    atomic_fetch_sub(&meeting->asleep, 1);
    pthread_mutex_unlock(&meeting->lock);
}

static void wait_for(struct meeting *meeting, struct seat *seat, unsigned turn, struct seat *own)
{
    for (int look = 0; look < meeting->looks; look++) {
        if (has_come(seat, turn)) {
            return;
        }
        relax();
    }
    uint64_t from_ns = now_ns();
    sleep_until(meeting, seat, turn);
    own->slept_ns += now_ns() - from_ns;
}

/* Who comes counts itself before it looks who sleeps; who falls asleep counts itself before it looks who has
 * come.  So one of the two sees the other. */
bool meeting_wait(struct meeting *meeting, unsigned i)
{
    struct seat *seats = meeting->seats;
    unsigned turn = atomic_load_explicit(&seats[i].came, memory_order_relaxed) + 1;
    atomic_store(&seats[i].came, turn);
    if (atomic_load(&meeting->asleep) > 0) {
        pthread_mutex_lock(&meeting->lock);
        pthread_cond_broadcast(&meeting->all);
        pthread_mutex_unlock(&meeting->lock);
    }
    for (unsigned k = 0; k < meeting->n; k++) {
        if (k != i) {
            wait_for(meeting, &seats[k], turn, &seats[i]);
        }
    }
    return seats[i].slept_ns > LONG_NS && 4 * seats[i].slept_ns > now_ns() - meeting->since_ns;
}
