/* The rules of a version: what it takes over, removes, replaces, narrows and adds. */
#include "rules_draft.h"

#include <stdio.h>
#include <string.h>

static struct draft_rule *draft_find(const struct draft *draft, struct text id)
{
    for (size_t i = 0; i < draft->n_rules; i++) {
        if (text_eq(draft->rules[i].rule.id, id)) {
            return &draft->rules[i];
        }
    }
    return NULL;
}

/* Ids of the rules that the draft holds, for suggestions. */
static int draft_ids(struct reader *reader, const struct draft *draft, const char ***out)
{
    TRY_NEW(*out, reader->arena, draft->n_rules, reader->err);
    for (size_t i = 0; i < draft->n_rules; i++) {
        (*out)[i] = draft->rules[i].rule.id.at;
    }
    return 0;
}

static int draft_no_rule(struct reader *reader, const struct spot *spot, const struct draft *draft)
{
    const char **ids;
    if (draft->orphan) {
        return 0;
    }
    TRY(draft_ids(reader, draft, &ids));
    reader_no_such(reader, E_DOORS_REFERENCE, spot, "this version has no such rule", ids,
                   draft->n_rules);
    return 0;
}

/* Room for `more` rules behind those of the base. */
static int draft_take_over(struct reader *reader, struct draft *draft, const struct draft *base,
                           size_t more)
{
    size_t n = base == NULL ? 0 : base->n_rules;
    TRY_NEW(draft->rules, reader->arena, n + more, reader->err);
    draft->cap_rules = n + more;
    for (size_t i = 0; i < n; i++) {
        draft->rules[i] = base->rules[i];
        draft->rules[i].rule.own = false;
    }
    draft->n_rules = n;
    return 0;
}

static int draft_remove(struct reader *reader, struct draft *draft)
{
    const struct yaml_node *node = yaml_get(draft->spot.node, "remove");
    size_t n = node == NULL ? 0 : node->kind == YAML_LIST ? node->n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct yaml_node *item = node->kind == YAML_LIST ? &node->items[i] : node;
        struct spot at = spot_key(&draft->spot, item, "remove");
        struct draft_rule *rule = draft_find(draft, item->text);
        if (rule == NULL) {
            TRY(draft_no_rule(reader, &at, draft));
            continue;
        }
        size_t behind = (size_t)(draft->rules + draft->n_rules - rule) - 1;
        memmove(rule, rule + 1, behind * sizeof *rule);
        draft->n_rules--;
    }
    return 0;
}

/* The place for an entry: the rule of this id that was taken over, or a new one. */
static int draft_place(struct reader *reader, struct draft *draft, const struct spot *spot,
                       struct text id, bool superior, struct draft_rule **out)
{
    bool narrows = yaml_get(spot->node, "also") != NULL;
    struct draft_rule *old = draft_find(draft, id);
    *out = NULL;
    if (old != NULL && old->rule.own) {
        reader_fault(reader, E_DOORS_TWICE, spot, "this version has two rules of this id");
        return 0;
    }
    if (old != NULL && old->superior != superior) {
        reader_fault(reader, E_DOORS_TWICE, spot,
                     "a rule of this id stands on the other side, of the act or above it");
        return 0;
    }
    if (narrows && old == NULL) {
        struct spot at = spot_key(spot, yaml_get(spot->node, "id"), "id");
        return draft_no_rule(reader, &at, draft);
    }
    if (old == NULL) {
        if (draft->n_rules == RULES_RULES_MAX) {
            reader_fault(reader, E_DOORS_TOO_LARGE, spot, "a version has at most %d rules",
                         RULES_RULES_MAX);
            return 0;
        }
        old = &draft->rules[draft->n_rules++];
    }
    if (!narrows) {
        *old = (struct draft_rule){.superior = superior, .rule = {.id = id}};
    }
    *out = old;
    return 0;
}

static int draft_entries(struct reader *reader, struct draft *draft, const char *key)
{
    const struct yaml_node *node = reader_get(reader, &draft->spot, key, YAML_LIST, false);
    bool superior = strcmp(key, "superior_law") == 0;
    for (size_t i = 0; node != NULL && i < node->n; i++) {
        struct spot at = spot_item(&draft->spot, &node->items[i], key, i);
        if (at.node->kind != YAML_MAP) {
            reader_fault(reader, E_YAML_KIND, &at, "a rule is a map of keys and values");
            continue;
        }
        struct text id = reader_text(reader, &at, "id", true);
        if (id.n > 0) {
            at = spot_id(&draft->spot, at.node, key, id);
        }
        if (!reader_is_id(id) || text_is(id, "all")) {
            if (id.n > 0) {
                reader_fault(
                    reader, E_DOORS_FORM, &at,
                    "an id is of small letters, digits, _ . and -, and is not the word all");
            }
            continue;
        }
        struct draft_rule *rule;
        TRY(draft_place(reader, draft, &at, id, superior, &rule));
        if (rule != NULL) {
            TRY(draft_rule_read(reader, &at, draft->version, rule));
        }
    }
    return 0;
}

static const struct draft_premise *draft_premise(const struct draft *draft, struct text name)
{
    for (size_t i = 0; i < draft->n_premises; i++) {
        if (text_eq(draft->premises[i].name, name)) {
            return &draft->premises[i];
        }
    }
    return NULL;
}

static int draft_premises(struct reader *reader, struct draft *draft, const struct draft *base)
{
    const struct yaml_node *node = reader_get(reader, &draft->spot, "premises", YAML_MAP, false);
    size_t n_base = base == NULL ? 0 : base->n_premises, more = node == NULL ? 0 : node->n;
    TRY_NEW(draft->premises, reader->arena, n_base + more, reader->err);
    for (size_t i = 0; i < n_base; i++) {
        draft->premises[i] = base->premises[i];
        draft->premises[i].own = false;
    }
    draft->n_premises = n_base;
    for (size_t i = 0; i < more; i++) {
        struct text name = node->keys[i].text;
        struct spot at = spot_key(&draft->spot, node, "premises");
        struct draft_premise *premise = (struct draft_premise *)draft_premise(draft, name);
        if (premise == NULL) {
            premise = &draft->premises[draft->n_premises++];
        }
        *premise = (struct draft_premise){.name = name, .own = true};
        TRY(reader_expr(reader, &at, name.at, &premise->expr));
    }
    return 0;
}

int frame_read(struct reader *reader, const struct spot *spot, struct frame *frame)
{
    const struct yaml_node *scope = yaml_get(spot->node, "scope");
    if (scope != NULL) {
        TRY(reader_expr(reader, spot, "scope", &frame->scope));
        frame->scope_at = reader_at(reader, scope);
    }
    if (yaml_get(spot->node, "default") != NULL) {
        frame->has_default = true;
        frame->otherwise =
            (enum effect)reader_word(reader, spot, "default", effect_words, 3, true, EFFECT_CLOSED);
    }
    return 0;
}

/* The version's own scope and default, else its base's, else the door's. */
static int draft_frame(struct reader *reader, const struct frame *door, struct draft *draft,
                       const struct draft *base)
{
    struct version *version = draft->version;
    struct frame frame = *door;
    if (base != NULL) {
        frame = (struct frame){.scope = base->version->scope,
                               .scope_at = base->version->scope_at,
                               .has_default = true,
                               .otherwise = base->version->otherwise};
    }
    TRY(frame_read(reader, &draft->spot, &frame));
    if (!frame.has_default) {
        reader_get(reader, &draft->spot, "default", YAML_SCALAR, true);
    }
    version->scope = frame.scope;
    version->scope_at = frame.scope_at;
    version->otherwise = frame.otherwise;
    return 0;
}

int draft_read(struct reader *reader, const struct frame *frame, struct draft *draft,
               const struct draft *base)
{
    static const char *const keys[] = {"rules", "superior_law"};
    size_t more = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct yaml_node *node = yaml_get(draft->spot.node, keys[i]);
        more += node != NULL && node->kind == YAML_LIST ? node->n : 0;
    }
    TRY(draft_take_over(reader, draft, base, more));
    TRY(draft_remove(reader, draft));
    TRY(draft_premises(reader, draft, base));
    TRY(draft_entries(reader, draft, "rules"));
    TRY(draft_entries(reader, draft, "superior_law"));
    return draft_frame(reader, frame, draft, base);
}

static int draft_no_premise(struct reader *reader, const struct draft *draft,
                            const struct spot *rule)
{
    const char **names;
    const struct yaml_node *node = yaml_get(rule->node, "premise");
    struct spot at = spot_key(rule, node, "premise");
    TRY_NEW(names, reader->arena, draft->n_premises, reader->err);
    for (size_t i = 0; i < draft->n_premises; i++) {
        names[i] = draft->premises[i].name.at;
    }
    reader_no_such(reader, E_DOORS_REFERENCE, &at, "there is no such premise", names,
                   draft->n_premises);
    return 0;
}

/* The premise, the rule's own condition and what narrows it, and-ed. */
static int draft_when(struct reader *reader, const struct draft *draft, struct draft_rule *rule)
{
    const struct expr **parts;
    TRY_NEW(parts, reader->arena, rule->n_also + 2, reader->err);
    if (rule->premise.n > 0) {
        const struct draft_premise *premise = draft_premise(draft, rule->premise);
        if (premise != NULL) {
            parts[0] = premise->expr;
            rule->rule.own = rule->rule.own || premise->own;
        } else if (yaml_get(rule->spot.node, "premise") != NULL && rule->rule.own &&
                   !draft->orphan) {
            TRY(draft_no_premise(reader, draft, &rule->spot));
        }
    }
    parts[1] = rule->when;
    for (size_t i = 0; i < rule->n_also; i++) {
        parts[2 + i] = rule->also[i];
    }
    return expr_and(reader->arena, rule->n_also + 2, parts, &rule->rule.when, reader->err);
}

/* Rules of the act that a rule overrides, by number.  What a rule that was taken over used to override
 * may be gone. */
static int draft_overrides(struct reader *reader, const struct draft *draft,
                           struct draft_rule *rule, const uint32_t number[])
{
    struct rule *out = &rule->rule;
    TRY_NEW(out->overrides, reader->arena, rule->n_overrides, reader->err);
    out->n_overrides = 0;
    for (size_t i = 0; i < rule->n_overrides; i++) {
        if (text_is(rule->overrides[i], "all")) {
            continue;
        }
        const struct draft_rule *other = draft_find(draft, rule->overrides[i]);
        if (other != NULL && !other->superior && other != rule) {
            out->overrides[out->n_overrides++] = number[other - draft->rules];
        } else if (out->own && (other != NULL || yaml_get(rule->spot.node, "overrides") != NULL)) {
            struct yaml_node node = *rule->spot.node;
            struct spot at = spot_key(&rule->spot, &node, "overrides");
            node.text = rule->overrides[i];
            TRY(draft_no_rule(reader, &at, draft));
        }
    }
    return 0;
}

int draft_finish(struct reader *reader, struct draft *draft)
{
    struct version *version = draft->version;
    uint32_t *number;
    TRY_NEW(number, reader->arena, draft->n_rules, reader->err);
    TRY_NEW(version->rules, reader->arena, draft->n_rules, reader->err);
    TRY_NEW(version->superior, reader->arena, draft->n_rules, reader->err);
    for (size_t i = 0; i < draft->n_rules; i++) {
        bool superior = draft->rules[i].superior;
        number[i] = (uint32_t)(superior ? version->n_superior++ : version->n_rules++);
    }
    for (size_t i = 0; i < draft->n_rules; i++) {
        struct draft_rule *rule = &draft->rules[i];
        TRY(draft_when(reader, draft, rule));
        TRY(draft_overrides(reader, draft, rule, number));
        *(rule->superior ? &version->superior[number[i]] : &version->rules[number[i]]) = rule->rule;
    }
    return 0;
}
