#include <string.h>

#include "diagram_nodes.h"

/* Children come before their parents: a sweep from the last node to the first meets every parent of
 * a node before the node.  Marks what lies below f in the cube with 1, all else up to f with 0. */
static size_t mark_below(const struct diagram *diagram, diagram_ref f, const uint64_t mask[])
{
    size_t n = f - DIAGRAM_TERMINALS_MAX + 1, size = 0;
    memset(diagram->work, 0, n * sizeof *diagram->work);
    diagram->work[n - 1] = 1;
    for (size_t i = n; i-- > 0;) {
        const struct diagram_node *node = &diagram->nodes[i];
        if (diagram->work[i] == 0) {
            continue;
        }
        size++;
        uint64_t left = mask[node->var] & diagram_all(diagram, node->var);
        for (; left != 0; left &= left - 1) {
            diagram_ref kid = diagram->kids[node->kids + (unsigned)__builtin_ctzll(left)];
            if (diagram_is_node(kid)) {
                diagram->work[kid - DIAGRAM_TERMINALS_MAX] = 1;
            }
        }
    }
    return size;
}

size_t diagram_size(const struct diagram *diagram, diagram_ref ref)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    memset(mask, 0xFF, sizeof mask);
    return diagram_is_node(ref) ? mark_below(diagram, ref, mask) : 0;
}

/* Vectors of the variables from `var` on, in the cube, on which `ref` has the value; its own count,
 * from its first variable on, stands in `work` already. */
static double count_from(const struct diagram *diagram, diagram_ref ref, size_t var, unsigned value,
                         const uint64_t mask[])
{
    double count = diagram_is_node(ref) ? diagram->work[ref - DIAGRAM_TERMINALS_MAX] : ref == value;
    if (count == 0) {
        return 0; /* and never 0 times infinity */
    }
    size_t top = diagram_top(diagram, ref);
    for (; var < top; var++) {
        count *= __builtin_popcountll(mask[var] & diagram_all(diagram, var));
    }
    return count;
}

static double count_node(const struct diagram *diagram, const struct diagram_node *node,
                         unsigned value, const uint64_t mask[])
{
    double sum = 0;
    uint64_t left = mask[node->var] & diagram_all(diagram, node->var);
    for (; left != 0; left &= left - 1) {
        diagram_ref kid = diagram->kids[node->kids + (unsigned)__builtin_ctzll(left)];
        sum += count_from(diagram, kid, node->var + 1, value, mask);
    }
    return sum;
}

double diagram_count_in(const struct diagram *diagram, diagram_ref f, unsigned value,
                        const uint64_t mask[])
{
    if (diagram_is_node(f)) {
        mark_below(diagram, f, mask);
        for (size_t i = 0; i <= f - DIAGRAM_TERMINALS_MAX; i++) {
            if (diagram->work[i] != 0) {
                diagram->work[i] = count_node(diagram, &diagram->nodes[i], value, mask);
            }
        }
    }
    return count_from(diagram, f, 0, value, mask);
}

double diagram_count(const struct diagram *diagram, diagram_ref f, unsigned value)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    memset(mask, 0xFF, sizeof mask);
    return diagram_count_in(diagram, f, value, mask);
}

/* One mark a node, then the nodes met, in their order. */
static size_t marks_of(const struct diagram *diagram)
{
    return (diagram->n_nodes + 63) / 64;
}

size_t diagram_scratch(const struct diagram *diagram)
{
    return marks_of(diagram) * sizeof(uint64_t) + diagram->n_nodes * sizeof(uint32_t);
}

uint64_t diagram_reach(const struct diagram *diagram, diagram_ref f, const uint64_t mask[],
                       void *scratch)
{
    if (!diagram_is_node(f)) {
        return (uint64_t)1 << f;
    }
    uint64_t *marks = scratch, found = 0;
    uint32_t *met = (uint32_t *)(marks + marks_of(diagram));
    size_t n = 0;
    met[n++] = f - DIAGRAM_TERMINALS_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct diagram_node *node = &diagram->nodes[met[i]];
        uint64_t left =
            (node->values & ~found) == 0 ? 0 : mask[node->var] & diagram_all(diagram, node->var);
        for (; left != 0; left &= left - 1) {
            diagram_ref kid = diagram->kids[node->kids + (unsigned)__builtin_ctzll(left)];
            if (!diagram_is_node(kid)) {
                found |= (uint64_t)1 << kid;
                continue;
            }
            uint32_t index = kid - DIAGRAM_TERMINALS_MAX;
            uint64_t bit = (uint64_t)1 << (index % 64);
            if ((marks[index / 64] & bit) == 0) {
                marks[index / 64] |= bit;
                met[n++] = index;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        marks[met[i] / 64] = 0;
        met[i] = 0;
    }
    return found;
}

bool diagram_depends(const struct diagram *diagram, diagram_ref f, size_t var)
{
    return diagram_is_node(f) && var < diagram->n_vars &&
           (diagram->support[(f - DIAGRAM_TERMINALS_MAX) * diagram->words + var / 64] >>
                (var % 64) &
            1) != 0;
}

bool diagram_find(const struct diagram *diagram, diagram_ref f, unsigned value, uint8_t vector[])
{
    if (value >= DIAGRAM_TERMINALS_MAX || (diagram_takes(diagram, f) >> value & 1) == 0) {
        return false;
    }
    for (uint32_t v = 0; v < diagram->n_vars; v++) {
        vector[v] = 0;
        while ((diagram_takes(diagram, diagram_kid(diagram, f, v, vector[v])) >> value & 1) == 0) {
            vector[v]++;
        }
        f = diagram_kid(diagram, f, v, vector[v]);
    }
    return true;
}

int diagram_lift(struct arena *arena, const struct diagram *from, diagram_ref f, unsigned value,
                 struct diagram **out, diagram_ref *out_ref, struct ajar_err *err)
{
    struct diagram *to;
    TRY(diagram_open(&to, arena, from->n_vars, from->classes, err));
    if (!diagram_is_node(f)) {
        *out_ref = f == value;
        *out = to;
        return 0;
    }
    size_t n = f - DIAGRAM_TERMINALS_MAX + 1;
    bool *below;
    diagram_ref *as;
    TRY_NEW(below, arena, n, err);
    TRY_NEW(as, arena, n, err);
    below[n - 1] = true;
    for (size_t i = n; i-- > 0;) {
        const struct diagram_node *node = &from->nodes[i];
        for (unsigned c = 0; below[i] && c < from->classes[node->var]; c++) {
            diagram_ref kid = from->kids[node->kids + c];
            if (diagram_is_node(kid)) {
                below[kid - DIAGRAM_TERMINALS_MAX] = true;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        const struct diagram_node *node = &from->nodes[i];
        diagram_ref kids[DIAGRAM_CLASSES_MAX];
        for (unsigned c = 0; below[i] && c < from->classes[node->var]; c++) {
            diagram_ref kid = from->kids[node->kids + c];
            kids[c] = diagram_is_node(kid) ? as[kid - DIAGRAM_TERMINALS_MAX] : kid == value;
        }
        if (below[i]) {
            TRY(diagram_make(to, node->var, kids, &as[i], err));
        }
    }
    *out_ref = as[n - 1];
    *out = to;
    return 0;
}
