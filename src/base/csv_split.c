/* Counting and cutting without reading cells: quotes, line feeds and carriage returns of 64 bytes
 * at a time.  A line feed ends a record when the number of quotes before it is even; a doubled
 * quote does not change that. */
#include <assert.h>

#include "csv.h"
#include "csv_mask.h"

/* What a block needs to know of the bytes before it. */
struct csv_carry {
    uint64_t quoted;       /* all bits set inside a quoted field */
    uint64_t ends1, ends2; /* bit 0: the byte before ended a record; bit 0, 1: those two before */
    uint64_t cr;           /* bit 0: the byte before was a carriage return */
};

struct csv_lines {
    uint64_t feeds;   /* line feeds */
    uint64_t ends;    /* those that end a record or a blank line */
    uint64_t records; /* those that end a record */
};

/* Bit i: the parity of bits 0 to i. */
static uint64_t csv_split_parity(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2) {
        x ^= x << shift;
    }
    return x;
}

static struct csv_lines csv_split_block(const char *at, struct csv_carry *carry)
{
    struct csv_lines out = {.feeds = csv_mask_one(at, '\n')};
    uint64_t quotes = csv_mask_one(at, '"'), cr = csv_mask_one(at, '\r');
    uint64_t quoted = carry->quoted;
    if (quotes != 0) {
        quoted ^= csv_split_parity(quotes);
        carry->quoted = UINT64_C(0) - (quoted >> 63);
    }
    out.ends = out.feeds & ~quoted;
    uint64_t behind_end = out.ends << 1 | carry->ends1;
    uint64_t behind_end_cr = (out.ends << 2 | carry->ends2) & (cr << 1 | carry->cr);
    out.records = out.ends & ~(behind_end | behind_end_cr);
    carry->ends1 = out.ends >> 63;
    carry->ends2 = out.ends >> 62;
    carry->cr = cr >> 63;
    return out;
}

/* i-th of n_parts equal shares of n, without overflow for the sizes that memory can have. */
static size_t csv_split_target(size_t n, size_t n_parts, size_t i)
{
    return n / n_parts * i + n % n_parts * i / n_parts;
}

/* A part ends where the next one starts, the last at `end`. */
static void csv_split_close(struct csv_part parts[], size_t n_parts, const struct csv_part *end)
{
    for (size_t i = 0; i < n_parts; i++) {
        const struct csv_part *after = i + 1 < n_parts ? &parts[i + 1] : end;
        parts[i].bytes.n = (size_t)(after->bytes.at - parts[i].bytes.at);
        parts[i].records = after->first_record - parts[i].first_record;
    }
}

void csv_split(const struct csv *csv, size_t n_parts, struct csv_part parts[])
{
    assert(n_parts >= 1);
    const char *start = csv->at;
    const size_t n = (size_t)(csv->end - start);
    struct csv_carry carry = {.ends1 = 1, .ends2 = 2}; /* as if a line feed stood before */
    struct csv_part here = {.bytes = {start, 0}, .line = csv->line};
    size_t next = 1;
    parts[0] = here;
    for (size_t block = 0; block < n; block += CSV_MASK_N) {
        char tail[CSV_MASK_N];
        const char *at = start + block;
        if (n - block < CSV_MASK_N) {
            csv_mask_tail(tail, at, n - block);
            at = tail;
        }
        struct csv_lines lines = csv_split_block(at, &carry);
        for (; next < n_parts; next++) {
            size_t target = csv_split_target(n, n_parts, next);
            if (target >= block + CSV_MASK_N) {
                break;
            }
            uint64_t ends = lines.ends;
            ends &= target > block ? ~UINT64_C(0) << (target - block) : ~UINT64_C(0);
            if (ends == 0) {
                break;
            }
            uint64_t upto = ends ^ (ends - 1); /* its lowest bit and all below */
            parts[next] = here;
            parts[next].bytes.at = start + block + csv_mask_count(upto);
            parts[next].line += csv_mask_count(lines.feeds & upto);
            parts[next].first_record += csv_mask_count(lines.records & upto);
        }
        here.line += csv_mask_count(lines.feeds);
        here.first_record += csv_mask_count(lines.records);
    }
    here.first_record += n > 0 && start[n - 1] != '\n'; /* the last line end missing */
    here.bytes.at = start + n;
    for (; next < n_parts; next++) {
        parts[next] = here;
    }
    csv_split_close(parts, n_parts, &here);
}

uint64_t csv_count_bound(const struct csv *csv)
{
    const size_t n = (size_t)(csv->end - csv->at), whole = n / CSV_MASK_N * CSV_MASK_N;
    uint64_t bound = 1;
    for (size_t i = 0; i < whole; i += CSV_MASK_N) {
        bound += csv_mask_count(csv_mask_one(csv->at + i, '\n'));
    }
    char tail[CSV_MASK_N];
    csv_mask_tail(tail, csv->at + whole, n - whole);
    return bound + csv_mask_count(csv_mask_one(tail, '\n'));
}
