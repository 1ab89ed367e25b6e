#include "stop.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* A signal handler can reach nothing but this: the one mutable variable of the program. */
static volatile sig_atomic_t stop_signal;

static void stop_say(const char *text)
{
    ssize_t done = write(STDERR_FILENO, text, strlen(text));
    (void)done; /* there is nobody left to tell */
}

static void stop_on_signal(int number)
{
    if (stop_signal != 0) {
        stop_say("\najar: stopped at once; no output was replaced.  A hidden folder "
                 ".NAME.part-PID may remain beside it and can be removed.\n");
        _exit(128 + number);
    }
    stop_signal = number;
    stop_say("\najar: stopping after this step; press Ctrl-C again to stop at once.\n");
}

void stop_install(void)
{
    struct sigaction action = {.sa_handler = stop_on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A closed terminal, unless the program was started to outlive it (nohup). */
    struct sigaction earlier;
    if (sigaction(SIGHUP, NULL, &earlier) == 0 && earlier.sa_handler != SIG_IGN) {
        sigaction(SIGHUP, &action, NULL);
    }
}

bool stop_asked(void)
{
    return stop_signal != 0;
}

int stop_exit_code(void)
{
    return stop_signal == 0 ? 0 : 128 + (int)stop_signal;
}
