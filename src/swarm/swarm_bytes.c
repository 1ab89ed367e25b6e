#include "swarm_bytes.h"

#include <endian.h>
#include <string.h>

#include "agents_hash.h"

struct bytes_out bytes_begin(struct buf *buf, const char *magic)
{
    buf_bytes(buf, magic, BYTES_MAGIC);
    return (struct bytes_out){buf, hash_bytes(HASH_START, magic, BYTES_MAGIC)};
}

void bytes_put(struct bytes_out *out, const int64_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t value = htole64((uint64_t)values[i]);
        out->hash = hash_bytes(out->hash, &value, sizeof value);
        buf_bytes(out->buf, &value, sizeof value);
    }
}

void bytes_end(struct bytes_out *out)
{
    uint64_t hash = htole64(out->hash);
    buf_bytes(out->buf, &hash, sizeof hash);
}

int bytes_open(struct bytes_in *in, const char *magic, const char *file, struct text bytes,
               struct ajar_err *err)
{
    uint64_t hash;
    bool whole = bytes.n >= BYTES_MAGIC + sizeof hash && memcmp(bytes.at, magic, BYTES_MAGIC) == 0;
    if (whole) {
        const char *end = bytes.at + bytes.n - sizeof hash;
        memcpy(&hash, end, sizeof hash);
        whole = le64toh(hash) == hash_bytes(HASH_START, bytes.at, bytes.n - sizeof hash);
        *in = (struct bytes_in){bytes.at + BYTES_MAGIC, end};
    }
    return whole ? 0
                 : err_at(err, E_FLOW_SNAPSHOT, file, 0, NULL, text_of(NULL),
                          "The file is damaged, or of another version.");
}

bool bytes_take(struct bytes_in *in, int64_t *values, size_t n)
{
    if ((size_t)(in->end - in->at) / sizeof *values < n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t value;
        memcpy(&value, in->at, sizeof value);
        values[i] = (int64_t)le64toh(value);
        in->at += sizeof value;
    }
    return true;
}

bool bytes_done(const struct bytes_in *in)
{
    return in->at == in->end;
}
