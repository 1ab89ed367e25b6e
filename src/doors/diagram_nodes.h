/* The inside of a diagram, for the files of diagram.h alone. */
#ifndef DOORS_DIAGRAM_NODES_H
#define DOORS_DIAGRAM_NODES_H

#include "diagram.h"

struct diagram_node {
    uint32_t var;
    uint32_t kids;   /* where its children start in diagram->kids */
    uint64_t values; /* all that it takes, a bit each */
};

/* What an operation gave for a key.  Exact: nothing is forgotten within one operation. */
struct diagram_memo {
    uint64_t key; /* 0: free */
    diagram_ref value;
};

struct diagram {
    struct arena *arena;
    size_t n_vars;
    uint8_t classes[DIAGRAM_VARS_MAX];
    size_t n_nodes, cap_nodes;
    struct diagram_node *nodes;
    size_t words;      /* of one support */
    uint64_t *support; /* [cap_nodes * words] variables on which the node depends */
    double *work;      /* [cap_nodes] for counting */
    size_t n_kids, cap_kids;
    diagram_ref *kids;
    size_t n_slots;  /* a power of two */
    uint32_t *slots; /* node + 1 by hash; 0: free */
    size_t n_memos, cap_memos;
    struct diagram_memo *memos;
    uint32_t serial; /* of operations that take a table */
};

/* The node that tests `var` with these children (all of later variables); their own when equal. */
int diagram_make(struct diagram *diagram, uint32_t var, const diagram_ref kids[], diagram_ref *out,
                 struct ajar_err *err);

/* A larger copy, in the arena, of `used` items of `size` bytes; room for `cap`. */
void *diagram_grown(struct arena *arena, const void *from, size_t used, size_t cap, size_t size,
                    struct ajar_err *err);

/* A new diagram of the same variables that holds {f = value} as a function with values 0 and 1. */
int diagram_lift(struct arena *arena, const struct diagram *from, diagram_ref f, unsigned value,
                 struct diagram **out, diagram_ref *out_ref, struct ajar_err *err);

static inline bool diagram_is_node(diagram_ref ref)
{
    return ref >= DIAGRAM_TERMINALS_MAX;
}

static inline const struct diagram_node *diagram_node(const struct diagram *diagram,
                                                      diagram_ref ref)
{
    return &diagram->nodes[ref - DIAGRAM_TERMINALS_MAX];
}

/* The variable that is tested first; n_vars for a terminal. */
static inline uint32_t diagram_top(const struct diagram *diagram, diagram_ref ref)
{
    return diagram_is_node(ref) ? diagram_node(diagram, ref)->var : (uint32_t)diagram->n_vars;
}

static inline uint64_t diagram_takes(const struct diagram *diagram, diagram_ref ref)
{
    return diagram_is_node(ref) ? diagram_node(diagram, ref)->values : (uint64_t)1 << ref;
}

/* What is left of `ref` where `var`, its first or an earlier one, is in the class. */
static inline diagram_ref diagram_kid(const struct diagram *diagram, diagram_ref ref, uint32_t var,
                                      unsigned class)
{
    if (diagram_top(diagram, ref) != var) {
        return ref;
    }
    return diagram->kids[diagram_node(diagram, ref)->kids + class];
}

static inline uint64_t diagram_all(const struct diagram *diagram, size_t var)
{
    return UINT64_MAX >> (64 - diagram->classes[var]);
}

static inline uint64_t diagram_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

#endif
