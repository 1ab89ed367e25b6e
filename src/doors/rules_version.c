/* The head of a version: when it holds, since when it was known, what says so. */
#include <string.h>

#include "rules_draft.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const mark_words[] = {"R", "S", "N", "K"};
static const char *const transcription_words[] = {"full", "partial", "unread"};

/* A start or end; an hour needs a clock. */
static bool version_moment(struct reader *reader, const struct spot *spot, const struct door *door,
                           moment *out)
{
    bool timed, has_offset;
    if (!reader_moment(reader, spot, out, &timed, &has_offset)) {
        return false;
    }
    if (timed && !has_offset && !door->has_offset) {
        struct ajar_err *fault = reader_fault(reader, E_DOORS_KEY_MISSING, spot,
                                              "an hour needs the clock that it is read from");
        err_hint(fault, "Add utc_offset: \"+02:00\" to the door, or the offset to the hour.");
    }
    return true;
}

/* road: 2022-09-19, ... */
static int version_way(struct reader *reader, const struct spot *spot, const struct door *door,
                       size_t i, struct version *out)
{
    const struct rules *rules = reader->rules;
    const struct yaml_node *key = &spot->node->keys[i];
    struct spot at = spot_key(spot, &spot->node->items[i], key->text.at);
    char word[32];
    if (out->n_starts == CROSSING_MAX) {
        reader_fault(reader, E_DOORS_TOO_LARGE, &at, "a version names at most %d ways of crossing",
                     CROSSING_MAX);
        return 0;
    }
    size_t n = key->text.n < sizeof word ? key->text.n : sizeof word - 1;
    for (size_t k = 0; k < n; k++) {
        char c = key->text.at[k];
        word[k] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    word[n] = '\0';
    name_id id = names_find(rules->names, (struct text){word, n});
    if (!reader->blind && (rules->fact_crossing == RULES_NONE || id == 0 ||
                           !rules_is_value(&rules->facts[rules->fact_crossing], id))) {
        struct spot where = *spot;
        where.node = key;
        reader_fault(reader, E_DOORS_EXPR_LITERAL, &where,
                     "this is no value of the fact crossing, nor the key after");
        return 0;
    }
    moment start;
    if (version_moment(reader, &at, door, &start)) {
        out->crossing[out->n_starts] = id;
        out->start_at[out->n_starts++] = start;
    }
    return 0;
}

static int version_start(struct reader *reader, const struct spot *spot, const struct door *door,
                         struct version *out)
{
    const struct yaml_node *node = yaml_get(spot->node, "from");
    if (node == NULL || node->kind == YAML_LIST) {
        reader_get(reader, spot, "from", YAML_SCALAR, true);
        return 0;
    }
    struct spot at = spot_key(spot, node, "from");
    if (node->kind == YAML_SCALAR) {
        out->n_starts = version_moment(reader, &at, door, &out->start_at[0]);
        return 0;
    }
    if (yaml_get(node, "after") != NULL) {
        out->after_other = true;
        if (node->n > 1) {
            reader_fault(reader, E_DOORS_FORM, &at, "beside `after` stands nothing else");
        }
        return 0;
    }
    out->by_crossing = true;
    if (node->n == 0) {
        reader_fault(reader, E_DOORS_FORM, &at, "at least one way of crossing belongs here");
    }
    for (size_t i = 0; i < node->n; i++) {
        TRY(version_way(reader, &at, door, i, out));
    }
    return 0;
}

/* `to` or `until`; MOMENT_NONE with a fault when neither or both stand there. */
static moment version_end(struct reader *reader, const struct spot *spot, const struct door *door)
{
    const struct yaml_node *to = yaml_get(spot->node, "to"), *until = yaml_get(spot->node, "until");
    moment out = MOMENT_NONE;
    if ((to != NULL) == (until != NULL)) {
        reader_fault(reader, E_DOORS_FORM, spot, "an end is given by one of `to` and `until`");
        return MOMENT_NONE;
    }
    if (until != NULL) {
        date_days last = reader_date(reader, spot, "until", false);
        return last == DATE_NONE ? MOMENT_NONE : moment_of_day(last + 1);
    }
    struct spot at = spot_key(spot, to, "to");
    return version_moment(reader, &at, door, &out) ? out : MOMENT_NONE;
}

/* An end that was announced, and announced again. */
static int version_ends(struct reader *reader, const struct spot *spot, const struct door *door,
                        const struct yaml_node *list, struct version *out)
{
    static const char *const keys[] = {"to", "until", "known"};
    struct spot where = spot_key(spot, list, "to");
    size_t n = list->n < ENDS_MAX ? list->n : ENDS_MAX;
    if (list->n > n) {
        reader_fault(reader, E_DOORS_TOO_LARGE, &where, "an end is announced at most %d times",
                     ENDS_MAX);
    }
    TRY_NEW(out->ends, reader->arena, n, reader->err);
    for (size_t i = 0; i < n; i++) {
        struct spot at = spot_item(spot, &list->items[i], "to", i);
        if (!reader_map(reader, &at, keys, COUNT_OF(keys))) {
            continue;
        }
        struct version_end end = {.to = version_end(reader, &at, door),
                                  .known = reader_date(reader, &at, "known", true)};
        if (end.to == MOMENT_NONE || end.known == DATE_NONE) {
            continue;
        }
        date_days before = out->n_ends > 0 ? out->ends[out->n_ends - 1].known + 1 : out->known;
        if (before != DATE_NONE && end.known < before) {
            reader_fault(
                reader, E_DOORS_FORM, &at,
                "announced ends stand in the order in which they became known, none before "
                "the version itself");
        }
        out->ends[out->n_ends++] = end;
    }
    return 0;
}

static int version_finish(struct reader *reader, const struct spot *spot, const struct door *door,
                          struct version *out)
{
    const struct yaml_node *to = yaml_get(spot->node, "to");
    if (to == NULL && yaml_get(spot->node, "until") == NULL) {
        return 0;
    }
    if (to != NULL && to->kind == YAML_LIST && yaml_get(spot->node, "until") == NULL) {
        return version_ends(reader, spot, door, to, out);
    }
    moment end = version_end(reader, spot, door);
    if (end != MOMENT_NONE) {
        TRY_NEW(out->ends, reader->arena, 1, reader->err);
        out->ends[0] = (struct version_end){.to = end, .known = out->known};
        out->n_ends = 1;
    }
    return 0;
}

/* What was announced first is a span; a later word may say that it never came to be. */
static void version_span(struct reader *reader, const struct spot *spot, const struct version *out)
{
    for (size_t i = 0; i < out->n_starts; i++) {
        for (size_t k = 0; k < out->n_ends; k++) {
            moment from = out->start_at[i], to = out->ends[k].to;
            if (to < from || (k == 0 && to == from)) {
                const struct yaml_node *node = yaml_get(spot->node, "from");
                struct spot at = spot_key(spot, node, "from");
                reader_fault(reader, E_DOORS_SPAN, &at, "this version ends before it starts");
                return;
            }
        }
    }
}

static int version_law(struct reader *reader, const struct spot *spot, struct version *out)
{
    out->law = reader_text(reader, spot, "law", true);
    out->mark = *mark_words[reader_word(reader, spot, "mark", mark_words, 4, true, 0)];
    out->transcription = (enum transcription)reader_word(
        reader, spot, "transcription", transcription_words, 3, true, TRANSCRIPTION_FULL);
    out->read = reader_text(reader, spot, "read", out->transcription == TRANSCRIPTION_PARTIAL);
    TRY(reader_sources(reader, spot, "source", &out->n_sources, &out->sources));
    if (out->n_sources == 0 && out->mark != 'K') {
        reader_fault(reader, E_DOORS_SOURCE, spot,
                     "this version has no source and is not marked K");
    }
    return 0;
}

int version_read(struct reader *reader, const struct spot *spot, const struct door *door,
                 struct version *out)
{
    static const char *const keys[] = {
        "id",      "from",  "to",       "until",         "known",   "replaces", "law",
        "source",  "mark",  "same_as",  "transcription", "read",    "remove",   "scope",
        "default", "rules", "premises", "superior_law",  "practice"};
    *out = (struct version){.at = reader_at(reader, spot->node), .replaces = -1};
    if (!reader_map(reader, spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    out->id = reader_text(reader, spot, "id", true);
    if (out->id.n > 0 && !reader_is_id(out->id)) {
        struct spot at = spot_key(spot, yaml_get(spot->node, "id"), "id");
        reader_fault(reader, E_DOORS_FORM, &at, "an id is of small letters, digits, _ . and -");
    }
    out->known = reader_date(reader, spot, "known", true);
    TRY(version_start(reader, spot, door, out));
    TRY(version_finish(reader, spot, door, out));
    version_span(reader, spot, out);
    return version_law(reader, spot, out);
}

int version_named(struct reader *reader, const struct spot *spot, const struct door *door,
                  const struct version *self, int32_t *out)
{
    const char **ids;
    *out = -1;
    TRY_NEW(ids, reader->arena, door->n_versions, reader->err);
    for (size_t i = 0; i < door->n_versions; i++) {
        bool named = door->versions[i].id.n > 0 && &door->versions[i] != self;
        ids[i] = named ? door->versions[i].id.at : "";
        if (&door->versions[i] != self && spot->node->text.n > 0 &&
            text_eq(door->versions[i].id, spot->node->text)) {
            *out = (int32_t)i;
            return 0;
        }
    }
    reader_no_such(reader, E_DOORS_REFERENCE, spot, "this door has no other version of this id",
                   ids, door->n_versions);
    return 0;
}

int version_bind(struct reader *reader, const struct spot *spot, const struct door *door,
                 struct version *out)
{
    const struct yaml_node *replaces = reader_get(reader, spot, "replaces", YAML_SCALAR, false);
    if (replaces != NULL) {
        struct spot at = spot_key(spot, replaces, "replaces");
        TRY(version_named(reader, &at, door, out, &out->replaces));
    }
    if (out->after_other) {
        struct spot from = spot_key(spot, yaml_get(spot->node, "from"), "from");
        const struct yaml_node *after = reader_get(reader, &from, "after", YAML_SCALAR, true);
        int32_t number = -1;
        if (after != NULL) {
            struct spot at = spot_key(&from, after, "after");
            TRY(version_named(reader, &at, door, out, &number));
        }
        /* Without a version to follow it never starts. */
        out->after_other = number >= 0;
        out->after = number >= 0 ? (uint32_t)number : 0;
    }
    return 0;
}
