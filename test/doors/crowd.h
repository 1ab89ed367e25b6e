/* Everybody who can be told apart by a few facts, as sets of bits: what holds for whom is read off the
 * oracle person by person, once for each comparison and day. */
#ifndef TEST_DOORS_CROWD_H
#define TEST_DOORS_CROWD_H

#include "rules_oracle.h"

#define CROWD       4096 /* 8 visas x 4 kin x 2 jobs x 2 humanitarian x 32 sets of citizenships */
#define CROWD_WORDS (CROWD / 64)
#define CROWD_ATOMS 15 /* of atoms_random: those that speak of these facts alone */
#define LEAVES      4096
#define LEAF_TEXT   160

struct bits {
    uint64_t at[CROWD_WORDS];
};

struct leaf {
    char text[LEAF_TEXT];
    date_days on;
    struct bits bits;
};

struct crowd {
    struct made made;
    struct person people[CROWD];
    size_t n_leaves;
    struct leaf leaves[LEAVES];
};

static struct crowd crowd; /* too large for a stack */

static inline void crowd_open(void)
{
    struct made *it = &crowd.made;
    made_open(it, 1);
    for (size_t i = 0; i < CROWD; i++) {
        struct person *person = &crowd.people[i];
        name_id *set = made_new(it, 6, sizeof *set);
        *person = made_person(it);
        const struct fact *facts = it->rules.facts;
        size_t visa = i % 8, kin = i / 8 % 4, job = i / 32 % 2, help = i / 64 % 2, held = i / 128;
        person->values[VISA] =
            (struct fact_value){.known = KNOWN_YES, .literal = facts[VISA].values[visa]};
        person->values[KIN] =
            (struct fact_value){.known = KNOWN_YES, .literal = facts[KIN].values[kin]};
        person->values[JOB] =
            (struct fact_value){.known = KNOWN_YES, .literal = facts[JOB].values[job]};
        person->values[HUMANITARIAN] =
            (struct fact_value){.known = KNOWN_YES, .literal = facts[HUMANITARIAN].values[help]};
        person->values[CITIZENSHIP] = (struct fact_value){.known = KNOWN_YES, .set = set};
        for (size_t c = 0; c < 5; c++) {
            if (held >> c & 1) {
                set[person->values[CITIZENSHIP].n_set++] = facts[CITIZENSHIP].values[c];
            }
        }
    }
}

static inline void crowd_close(void)
{
    made_close(&crowd.made);
    crowd.n_leaves = 0;
}

static inline struct bits bits_all(bool set)
{
    struct bits out;
    memset(&out, set ? 0xFF : 0, sizeof out);
    return out;
}

static inline struct bits bits_and(const struct bits *a, const struct bits *b)
{
    struct bits out;
    for (size_t w = 0; w < CROWD_WORDS; w++) {
        out.at[w] = a->at[w] & b->at[w];
    }
    return out;
}

static inline struct bits bits_or(const struct bits *a, const struct bits *b)
{
    struct bits out;
    for (size_t w = 0; w < CROWD_WORDS; w++) {
        out.at[w] = a->at[w] | b->at[w];
    }
    return out;
}

static inline struct bits bits_less(const struct bits *a, const struct bits *b)
{
    struct bits out;
    for (size_t w = 0; w < CROWD_WORDS; w++) {
        out.at[w] = a->at[w] & ~b->at[w];
    }
    return out;
}

static inline bool bits_none(const struct bits *a)
{
    for (size_t w = 0; w < CROWD_WORDS; w++) {
        if (a->at[w] != 0) {
            return false;
        }
    }
    return true;
}

static inline const struct bits *crowd_leaf(const struct expr *expr, date_days on)
{
    struct buf buf;
    size_t i = 0;
    buf_init(&buf, LEAF_TEXT);
    expr_print(&buf, expr);
    buf_char(&buf, '\0');
    assert_int_equal(buf_ok(&buf, NULL), 0);
    while (i < crowd.n_leaves &&
           (crowd.leaves[i].on != on || strcmp(crowd.leaves[i].text, buf.at) != 0)) {
        i++;
    }
    if (i == crowd.n_leaves) {
        assert_true(i < LEAVES);
        struct leaf *leaf = &crowd.leaves[crowd.n_leaves++];
        memcpy(leaf->text, buf.at, buf.n);
        leaf->on = on;
        leaf->bits = bits_all(false);
        for (size_t p = 0; p < CROWD; p++) {
            struct asked_of of = {&crowd.made, crowd.people[p].values, &crowd.people[p], on};
            leaf->bits.at[p / 64] |= (uint64_t)oracle(&of, expr) << (p % 64);
        }
    }
    buf_free(&buf);
    return &crowd.leaves[i].bits;
}

/* A part that is left out: a kid of an `and` or `or`, or a member of a set. */
struct left_out {
    const struct expr *kid;
    const struct expr *set;
    size_t item;
};

static inline struct bits crowd_holds(const struct expr *expr, date_days on,
                                      const struct left_out *out)
{
    struct bits sum = bits_all(expr->kind == EXPR_AND);
    if (out != NULL && out->set == expr) {
        struct expr_item items[8];
        struct expr less = *expr;
        less.n_items = 0;
        less.items = items;
        for (size_t i = 0; i < expr->n_items; i++) {
            if (i != out->item) {
                items[less.n_items++] = expr->items[i];
            }
        }
        return *crowd_leaf(&less, on);
    }
    if (expr->kind != EXPR_AND && expr->kind != EXPR_OR && expr->kind != EXPR_NOT) {
        return *crowd_leaf(expr, on);
    }
    for (size_t i = 0; i < expr->n; i++) {
        if (out != NULL && out->kid == expr->kids[i]) {
            continue;
        }
        struct bits kid = crowd_holds(expr->kids[i], on, out);
        sum = expr->kind == EXPR_AND ? bits_and(&sum, &kid) : bits_or(&sum, &kid);
    }
    struct bits all = bits_all(true);
    return expr->kind == EXPR_NOT ? bits_less(&all, &sum) : sum;
}

static inline struct bits crowd_scope(const struct version *version, date_days on)
{
    return version->scope == NULL ? bits_all(true) : crowd_holds(version->scope, on, NULL);
}

static inline bool crowd_overrides(const struct version *version, size_t by, size_t what)
{
    bool named = false, back = false;
    for (size_t i = 0; i < version->rules[by].n_overrides; i++) {
        named |= version->rules[by].overrides[i] == what;
    }
    for (size_t i = 0; i < version->rules[what].n_overrides; i++) {
        back |= version->rules[what].overrides[i] == by;
    }
    return by != what && (named || (version->rules[by].overrides_all && !back));
}

/* Who the rule fires for: within the scope, true, and no rule that overrides it fires. */
static inline struct bits crowd_fires(const struct version *version, size_t r, date_days on)
{
    struct bits scope = crowd_scope(version, on),
                fires = crowd_holds(version->rules[r].when, on, NULL);
    fires = bits_and(&fires, &scope);
    for (size_t by = 0; by < version->n_rules; by++) {
        if (crowd_overrides(version, by, r) && !bits_none(&fires)) {
            struct bits over = crowd_fires(version, by, on);
            fires = bits_less(&fires, &over);
        }
    }
    return fires;
}

static inline const struct expr *row_expr(struct made *it, long row, const char *text)
{
    const struct expr *out = NULL;
    const char *copy;
    struct ajar_err err = {0};
    assert_int_equal(text_copy(&it->arena, text_of(text), &copy, &err), 0);
    if (expr_parse(&it->arena, "made", row, 1, "when", text_of(copy), &out, &err) != 0) {
        fail_msg("'%s': %s", text, err.text);
    }
    return out;
}

/* A few rules of the atoms that the crowd can answer, each condition on a row of its own. */
static inline void crowd_version(struct made *it, struct version *version, long row)
{
    static const char *const ids[] = {"r0", "r1", "r2", "r3", "r4"};
    size_t n = 1 + rng_below(&it->rng, 5);
    version->otherwise = (enum effect)rng_below(&it->rng, 3);
    if (rng_below(&it->rng, 3) == 0) {
        version->scope = row_expr(it, row, random_when(it, 1, CROWD_ATOMS));
        version->scope_at = (struct rules_at){"made", row, 1};
    }
    for (size_t r = 0; r < n; r++) {
        struct rule *rule = &version->rules[version->n_rules++];
        row++;
        *rule = (struct rule){.at = {"made", row, 1},
                              .id = text_of(ids[r]),
                              .effect = (enum effect)rng_below(&it->rng, 4),
                              .when = row_expr(it, row, random_when(it, 2, CROWD_ATOMS)),
                              .overrides = made_new(it, 8, sizeof(uint32_t)),
                              .own = true};
        for (uint32_t over = 0; over < r; over++) {
            if (rng_below(&it->rng, 6) == 0) {
                rule->overrides[rule->n_overrides++] = over;
            }
        }
    }
    version->rules[n - 1].overrides_all = rng_below(&it->rng, 8) == 0;
    if (rng_below(&it->rng, 4) == 0) {
        struct rule *rule = &version->superior[version->n_superior++];
        row++;
        *rule = (struct rule){.at = {"made", row, 1},
                              .id = TEXT_LIT("s"),
                              .effect = EFFECT_OPEN,
                              .when = row_expr(it, row, random_when(it, 1, CROWD_ATOMS)),
                              .own = true};
    }
}

#endif
