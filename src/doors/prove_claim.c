/* The parts of conditions that might be superfluous, each place in the file once.  */
#include <string.h>

#include "prove_parts.h"

#define CLAIMS_FIRST 64
#define LIST_FIRST   32

static bool place_same(const struct expr_source *a, const struct expr_source *b)
{
    return a == b || (a->row == b->row && a->at == b->at && a->row > 0 &&
                      text_eq(text_of(a->file), text_of(b->file)));
}

static int claim_at(struct part_claims *claims, const struct part_claim *like, uint32_t *out,
                    struct ajar_err *err)
{
    for (size_t i = 0; i < claims->n; i++) {
        const struct part_claim *old = &claims->at[i];
        if (old->at == like->at && old->end == like->end && place_same(old->source, like->source)) {
            *out = (uint32_t)i;
            return 0;
        }
    }
    if (claims->n == claims->cap) {
        struct part_claim *wider;
        size_t cap = claims->cap == 0 ? CLAIMS_FIRST : claims->cap * 2;
        TRY_NEW(wider, claims->arena, cap, err);
        if (claims->n > 0) {
            memcpy(wider, claims->at, claims->n * sizeof *wider);
        }
        claims->at = wider;
        claims->cap = cap;
    }
    *out = (uint32_t)claims->n;
    claims->at[claims->n++] = *like;
    return 0;
}

static int list_add(struct part_claims *claims, struct part_list *list,
                    const struct part_claim *like, struct ajar_err *err)
{
    if (list->n == list->cap) {
        uint32_t *wider;
        size_t cap = list->cap == 0 ? LIST_FIRST : list->cap * 2;
        TRY_NEW(wider, claims->arena, cap, err);
        if (list->n > 0) {
            memcpy(wider, list->claim, list->n * sizeof *wider);
        }
        list->claim = wider;
        list->cap = cap;
    }
    TRY(claim_at(claims, like, &list->claim[list->n], err));
    list->n++;
    return 0;
}

static bool has_members(const struct expr *expr)
{
    return (expr->kind == EXPR_IN || expr->kind == EXPR_HAS) && expr->braces && expr->n_items > 1;
}

static bool has_kids(const struct expr *expr)
{
    return expr->kind == EXPR_AND || expr->kind == EXPR_OR || expr->kind == EXPR_NOT ||
           expr->kind == EXPR_QUANT;
}

static int parts_walk(struct part_claims *claims, const struct expr *expr, struct part_list *out,
                      struct ajar_err *err)
{
    for (size_t i = 0; has_members(expr) && i < expr->n_items; i++) {
        struct part_claim like = {.source = expr->source,
                                  .at = expr->items[i].at,
                                  .end = expr->items[i].end,
                                  .node = expr,
                                  .item = &expr->items[i]};
        TRY(list_add(claims, out, &like, err));
    }
    for (size_t i = 0; has_kids(expr) && i < expr->n; i++) {
        const struct expr *kid = expr->kids[i];
        if (expr->kind == EXPR_AND || expr->kind == EXPR_OR) {
            struct part_claim like = {.source = kid->source,
                                      .at = kid->at,
                                      .end = kid->end,
                                      .node = kid,
                                      .branch = expr->kind == EXPR_OR};
            TRY(list_add(claims, out, &like, err));
        }
        TRY(parts_walk(claims, kid, out, err));
    }
    return 0;
}

size_t parts_count(const struct expr *expr)
{
    size_t n = has_members(expr) ? expr->n_items : 0;
    for (size_t i = 0; has_kids(expr) && i < expr->n; i++) {
        n += expr->kind == EXPR_AND || expr->kind == EXPR_OR;
        n += parts_count(expr->kids[i]);
    }
    return n;
}

int parts_of(struct part_claims *claims, const struct expr *root, struct part_list *out,
             struct ajar_err *err)
{
    *out = (struct part_list){0};
    if (root->kind != EXPR_AND) {
        struct part_claim whole = {
            .source = root->source, .at = root->at, .end = root->end, .node = root};
        uint32_t at = 0;
        TRY(claim_at(claims, &whole, &at, err));
        claims->at[at].refuted = true;
    }
    return parts_walk(claims, root, out, err);
}

void parts_refute_all(struct part_claims *claims, const struct part_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        claims->at[list->claim[i]].refuted = true;
    }
}

static bool claim_within(const struct part_claim *inner, const struct part_claim *outer)
{
    return inner != outer && place_same(inner->source, outer->source) && outer->at <= inner->at &&
           inner->end <= outer->end;
}

/* Of parts within each other the largest is told.  */
static bool claim_is_told(const struct part_claims *claims, const struct part_claim *claim)
{
    for (size_t i = 0; i < claims->n; i++) {
        if (!claims->at[i].refuted && claim_within(claim, &claims->at[i])) {
            return true;
        }
    }
    return false;
}

static void claim_show(struct buf *buf, const struct part_claim *claim)
{
    const struct expr_item *item = claim->item;
    if (item == NULL) {
        expr_print(buf, claim->node);
        return;
    }
    buf_text(buf, item->prefix);
    buf_str(buf, item->every ? "*" : item->list ? "list(" : "");
    buf_text(buf, item->name);
    buf_str(buf, item->list ? ")" : "");
}

void parts_report(const struct part_claims *claims, struct faults *faults)
{
    for (size_t i = 0; i < claims->n; i++) {
        const struct part_claim *claim = &claims->at[i];
        if (claim->refuted || claim_is_told(claims, claim)) {
            continue;
        }
        struct buf shown;
        struct ajar_err *fault = faults_add(faults);
        buf_init(&shown, 4 * EXPR_TEXT_MAX);
        claim_show(&shown, claim);
        expr_err(fault, E_DOORS_REDUNDANT, claim->source, claim->at, buf_view(&shown),
                 claim->item != NULL ? "without this member of the set the rule is the same"
                 : claim->branch     ? "without this side of the `or` the rule is the same"
                                     : "without this condition the rule is the same");
        buf_free(&shown);
    }
}
