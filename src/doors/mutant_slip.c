/* Slips in the shape of a condition: what is left out, and what is turned round.  */
#include <string.h>

#include "mutant_slip.h"

#define SLIPS_FIRST 32

static int slip_text(struct arena *arena, const struct expr *expr, struct text *out,
                     struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 4 * EXPR_TEXT_MAX);
    expr_print(&buf, expr);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), &out->at, err);
        out->n = buf.n;
    }
    buf_free(&buf);
    return code;
}

static int slip_add(struct slips *slips, const struct slip *slip, struct ajar_err *err)
{
    if (slips->n == slips->cap) {
        struct slip *wider;
        size_t cap = slips->cap == 0 ? SLIPS_FIRST : slips->cap * 2;
        TRY_NEW(wider, slips->arena, cap, err);
        if (slips->n > 0) {
            memcpy(wider, slips->at, slips->n * sizeof *wider);
        }
        slips->at = wider;
        slips->cap = cap;
    }
    slips->at[slips->n++] = *slip;
    return 0;
}

/* `node` with `instead` (NULL: nothing) for one of its kids.  What would be an `and` of one kid is
 * that kid; an `and` within an `and` is dissolved.  */
static int slip_node(struct arena *arena, const struct expr *node, size_t kid,
                     const struct expr *instead, const struct expr **out, struct ajar_err *err)
{
    bool series = node->kind == EXPR_AND || node->kind == EXPR_OR;
    bool dissolve = series && instead != NULL && instead->kind == node->kind;
    size_t more = instead == NULL ? 0 : dissolve ? instead->n : 1, n = 0;
    struct expr *made, **kids;
    TRY_NEW(made, arena, 1, err);
    TRY_NEW(kids, arena, node->n - 1 + more, err);
    for (size_t i = 0; i < node->n; i++) {
        if (i != kid) {
            kids[n++] = node->kids[i];
            continue;
        }
        for (size_t j = 0; j < more; j++) {
            kids[n++] = dissolve ? instead->kids[j] : (struct expr *)instead;
        }
    }
    *made = *node;
    made->kids = kids;
    made->n = n;
    *out = series && n == 1 ? kids[0] : made;
    return 0;
}

static int slip_root(struct arena *arena, const struct slip_up *up, const struct expr *instead,
                     const struct expr **out, struct ajar_err *err)
{
    for (; up != NULL; up = up->up) {
        TRY(slip_node(arena, up->node, up->kid, instead, &instead, err));
    }
    *out = instead;
    return 0;
}

int slip_leaf(struct slips *slips, const struct slip_up *up, enum mutant_kind kind,
              const struct expr *leaf, const struct expr *instead, struct ajar_err *err)
{
    struct slip slip = {.kind = kind, .source = leaf->source, .at = leaf->at, .end = leaf->end};
    TRY(slip_root(slips->arena, up, instead, &slip.root, err));
    TRY(slip_text(slips->arena, leaf, &slip.was, err));
    TRY(slip_text(slips->arena, instead, &slip.is, err));
    return slip_add(slips, &slip, err);
}

/* The kid that `up` leads to is left out.  */
static int slip_drop(struct slips *slips, const struct slip_up *up, struct ajar_err *err)
{
    const struct expr *kid = up->node->kids[up->kid];
    struct slip slip = {.kind = up->node->kind == EXPR_AND ? MUTANT_DROP_TERM : MUTANT_DROP_BRANCH,
                        .source = kid->source,
                        .at = kid->at,
                        .end = kid->end};
    TRY(slip_root(slips->arena, up, NULL, &slip.root, err));
    TRY(slip_text(slips->arena, kid, &slip.was, err));
    return slip_add(slips, &slip, err);
}

static int item_text(struct arena *arena, const struct expr_item *item, struct text *out,
                     struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, EXPR_TEXT_MAX);
    buf_text(&buf, item->prefix);
    buf_str(&buf, item->every ? "*" : item->list ? "list(" : "");
    buf_text(&buf, item->name);
    buf_str(&buf, item->list ? ")" : "");
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), &out->at, err);
        out->n = buf.n;
    }
    buf_free(&buf);
    return code;
}

static int slips_members(struct slips *slips, const struct slip_up *up, const struct expr *leaf,
                         struct ajar_err *err)
{
    for (size_t i = 0; leaf->braces && leaf->n_items > 1 && i < leaf->n_items; i++) {
        struct slip slip = {.kind = MUTANT_DROP_MEMBER,
                            .source = leaf->source,
                            .at = leaf->items[i].at,
                            .end = leaf->items[i].end};
        struct expr *instead;
        TRY_NEW(instead, slips->arena, 1, err);
        *instead = *leaf;
        instead->n_items = leaf->n_items - 1;
        TRY_NEW(instead->items, slips->arena, instead->n_items, err);
        memcpy(instead->items, leaf->items, i * sizeof *instead->items);
        memcpy(instead->items + i, leaf->items + i + 1,
               (leaf->n_items - i - 1) * sizeof *instead->items);
        TRY(slip_root(slips->arena, up, instead, &slip.root, err));
        TRY(item_text(slips->arena, &leaf->items[i], &slip.was, err));
        TRY(slip_add(slips, &slip, err));
    }
    return 0;
}

static int slip_flip(struct slips *slips, const struct slip_up *up, const struct expr *leaf,
                     struct ajar_err *err)
{
    static const enum expr_op other[] = {
        [EXPR_LESS] = EXPR_LESS_EQUAL,       [EXPR_LESS_EQUAL] = EXPR_LESS,
        [EXPR_EQUAL] = EXPR_NOT_EQUAL,       [EXPR_NOT_EQUAL] = EXPR_EQUAL,
        [EXPR_GREATER] = EXPR_GREATER_EQUAL, [EXPR_GREATER_EQUAL] = EXPR_GREATER};
    struct expr *instead;
    TRY_NEW(instead, slips->arena, 1, err);
    *instead = *leaf;
    if (leaf->kind == EXPR_COMPARE) {
        instead->op = other[leaf->op];
    } else if (leaf->kind == EXPR_IN) {
        instead->negated = !leaf->negated;
    } else {
        instead->kind = EXPR_NOT;
        instead->n = 1;
        TRY_NEW(instead->kids, slips->arena, 1, err);
        instead->kids[0] = (struct expr *)leaf;
    }
    return slip_leaf(slips, up, MUTANT_FLIP, leaf, instead, err);
}

static int slips_walk(struct slips *slips, const struct slip_up *up, const struct expr *node,
                      struct ajar_err *err)
{
    if (node->kind == EXPR_COMPARE || node->kind == EXPR_IN || node->kind == EXPR_HAS) {
        TRY(slips_members(slips, up, node, err));
        TRY(slip_flip(slips, up, node, err));
        return slips_shift(slips, up, node, err);
    }
    if (node->kind == EXPR_QUANT) {
        TRY(slips_shift(slips, up, node, err));
    }
    for (size_t i = 0; i < node->n; i++) {
        struct slip_up here = {up, node, i};
        if (node->kind == EXPR_AND || node->kind == EXPR_OR) {
            TRY(slip_drop(slips, &here, err));
        }
        TRY(slips_walk(slips, &here, node->kids[i], err));
    }
    return 0;
}

int slips_of(struct slips *slips, const struct expr *root, struct ajar_err *err)
{
    return slips_walk(slips, NULL, root, err);
}
