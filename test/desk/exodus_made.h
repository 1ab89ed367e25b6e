/* What of a model.yaml speaks of doors, classes, days and what-ifs: a model half filled, for tests of the doors. */
#ifndef TEST_DESK_EXODUS_MADE_H
#define TEST_DESK_EXODUS_MADE_H

#include "../base/unit.h"

#include "exodus.h"
#include "file.h"
#include "yaml.h"

#define EXODUS_MADE_CEILING ((size_t)1 << 20)

static inline date_days day_of(const char *text)
{
    date_days day;
    assert_true(date_parse(text_of(text), &day));
    return day;
}

static inline struct text bytes_of(struct arena *arena, const char *path)
{
    struct file_view view;
    const char *copy;
    assert_int_equal(file_open(&view, path, EXODUS_MADE_CEILING, NULL), 0);
    size_t n = view.bytes.n;
    assert_int_equal(text_copy(arena, view.bytes, &copy, NULL), 0);
    file_close(&view);
    return (struct text){copy, n};
}

static inline size_t words_of(const struct yaml_node *list, struct text *out, size_t most)
{
    assert_true(list != NULL && list->kind == YAML_LIST && list->n <= most);
    for (size_t i = 0; i < list->n; i++) {
        out[i] = list->items[i].text;
    }
    return list->n;
}

static inline uint32_t bits_named(const struct yaml_node *list, const struct yaml_node *all)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < all->n; i++) {
        struct text id = yaml_get(&all->items[i], "id")->text;
        bool named = list == NULL;
        for (size_t k = 0; list != NULL && k < list->n; k++) {
            named = named || text_eq(list->items[k].text, id);
        }
        bits |= (uint32_t)named << i;
    }
    return bits;
}

static inline struct exodus_edit edit_of(const struct yaml_node *root, const struct yaml_node *node,
                                         date_days to)
{
    const struct yaml_node *gate = yaml_get(node, "gate"), *law = yaml_get(node, "law");
    struct exodus_edit edit = {.to = to};
    edit.doors = bits_named(yaml_get(node, "doors"), yaml_get(root, "doors"));
    edit.classes = bits_named(yaml_get(node, "classes"), yaml_get(root, "classes"));
    assert_true(date_parse(yaml_get(node, "from")->text, &edit.from));
    edit.law = law == NULL ? (struct text){"", 0} : law->text;
    edit.gate = gate == NULL ? GATE_NO_RULE : text_is(gate->text, "OPEN") ? GATE_OPEN : GATE_CLOSED;
    return edit;
}

/* What of the model speaks of doors and days. */
static inline void model_of(struct arena *arena, const char *path, struct exodus_model *out)
{
    const struct yaml_node *root;
    assert_int_equal(
        yaml_parse(arena, path, bytes_of(arena, path), EXODUS_MADE_CEILING, &root, NULL), 0);
    const struct yaml_node *classes = yaml_get(root, "classes"), *doors = yaml_get(root, "doors");
    const struct yaml_node *what_ifs = yaml_get(root, "what_if");
    *out = (struct exodus_model){.n_classes = (uint32_t)classes->n, .n_doors = (uint32_t)doors->n};
    assert_true(date_parse(yaml_get(root, "from")->text, &out->from));
    assert_true(date_parse(yaml_get(root, "to")->text, &out->to));
    assert_true(date_parse(yaml_get(root, "as_known")->text, &out->as_known));
    out->n_days = (uint32_t)(out->to - out->from) + 1;
    out->classes = arena_new(arena, struct exodus_class, classes->n, NULL);
    out->doors = arena_new(arena, struct exodus_door, doors->n, NULL);
    out->what_ifs = arena_new(arena, struct exodus_what_if, what_ifs->n, NULL);
    for (size_t i = 0; i < classes->n; i++) {
        struct exodus_class *class = &out->classes[i];
        class->id = yaml_get(&classes->items[i], "id")->text;
        class->n_profiles = words_of(yaml_get(&classes->items[i], "profiles"), class->profiles,
                                     EXODUS_PROFILES_MOST);
    }
    for (size_t i = 0; i < doors->n; i++) {
        struct exodus_door *door = &out->doors[i];
        door->id = yaml_get(&doors->items[i], "id")->text;
        door->crossings = arena_new(arena, struct text, 16, NULL);
        door->n_crossings = words_of(yaml_get(&doors->items[i], "crossings"), door->crossings, 16);
    }
    for (size_t i = 0; i < what_ifs->n; i++) {
        const struct yaml_node *edits = yaml_get(&what_ifs->items[i], "edits");
        struct exodus_what_if *what_if = &out->what_ifs[out->n_what_ifs++];
        what_if->id = yaml_get(&what_ifs->items[i], "id")->text;
        for (size_t k = 0; k < edits->n; k++) {
            what_if->edits[what_if->n_edits++] = edit_of(root, &edits->items[k], out->to);
        }
    }
}

#endif
