/* Proofs against everybody: each finding of small random rule sets is worked out again person by
 * person, day by day. */
#include <stdlib.h>

#include "../base/sampled.h"
#include "crowd.h"

#include "prove.h"

#define ROUNDS   2500
#define FINDINGS 400

/* One finding as the crowd sees it. */
struct finding {
    int code;
    long row, at;
};

struct findings {
    size_t n;
    struct finding at[FINDINGS];
};

static void finding_add(struct findings *to, int code, long row, long at)
{
    assert_true(to->n < FINDINGS);
    to->at[to->n++] = (struct finding){code, row, at};
}

static int finding_order(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    if (x->code != y->code) {
        return x->code < y->code ? -1 : 1;
    }
    return x->row != y->row ? (x->row < y->row ? -1 : 1) : (x->at > y->at) - (x->at < y->at);
}

/* A part, by its place; needed: somebody misses it somewhere. */
struct place {
    long row;
    uint32_t at, end;
    bool needed;
};

struct places {
    size_t n;
    struct place at[FINDINGS];
};

static struct place *place_of(struct places *places, const struct expr *node, uint32_t at,
                              uint32_t end)
{
    size_t i = 0;
    while (i < places->n && (places->at[i].row != node->source->row || places->at[i].at != at ||
                             places->at[i].end != end)) {
        i++;
    }
    if (i == places->n) {
        assert_true(i < FINDINGS);
        places->at[places->n++] = (struct place){node->source->row, at, end, false};
    }
    return &places->at[i];
}

struct use {
    const struct expr *root;
    date_days on;
    struct bits care;
    struct places *places;
};

static void part_try(const struct use *use, const struct left_out *out, struct place *place)
{
    struct bits whole = crowd_holds(use->root, use->on, NULL),
                less = crowd_holds(use->root, use->on, out);
    struct bits more = bits_less(&less, &whole), gone = bits_less(&whole, &less);
    more = bits_or(&more, &gone);
    more = bits_and(&more, &use->care);
    place->needed |= !bits_none(&more);
}

static void parts_try(const struct use *use, const struct expr *node)
{
    bool set = (node->kind == EXPR_IN || node->kind == EXPR_HAS) && node->n_items > 1;
    for (size_t i = 0; set && i < node->n_items; i++) {
        struct left_out out = {.set = node, .item = i};
        part_try(use, &out, place_of(use->places, node, node->items[i].at, node->items[i].end));
    }
    for (size_t i = 0; i < node->n && node->kind <= EXPR_NOT; i++) {
        const struct expr *kid = node->kids[i];
        struct left_out out = {.kid = kid};
        if (node->kind != EXPR_NOT) {
            part_try(use, &out, place_of(use->places, kid, kid->at, kid->end));
        }
        parts_try(use, kid);
    }
}

static void condition_try(struct places *places, const struct expr *root, date_days on,
                          const struct bits *care)
{
    struct use use = {root, on, *care, places};
    if (root->kind != EXPR_AND) {
        place_of(places, root, root->at, root->end)->needed = true;
    }
    parts_try(&use, root);
}

static void places_report(const struct places *places, struct findings *to)
{
    for (size_t i = 0; i < places->n; i++) {
        const struct place *place = &places->at[i];
        bool told = place->needed;
        for (size_t k = 0; k < places->n; k++) {
            const struct place *outer = &places->at[k];
            told |= k != i && !outer->needed && outer->row == place->row &&
                    outer->at <= place->at && place->end <= outer->end;
        }
        if (!told) {
            finding_add(to, E_DOORS_REDUNDANT, place->row, place->at);
        }
    }
}

/* The days of each version on which something may change; `days` ends with 0. */
struct stage {
    const struct door *door;
    const date_days *days[2];
};

static uint32_t rule_in(const struct version *version, const struct rule *rule)
{
    for (uint32_t r = 0; r < version->n_rules; r++) {
        const struct rule *other = &version->rules[r];
        if (other == rule || (!other->own && other->at.row == rule->at.row)) {
            return r;
        }
    }
    return RULES_NONE;
}

/* What a rule does on all days of all versions that have it. */
struct deeds {
    bool holds, decides, keeps_off, covered[8];
};

static void deeds_on(const struct version *version, uint32_t r, date_days on, struct deeds *out)
{
    struct bits scope = crowd_scope(version, on),
                holds = crowd_holds(version->rules[r].when, on, NULL),
                fires = crowd_fires(version, r, on), stronger = bits_all(false);
    enum effect effect = version->rules[r].effect;
    holds = bits_and(&holds, &scope);
    out->holds |= !bits_none(&holds);
    for (size_t s = 0; s < version->n_rules; s++) {
        enum effect other = version->rules[s].effect;
        bool beats = other > effect && !(other == EFFECT_OPEN && effect == EFFECT_CLOSED);
        struct bits fires_other = crowd_fires(version, s, on), left;
        if (beats) {
            stronger = bits_or(&stronger, &fires_other);
        }
        left = bits_less(&fires, &fires_other);
        out->covered[s] &= s != r && other == effect && bits_none(&left);
        if (crowd_overrides(version, r, s)) {
            left = crowd_holds(version->rules[s].when, on, NULL);
            left = bits_and(&left, &fires);
            out->keeps_off |= !bits_none(&left);
        }
    }
    stronger = bits_less(&fires, &stronger);
    out->decides |= !bits_none(&stronger);
}

static struct deeds deeds_of(const struct stage *stage, const struct rule *rule)
{
    struct deeds out = {.covered = {true, true, true, true, true, true, true, true}};
    for (size_t v = 0; v < stage->door->n_versions; v++) {
        const struct version *version = &stage->door->versions[v];
        uint32_t r = rule_in(version, rule);
        for (const date_days *on = stage->days[v]; r != RULES_NONE && *on != 0; on++) {
            deeds_on(version, r, *on, &out);
        }
    }
    return out;
}

static void rules_expect(const struct stage *stage, size_t v, struct places *places,
                         struct findings *to)
{
    const struct version *version = &stage->door->versions[v];
    struct deeds deeds[8];
    for (size_t r = 0; r < version->n_rules; r++) {
        deeds[r] = deeds_of(stage, &version->rules[r]);
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        const struct rule *rule = &version->rules[r];
        bool covered = false;
        for (size_t s = 0; s < version->n_rules; s++) {
            bool back =
                s > r && version->rules[s].own && deeds[s].covered[r] && !deeds[s].keeps_off;
            covered |= deeds[r].covered[s] && !back;
        }
        if (!rule->own) {
            continue;
        }
        if (!deeds[r].holds) {
            finding_add(to, E_DOORS_DEAD, rule->at.row, 1);
        } else if (!deeds[r].keeps_off && (!deeds[r].decides || covered)) {
            finding_add(to, E_DOORS_SHADOWED, rule->at.row, 1);
        }
        for (size_t i = 0; !deeds[r].holds && i < places->n; i++) {
            places->at[i].needed |= places->at[i].row == rule->at.row;
        }
    }
}

static void superior_expect(const struct stage *stage, size_t v, struct places *places,
                            struct findings *to)
{
    const struct version *version = &stage->door->versions[v];
    for (size_t s = 0; s < version->n_superior; s++) {
        const struct rule *rule = &version->superior[s];
        bool holds = false;
        for (const date_days *on = stage->days[v]; *on != 0; on++) {
            struct bits scope = crowd_scope(version, *on),
                        bits = crowd_holds(rule->when, *on, NULL);
            bits = bits_and(&bits, &scope);
            holds |= !bits_none(&bits);
        }
        if (!holds) {
            finding_add(to, E_DOORS_DEAD, rule->at.row, 1);
        }
        for (size_t i = 0; !holds && i < places->n; i++) {
            places->at[i].needed |= places->at[i].row == rule->at.row;
        }
    }
}

/* CLOSED and OPEN that fire together, no BAR with them. */
static void conflicts_expect(const struct version *version, date_days on, struct findings *to)
{
    struct bits bar = bits_all(false);
    for (size_t r = 0; r < version->n_rules; r++) {
        struct bits fires = crowd_fires(version, r, on);
        bar = version->rules[r].effect == EFFECT_BAR ? bits_or(&bar, &fires) : bar;
    }
    for (size_t c = 0; c < version->n_rules; c++) {
        for (size_t o = 0; o < version->n_rules; o++) {
            struct bits closed = crowd_fires(version, c, on), open = crowd_fires(version, o, on);
            closed = bits_and(&closed, &open);
            closed = bits_less(&closed, &bar);
            if (version->rules[c].effect == EFFECT_CLOSED &&
                version->rules[o].effect == EFFECT_OPEN && !bits_none(&closed)) {
                /* `at` tells pairs apart until doubles are out */
                finding_add(to, E_DOORS_CONFLICT, version->rules[c].at.row,
                            version->rules[o].at.row);
            }
        }
    }
}

static void doubles_out(struct findings *of)
{
    size_t kept = 0;
    qsort(of->at, of->n, sizeof *of->at, finding_order);
    for (size_t i = 0; i < of->n; i++) {
        bool same = kept > 0 && finding_order(&of->at[kept - 1], &of->at[i]) == 0;
        of->at[kept] = of->at[i];
        kept += !same;
    }
    of->n = kept;
    for (size_t i = 0; i < kept; i++) {
        of->at[i].at = of->at[i].code == E_DOORS_CONFLICT ? 1 : of->at[i].at;
    }
    qsort(of->at, of->n, sizeof *of->at, finding_order);
}

static void expect(const struct stage *stage, struct findings *to)
{
    static struct places places;
    places.n = to->n = 0;
    for (size_t v = 0; v < stage->door->n_versions; v++) {
        const struct version *version = &stage->door->versions[v];
        for (const date_days *on = stage->days[v]; *on != 0; on++) {
            struct bits all = bits_all(true), scope = crowd_scope(version, *on);
            if (version->scope != NULL) {
                condition_try(&places, version->scope, *on, &all);
            }
            for (size_t r = 0; r < version->n_rules; r++) {
                condition_try(&places, version->rules[r].when, *on, &scope);
            }
            for (size_t s = 0; s < version->n_superior; s++) {
                condition_try(&places, version->superior[s].when, *on, &scope);
            }
            conflicts_expect(version, *on, to);
        }
    }
    doubles_out(to);
    for (size_t v = 0; v < stage->door->n_versions; v++) {
        rules_expect(stage, v, &places, to);
        superior_expect(stage, v, &places, to);
    }
    places_report(&places, to);
    qsort(to->at, to->n, sizeof *to->at, finding_order);
}

static void got(struct made *it, struct findings *to, struct prove_count *count)
{
    struct arena scratch;
    struct faults faults;
    struct ajar_err err = {0};
    to->n = 0;
    arena_init(&scratch, "a test's scratch", MADE_CEILING);
    assert_int_equal(faults_init(&faults, &scratch, FINDINGS, &err), 0);
    int code = prove_door(&scratch, &it->rules, 0, count, &faults, &err);
    if (code != 0) {
        fail_msg("%s", err.text);
    }
    assert_true(faults.total <= FINDINGS);
    for (size_t i = 0; i < faults.kept; i++) {
        finding_add(to, faults.at[i].code, faults.at[i].row, faults.at[i].at);
    }
    qsort(to->at, to->n, sizeof *to->at, finding_order);
    arena_free(&scratch);
}

static void findings_show(const char *what, const struct findings *findings)
{
    print_message("%s:\n", what);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *at = &findings->at[i];
        print_message("  %s row %ld at %ld\n", err_row(at->code)->slug, at->row, at->at);
    }
}

static void version_show(const struct version *version)
{
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "scope ");
    if (version->scope != NULL) {
        expr_print(&buf, version->scope);
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        const struct rule *rule = &version->rules[r];
        buf_printf(&buf, "\n%ld %s%s ", rule->at.row, rule->own ? "" : "taken over ",
                   effect_words[rule->effect]);
        expr_print(&buf, rule->when);
        for (size_t i = 0; i < rule->n_overrides; i++) {
            buf_printf(&buf, " over %u", rule->overrides[i]);
        }
        buf_str(&buf, rule->overrides_all ? " over all" : "");
    }
    print_message("%.*s\n", (int)buf.n, buf.at);
    buf_free(&buf);
}

/* The second version takes over some rules of the first, some it writes anew. */
static void second_version(struct made *it, const struct version *first, struct version *second)
{
    if (rng_below(&it->rng, 2) == 0) {
        crowd_version(it, second, 101);
        return;
    }
    second->scope = first->scope;
    second->scope_at = first->scope_at;
    second->otherwise = first->otherwise;
    second->n_rules = first->n_rules;
    for (size_t r = 0; r < first->n_rules; r++) {
        second->rules[r] = first->rules[r];
        second->rules[r].own = false;
        if (rng_below(&it->rng, 3) == 0) {
            second->rules[r].own = true;
            second->rules[r].at.row += 100;
            second->rules[r].when =
                row_expr(it, second->rules[r].at.row, random_when(it, 2, CROWD_ATOMS));
        }
    }
}

static void findings_are_everybodys(void **state)
{
    const date_days days[] = {day("2022-09-01"), day("2022-11-01"), day("2022-12-01"),
                              day("2022-12-15"), day("2023-02-01"), 0};
    size_t totals[E_COUNT] = {0};
    (void)state;
    crowd_open();
    for (uint32_t round = 0; round < ROUNDS; round += sampled(4)) {
        static struct findings want, found;
        struct made it;
        struct prove_count count = {0};
        made_open(&it, round);
        struct door *door = &it.rules.doors[0];
        struct version *first = made_version(&it, "one", "2022-09-01", "2022-08-01");
        crowd_version(&it, first, 1);
        struct stage stage = {door, {days, days + 3}};
        if (round % 3 == 0) {
            second_version(&it, first, made_version(&it, "two", "2022-12-15", "2022-12-10"));
        }
        expect(&stage, &want);
        got(&it, &found, &count);
        bool same = want.n == found.n;
        for (size_t i = 0; same && i < want.n; i++) {
            same = finding_order(&want.at[i], &found.at[i]) == 0;
        }
        for (size_t i = 0; i < found.n; i++) {
            totals[found.at[i].code]++;
        }
        if (!same) {
            for (size_t v = 0; v < door->n_versions; v++) {
                version_show(&door->versions[v]);
            }
            findings_show("everybody says", &want);
            findings_show("the proof says", &found);
            fail_msg("round %u", round);
        }
        made_close(&it);
    }
    crowd_close();
    assert_true(totals[E_DOORS_DEAD] > 100 && totals[E_DOORS_SHADOWED] > 100);
    assert_true(totals[E_DOORS_REDUNDANT] > 100 && totals[E_DOORS_CONFLICT] > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_are_everybodys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
