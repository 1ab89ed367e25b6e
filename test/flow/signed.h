/* Snapshots that were changed on purpose, signed again so that only the change is at fault. */
#ifndef TEST_FLOW_SIGNED_H
#define TEST_FLOW_SIGNED_H

#include <string.h>

#include "arena.h"

static inline uint64_t fnv(const char *bytes, size_t n)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ (uint8_t)bytes[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Signs a snapshot again after a change. */
static inline void sign(struct buf *buf)
{
    uint64_t hash = fnv(buf->at, buf->n - sizeof hash);
    memcpy(buf->at + buf->n - sizeof hash, &hash, sizeof hash);
}

#endif
