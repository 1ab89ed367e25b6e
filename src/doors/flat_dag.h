/* Conditions of a flat program while it is compiled: ands and ors, each kept once. */
#ifndef DOORS_FLAT_DAG_H
#define DOORS_FLAT_DAG_H

#include "flat_lanes.h"

/* 0, 1, then two for each atom (its variable is known to lie in the mask; is known to lie outside),
 * then nodes.  The two of an atom are never both true; so are the two sides of any condition. */
typedef uint32_t flat_ref;
#define FLAT_NEVER  ((flat_ref)0)
#define FLAT_ALWAYS ((flat_ref)1)
#define FLAT_NODE   ((flat_ref)1 << 30)

#define FLAT_NODES_MAX  ((size_t)1 << 14)
#define FLAT_SHARED_MAX 512 /* kids among which what they share is looked for */

static inline bool flat_is_node(flat_ref ref)
{
    return ref >= FLAT_NODE;
}
static inline flat_ref flat_atom_ref(size_t atom, bool no)
{
    return (flat_ref)(2 + 2 * atom + no);
}
static inline size_t flat_atom_of(flat_ref ref)
{
    return (ref - 2) / 2;
}
static inline bool flat_is_no(flat_ref ref)
{
    return (ref & 1) != 0;
}

struct flat_atom {
    uint32_t var;
    uint64_t mask; /* without class 0 */
};

struct flat_node {
    bool any; /* or; else and */
    uint32_t n;
    flat_ref *kids; /* at least 2, rising, none twice */
};

struct flat_dag {
    struct arena *scratch;
    const struct instance *instance;
    size_t n_atoms, cap_atoms;
    struct flat_atom *atoms;
    size_t n_nodes, cap_nodes;
    struct flat_node *nodes;
    size_t n_slots;  /* a power of two */
    uint32_t *slots; /* node + 1 by hash; 0: free */
};

int flat_dag_open(struct flat_dag *out, struct arena *scratch, const struct instance *instance,
                  struct ajar_err *err);

/* How kids that join in the same way are taken in, and whether a kid that several others share is
 * taken out of them: x and a, or x and b, is x and (a or b). */
enum flat_shape { FLAT_AS_IS, FLAT_WIDE, FLAT_SHARED };

/* All of (any of) the kids. */
int flat_join(struct flat_dag *dag, bool any, enum flat_shape shape, size_t n,
              const flat_ref kids[], flat_ref *out, struct ajar_err *err);
int flat_both(struct flat_dag *dag, flat_ref a, flat_ref b, flat_ref *out, struct ajar_err *err);
int flat_either(struct flat_dag *dag, flat_ref a, flat_ref b, flat_ref *out, struct ajar_err *err);

/* Where a form is true for sure (`no`: false for sure) by Kleene's logic. */
int flat_form(struct flat_dag *dag, const struct form *form, bool no, flat_ref *out,
              struct ajar_err *err);

/* flat_rails.c: what the programs answer. decide[0] OPEN for sure, decide[1] something else for
 * sure; answer[o]: not outcome o, for sure; answer[OUTCOME_COUNT + r]: rule r fires. */
struct flat_roots {
    flat_ref decide[2];
    size_t n_answer;
    flat_ref *answer;
};
int flat_rails(struct flat_dag *dag, size_t n_rules, struct flat_roots *out, struct ajar_err *err);

/* flat_emit.c: instructions for the answers, in order. atom_slot[a], known_slot[v]: where their
 * planes stand.  Offsets are in slots. */
int flat_emit(struct arena *arena, const struct flat_dag *dag, size_t n_roots,
              const flat_ref roots[], const uint16_t atom_slot[], const uint16_t known_slot[],
              struct flat_program *out, struct ajar_err *err);

#endif
