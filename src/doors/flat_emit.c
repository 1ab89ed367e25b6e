/* From shared conditions to instructions on one accumulator, with as few intermediate results at a
 * time as their order allows. */
#include <string.h>

#include "flat_dag.h"

#define NOWHERE UINT16_MAX

struct emitter {
    const struct flat_dag *dag;
    const uint16_t *atom_slot, *known_slot;
    struct flat_program *out;
    uint32_t *uses; /* of each node, still to come */
    uint16_t *temp; /* of each node; NOWHERE */
    bool *taken;    /* temps in use */
};

static const struct flat_node *emit_at(const struct emitter *emitter, flat_ref ref)
{
    return &emitter->dag->nodes[ref - FLAT_NODE];
}

/* Counts the uses of all nodes below; adds up how many instructions they take at most. */
static void emit_count(struct emitter *emitter, flat_ref ref, size_t *n_ops)
{
    if (!flat_is_node(ref) || emitter->uses[ref - FLAT_NODE]++ > 0) {
        return;
    }
    const struct flat_node *node = emit_at(emitter, ref);
    *n_ops += node->n + 1;
    for (size_t k = 0; k < node->n; k++) {
        emit_count(emitter, node->kids[k], n_ops);
    }
}

static void emit_op(struct emitter *emitter, enum flat_what what, size_t at, size_t known)
{
    emitter->out->ops[emitter->out->n_ops++] =
        (struct flat_op){(uint16_t)what, (uint16_t)at, (uint16_t)known};
}

static void emit_keep(struct emitter *emitter, flat_ref ref)
{
    uint16_t t = 0;
    while (emitter->taken[t]) {
        t++;
    }
    emitter->taken[t] = true;
    emitter->temp[ref - FLAT_NODE] = t;
    emitter->out->n_temps = t >= emitter->out->n_temps ? t + 1U : emitter->out->n_temps;
    emit_op(emitter, FLAT_KEEP, t, 0);
}

/* Takes an operand; its temp is free again after the last use. */
static void emit_take(struct emitter *emitter, flat_ref ref, enum flat_what yes)
{
    if (flat_is_node(ref)) {
        uint16_t *temp = &emitter->temp[ref - FLAT_NODE];
        emit_op(emitter, yes + 2, *temp, 0);
        emitter->taken[*temp] = --emitter->uses[ref - FLAT_NODE] > 0;
    } else {
        size_t a = flat_atom_of(ref);
        emit_op(emitter, flat_is_no(ref) ? yes + 1 : yes, emitter->atom_slot[a],
                emitter->known_slot[emitter->dag->atoms[a].var]);
    }
}

static bool emit_waits(const struct emitter *emitter, flat_ref ref)
{
    return flat_is_node(ref) && emitter->temp[ref - FLAT_NODE] == NOWHERE;
}

/* Leaves the node in the accumulator.  Its own nodes come first; the last of them stays there. */
static void emit_node(struct emitter *emitter, flat_ref ref)
{
    const struct flat_node *node = emit_at(emitter, ref);
    flat_ref last = FLAT_NEVER;
    for (size_t k = 0; k < node->n; k++) {
        if (!emit_waits(emitter, node->kids[k])) {
            continue;
        }
        if (last != FLAT_NEVER && emitter->temp[last - FLAT_NODE] == NOWHERE) {
            emit_keep(emitter, last);
        }
        last = node->kids[k];
        emit_node(emitter, last);
        if (emitter->uses[last - FLAT_NODE] > 1) {
            emit_keep(emitter, last);
        }
    }
    if (last != FLAT_NEVER) {
        uint16_t temp = emitter->temp[last - FLAT_NODE];
        emitter->uses[last - FLAT_NODE]--;
        if (temp != NOWHERE) {
            emitter->taken[temp] = emitter->uses[last - FLAT_NODE] > 0;
        }
    }
    bool begun = last != FLAT_NEVER;
    for (size_t k = 0; k < node->n; k++) {
        if (node->kids[k] != last) {
            emit_take(emitter, node->kids[k],
                      !begun      ? FLAT_SET_YES
                      : node->any ? FLAT_OR_YES
                                  : FLAT_AND_YES);
            begun = true;
        }
    }
}

static void emit_root(struct emitter *emitter, flat_ref ref, size_t answer)
{
    if (emit_waits(emitter, ref)) {
        emit_node(emitter, ref);
        if (--emitter->uses[ref - FLAT_NODE] > 0) {
            emit_keep(emitter, ref);
        }
    } else if (ref == FLAT_NEVER || ref == FLAT_ALWAYS) {
        emit_op(emitter, ref == FLAT_NEVER ? FLAT_SET_NONE : FLAT_SET_ALL, 0, 0);
    } else {
        emit_take(emitter, ref, FLAT_SET_YES);
    }
    emit_op(emitter, FLAT_OUT, answer, 0);
}

int flat_emit(struct arena *arena, const struct flat_dag *dag, size_t n_roots,
              const flat_ref roots[], const uint16_t atom_slot[], const uint16_t known_slot[],
              struct flat_program *out, struct ajar_err *err)
{
    struct emitter emitter = {
        .dag = dag, .atom_slot = atom_slot, .known_slot = known_slot, .out = out};
    size_t n_ops = 2 * n_roots + 1;
    TRY_NEW(emitter.uses, dag->scratch, dag->n_nodes, err);
    TRY_NEW(emitter.temp, dag->scratch, dag->n_nodes, err);
    TRY_NEW(emitter.taken, dag->scratch, dag->n_nodes + 1, err);
    for (size_t i = 0; i < dag->n_nodes; i++) {
        emitter.temp[i] = NOWHERE;
    }
    for (size_t r = 0; r < n_roots; r++) {
        emit_count(&emitter, roots[r], &n_ops);
    }
    TRY_NEW(out->ops, arena, n_ops, err);
    out->n_outs = n_roots;
    for (size_t r = 0; r < n_roots; r++) {
        emit_root(&emitter, roots[r], r);
    }
    emit_op(&emitter, FLAT_END, 0, 0);
    return 0;
}
