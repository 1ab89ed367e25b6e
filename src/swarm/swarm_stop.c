#include "swarm_stop.h"

#include <signal.h>
#include <stddef.h>

/* A signal handler can reach nothing but this: the one mutable variable of the program. */
static volatile sig_atomic_t stop_number;

static void stop_hear(int number)
{
    stop_number = number;
}

void stop_listen(void)
{
    struct sigaction action = {.sa_handler = stop_hear, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int stop_heard(void)
{
    return stop_number;
}
