/* Pairs of outcomes as one diagram, each pair covered by few large cubes.  */
#include <string.h>

#include "compare.h"
#include "instance_parts.h"

#define PAIRS (OUTCOME_COUNT * OUTCOME_COUNT) /* below DIAGRAM_TERMINALS_MAX */

_Static_assert(PAIRS <= DIAGRAM_TERMINALS_MAX, "a pair of outcomes is one terminal");

/* The changes found so far, in blocks of one ground each. */
struct found {
    struct change *at;
    size_t n, cap;
};

struct compare_run {
    struct arena *arena, *scratch;
    struct comparison *out;
    diagram_ref pairs;
    struct found found;
};

/* One ground for the better answer of a pair. */
struct ground {
    enum outcome before, after;
    const struct rule *rule;
    diagram_ref
        lost; /* 1 for those who go from the one to the other and had, or have, this ground */
    diagram_ref
        kept; /* 1 for those who have the better answer on both sides by other grounds, or a still
                       * better one */
};

static int pairs_diagram(struct compare_run *it, struct ajar_err *err)
{
    uint8_t table[DIAGRAM_TERMINALS_MAX * DIAGRAM_TERMINALS_MAX] = {0};
    const struct comparison *of = it->out;
    for (unsigned f = 0; f < OUTCOME_COUNT; f++) {
        for (unsigned g = 0; g < OUTCOME_COUNT; g++) {
            table[f * DIAGRAM_TERMINALS_MAX + g] = (uint8_t)(f * OUTCOME_COUNT + g);
        }
    }
    return diagram_pair(of->before.diagram, of->before.outcome, of->after.outcome, table,
                        &it->pairs, err);
}

static int mask_order(const uint64_t a[], const uint64_t b[], size_t n)
{
    for (size_t v = 0; v < n; v++) {
        if (a[v] != b[v]) {
            return a[v] < b[v] ? -1 : 1;
        }
    }
    return 0;
}

/* Insertion keeps what has no context to sort by; a pair has few cubes.  */
static void pair_sort(struct change changes[], size_t n, size_t n_vars)
{
    for (size_t i = 1; i < n; i++) {
        struct change change = changes[i];
        size_t at = i;
        while (at > 0 && (changes[at - 1].vectors < change.vectors ||
                          (changes[at - 1].vectors <= change.vectors &&
                           mask_order(changes[at - 1].mask, change.mask, n_vars) > 0))) {
            changes[at] = changes[at - 1];
            at--;
        }
        changes[at] = change;
    }
}

static unsigned pair_code(enum outcome before, enum outcome after)
{
    return (unsigned)before * OUTCOME_COUNT + (unsigned)after;
}

static int pair_of(struct compare_run *it, enum outcome before, enum outcome after,
                   diagram_ref *out, struct ajar_err *err)
{
    return diagram_values(it->out->before.diagram, it->pairs,
                          (uint64_t)1 << pair_code(before, after), out, err);
}

/* How good it is for the person; 0: it says nothing of them. */
static int outcome_rank(enum outcome outcome)
{
    static const int rank[OUTCOME_COUNT] = {[OUTCOME_BARRED] = 1,
                                            [OUTCOME_CLOSED] = 2,
                                            [OUTCOME_CONFLICT] = 3,
                                            [OUTCOME_DISCRETION] = 4,
                                            [OUTCOME_OPEN] = 5};
    return rank[outcome];
}

static enum outcome outcome_better(enum outcome a, enum outcome b)
{
    int x = outcome_rank(a), y = outcome_rank(b);
    return x == 0 || y == 0 ? OUTCOME_COUNT : x > y ? a : b;
}

/* Who has, on the side of the better answer, a still better one: of them another group tells. */
static int pairs_above(struct compare_run *it, enum outcome better, bool before, diagram_ref *out,
                       struct ajar_err *err)
{
    uint64_t values = 0;
    for (int f = 0; f < OUTCOME_COUNT; f++) {
        for (int g = 0; g < OUTCOME_COUNT; g++) {
            bool above = outcome_rank((enum outcome)(before ? f : g)) > outcome_rank(better);
            values |= (uint64_t)above << (f * OUTCOME_COUNT + g);
        }
    }
    return diagram_values(it->out->before.diagram, it->pairs, values, out, err);
}

static int found_room(struct compare_run *it, size_t more, struct ajar_err *err)
{
    struct found *found = &it->found;
    size_t cap = found->cap == 0 ? 64 : found->cap;
    struct change *at;
    while (cap < found->n + more) {
        cap *= 2;
    }
    if (cap > found->cap) {
        TRY_NEW(at, it->arena, cap, err);
        if (found->n > 0) {
            memcpy(at, found->at, found->n * sizeof *at);
        }
        found->at = at;
        found->cap = cap;
    }
    return 0;
}

/* Leaves out classes that nobody of the cube who goes so is in, where it says something: it was grown over
 * those who keep their answer. */
static int cube_shrink(struct compare_run *it, diagram_ref here, uint64_t mask[],
                       struct ajar_err *err)
{
    const struct instance *of = &it->out->before;
    uint64_t *room;
    TRY_NEW(room, it->scratch, diagram_scratch(of->diagram) / sizeof *room + 1, err);
    for (size_t v = 0; v < of->n_vars; v++) {
        uint64_t all = mask[v], met = 0;
        if (all == mask_all(of->vars[v].n_classes)) {
            continue; /* what does not matter to the ground is not said */
        }
        for (uint64_t left = all; left != 0; left &= left - 1) {
            mask[v] = left & (~left + 1);
            if (diagram_reach(of->diagram, here, mask, room) & 2) {
                met |= mask[v];
            }
        }
        mask[v] = met;
    }
    return 0;
}

/* Few large cubes that hold all who go so by the ground, and of others only who keeps the better
 * answer by another. */
static int ground_cover(struct compare_run *it, const struct ground *ground, struct ajar_err *err)
{
    struct diagram *diagram = it->out->before.diagram;
    struct found *found = &it->found;
    struct cubes cubes;
    diagram_ref wide;
    TRY(diagram_choose(diagram, ground->lost, 1, ground->kept, &wide, err));
    TRY(cubes_cover_within(it->arena, it->scratch, diagram, ground->lost, wide, COMPARE_PRIMES_MAX,
                           &cubes, err));
    TRY(found_room(it, cubes.n, err));
    for (size_t i = 0; i < cubes.n; i++) {
        uint64_t *mask = &cubes.mask[i * cubes.n_vars];
        TRY(cube_shrink(it, ground->lost, mask, err));
        found->at[found->n + i] =
            (struct change){.before = ground->before,
                            .after = ground->after,
                            .rule = ground->rule,
                            .mask = mask,
                            .vectors = diagram_count_in(diagram, ground->lost, 1, mask)};
    }
    pair_sort(found->at + found->n, cubes.n, it->out->before.n_vars);
    found->n += cubes.n;
    return 0;
}

/* Where the rule of that id fires on the other side. */
static int twin_fires(struct diagram *diagram, const struct instance *other, struct text id,
                      diagram_ref *out, struct ajar_err *err)
{
    *out = 0;
    for (size_t a = 0; a < other->n_arms; a++) {
        const struct arm *arm = &other->arms[a];
        for (size_t r = 0; arm->version != NULL && r < arm->version->n_rules; r++) {
            if (text_eq(arm->version->rules[r].id, id)) {
                TRY(diagram_choose(diagram, arm->fires[r], 1, *out, out, err));
            }
        }
    }
    return 0;
}

static bool rule_gives(const struct rule *rule, enum outcome outcome)
{
    return (rule->effect == EFFECT_OPEN && outcome == OUTCOME_OPEN) ||
           (rule->effect == EFFECT_DISCRETION && outcome == OUTCOME_DISCRETION);
}

/* The rules that gave the better answer, each with what became of it; then what no rule gave. */
static int pair_grounds(struct compare_run *it, enum outcome before, enum outcome after,
                        enum outcome better, diagram_ref here, struct ajar_err *err)
{
    bool lost = better == before;
    const struct instance *side = lost ? &it->out->before : &it->out->after;
    const struct instance *other = lost ? &it->out->after : &it->out->before;
    struct diagram *diagram = side->diagram;
    diagram_ref rest = here, kept, above;
    TRY(pair_of(it, better, better, &kept, err));
    TRY(pairs_above(it, better, lost, &above, err));
    for (size_t a = 0; a < side->n_arms; a++) {
        const struct arm *arm = &side->arms[a];
        for (size_t r = 0; arm->version != NULL && r < arm->version->n_rules; r++) {
            struct ground ground = {
                .before = before, .after = after, .rule = &arm->version->rules[r]};
            diagram_ref twin;
            TRY(diagram_choose(diagram, arm->fires[r], here, 0, &ground.lost, err));
            if (ground.lost == 0 || !rule_gives(ground.rule, better)) {
                continue;
            }
            TRY(diagram_choose(diagram, arm->fires[r], 0, rest, &rest, err));
            TRY(twin_fires(diagram, other, ground.rule->id, &twin, err));
            TRY(diagram_choose(diagram, twin, 0, kept, &ground.kept, err));
            TRY(diagram_choose(diagram, above, 1, ground.kept, &ground.kept, err));
            TRY(ground_cover(it, &ground, err));
        }
    }
    TRY(diagram_choose(diagram, above, 1, kept, &kept, err));
    struct ground none = {.before = before, .after = after, .lost = rest, .kept = kept};
    return rest == 0 ? 0 : ground_cover(it, &none, err);
}

/* The classes of each variable that somebody is in whom the rules concern on both sides. */
static int compare_common(struct compare_run *it, struct ajar_err *err)
{
    const struct instance *of = &it->out->before;
    uint64_t mask[DIAGRAM_VARS_MAX], *room, concerned = 0;
    for (int f = 0; f < OUTCOME_COUNT; f++) {
        for (int g = 0; g < OUTCOME_COUNT; g++) {
            bool said = f != OUTCOME_NOT_APPLICABLE && g != OUTCOME_NOT_APPLICABLE;
            concerned |= (uint64_t)said << (f * OUTCOME_COUNT + g);
        }
    }
    TRY_NEW(it->out->common, it->arena, of->n_vars, err);
    TRY_NEW(room, it->scratch, diagram_scratch(of->diagram) / sizeof *room + 1, err);
    for (size_t v = 0; v < of->n_vars; v++) {
        mask[v] = mask_all(of->vars[v].n_classes);
    }
    for (size_t v = 0; v < of->n_vars; v++) {
        for (unsigned c = 0; c < of->vars[v].n_classes; c++) {
            mask[v] = (uint64_t)1 << c;
            if (diagram_reach(of->diagram, it->pairs, mask, room) & concerned) {
                it->out->common[v] |= mask[v];
            }
        }
        mask[v] = mask_all(of->vars[v].n_classes);
    }
    return 0;
}

static int compare_pairs(struct compare_run *it, struct ajar_err *err)
{
    struct comparison *out = it->out;
    struct diagram *diagram = out->before.diagram;
    out->vectors = 1;
    for (size_t v = 0; v < out->before.n_vars; v++) {
        out->vectors *= out->before.vars[v].n_classes;
    }
    for (unsigned code = 0; code < PAIRS; code++) {
        enum outcome before = (enum outcome)(code / OUTCOME_COUNT);
        enum outcome after = (enum outcome)(code % OUTCOME_COUNT);
        enum outcome better = outcome_better(before, after);
        struct ground all = {.before = before, .after = after};
        TRY(pair_of(it, before, after, &all.lost, err));
        if (before == after || all.lost == 0) {
            continue;
        }
        out->changed += diagram_count(diagram, all.lost, 1);
        TRY(better == OUTCOME_COUNT ? ground_cover(it, &all, err)
                                    : pair_grounds(it, before, after, better, all.lost, err));
    }
    out->n = it->found.n;
    out->changes = it->found.at;
    return 0;
}

static bool ask_after(const struct instance_ask *a, const struct instance_ask *b)
{
    if (a->door != b->door) {
        return a->door > b->door;
    }
    return a->at != b->at ? a->at > b->at : a->as_known > b->as_known;
}

int compare_doors(struct arena *arena, struct arena *scratch, const struct rules *rules,
                  uint32_t door_before, moment before, date_days known_before, uint32_t door_after,
                  moment after, date_days known_after, struct comparison *out, struct ajar_err *err)
{
    struct instance_ask asks[2] = {{.door = door_before, .at = before, .as_known = known_before},
                                   {.door = door_after, .at = after, .as_known = known_after}};
    struct instance made[2];
    struct comparison comparison = {0};
    struct compare_run it = {.arena = arena, .scratch = scratch, .out = &comparison};
    /* Classes and variables come in the order of the states: the same order both ways gives the
     * same cubes both ways.  */
    bool swap = ask_after(&asks[0], &asks[1]);
    if (swap) {
        struct instance_ask first = asks[0];
        asks[0] = asks[1];
        asks[1] = first;
    }
    asks[0].today = asks[1].today = moment_day(before > after ? before : after);
    TRY(instance_make(arena, scratch, rules, 2, asks, false, made, err));
    comparison.before = made[swap];
    comparison.after = made[!swap];
    TRY(pairs_diagram(&it, err));
    TRY(compare_common(&it, err));
    TRY(compare_pairs(&it, err));
    *out = comparison;
    return 0;
}

/* What the mask says beyond `within`; whether that is anything. */
static bool say_mask(struct buf *buf, const struct comparison *comparison, const uint64_t mask[],
                     const uint64_t within[])
{
    const struct instance *after = &comparison->after;
    bool any = false;
    for (size_t v = 0; v < after->n_vars; v++) {
        uint64_t all = mask_all(after->vars[v].n_classes);
        if (mask[v] != all && (within == NULL || (mask[v] & within[v]) != within[v])) {
            buf_str(buf, any ? "; " : "");
            instance_say(buf, after, v, mask[v]);
            any = true;
        }
    }
    return any;
}

void compare_say_common(struct buf *buf, const struct comparison *comparison)
{
    say_mask(buf, comparison, comparison->common, NULL);
}

void compare_say(struct buf *buf, const struct comparison *comparison, const struct change *change)
{
    bool concerned =
        change->before != OUTCOME_NOT_APPLICABLE && change->after != OUTCOME_NOT_APPLICABLE;
    if (!say_mask(buf, comparison, change->mask, concerned ? comparison->common : NULL)) {
        buf_str(buf, "everybody");
    }
}
