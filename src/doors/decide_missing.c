/* Which unknown facts does the answer still depend on?  The diagram is reduced once more within the
 * person's cube: nodes whose children are equal there fall away, and equal nodes become one; what is
 * still tested then is what the answer depends on (Bryant 1986, restriction). */
#include "decide_parts.h"
#include "diagram_nodes.h"

/* Functions within the cube, numbered: a terminal its value, a node that still tests something
 * DIAGRAM_TERMINALS_MAX + its first twin. */
struct within {
    const struct diagram *diagram;
    const uint64_t *mask;
    bool *below;
    diagram_ref *as;
    uint32_t *slots; /* [slot_mask + 1] node + 1 */
    size_t slot_mask;
    bool *depends; /* [n_vars] */
};

static diagram_ref within_kid(const struct within *it, const struct diagram_node *node,
                              unsigned class)
{
    diagram_ref kid = it->diagram->kids[node->kids + class];
    return diagram_is_node(kid) ? it->as[kid - DIAGRAM_TERMINALS_MAX] : kid;
}

static uint64_t within_classes(const struct within *it, const struct diagram_node *node)
{
    return it->mask[node->var] & diagram_all(it->diagram, node->var);
}

static void within_mark(struct within *it, size_t n)
{
    it->below[n - 1] = true;
    for (size_t i = n; i-- > 0;) {
        const struct diagram_node *node = &it->diagram->nodes[i];
        uint64_t left = it->below[i] ? within_classes(it, node) : 0;
        for (; left != 0; left &= left - 1) {
            diagram_ref kid = it->diagram->kids[node->kids + (unsigned)__builtin_ctzll(left)];
            if (diagram_is_node(kid)) {
                it->below[kid - DIAGRAM_TERMINALS_MAX] = true;
            }
        }
    }
}

static bool within_twins(const struct within *it, const struct diagram_node *a,
                         const struct diagram_node *b)
{
    bool same = a->var == b->var;
    for (uint64_t left = within_classes(it, a); same && left != 0; left &= left - 1) {
        unsigned class = (unsigned)__builtin_ctzll(left);
        same = within_kid(it, a, class) == within_kid(it, b, class);
    }
    return same;
}

/* The first node that is the same within the cube: itself where there is none. */
static size_t within_twin(struct within *it, size_t i)
{
    const struct diagram_node *node = &it->diagram->nodes[i];
    uint64_t hash = diagram_mix(0, node->var);
    for (uint64_t left = within_classes(it, node); left != 0; left &= left - 1) {
        hash = diagram_mix(hash, within_kid(it, node, (unsigned)__builtin_ctzll(left)));
    }
    size_t slot = hash & it->slot_mask;
    while (it->slots[slot] != 0 &&
           !within_twins(it, node, &it->diagram->nodes[it->slots[slot] - 1])) {
        slot = (slot + 1) & it->slot_mask;
    }
    if (it->slots[slot] == 0) {
        it->slots[slot] = (uint32_t)i + 1;
    }
    return it->slots[slot] - 1;
}

static void within_number(struct within *it, size_t i)
{
    const struct diagram_node *node = &it->diagram->nodes[i];
    uint64_t classes = within_classes(it, node);
    diagram_ref first = within_kid(it, node, (unsigned)__builtin_ctzll(classes));
    bool equal = true;
    for (uint64_t left = classes; equal && left != 0; left &= left - 1) {
        equal = within_kid(it, node, (unsigned)__builtin_ctzll(left)) == first;
    }
    if (!equal) {
        it->depends[node->var] = true;
        first = (diagram_ref)(DIAGRAM_TERMINALS_MAX + within_twin(it, i));
    }
    it->as[i] = first;
}

static int within_make(struct arena *scratch, const struct before *before, size_t n,
                       struct within *out, struct ajar_err *err)
{
    size_t n_slots = 16;
    while (n_slots < 2 * n) {
        n_slots *= 2;
    }
    *out = (struct within){
        .diagram = before->instance->diagram, .mask = before->mask, .slot_mask = n_slots - 1};
    TRY_NEW(out->below, scratch, n, err);
    TRY_NEW(out->as, scratch, n, err);
    TRY_NEW(out->slots, scratch, n_slots, err);
    TRY_NEW(out->depends, scratch, before->instance->n_vars, err);
    return 0;
}

/* Whether the cube leaves every class of every variable that the answer depends on at all. */
static bool cube_is_whole(const struct before *before)
{
    const struct instance *instance = before->instance;
    for (size_t v = 0; v < instance->n_vars; v++) {
        if (before->mask[v] != mask_all(instance->vars[v].n_classes) &&
            diagram_depends(instance->diagram, instance->outcome, v)) {
            return false;
        }
    }
    return true;
}

static int within_depends(const struct before *before, struct within *it, struct ajar_err *err)
{
    size_t n = before->instance->outcome - DIAGRAM_TERMINALS_MAX + 1;
    TRY(within_make(before->scratch, before, n, it, err));
    within_mark(it, n);
    for (size_t i = 0; i < n; i++) {
        if (it->below[i]) {
            within_number(it, i);
        }
    }
    return 0;
}

int decide_missing(const struct before *before, struct decision *out, struct ajar_err *err)
{
    const struct instance *instance = before->instance;
    struct within it;
    bool whole = cube_is_whole(before);
    if (!diagram_is_node(instance->outcome)) {
        return 0;
    }
    if (!whole) {
        TRY(within_depends(before, &it, err));
    }
    TRY_NEW(out->missing, before->arena, instance->n_vars, err);
    for (uint32_t v = 0; v < instance->n_vars; v++) {
        if (whole ? diagram_depends(instance->diagram, instance->outcome, v) : it.depends[v]) {
            out->missing[out->n_missing++] = v;
        }
    }
    return 0;
}
