/* Ctrl-C.  mpirun passes it on to all ranks as SIGTERM, and ends them for good about a second later; what
 * stands on the disk is whole at any moment. */
#ifndef SWARM_STOP_H
#define SWARM_STOP_H

void stop_listen(void);

/* The signal that asked this rank to stop; 0: none. */
int stop_heard(void);

#endif
