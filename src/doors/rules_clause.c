/* One rule of a version, and the practice beside the law. */
#include <string.h>

#include "rules_draft.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const mark_words[] = {"R", "S", "N", "K"};
static const char *const transcription_words[] = {"full", "partial", "unread"};

static void rule_mark(struct reader *reader, const struct spot *spot, struct rule *out)
{
    if (yaml_get(spot->node, "mark") != NULL) {
        out->mark = *mark_words[reader_word(reader, spot, "mark", mark_words, 4, false, 0)];
    }
    if (yaml_get(spot->node, "transcription") != NULL) {
        out->transcription = (enum transcription)reader_word(reader, spot, "transcription",
                                                             transcription_words, 3, false, 0);
    }
}

static int rule_overrides(struct reader *reader, const struct spot *spot, struct draft_rule *out)
{
    if (yaml_get(spot->node, "overrides") == NULL) {
        return 0;
    }
    TRY(reader_texts(reader, spot, "overrides", &out->n_overrides, &out->overrides));
    out->rule.overrides_all = false;
    for (size_t i = 0; i < out->n_overrides; i++) {
        out->rule.overrides_all = out->rule.overrides_all || text_is(out->overrides[i], "all");
    }
    return 0;
}

static int rule_also(struct reader *reader, const struct spot *spot, struct draft_rule *out)
{
    const struct expr *also = NULL;
    const struct expr **more;
    TRY(reader_expr(reader, spot, "also", &also));
    if (also == NULL) {
        return 0;
    }
    TRY_NEW(more, reader->arena, out->n_also + 1, reader->err);
    if (out->n_also > 0) {
        memcpy(more, out->also, out->n_also * sizeof(*more));
    }
    more[out->n_also++] = also;
    out->also = more;
    return 0;
}

/* The condition of a new rule, or what narrows an old one. */
static int rule_when(struct reader *reader, const struct spot *spot, bool narrows,
                     struct draft_rule *out)
{
    const struct yaml_node *when = yaml_get(spot->node, narrows ? "also" : "when");
    out->rule.at = reader_at(reader, when != NULL ? when : spot->node);
    if (narrows) {
        if (yaml_get(spot->node, "when") != NULL) {
            struct spot at = spot_key(spot, yaml_get(spot->node, "when"), "when");
            reader_fault(reader, E_DOORS_FORM, &at, "a rule has `when` or `also`, not both");
        }
        return rule_also(reader, spot, out);
    }
    return reader_expr(reader, spot, "when", &out->when);
}

static void rule_words(struct reader *reader, const struct spot *spot, bool fresh, struct rule *out)
{
    const struct {
        const char *key;
        struct text *to;
        bool need;
    } texts[] = {{"cite", &out->cite, true},
                 {"quote", &out->quote, true},
                 {"contested", &out->contested, false},
                 {"covered", &out->covered, false}};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        bool need = fresh && texts[i].need;
        if (need || yaml_get(spot->node, texts[i].key) != NULL) {
            *texts[i].to = reader_text(reader, spot, texts[i].key, need);
        }
    }
    if (fresh || yaml_get(spot->node, "say") != NULL) {
        reader_said(reader, spot, "say", fresh, &out->say);
    }
}

int draft_rule_read(struct reader *reader, const struct spot *spot, const struct version *version,
                    struct draft_rule *into)
{
    static const char *const keys[] = {"id",      "effect",        "premise",   "when", "also",
                                       "cite",    "quote",         "source",    "mark", "contested",
                                       "covered", "transcription", "overrides", "say"};
    bool narrows = yaml_get(spot->node, "also") != NULL;
    struct rule *out = &into->rule;
    if (!reader_map(reader, spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    into->spot = *spot;
    out->own = true;
    if (!narrows) {
        out->n_sources = version->n_sources;
        out->sources = version->sources;
        out->mark = version->mark;
        out->transcription = version->transcription;
    }
    if (!narrows || yaml_get(spot->node, "effect") != NULL) {
        out->effect = (enum effect)reader_word(reader, spot, "effect", effect_words, 4, true,
                                               into->superior ? EFFECT_OPEN : EFFECT_CLOSED);
        if (into->superior && out->effect != EFFECT_OPEN) {
            struct spot at = spot_key(spot, yaml_get(spot->node, "effect"), "effect");
            reader_fault(reader, E_DOORS_FORM, &at, "law above the act opens: its effect is OPEN");
        }
    }
    if (yaml_get(spot->node, "premise") != NULL) {
        into->premise = reader_text(reader, spot, "premise", false);
    }
    if (yaml_get(spot->node, "source") != NULL) {
        TRY(reader_sources(reader, spot, "source", &out->n_sources, &out->sources));
    }
    rule_mark(reader, spot, out);
    rule_words(reader, spot, !narrows, out);
    bool bare = version->n_sources == 0 && version->mark != 'K'; /* said of the version already */
    if (out->n_sources == 0 && out->mark != 'K' && !bare) {
        reader_fault(reader, E_DOORS_SOURCE, spot, "this rule has no source and is not marked K");
    }
    TRY(rule_overrides(reader, spot, into));
    return rule_when(reader, spot, narrows, into);
}

static date_days practice_end(struct reader *reader, const struct spot *spot)
{
    const struct yaml_node *until = yaml_get(spot->node, "until");
    date_days to = reader_date(reader, spot, "to", false);
    if (until == NULL) {
        return to;
    }
    date_days last = reader_date(reader, spot, "until", false);
    if (yaml_get(spot->node, "to") != NULL) {
        struct spot at = spot_key(spot, until, "until");
        reader_fault(reader, E_DOORS_FORM, &at, "an end is given by `to` or by `until`, not both");
    }
    return last == DATE_NONE ? DATE_NONE : last + 1;
}

static int practice_one(struct reader *reader, const struct spot *spot, struct practice *out)
{
    static const char *const keys[] = {"from", "to", "until", "effect", "when", "note", "source"};
    out->at = reader_at(reader, spot->node);
    if (!reader_map(reader, spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    out->from = reader_date(reader, spot, "from", true);
    out->to = practice_end(reader, spot);
    if (out->from != DATE_NONE && out->to != DATE_NONE && out->to <= out->from) {
        reader_fault(reader, E_DOORS_SPAN, spot, "this practice ends before it starts");
    }
    out->effect =
        (enum effect)reader_word(reader, spot, "effect", effect_words, 4, true, EFFECT_CLOSED);
    out->note = reader_text(reader, spot, "note", true);
    TRY(reader_sources(reader, spot, "source", &out->n_sources, &out->sources));
    return reader_expr(reader, spot, "when", &out->when);
}

int practice_read(struct reader *reader, const struct spot *spot, size_t n_before,
                  const struct practice *before, size_t *n, struct practice **out)
{
    const struct yaml_node *node = reader_get(reader, spot, "practice", YAML_LIST, false);
    size_t more = node == NULL ? 0 : node->n;
    struct practice *all;
    TRY_NEW(all, reader->arena, n_before + more, reader->err);
    if (n_before > 0) {
        memcpy(all, before, n_before * sizeof *all);
    }
    for (size_t i = 0; i < more; i++) {
        struct spot at = spot_item(spot, &node->items[i], "practice", i);
        TRY(practice_one(reader, &at, &all[n_before + i]));
    }
    *n = n_before + more;
    *out = all;
    return 0;
}
