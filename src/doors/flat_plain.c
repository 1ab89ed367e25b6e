#include "flat_lanes.h"

/* Two words in the vectors of GNU C, which every processor has in some form. */
#define TARGET
#define WIDTH    2
#define PASS     8
#define NAMED(x) x##_plain

typedef uint64_t vec __attribute__((vector_size(16)));
typedef const uint8_t *near;
typedef struct {
    uint64_t at[8];
} codes;

static inline vec v_load(const uint64_t *p)
{
    return (vec){p[0], p[1]};
}

static inline void v_store(uint64_t *p, vec a)
{
    p[0] = a[0];
    p[1] = a[1];
}

#define v_all                   ((vec){UINT64_MAX, UINT64_MAX})
#define v_none                  ((vec){0, 0})
#define v_and(a, b)             ((a) & (b))
#define v_or(a, b)              ((a) | (b))
#define v_no(known, yes)        ((known) & ~(yes))
#define v_and_no(a, known, yes) v_and(a, v_no(known, yes))
#define v_or_no(a, known, yes)  v_or(a, v_no(known, yes))
#define c_near(table)           (table)->any
#define c_look(near, from)      look(near, from)
#define c_look_far(table, from) look((table)->any, from)
#define c_plane(bits, bit)      plane(&(bits), bit)

static inline codes look(near any, const uint8_t *from)
{
    codes out;
    for (size_t i = 0; i < 8; i++) {
        uint64_t eight = 0;
        for (size_t j = 0; j < 8; j++) {
            eight |= (uint64_t)any[from[i * 8 + j]] << (8 * j);
        }
        out.at[i] = eight;
    }
    return out;
}

/* Bit 0 of byte i moves to bit 56 + i. */
static inline uint64_t plane(const codes *bits, unsigned bit)
{
    uint64_t out = 0;
    for (size_t i = 0; i < 8; i++) {
        uint64_t ones = bits->at[i] >> bit & 0x0101010101010101;
        out |= ones * 0x0102040810204080 >> 56 << (8 * i);
    }
    return out;
}

#include "flat_block.h"
