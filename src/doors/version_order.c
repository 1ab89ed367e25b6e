/* Cuts on a day, ranked: as long as ranks stay, so do classes, masks and diagrams.
 *
 * Every comparison is true in an interval [low, high] of its fact; its cuts are low and high + 1.
 * Two comparisons of one fact tell people apart by the order of their cuts alone.  */
#include <string.h>

#include "version_order.h"

#define LEAVES_FIRST 16

static bool fact_is_stay(const struct expr_fact *fact)
{
    return fact->kind == EXPR_STAY_DAYS || fact->kind == EXPR_STAY_SINCE;
}

/* Windows of the calendar change their length from day to day.  */
static bool leaf_moves(const struct rules *rules, const struct expr *expr)
{
    if (fact_is_stay(&expr->fact)) {
        return true;
    }
    if (expr->fact.kind == EXPR_AGE_ON) {
        return expr->fact.date.on;
    }
    return fact_is_age(rules, &expr->fact) ||
           (expr->term.kind == EXPR_DATE_TERM && expr->term.date.on);
}

static bool leaf_is_dated(const struct rules *rules, const struct expr *expr)
{
    if (expr->kind != EXPR_COMPARE || expr->term.kind == EXPR_LITERAL_TERM) {
        return false;
    }
    return fact_is_stay(&expr->fact) || fact_is_age(rules, &expr->fact) ||
           expr->term.kind == EXPR_DATE_TERM;
}

/* Whether two comparisons speak of one thing.  */
static bool leaf_same(const struct rules *rules, const struct expr *a, const struct expr *b)
{
    bool age_a = fact_is_age(rules, &a->fact), age_b = fact_is_age(rules, &b->fact);
    struct text birth = rules->fact_birth_date == RULES_NONE
                            ? (struct text){"", 0}
                            : rules->facts[rules->fact_birth_date].name;
    if (fact_is_stay(&a->fact) || fact_is_stay(&b->fact)) {
        return a->fact.kind == b->fact.kind && a->fact.window == b->fact.window &&
               a->fact.length == b->fact.length && text_eq(a->fact.name, b->fact.name);
    }
    return text_eq(age_a ? birth : a->fact.name, age_b ? birth : b->fact.name);
}

static size_t group_of(struct version_order *it, const struct expr *expr)
{
    for (size_t i = 0; i < it->n; i++) {
        if (leaf_same(it->rules, it->leaves[i].expr, expr)) {
            return it->leaves[i].group;
        }
    }
    return it->n_groups++;
}

static int order_leaf(void *arg, const struct expr *leaf, struct text role, struct ajar_err *err)
{
    struct version_order *it = arg;
    (void)role;
    if (!leaf_is_dated(it->rules, leaf)) {
        return 0;
    }
    if (it->n == it->cap) {
        struct order_leaf *wider;
        size_t cap = it->cap == 0 ? LEAVES_FIRST : it->cap * 2;
        TRY_NEW(wider, it->scratch, cap, err);
        if (it->n > 0) {
            memcpy(wider, it->leaves, it->n * sizeof *wider);
        }
        it->leaves = wider;
        it->cap = cap;
    }
    size_t group = group_of(it, leaf);
    it->leaves[it->n++] =
        (struct order_leaf){.expr = leaf, .group = group, .moves = leaf_moves(it->rules, leaf)};
    return 0;
}

/* Full years on the day asked about: they never pass each other.  */
static bool leaf_is_plain_age(const struct rules *rules, const struct expr *expr)
{
    bool on = expr->fact.kind != EXPR_AGE_ON || (expr->fact.date.on && expr->fact.date.shift == 0);
    return fact_is_age(rules, &expr->fact) && on && expr->term.kind == EXPR_NUMBER;
}

/* A group whose order may change: something moves, and not all at the same pace.  */
static bool group_moves(const struct version_order *it, size_t group)
{
    size_t n = 0, moving = 0, plain = 0;
    bool calendar = false;
    for (size_t i = 0; i < it->n; i++) {
        const struct order_leaf *leaf = &it->leaves[i];
        if (leaf->group == group) {
            n++;
            moving += leaf->moves;
            plain += leaf_is_plain_age(it->rules, leaf->expr);
            calendar |= leaf->expr->fact.kind == EXPR_STAY_DAYS &&
                        leaf->expr->fact.window != EXPR_ENTRY &&
                        leaf->expr->fact.window != EXPR_DAYS;
            calendar |= leaf->expr->fact.kind == EXPR_STAY_SINCE;
        }
    }
    return calendar || (n > 1 && moving > 0 && plain < n);
}

/* Only comparisons of groups that may change are kept.  */
static void order_sift(struct version_order *it)
{
    size_t kept = 0;
    for (size_t i = 0; i < it->n; i++) {
        it->leaves[i].stays = group_moves(it, it->leaves[i].group);
    }
    for (size_t i = 0; i < it->n; i++) {
        if (it->leaves[i].stays) {
            it->leaves[kept++] = it->leaves[i];
        }
    }
    it->n = kept;
    it->moves = kept > 0;
}

int version_order_open(struct version_order *out, struct arena *scratch, const struct rules *rules,
                       const struct version *version, const struct version *also,
                       struct ajar_err *err)
{
    *out = (struct version_order){.scratch = scratch, .rules = rules};
    TRY(version_walk(version, order_leaf, out, err));
    if (also != NULL) {
        TRY(version_walk(also, order_leaf, out, err));
    }
    order_sift(out);
    return 0;
}

/* What a stay can be on the day.  */
static void leaf_bounds(const struct expr *expr, date_days on, int64_t *low, int64_t *high)
{
    *low = INT64_MIN;
    *high = INT64_MAX;
    if (expr->fact.kind == EXPR_STAY_SINCE) {
        *high = on;
    } else if (expr->fact.kind == EXPR_STAY_DAYS) {
        date_days first = stay_window(expr->fact.window, expr->fact.length, on);
        *low = 1;
        *high = first == DATE_NONE ? INT64_MAX : (int64_t)on - first + 1;
    }
}

static int64_t cut_behind(int64_t high)
{
    return high == INT64_MAX ? high : high + 1;
}

/* A parameter without a row on the day is for the reader of rules to tell; here it is 0.  */
static void leaf_cuts(const struct version_order *it, struct order_leaf *leaf, date_days on)
{
    const struct expr *expr = leaf->expr;
    int64_t n, low, high;
    if (term_read(it->rules, expr, false, on, on, &n, NULL) != 0) {
        n = 0;
    }
    if (fact_is_age(it->rules, &expr->fact)) {
        date_days day = expr->fact.kind == EXPR_AGE_ON ? expr_day(&expr->fact.date, on) : on;
        range_of_age(expr->op, n, day, &low, &high);
    } else {
        range_of(expr->op, n, &low, &high);
    }
    leaf->cut[0] = low;
    leaf->cut[1] = cut_behind(high);
    leaf_bounds(expr, on, &low, &high);
    leaf->cut[2] = low;
    leaf->cut[3] = cut_behind(high);
}

static size_t cut_rank(const struct version_order *it, size_t group, int64_t cut)
{
    size_t below = 0;
    for (size_t i = 0; i < it->n; i++) {
        const struct order_leaf *leaf = &it->leaves[i];
        for (size_t c = 0; leaf->group == group && c < ORDER_CUTS; c++) {
            below += leaf->cut[c] < cut;
        }
    }
    return below;
}

bool version_order_next(struct version_order *order, date_days on)
{
    bool other = false;
    for (size_t i = 0; i < order->n; i++) {
        leaf_cuts(order, &order->leaves[i], on);
    }
    for (size_t i = 0; i < order->n; i++) {
        struct order_leaf *leaf = &order->leaves[i];
        for (size_t c = 0; c < ORDER_CUTS; c++) {
            size_t rank = cut_rank(order, leaf->group, leaf->cut[c]);
            other |= rank != leaf->rank[c];
            leaf->rank[c] = rank;
        }
    }
    return other;
}
