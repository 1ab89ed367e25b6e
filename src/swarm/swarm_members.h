/* Members of an ensemble that are done, a file each: member-M.camps. */
#ifndef SWARM_MEMBERS_H
#define SWARM_MEMBERS_H

#include "swarm_bytes.h"

struct members {
    const char *folder; /* NULL: none are kept */
    struct arena *arena;
    uint64_t key; /* of all on which a member's figures depend, beside its number */
    size_t cells; /* figures of a member */
};

/* Rank 0 makes the folder before the others look into it. */
int members_open(const struct members *members, struct ajar_err *err);

/* *found false: it is not there.  E_FLOW_SNAPSHOT when it is damaged or of another ensemble. */
int members_load(const struct members *members, uint32_t m, int64_t *camps, bool *found,
                 struct ajar_err *err);
int members_save(const struct members *members, uint32_t m, const int64_t *camps,
                 struct ajar_err *err);

#endif
