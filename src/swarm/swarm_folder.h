/* The folder of checkpoints. */
#ifndef SWARM_FOLDER_H
#define SWARM_FOLDER_H

#include "err.h"

/* Makes the folder unless it is there.  E_FILE_DENIED, E_FILE_PLACE. */
int folder_make(const char *folder, struct ajar_err *err);

/* Removes those of its files for which `needless` says so; what cannot be removed stays. */
void folder_clean(const char *folder, bool (*needless)(void *arg, const char *name), void *arg);

#endif
