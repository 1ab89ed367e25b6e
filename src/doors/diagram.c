#include "diagram_nodes.h"

#include <assert.h>
#include <string.h>

#define NODES_FIRST 64
#define KIDS_FIRST  256
#define SLOTS_FIRST 128
#define MEMOS_FIRST 256

void *diagram_grown(struct arena *arena, const void *from, size_t used, size_t cap, size_t size,
                    struct ajar_err *err)
{
    void *out = arena_get(arena, cap, size, err);
    if (out != NULL && used > 0) {
        memcpy(out, from, used * size);
    }
    return out;
}

static int diagram_shape(size_t n_vars, const uint8_t classes[], struct ajar_err *err)
{
    if (n_vars > DIAGRAM_VARS_MAX) {
        return err_set(err, E_DOORS_TOO_LARGE, "a door asks for %zu facts, and %d is the most",
                       n_vars, DIAGRAM_VARS_MAX);
    }
    for (size_t v = 0; v < n_vars; v++) {
        if (classes[v] == 0 || classes[v] > DIAGRAM_CLASSES_MAX) {
            return err_set(err, E_DOORS_TOO_LARGE,
                           "a door tells %d values of a fact apart, and 1 to %d are possible",
                           classes[v], DIAGRAM_CLASSES_MAX);
        }
    }
    return 0;
}

int diagram_open(struct diagram **out, struct arena *arena, size_t n_vars, const uint8_t classes[],
                 struct ajar_err *err)
{
    TRY(diagram_shape(n_vars, classes, err));
    struct diagram *diagram;
    TRY_NEW(diagram, arena, 1, err);
    diagram->arena = arena;
    diagram->n_vars = n_vars;
    if (n_vars > 0) {
        memcpy(diagram->classes, classes, n_vars);
    }
    diagram->words = (n_vars + 63) / 64;
    diagram->cap_nodes = NODES_FIRST;
    diagram->cap_kids = KIDS_FIRST;
    diagram->n_slots = SLOTS_FIRST;
    diagram->cap_memos = MEMOS_FIRST;
    TRY_NEW(diagram->nodes, arena, diagram->cap_nodes, err);
    TRY_NEW(diagram->support, arena, diagram->cap_nodes * diagram->words, err);
    TRY_NEW(diagram->work, arena, diagram->cap_nodes, err);
    TRY_NEW(diagram->kids, arena, diagram->cap_kids, err);
    TRY_NEW(diagram->slots, arena, diagram->n_slots, err);
    TRY_NEW(diagram->memos, arena, diagram->cap_memos, err);
    *out = diagram;
    return 0;
}

size_t diagram_vars(const struct diagram *diagram)
{
    return diagram->n_vars;
}

unsigned diagram_classes(const struct diagram *diagram, size_t var)
{
    return diagram->classes[var];
}

static uint64_t node_hash(uint32_t var, const diagram_ref kids[], size_t n)
{
    uint64_t hash = diagram_mix(0, var);
    for (size_t i = 0; i < n; i++) {
        hash = diagram_mix(hash, kids[i]);
    }
    return hash;
}

/* Each array is replaced only once all that belongs to it is there, so a failure leaves the diagram
 * as it was. */
static int room_for_node(struct diagram *diagram, size_t n_kids, struct ajar_err *err)
{
    if (diagram->n_nodes == DIAGRAM_NODES_MAX) {
        return err_set(err, E_DOORS_TOO_LARGE, "a door needs more than %zu steps of decision",
                       DIAGRAM_NODES_MAX);
    }
    if (diagram->n_nodes == diagram->cap_nodes) {
        size_t used = diagram->n_nodes, cap = used * 2;
        struct diagram_node *nodes =
            diagram_grown(diagram->arena, diagram->nodes, used, cap, sizeof *nodes, err);
        uint64_t *support =
            nodes == NULL ? NULL
                          : diagram_grown(diagram->arena, diagram->support, used * diagram->words,
                                          cap * diagram->words, sizeof *support, err);
        double *work = support == NULL ? NULL : arena_new(diagram->arena, double, cap, err);
        if (work == NULL) {
            return arena_code(err);
        }
        diagram->nodes = nodes;
        diagram->support = support;
        diagram->work = work;
        diagram->cap_nodes = cap;
    }
    if (diagram->cap_kids - diagram->n_kids < n_kids) {
        size_t cap = diagram->cap_kids * 2;
        diagram_ref *kids =
            diagram_grown(diagram->arena, diagram->kids, diagram->n_kids, cap, sizeof *kids, err);
        if (kids == NULL) {
            return arena_code(err);
        }
        diagram->kids = kids;
        diagram->cap_kids = cap;
    }
    return 0;
}

static int room_for_slot(struct diagram *diagram, struct ajar_err *err)
{
    if (diagram->n_nodes * 2 < diagram->n_slots) {
        return 0;
    }
    size_t n_slots = diagram->n_slots * 2;
    uint32_t *slots;
    TRY_NEW(slots, diagram->arena, n_slots, err);
    for (size_t i = 0; i < diagram->n_nodes; i++) {
        const struct diagram_node *node = &diagram->nodes[i];
        size_t at = node_hash(node->var, &diagram->kids[node->kids], diagram->classes[node->var]);
        for (at &= n_slots - 1; slots[at] != 0; at = (at + 1) & (n_slots - 1)) {
        }
        slots[at] = (uint32_t)i + 1;
    }
    diagram->slots = slots;
    diagram->n_slots = n_slots;
    return 0;
}

/* The slot of the node, or the free one where it belongs. */
static uint32_t *node_slot(const struct diagram *diagram, uint32_t var, const diagram_ref kids[],
                           size_t n)
{
    size_t at = node_hash(var, kids, n) & (diagram->n_slots - 1);
    for (;; at = (at + 1) & (diagram->n_slots - 1)) {
        uint32_t *slot = &diagram->slots[at];
        if (*slot == 0) {
            return slot;
        }
        const struct diagram_node *node = &diagram->nodes[*slot - 1];
        if (node->var == var && memcmp(&diagram->kids[node->kids], kids, n * sizeof *kids) == 0) {
            return slot;
        }
    }
}

static void node_fill(struct diagram *diagram, uint32_t var, const diagram_ref kids[], size_t n)
{
    struct diagram_node *node = &diagram->nodes[diagram->n_nodes];
    uint64_t *support = &diagram->support[diagram->n_nodes * diagram->words];
    *node = (struct diagram_node){.var = var, .kids = (uint32_t)diagram->n_kids};
    memset(support, 0, diagram->words * sizeof *support);
    support[var / 64] |= (uint64_t)1 << (var % 64);
    for (size_t i = 0; i < n; i++) {
        diagram->kids[diagram->n_kids + i] = kids[i];
        node->values |= diagram_takes(diagram, kids[i]);
        for (size_t w = 0; diagram_is_node(kids[i]) && w < diagram->words; w++) {
            support[w] |= diagram->support[(kids[i] - DIAGRAM_TERMINALS_MAX) * diagram->words + w];
        }
    }
    diagram->n_kids += n;
    diagram->n_nodes++;
}

int diagram_make(struct diagram *diagram, uint32_t var, const diagram_ref kids[], diagram_ref *out,
                 struct ajar_err *err)
{
    size_t n = diagram->classes[var], same = 1;
    while (same < n && kids[same] == kids[0]) {
        same++;
    }
    if (same == n) {
        *out = kids[0];
        return 0;
    }
    uint32_t *slot = node_slot(diagram, var, kids, n);
    if (*slot == 0) {
        TRY(room_for_node(diagram, n, err));
        TRY(room_for_slot(diagram, err));
        slot = node_slot(diagram, var, kids, n);
        node_fill(diagram, var, kids, n);
        *slot = (uint32_t)diagram->n_nodes;
    }
    *out = *slot - 1 + DIAGRAM_TERMINALS_MAX;
    return 0;
}

int diagram_atom(struct diagram *diagram, size_t var, uint64_t mask, diagram_ref *out,
                 struct ajar_err *err)
{
    assert(var < diagram->n_vars);
    diagram_ref kids[DIAGRAM_CLASSES_MAX];
    for (unsigned c = 0; c < diagram->classes[var]; c++) {
        kids[c] = mask >> c & 1;
    }
    return diagram_make(diagram, (uint32_t)var, kids, out, err);
}
