#include "exodus_read_parts.h"

static void class_flight(struct exodus_reader *reader, const struct yaml_node *map, uint32_t index,
                         size_t *rests, struct exodus_class *class)
{
    const struct yaml_node *node = exodus_need(reader, map, "flight", YAML_SCALAR);
    if (node == NULL || !text_is(node->text, "rest")) {
        exodus_value(reader, node, "flight", 0, 1, &class->flight);
        return;
    }
    if (*rests > 0) {
        exodus_fault(reader, E_EXODUS_REST, node, "flight", "another class has the rest already");
    }
    ++*rests;
    reader->model.flight_rest = index;
}

static void class_read(struct exodus_reader *reader, const struct yaml_node *map, uint32_t index,
                       size_t *rests, struct exodus_class *class)
{
    static const char *const known[] = {"id", "title", "profiles", "flight", "kept"};
    class->flight.param = EXODUS_FIXED;
    exodus_id(reader, map, &reader->classes, &class->id);
    if (!exodus_only(reader, map, "classes", known, 5)) {
        return;
    }
    exodus_text(reader, exodus_need(reader, map, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &class->title);
    exodus_texts(reader, exodus_list(reader, map, "profiles", EXODUS_PROFILES_MOST), "profiles",
                 class->profiles, &class->n_profiles);
    class->kept = exodus_yes(reader, map, "kept", false);
    class_flight(reader, map, index, rests, class);
}

int exodus_read_classes(struct exodus_reader *reader, const struct yaml_node *root,
                        struct ajar_err *err)
{
    const struct yaml_node *list = exodus_list(reader, root, "classes", EXODUS_CLASSES_MOST);
    size_t rests = 0;
    double sum = 0;
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(reader->model.classes, reader->arena, list->n, err);
    TRY_NEW(reader->classes.at, reader->scratch, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        class_read(reader, &list->items[i], (uint32_t)i, &rests, &reader->model.classes[i]);
        sum += reader->model.classes[i].flight.fixed;
    }
    reader->model.n_classes = (uint32_t)list->n;
    if (rests == 0) {
        exodus_fault(reader, E_EXODUS_REST, list, "flight", "no class has the rest of the flight");
    }
    if (sum > 1 + EXODUS_PARTS_ROUND) {
        exodus_fault(reader, E_EXODUS_REST, list, "flight",
                     "the parts add up to %.4g, and the rest is what is left of 1", sum);
    }
    return 0;
}
