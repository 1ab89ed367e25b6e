#include <stdlib.h>
#include <string.h>

#include "diagram_nodes.h"

#define ALL_PARTS_MOST ((size_t)1 << 22) /* primes of all parts together */
#define PARTS_MOST     ((size_t)1 << 14) /* meets at one variable */
#define CHAINS_FIRST   256
#define CHAIN_ANY      0 /* the cube of everything */
#define NOT_SOLVED     UINT32_MAX

/* A cube, once: the mask of its first variable that is held to less than all, then the rest. */
struct chain {
    uint32_t var, rest;
    uint64_t mask;
};

/* The primes of a node: ids[at .. at + n). */
struct list {
    uint32_t at, n;
    uint32_t closing; /* the last stack of meets that holds the node */
};

struct solver {
    struct arena *scratch;
    struct diagram *diagram;
    size_t limit;
    size_t n_chains, cap_chains;
    struct chain *chains;
    uint32_t *stamps; /* [cap_chains] */
    uint32_t stamp;
    uint32_t *slots; /* [2 * cap_chains] chain by hash; 0: free */
    size_t n_ids, cap_ids;
    uint32_t *ids;
    size_t n_lists;
    struct list *lists; /* by node; n NOT_SOLVED: not yet */
    size_t n_parts, cap_parts;
    diagram_ref *parts; /* a stack: the meets of children of the nodes in work */
    uint32_t closing,
        closing_one; /* number of the stack being made; the last that holds terminal 1 */
};

static int too_many(size_t limit, struct ajar_err *err)
{
    return err_set(err, E_DOORS_TOO_LARGE, "a door opens in more than %zu different ways", limit);
}

static int solver_open(struct solver *it, struct arena *scratch, const struct diagram *from,
                       diagram_ref f, unsigned value, size_t limit, diagram_ref *root,
                       struct ajar_err *err)
{
    *it = (struct solver){.scratch = scratch,
                          .limit = limit,
                          .n_chains = 1,
                          .cap_chains = CHAINS_FIRST,
                          .cap_ids = CHAINS_FIRST,
                          .cap_parts = CHAINS_FIRST};
    TRY_NEW(it->chains, scratch, it->cap_chains, err);
    TRY_NEW(it->stamps, scratch, it->cap_chains, err);
    TRY_NEW(it->slots, scratch, it->cap_chains * 2, err);
    TRY_NEW(it->ids, scratch, it->cap_ids, err);
    TRY_NEW(it->parts, scratch, it->cap_parts, err);
    return diagram_lift(scratch, from, f, value, &it->diagram, root, err);
}

static uint32_t *chain_slot(const struct solver *it, struct chain chain)
{
    size_t most = it->cap_chains * 2 - 1;
    uint64_t hash = diagram_mix(diagram_mix(diagram_mix(0, chain.var), chain.rest), chain.mask);
    for (size_t at = hash & most;; at = (at + 1) & most) {
        const struct chain *other = &it->chains[it->slots[at]];
        if (it->slots[at] == 0 ||
            (other->var == chain.var && other->rest == chain.rest && other->mask == chain.mask)) {
            return &it->slots[at];
        }
    }
}

static int chains_grow(struct solver *it, struct ajar_err *err)
{
    size_t cap = it->cap_chains * 2;
    it->chains = diagram_grown(it->scratch, it->chains, it->n_chains, cap, sizeof *it->chains, err);
    if (it->chains == NULL) {
        return arena_code(err);
    }
    it->stamps = diagram_grown(it->scratch, it->stamps, it->n_chains, cap, sizeof *it->stamps, err);
    if (it->stamps == NULL) {
        return arena_code(err);
    }
    TRY_NEW(it->slots, it->scratch, cap * 2, err);
    it->cap_chains = cap;
    for (uint32_t i = 1; i < it->n_chains; i++) {
        *chain_slot(it, it->chains[i]) = i;
    }
    return 0;
}

static int chain_make(struct solver *it, struct chain chain, uint32_t *out, struct ajar_err *err)
{
    if (chain.mask == diagram_all(it->diagram, chain.var)) {
        *out = chain.rest;
        return 0;
    }
    if (it->n_chains == it->cap_chains) {
        TRY(chains_grow(it, err));
    }
    uint32_t *slot = chain_slot(it, chain);
    if (*slot == 0) {
        it->chains[it->n_chains] = chain;
        *slot = (uint32_t)it->n_chains++;
    }
    *out = *slot;
    return 0;
}

static int ids_add(struct solver *it, uint32_t id, struct ajar_err *err)
{
    if (it->n_ids == ALL_PARTS_MOST) {
        return too_many(ALL_PARTS_MOST, err);
    }
    if (it->n_ids == it->cap_ids) {
        size_t cap = it->cap_ids * 2;
        uint32_t *ids = diagram_grown(it->scratch, it->ids, it->n_ids, cap, sizeof *ids, err);
        if (ids == NULL) {
            return arena_code(err);
        }
        it->ids = ids;
        it->cap_ids = cap;
    }
    it->ids[it->n_ids++] = id;
    return 0;
}

/* Makes room for the lists of the node and of those that came before. */
static int list_open(struct solver *it, diagram_ref f, struct ajar_err *err)
{
    size_t n = f - DIAGRAM_TERMINALS_MAX + 1;
    if (n <= it->n_lists) {
        return 0;
    }
    size_t cap = it->diagram->cap_nodes;
    struct list *lists =
        diagram_grown(it->scratch, it->lists, it->n_lists, cap, sizeof *lists, err);
    if (lists == NULL) {
        return arena_code(err);
    }
    for (size_t i = it->n_lists; i < cap; i++) {
        lists[i].n = NOT_SOLVED;
    }
    it->lists = lists;
    it->n_lists = cap;
    return 0;
}

/* The meet `part`, on the stack above `base` once. */
static int parts_add(struct solver *it, size_t base, diagram_ref part, struct ajar_err *err)
{
    if (part == 0) {
        return 0;
    }
    if (diagram_is_node(part)) {
        TRY(list_open(it, part, err));
    }
    uint32_t *closing =
        diagram_is_node(part) ? &it->lists[part - DIAGRAM_TERMINALS_MAX].closing : &it->closing_one;
    if (*closing == it->closing) {
        return 0;
    }
    *closing = it->closing;
    if (it->n_parts - base == PARTS_MOST) {
        return err_set(err, E_DOORS_TOO_LARGE,
                       "the values of one fact make more than %zu different doors", PARTS_MOST);
    }
    if (it->n_parts == it->cap_parts) {
        size_t cap = it->cap_parts * 2;
        diagram_ref *parts =
            diagram_grown(it->scratch, it->parts, it->n_parts, cap, sizeof *parts, err);
        if (parts == NULL) {
            return arena_code(err);
        }
        it->parts = parts;
        it->cap_parts = cap;
    }
    it->parts[it->n_parts++] = part;
    return 0;
}

static int meet(const struct solver *it, diagram_ref a, diagram_ref b, diagram_ref *out,
                struct ajar_err *err)
{
    return diagram_choose(it->diagram, a, b, 0, out, err);
}

/* All meets of the node's children, but the empty one. */
static int parts_close(struct solver *it, size_t base, diagram_ref f, struct ajar_err *err)
{
    uint32_t var = diagram_top(it->diagram, f);
    it->closing++;
    for (unsigned c = 0; c < it->diagram->classes[var]; c++) {
        TRY(parts_add(it, base, diagram_kid(it->diagram, f, var, c), err));
    }
    size_t n_kids = it->n_parts - base;
    for (size_t i = base; i < it->n_parts; i++) {
        for (size_t k = 0; k < n_kids; k++) {
            diagram_ref met;
            TRY(meet(it, it->parts[i], it->parts[base + k], &met, err));
            TRY(parts_add(it, base, met, err));
        }
    }
    return 0;
}

/* The primes of a part whose node has been solved, or of a terminal. */
static struct list list_of(const struct solver *it, diagram_ref part)
{
    return diagram_is_node(part) ? it->lists[part - DIAGRAM_TERMINALS_MAX]
                                 : (struct list){.n = part != 0};
}

static uint32_t list_at(const struct solver *it, diagram_ref part, struct list list, uint32_t i)
{
    return diagram_is_node(part) ? it->ids[list.at + i] : CHAIN_ANY;
}

/* Adds the primes of node f whose set of classes is that of `part`. */
static int primes_of_part(struct solver *it, diagram_ref f, diagram_ref part, struct ajar_err *err)
{
    uint32_t var = diagram_top(it->diagram, f);
    uint64_t mask = 0;
    it->stamp++;
    for (unsigned c = 0; c < it->diagram->classes[var]; c++) {
        diagram_ref met;
        TRY(meet(it, part, diagram_kid(it->diagram, f, var, c), &met, err));
        if (met == part) {
            mask |= (uint64_t)1 << c;
            continue;
        }
        struct list smaller = list_of(it, met);
        for (uint32_t i = 0; i < smaller.n; i++) {
            it->stamps[list_at(it, met, smaller, i)] = it->stamp;
        }
    }
    struct list mine = list_of(it, part);
    for (uint32_t i = 0; i < mine.n; i++) {
        uint32_t rest = list_at(it, part, mine, i), id;
        if (it->stamps[rest] != it->stamp) {
            TRY(chain_make(it, (struct chain){var, rest, mask}, &id, err));
            TRY(ids_add(it, id, err));
        }
    }
    return 0;
}

/* As deep as there are variables. */
static int solve(struct solver *it, diagram_ref f, struct ajar_err *err)
{
    if (!diagram_is_node(f)) {
        return 0;
    }
    TRY(list_open(it, f, err));
    if (it->lists[f - DIAGRAM_TERMINALS_MAX].n != NOT_SOLVED) {
        return 0;
    }
    size_t base = it->n_parts;
    TRY(parts_close(it, base, f, err));
    size_t n_parts = it->n_parts;
    for (size_t i = base; i < n_parts; i++) {
        TRY(solve(it, it->parts[i], err));
    }
    size_t at = it->n_ids;
    for (size_t i = base; i < n_parts; i++) {
        TRY(primes_of_part(it, f, it->parts[i], err));
    }
    /* Each prime of a part is the rest of a prime of the whole, which so has no fewer. */
    if (it->n_ids - at > it->limit) {
        return too_many(it->limit, err);
    }
    it->n_parts = base;
    struct list *list = &it->lists[f - DIAGRAM_TERMINALS_MAX];
    list->at = (uint32_t)at;
    list->n = (uint32_t)(it->n_ids - at);
    return 0;
}

static int by_masks(const void *a, const void *b, void *n_vars)
{
    const uint64_t *x = a, *y = b;
    for (size_t v = 0; v < *(const size_t *)n_vars; v++) {
        if (x[v] != y[v]) {
            return x[v] < y[v] ? -1 : 1;
        }
    }
    return 0;
}

static void chain_spell(const struct solver *it, uint32_t id, uint64_t mask[])
{
    for (size_t v = 0; v < it->diagram->n_vars; v++) {
        mask[v] = diagram_all(it->diagram, v);
    }
    for (; id != CHAIN_ANY; id = it->chains[id].rest) {
        mask[it->chains[id].var] = it->chains[id].mask;
    }
}

int cubes_primes(struct arena *arena, struct arena *scratch, const struct diagram *diagram,
                 diagram_ref f, unsigned value, size_t limit, struct cubes *out,
                 struct ajar_err *err)
{
    struct solver it;
    diagram_ref root;
    TRY(solver_open(&it, scratch, diagram, f, value, limit, &root, err));
    TRY(solve(&it, root, err));
    struct list list = list_of(&it, root);
    if (list.n > limit) {
        return too_many(limit, err);
    }
    struct cubes cubes = {.n = list.n, .n_vars = diagram->n_vars};
    TRY_NEW(cubes.mask, arena, cubes.n * cubes.n_vars, err);
    for (uint32_t i = 0; i < list.n; i++) {
        chain_spell(&it, list_at(&it, root, list, i), &cubes.mask[i * cubes.n_vars]);
    }
    if (cubes.n > 1 && cubes.n_vars > 0) {
        qsort_r(cubes.mask, cubes.n, cubes.n_vars * sizeof *cubes.mask, by_masks, &cubes.n_vars);
    }
    *out = cubes;
    return 0;
}
