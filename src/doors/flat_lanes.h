/* Inside flat: programs of ands and ors over planes, and what runs them.
 *
 * A block of people goes through a whole program at once; its planes and intermediate results stay
 * in the first cache.  What an instruction does is in flat_block.h, once for each instruction
 * set. */
#ifndef DOORS_FLAT_LANES_H
#define DOORS_FLAT_LANES_H

#include <stdalign.h>

#include "flat.h"

enum {
    FLAT_WORDS = 64,      /* words of a block: 4096 people; halved for a large door */
    FLAT_WORDS_LEAST = 8, /* of the widest vector */
    FLAT_ROOM = 8192,     /* words for all planes of a block */
    FLAT_ATOMS = 7,       /* conditions that one table tells; its top bit says "known" */
    FLAT_NEAR = 4         /* tables of 16 classes each */
};

/* Conditions of one column, for a lookup by class: bit 7 known, bit 6 - a condition a. */
struct flat_table {
    size_t column;
    size_t n_atoms;
    bool known;        /* the plane "known" is wanted from here */
    size_t n_near;     /* tables of 16 that hold a class */
    size_t at;         /* slot of its first condition; the others follow */
    size_t known_slot; /* valid when known */
    uint8_t near[FLAT_NEAR][16];
    uint8_t any[256]; /* the same for every byte */
};

/* One instruction on the accumulator.  A plane is true where its condition is, or, read as "no",
 * where the variable is known and the condition is not true. */
enum flat_what {
    FLAT_SET_YES,
    FLAT_SET_NO,
    FLAT_SET_TEMP,
    FLAT_SET_ALL,
    FLAT_SET_NONE,
    FLAT_AND_YES,
    FLAT_AND_NO,
    FLAT_AND_TEMP,
    FLAT_OR_YES,
    FLAT_OR_NO,
    FLAT_OR_TEMP,
    FLAT_KEEP, /* into a temp */
    FLAT_OUT,  /* into an answer */
    FLAT_END
};
struct flat_op {
    uint16_t what;
    uint16_t at;    /* words from the start of the planes, temps or answers */
    uint16_t known; /* of _NO: the variable's plane */
};

struct flat_program {
    size_t n_tables, n_planes; /* the first of flat's that it needs */
    size_t n_temps, n_outs;
    size_t n_ops;
    struct flat_op *ops;
};

struct flat {
    size_t words; /* of a block */
    size_t n_columns;
    uint32_t *var;
    size_t n_tables;
    struct flat_table *tables;
    size_t n_rules;
    struct flat_rule *rules;
    struct flat_program decide; /* answers: OPEN for sure, something else for sure */
    struct flat_program answer; /* each outcome: not it, for sure; each rule: it fires, for sure */
};

/* `words` words of 64 codes each, into planes of `stride` words, from word `first` on; `ahead`:
 * codes wanted soon, as many. */
typedef void flat_pack_fn(const struct flat_table *table, size_t stride, size_t words,
                          const uint8_t *codes, const uint8_t *ahead, uint64_t *planes,
                          size_t first);
/* A block of `words` words, a multiple of FLAT_WORDS_LEAST. */
typedef void flat_run_fn(const struct flat_op *ops, size_t words, const uint64_t *planes,
                         uint64_t *temps, uint64_t *outs);
struct flat_unit {
    flat_pack_fn *pack;
    flat_run_fn *run;
};
extern const struct flat_unit flat_unit_plain, flat_unit_avx2, flat_unit_avx512;
const struct flat_unit *flat_unit(enum flat_path path);

/* flat_turn.c: a block's answers, planes of `stride` words, for n people. */
void flat_turn_outcomes(const uint64_t *outs, size_t stride, size_t n, uint8_t *outcome);
void flat_turn_fired(const uint64_t *outs, size_t stride, size_t n_rules, size_t n,
                     uint64_t *fired);

#endif
