/* Ands and ors, each kept once; and forms as such. */
#include "flat_dag.h"

#include <stdlib.h>
#include <string.h>

#define NODES_FIRST 64
#define ATOMS_FIRST 32

static int dag_too_large(struct ajar_err *err)
{
    return err_set(err, E_DOORS_TOO_LARGE, "the door has more than %zu conditions that differ",
                   FLAT_NODES_MAX);
}

int flat_dag_open(struct flat_dag *out, struct arena *scratch, const struct instance *instance,
                  struct ajar_err *err)
{
    struct flat_dag dag = {.scratch = scratch,
                           .instance = instance,
                           .cap_atoms = ATOMS_FIRST,
                           .cap_nodes = NODES_FIRST,
                           .n_slots = 2 * NODES_FIRST};
    TRY_NEW(dag.atoms, scratch, dag.cap_atoms, err);
    TRY_NEW(dag.nodes, scratch, dag.cap_nodes, err);
    TRY_NEW(dag.slots, scratch, dag.n_slots, err);
    *out = dag;
    return 0;
}

static uint32_t *dag_slot(const struct flat_dag *dag, bool any, size_t n, const flat_ref kids[])
{
    uint64_t hash = any;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ kids[i]) * 0x9E3779B97F4A7C15;
    }
    for (size_t at = hash >> 32;; at++) {
        uint32_t *slot = &dag->slots[at & (dag->n_slots - 1)];
        const struct flat_node *node = &dag->nodes[*slot == 0 ? 0 : *slot - 1];
        if (*slot == 0 ||
            (node->any == any && node->n == n && memcmp(node->kids, kids, n * sizeof *kids) == 0)) {
            return slot;
        }
    }
}

static int dag_widen(struct flat_dag *dag, struct ajar_err *err)
{
    struct flat_node *nodes;
    if (dag->n_nodes < dag->cap_nodes) {
        return 0;
    }
    if (dag->n_nodes >= FLAT_NODES_MAX) {
        return dag_too_large(err);
    }
    TRY_NEW(nodes, dag->scratch, dag->cap_nodes * 2, err);
    memcpy(nodes, dag->nodes, dag->n_nodes * sizeof *nodes);
    dag->nodes = nodes;
    dag->cap_nodes *= 2;
    dag->n_slots *= 2;
    TRY_NEW(dag->slots, dag->scratch, dag->n_slots, err);
    for (size_t i = 0; i < dag->n_nodes; i++) {
        *dag_slot(dag, nodes[i].any, nodes[i].n, nodes[i].kids) = (uint32_t)i + 1;
    }
    return 0;
}

static int dag_node(struct flat_dag *dag, bool any, size_t n, const flat_ref kids[], flat_ref *out,
                    struct ajar_err *err)
{
    TRY(dag_widen(dag, err));
    uint32_t *slot = dag_slot(dag, any, n, kids);
    if (*slot == 0) {
        struct flat_node node = {.any = any, .n = (uint32_t)n};
        TRY_NEW(node.kids, dag->scratch, n, err);
        memcpy(node.kids, kids, n * sizeof *kids);
        dag->nodes[dag->n_nodes++] = node;
        *slot = (uint32_t)dag->n_nodes;
    }
    *out = FLAT_NODE + *slot - 1;
    return 0;
}

/* The node that joins its kids in this way; else NULL. */
static const struct flat_node *dag_at(const struct flat_dag *dag, bool any, flat_ref ref)
{
    const struct flat_node *node = flat_is_node(ref) ? &dag->nodes[ref - FLAT_NODE] : NULL;
    return node != NULL && node->any == any ? node : NULL;
}

static int ref_order(const void *a, const void *b)
{
    flat_ref x = *(const flat_ref *)a, y = *(const flat_ref *)b;
    return (x > y) - (x < y);
}

static bool refs_have(size_t n, const flat_ref refs[], flat_ref ref)
{
    return bsearch(&ref, refs, n, sizeof *refs, ref_order) != NULL;
}

static size_t refs_settle(size_t n, flat_ref refs[])
{
    size_t kept = 0;
    qsort(refs, n, sizeof *refs, ref_order);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || refs[kept - 1] != refs[i]) {
            refs[kept++] = refs[i];
        }
    }
    return kept;
}

/* x or (x and a) is x; upside down alike.  A node stands behind its kids. */
static size_t refs_absorb(const struct flat_dag *dag, bool any, size_t n, flat_ref refs[])
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, !any, refs[i]);
        bool spare = false;
        for (size_t k = 0; node != NULL && !spare && k < node->n; k++) {
            spare = refs_have(kept, refs, node->kids[k]);
        }
        if (!spare) {
            refs[kept++] = refs[i];
        }
    }
    return kept;
}

/* Whether a condition and its contrary are both among them. */
static bool refs_clash(size_t n, const flat_ref refs[])
{
    for (size_t i = 0; i + 1 < n && !flat_is_node(refs[i + 1]); i++) {
        if (flat_atom_of(refs[i]) == flat_atom_of(refs[i + 1])) {
            return true;
        }
    }
    return false;
}

/* The kid that most of the nodes among `refs` have; 0: none has two. */
static int refs_shared(const struct flat_dag *dag, bool any, size_t n, const flat_ref refs[],
                       flat_ref *out, struct ajar_err *err)
{
    size_t all = 0, most = 1, run = 0;
    flat_ref *kids;
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, !any, refs[i]);
        all += node != NULL ? node->n : 0;
    }
    TRY_NEW(kids, dag->scratch, all, err);
    all = 0;
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, !any, refs[i]);
        if (node != NULL) {
            memcpy(&kids[all], node->kids, node->n * sizeof *kids);
            all += node->n;
        }
    }
    qsort(kids, all, sizeof *kids, ref_order);
    *out = FLAT_NEVER;
    for (size_t i = 0; i < all; i++) {
        run = i > 0 && kids[i] == kids[i - 1] ? run + 1 : 1;
        if (run > most) {
            most = run;
            *out = kids[i];
        }
    }
    return 0;
}

/* x and a, or x and b, or c:  x and (a or b), or c.  Fewer kids are left each time. */
static int join_around(struct flat_dag *dag, bool any, size_t n, const flat_ref refs[],
                       flat_ref shared, flat_ref *out, struct ajar_err *err)
{
    size_t n_in = 0, n_out = 0;
    flat_ref *in, *outside, pair[2];
    TRY_NEW(in, dag->scratch, n, err);
    TRY_NEW(outside, dag->scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, !any, refs[i]);
        if (node == NULL || !refs_have(node->n, node->kids, shared)) {
            outside[n_out++] = refs[i];
            continue;
        }
        size_t left = 0, most = node->n;
        flat_ref *rest;
        TRY_NEW(rest, dag->scratch, most, err);
        for (size_t k = 0; k < most; k++) {
            rest[left] = node->kids[k];
            left += node->kids[k] != shared;
        }
        TRY(flat_join(dag, !any, FLAT_WIDE, left, rest, &in[n_in++], err));
    }
    pair[0] = shared;
    TRY(flat_join(dag, any, FLAT_SHARED, n_in, in, &pair[1], err));
    TRY(flat_join(dag, !any, FLAT_WIDE, 2, pair, &outside[n_out++], err));
    return flat_join(dag, any, FLAT_SHARED, n_out, outside, out, err);
}

static int join_settled(struct flat_dag *dag, bool any, enum flat_shape shape, size_t n,
                        flat_ref refs[], flat_ref *out, struct ajar_err *err)
{
    flat_ref shared = FLAT_NEVER;
    n = refs_settle(n, refs);
    if (!any && refs_clash(n, refs)) {
        *out = FLAT_NEVER;
        return 0;
    }
    n = refs_absorb(dag, any, n, refs);
    if (n < 2) {
        *out = n == 1 ? refs[0] : any ? FLAT_NEVER : FLAT_ALWAYS;
        return 0;
    }
    if (shape == FLAT_SHARED && n <= FLAT_SHARED_MAX) {
        TRY(refs_shared(dag, any, n, refs, &shared, err));
    }
    return shared != FLAT_NEVER ? join_around(dag, any, n, refs, shared, out, err)
                                : dag_node(dag, any, n, refs, out, err);
}

int flat_join(struct flat_dag *dag, bool any, enum flat_shape shape, size_t n,
              const flat_ref kids[], flat_ref *out, struct ajar_err *err)
{
    const flat_ref stop = any ? FLAT_ALWAYS : FLAT_NEVER;
    size_t all = 0, most = 0;
    flat_ref *refs;
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, any, kids[i]);
        most += node != NULL ? node->n : 1;
    }
    TRY_NEW(refs, dag->scratch, most, err);
    for (size_t i = 0; i < n; i++) {
        const struct flat_node *node = dag_at(dag, any, kids[i]);
        if (kids[i] == stop) {
            *out = stop;
            return 0;
        }
        if (node != NULL && shape != FLAT_AS_IS) {
            memcpy(&refs[all], node->kids, node->n * sizeof *refs);
            all += node->n;
        } else if (kids[i] != FLAT_NEVER && kids[i] != FLAT_ALWAYS) {
            refs[all++] = kids[i];
        }
    }
    return join_settled(dag, any, shape, all, refs, out, err);
}

int flat_both(struct flat_dag *dag, flat_ref a, flat_ref b, flat_ref *out, struct ajar_err *err)
{
    return flat_join(dag, false, FLAT_AS_IS, 2, (flat_ref[]){a, b}, out, err);
}

int flat_either(struct flat_dag *dag, flat_ref a, flat_ref b, flat_ref *out, struct ajar_err *err)
{
    return flat_join(dag, true, FLAT_AS_IS, 2, (flat_ref[]){a, b}, out, err);
}

/* Of an atom and its contrary the one without class 0 is kept. */
static int dag_atom(struct flat_dag *dag, const struct form *form, bool no, flat_ref *out,
                    struct ajar_err *err)
{
    uint64_t all = UINT64_MAX >> (64 - dag->instance->vars[form->var].n_classes);
    uint64_t mask = form->mask & all;
    if (mask == 0 || mask == all) {
        *out = (mask == all) != no ? FLAT_ALWAYS : FLAT_NEVER;
        return 0;
    }
    if (mask & 1) {
        mask = all & ~mask;
        no = !no;
    }
    size_t a = 0;
    while (a < dag->n_atoms && (dag->atoms[a].var != form->var || dag->atoms[a].mask != mask)) {
        a++;
    }
    if (a == dag->cap_atoms) {
        struct flat_atom *atoms;
        if (a >= FLAT_NODES_MAX) {
            return dag_too_large(err);
        }
        TRY_NEW(atoms, dag->scratch, a * 2, err);
        memcpy(atoms, dag->atoms, a * sizeof *atoms);
        dag->atoms = atoms;
        dag->cap_atoms *= 2;
    }
    dag->atoms[a] = (struct flat_atom){form->var, mask};
    dag->n_atoms += a == dag->n_atoms;
    *out = flat_atom_ref(a, no);
    return 0;
}

int flat_form(struct flat_dag *dag, const struct form *form, bool no, flat_ref *out,
              struct ajar_err *err)
{
    flat_ref *kids;
    switch (form->kind) {
    case FORM_FALSE:
    case FORM_TRUE:
        *out = (form->kind == FORM_TRUE) != no ? FLAT_ALWAYS : FLAT_NEVER;
        return 0;
    case FORM_ATOM:
        return dag_atom(dag, form, no, out, err);
    case FORM_NOT:
        return flat_form(dag, form->kids[0], !no, out, err);
    case FORM_AND:
    case FORM_OR:
        break;
    }
    TRY_NEW(kids, dag->scratch, form->n, err);
    for (size_t i = 0; i < form->n; i++) {
        TRY(flat_form(dag, form->kids[i], no, &kids[i], err));
    }
    return flat_join(dag, (form->kind == FORM_OR) != no, FLAT_WIDE, form->n, kids, out, err);
}
