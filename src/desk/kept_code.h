/* Which code is running. */
#ifndef DESK_KEPT_CODE_H
#define DESK_KEPT_CODE_H

#include "sha256.h"

/* SHA-256 over the build ids (the linker's hash of what it made, in an ELF note) of the program and of every
 * library that it has loaded.  False where one of them has none: then two versions cannot be told apart. */
bool kept_code(char to[static SHA256_HEX]);

#endif
