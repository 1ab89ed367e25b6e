/* Multi-valued decision diagrams: functions of finite variables, each in one canonical form.
 *
 * Variable v takes classes 0 .. classes[v]-1 (at most 64); a node tests one variable and has a
 * child for each class; variables rise from root to leaf; equal functions are the same
 * reference.  (Srinivasan, Ham, Malik, Brayton 1990, "Algorithms for discrete function
 * manipulation"; Bryant 1986 for the canonical form.) */
#ifndef DOORS_DIAGRAM_H
#define DOORS_DIAGRAM_H

#include "arena.h"

#define DIAGRAM_CLASSES_MAX   64
#define DIAGRAM_VARS_MAX      256
#define DIAGRAM_TERMINALS_MAX 64
#define DIAGRAM_NODES_MAX     ((size_t)1 << 20)

/* A reference below DIAGRAM_TERMINALS_MAX is the terminal of that value; others are nodes. */
typedef uint32_t diagram_ref;

struct diagram; /* opaque; lives in the arena it is opened in */

int diagram_open(struct diagram **out, struct arena *arena, size_t n_vars, const uint8_t classes[],
                 struct ajar_err *err);
size_t diagram_vars(const struct diagram *diagram);
unsigned diagram_classes(const struct diagram *diagram, size_t var);

/* Nodes below, with itself; 0 for a terminal.  Uses memory of the diagram: one thread at a time. */
size_t diagram_size(const struct diagram *diagram, diagram_ref ref);

/* 1 where the class of `var` is in the mask, else 0. */
int diagram_atom(struct diagram *diagram, size_t var, uint64_t mask, diagram_ref *out,
                 struct ajar_err *err);

/* `then` where `condition` (a function with values 0 and 1) is 1, else `otherwise`; and, or, not
 * follow from it.  Cost: product of the three sizes at worst; results are remembered.  Errors,
 * here and below: E_DOORS_TOO_LARGE past DIAGRAM_NODES_MAX nodes or 2^21 steps of one operation;
 * what the arena says.  *out is then untouched and the diagram as good as before. */
int diagram_choose(struct diagram *diagram, diagram_ref condition, diagram_ref then,
                   diagram_ref otherwise, diagram_ref *out, struct ajar_err *err);

/* 1 where f has a value whose bit is set in `values`, else 0. */
int diagram_values(struct diagram *diagram, diagram_ref f, uint64_t values, diagram_ref *out,
                   struct ajar_err *err);

/* Pairs: the function whose value is table[f * 64 + g] (each below DIAGRAM_TERMINALS_MAX), for the
 * comparison of two functions. */
int diagram_pair(struct diagram *diagram, diagram_ref f, diagram_ref g,
                 const uint8_t table[static 4096], diagram_ref *out, struct ajar_err *err);

/* The values that f takes within the cube (mask[v]: the classes allowed, none empty), as a bit set.
 * Touches each node once; `scratch` has room for diagram_scratch(diagram) bytes (asked when the
 * diagram is finished), aligned to 8, zeroed before the first use and left so.  No allocation:
 * thread-safe with a scratch each. */
uint64_t diagram_reach(const struct diagram *diagram, diagram_ref f, const uint64_t mask[],
                       void *scratch);
size_t diagram_scratch(const struct diagram *diagram);

/* Whether f depends on the variable.  O(1), thread-safe. */
bool diagram_depends(const struct diagram *diagram, diagram_ref f, size_t var);

/* Number of class vectors (over all variables) on which f has the value, as a double (exact below
 * 2^53).  Uses memory of the diagram: one thread at a time. */
double diagram_count(const struct diagram *diagram, diagram_ref f, unsigned value);

/* As diagram_count, within a cube. */
double diagram_count_in(const struct diagram *diagram, diagram_ref f, unsigned value,
                        const uint64_t mask[]);

/* The first vector, in their order, on which f has the value; false when there is none, `vector` is
 * then untouched.  O(variables), thread-safe. */
bool diagram_find(const struct diagram *diagram, diagram_ref f, unsigned value, uint8_t vector[]);

/* A list of cubes: mask[i * n_vars + v]. */
struct cubes {
    size_t n, n_vars;
    uint64_t *mask;
};

/* All prime cubes of {f = value}: the cubes inside it that lie in no larger one inside it.  Sorted
 * by the masks of the first variable, then the next.  A cube is prime when no class can be added
 * to any of its masks.
 *
 * Method: Coudert and Madre 1992 ("Implicit and incremental computation of primes"), carried to
 * many values.  Let f_c be what is left of f in class c of its first variable, f_C the meet of the
 * f_c of a set C of classes.  Then the primes are the pairs (C, P), P a prime of f_C that lies in
 * no f_c with c outside C.  (Any such pair can grow neither in P nor in C; and a prime (C, P) has
 * P in f_C, in nothing larger in f_C, and in no other f_c, else it could grow.)  Only sets C that
 * are closed, all classes whose f_c holds f_C, can give one.  P lies in f_c exactly if it is a
 * prime of f_C and f_c met as well.
 *
 * Errors: E_DOORS_TOO_LARGE when there are more than `limit`, or past 2^14 different f_C at one
 * variable or 2^22 primes of all parts together; what the arenas say. */
int cubes_primes(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                 diagram_ref f, unsigned value, size_t limit, struct cubes *out,
                 struct ajar_err *err);

/* Few prime cubes that together are {f = value}, none of them superfluous: an irredundant cover,
 * for reading.  In the order in which they were picked: greedy by the number of vectors that are
 * new, ties by order of the primes.  Errors as cubes_primes. */
int cubes_cover(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                diagram_ref f, unsigned value, size_t limit, struct cubes *out,
                struct ajar_err *err);

/* The same for {f = 1} with cubes that may reach into what does not matter: prime cubes of {within =
 * 1}, which holds all of f. */
int cubes_cover_within(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                       diagram_ref f, diagram_ref within, size_t limit, struct cubes *out,
                       struct ajar_err *err);

#endif
