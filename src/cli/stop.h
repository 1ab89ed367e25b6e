/* Ctrl-C.  The first one (or SIGTERM, or SIGHUP when the terminal goes away) asks the work to stop at
 * its next step; the second ends the process at once with 128 and its number.  Outputs are renamed into
 * place when whole, so neither can leave one half-written; after the second a hidden ".NAME.part-PID"
 * may stay behind. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <stdbool.h>

void stop_install(void);
bool stop_asked(void);

/* 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, as shells expect; 0 when nobody asked. */
int stop_exit_code(void);

#endif
