/* A door as a flat program over bit planes: the same three-valued answer for many people at once.
 *
 * People stand in columns: one byte a person and variable, holding the person's class (instance.h),
 * or FLAT_UNKNOWN (as does any byte that is no class of the variable).  64 people are one word.  A
 * condition of one variable is a plane of words, "true"; beside it stands one plane a variable,
 * "known".  Conditions join in Kleene's strong logic: each has a plane "true for sure" and one
 * "false for sure", and, or and not of them are ands and ors of planes (not is a swap), so that the
 * whole door is a list of ands and ors without a branch.  Where Kleene's logic leaves a person
 * undecided, decide() may still decide (exact completion); the two never contradict each other.
 *
 * Reading a table of 16 classes for a vector of bytes at once: Langdale and Lemire 2019, "Parsing
 * gigabytes of JSON per second".  People as bits of a word: Biham 1997, "A fast new DES
 * implementation in software" (bit slicing). */
#ifndef DOORS_FLAT_H
#define DOORS_FLAT_H

#include "instance.h"

#define FLAT_UNKNOWN 0xFF

/* A program, in the arena it is compiled in.  It never changes: any number of threads. */
struct flat;

/* E_DOORS_TOO_LARGE when planes and intermediate results of one door pass FLAT_ROOM (flat_lanes.h);
 * what the arenas say.  Cost: some hundred microseconds. */
int flat_compile(struct arena *arena, struct arena *scratch, const struct instance *instance,
                 struct flat **out, struct ajar_err *err);

/* Variables read, in the order of the instance. flat_decides tells whether OPEN or not depends on
 * the column at all; flat_decide and flat_pack leave the others alone. */
size_t flat_columns(const struct flat *flat);
uint32_t flat_column_var(const struct flat *flat, size_t column);
bool flat_decides(const struct flat *flat, size_t column);

/* Paths to one answer: all give the same bytes.  One that the processor lacks is FLAT_PLAIN. */
enum flat_path { FLAT_PLAIN, FLAT_AVX2, FLAT_AVX512, FLAT_PATHS };
bool flat_has(enum flat_path path);
enum flat_path flat_best(void);
extern const char *const flat_path_names[];

/* Who is decided to find the door OPEN for sure, and who to find anything else: bit i % 64 of word
 * i / 64, [(n + 63) / 64] words each; in neither: undecided; bits past n are 0. column[c]: [n].
 * One pass over the columns, in blocks that stay in the first cache.  64 kB of stack; about 1 ns a
 * person. */
void flat_decide(const struct flat *flat, enum flat_path path, size_t n,
                 const uint8_t *const column[], uint64_t *open, uint64_t *not_open);

/* The same in two steps. planes: [flat_packed(flat, n)] words, best aligned to 64 bytes;
 * flat_planes a person.  Their layout is the library's own, the same on every path. */
size_t flat_planes(const struct flat *flat);
size_t flat_packed(const struct flat *flat, size_t n);
void flat_pack(const struct flat *flat, enum flat_path path, size_t n,
               const uint8_t *const column[], uint64_t *planes);
void flat_run(const struct flat *flat, enum flat_path path, size_t n, const uint64_t *planes,
              uint64_t *open, uint64_t *not_open);

/* Rules that flat_answer tells of: those of each arm, then the law above them, arm by arm. */
struct flat_rule {
    uint32_t arm, rule;
    bool superior;
};
size_t flat_rules(const struct flat *flat);
struct flat_rule flat_rule(const struct flat *flat, size_t rule);
size_t flat_fired_words(const struct flat *flat); /* a person; at least 1 */

/* The full answer: outcome[i] a bit set of the outcomes (enum outcome) that Kleene's logic leaves
 * possible, never empty; fired[i * flat_fired_words + r / 64] bit r % 64: rule r fires for sure
 * (gate and scope hold, it is true and not overridden). */
void flat_answer(const struct flat *flat, enum flat_path path, size_t n,
                 const uint8_t *const column[], uint8_t *outcome, uint64_t *fired);

/* The same by walking the forms of each person, written for the reader: the oracle.  `instance` is
 * the one that was compiled.  Microseconds a person. */
void flat_walk(const struct flat *flat, const struct instance *instance, size_t n,
               const uint8_t *const column[], uint8_t *outcome, uint64_t *fired);

#endif
