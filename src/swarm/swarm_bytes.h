/* Whole numbers as bytes, little-endian, with a magic word in front and a checksum behind: what a job keeps on
 * disk beside the snapshots. */
#ifndef SWARM_BYTES_H
#define SWARM_BYTES_H

#include "file.h"

#define BYTES_MAGIC 8 /* of the magic word */
#define BYTES_MOST  ((size_t)1 << 40)

struct bytes_out {
    struct buf *buf;
    uint64_t hash;
};
struct bytes_out bytes_begin(struct buf *buf, const char *magic);
void bytes_put(struct bytes_out *out, const int64_t *values, size_t n);
void bytes_end(struct bytes_out *out);

struct bytes_in {
    const char *at, *end;
};
/* E_FLOW_SNAPSHOT with the file's name unless the bytes are whole. */
int bytes_open(struct bytes_in *in, const char *magic, const char *file, struct text bytes,
               struct ajar_err *err);
bool bytes_take(struct bytes_in *in, int64_t *values, size_t n); /* false: there are not so many */
bool bytes_done(const struct bytes_in *in);

#endif
