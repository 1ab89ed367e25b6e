/* One door file. */
#include <string.h>

#include "country.h"
#include "rules_draft.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool door_is_id(struct text id)
{
    return reader_is_id(id) && memchr(id.at, '-', id.n) == NULL;
}

static void door_country(struct reader *reader, const struct spot *spot, struct door *out)
{
    const struct yaml_node *node = reader_get(reader, spot, "country", YAML_SCALAR, true);
    if (node == NULL) {
        return;
    }
    out->country = names_find(reader->rules->names, node->text);
    if (!country_is_name(out->country)) {
        struct spot at = spot_key(spot, node, "country");
        struct ajar_err *fault =
            reader_fault(reader, E_SCENARIO_COUNTRY, &at, "this is not the code of a country");
        const char *guess = country_guess(node->text);
        if (guess != NULL) {
            err_hint(fault, "Did you mean %s?", guess);
        }
    }
}

/* Read as the end of a moment, which has the same form. */
static void door_offset(struct reader *reader, const struct spot *spot, struct door *out)
{
    const struct yaml_node *node = reader_get(reader, spot, "utc_offset", YAML_SCALAR, false);
    char whole[16 + 7] = "2000-01-01T00:00";
    moment unused;
    if (node == NULL) {
        return;
    }
    struct text offset = node->text;
    if (offset.n <= 6) {
        memcpy(whole + 16, offset.at, offset.n);
        if (moment_parse((struct text){whole, 16 + offset.n}, &unused, &out->has_offset,
                         &out->offset_minutes) &&
            out->has_offset) {
            return;
        }
    }
    struct spot at = spot_key(spot, node, "utc_offset");
    struct ajar_err *fault =
        reader_fault(reader, E_DOORS_FORM, &at, "an offset from UTC belongs here");
    err_hint(fault, "Write it like \"+02:00\".");
}

static void door_head(struct reader *reader, const struct spot *spot, struct door *out)
{
    out->id = reader_text(reader, spot, "door", true);
    if (out->id.n > 0 && !door_is_id(out->id)) {
        struct spot at = spot_key(spot, yaml_get(spot->node, "door"), "door");
        reader_fault(reader, E_DOORS_FORM, &at,
                     "the id of a door is of small letters, digits, _ and .");
    }
    reader_said(reader, spot, "title", true, &out->title);
    door_country(reader, spot, out);
    out->kind =
        (enum door_kind)reader_word(reader, spot, "kind", door_kind_words, 6, true, DOOR_ENTRY);
    out->act = reader_text(reader, spot, "act", true);
    out->review_by = reader_date(reader, spot, "review_by", false);
    door_offset(reader, spot, out);
    out->counterfactual = reader_yes(reader, spot, "counterfactual", false);
    out->default_cite = reader_text(reader, spot, "default_cite", false);
}

/* Versions whose ids stand twice; the later is named. */
static void versions_twice(struct reader *reader, const struct draft drafts[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            struct text id = drafts[i].version->id;
            if (id.n > 0 && text_eq(id, drafts[k].version->id)) {
                struct spot at =
                    spot_key(&drafts[i].spot, yaml_get(drafts[i].spot.node, "id"), "id");
                reader_fault(reader, E_DOORS_TWICE, &at, "this door has two versions of this id");
                break;
            }
        }
    }
}

static int version_base(struct reader *reader, const struct door *door, struct draft *draft)
{
    const struct yaml_node *node = reader_get(reader, &draft->spot, "same_as", YAML_SCALAR, false);
    draft->base = -1;
    if (node == NULL) {
        return 0;
    }
    struct spot at = spot_key(&draft->spot, node, "same_as");
    TRY(version_named(reader, &at, door, draft->version, &draft->base));
    draft->orphan = draft->base < 0;
    return 0;
}

/* Reads the rules of version `at` behind those of its bases, the farthest base first. */
static int draft_chain(struct reader *reader, const struct frame *frame, struct draft drafts[],
                       size_t at)
{
    size_t chain[VERSIONS_MAX], n = 0;
    for (int32_t i = (int32_t)at; i >= 0 && !drafts[i].done; i = drafts[i].base) {
        if (drafts[i].waiting) {
            struct draft *last = &drafts[chain[n - 1]];
            struct spot where =
                spot_key(&last->spot, yaml_get(last->spot.node, "same_as"), "same_as");
            reader_fault(reader, E_DOORS_REFERENCE, &where,
                         "versions are the same as each other in a circle");
            last->base = -1;
            last->orphan = true;
            break;
        }
        drafts[i].waiting = true;
        chain[n++] = (size_t)i;
    }
    while (n > 0) {
        struct draft *draft = &drafts[chain[--n]];
        TRY(draft_read(reader, frame, draft, draft->base >= 0 ? &drafts[draft->base] : NULL));
        draft->done = true;
    }
    return 0;
}

/* A version that follows one that follows it, and so on, never starts. */
static void versions_circle(struct reader *reader, struct door *door, const struct draft drafts[])
{
    for (size_t i = 0; i < door->n_versions; i++) {
        size_t at = i, steps = 0;
        while (door->versions[at].after_other && steps <= door->n_versions) {
            at = door->versions[at].after;
            steps++;
        }
        if (steps > door->n_versions) {
            struct spot where =
                spot_key(&drafts[i].spot, yaml_get(drafts[i].spot.node, "from"), "from");
            reader_fault(reader, E_DOORS_REFERENCE, &where,
                         "versions follow each other in a circle");
            door->versions[i].after_other = false;
        }
    }
}

static int door_versions(struct reader *reader, const struct frame *frame,
                         const struct yaml_node *list, struct door *out)
{
    struct spot top = {.node = list};
    struct draft *drafts;
    size_t n = list->n < VERSIONS_MAX ? list->n : VERSIONS_MAX;
    if (list->n != n) {
        reader_fault(reader, E_DOORS_TOO_LARGE, &top, "a door has at most %d versions",
                     VERSIONS_MAX);
    }
    TRY_NEW(drafts, reader->arena, n, reader->err);
    TRY_NEW(out->versions, reader->arena, n, reader->err);
    out->n_versions = n;
    for (size_t i = 0; i < n; i++) {
        drafts[i].spot = spot_item(&top, &list->items[i], "versions", i);
        drafts[i].version = &out->versions[i];
        TRY(version_read(reader, &drafts[i].spot, out, &out->versions[i]));
    }
    versions_twice(reader, drafts, n);
    for (size_t i = 0; i < n; i++) {
        TRY(version_bind(reader, &drafts[i].spot, out, &out->versions[i]));
        TRY(version_base(reader, out, &drafts[i]));
    }
    versions_circle(reader, out, drafts);
    for (size_t i = 0; i < n; i++) {
        TRY(draft_chain(reader, frame, drafts, i));
    }
    for (size_t i = 0; i < n; i++) {
        TRY(draft_finish(reader, &drafts[i]));
        TRY(practice_read(reader, &drafts[i].spot, frame->n_practice, frame->practice,
                          &out->versions[i].n_practice, &out->versions[i].practice));
    }
    return 0;
}

int read_door(struct reader *reader, const struct yaml_node *root, struct door *out,
              size_t *n_protection, struct text **protection, bool *kept)
{
    static const char *const keys[] = {"door",       "title",     "country",    "kind",
                                       "act",        "review_by", "utc_offset", "counterfactual",
                                       "protection", "scope",     "default",    "default_cite",
                                       "practice",   "versions"};
    struct spot spot = {.node = root};
    struct frame frame = {.otherwise = EFFECT_CLOSED};
    *out = (struct door){.at = reader_at(reader, root), .review_by = DATE_NONE};
    *kept = false;
    if (!reader_map(reader, &spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    door_head(reader, &spot, out);
    TRY(practice_read(reader, &spot, 0, NULL, &frame.n_practice, &frame.practice));
    TRY(reader_texts(reader, &spot, "protection", n_protection, protection));
    TRY(frame_read(reader, &spot, &frame));
    const struct yaml_node *versions = reader_get(reader, &spot, "versions", YAML_LIST, true);
    if (versions != NULL && versions->n == 0) {
        struct spot at = spot_key(&spot, versions, "versions");
        reader_fault(reader, E_DOORS_FORM, &at, "a door has at least one version");
    }
    if (versions != NULL) {
        TRY(door_versions(reader, &frame, versions, out));
    }
    *kept = out->id.n > 0;
    return 0;
}
