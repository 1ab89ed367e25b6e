#include "exodus_read_parts.h"

/* Bits of the words that a list names. */
static uint32_t edit_bits(struct exodus_reader *reader, const struct yaml_node *list,
                          const char *key, const struct exodus_words *words, const char *what)
{
    uint32_t bits = 0, at;
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        if (exodus_find(reader, &list->items[i], key, words, what, &at)) {
            if ((bits >> at & 1) != 0) {
                exodus_fault(reader, E_EXODUS_TWICE, &list->items[i], key,
                             "this stands in the list already");
            }
            bits |= UINT32_C(1) << at;
        }
    }
    return bits;
}

static void edit_days(struct exodus_reader *reader, const struct yaml_node *map,
                      struct exodus_edit *edit)
{
    const struct exodus_model *model = &reader->model;
    const struct yaml_node *from = exodus_need(reader, map, "from", YAML_SCALAR);
    const struct yaml_node *to = exodus_may(reader, map, "to", YAML_SCALAR);
    edit->from = model->from;
    edit->to = model->to;
    bool first = exodus_date(reader, from, "from", &edit->from);
    bool last = exodus_date(reader, to, "to", &edit->to);
    if (model->from == DATE_NONE || model->to == DATE_NONE) {
        return;
    }
    if (first && (edit->from < model->from || edit->from > model->to)) {
        exodus_fault(reader, E_EXODUS_DATES, from, "from", "this day is not in the run");
    } else if (last && (edit->to < edit->from || edit->to > model->to)) {
        exodus_fault(reader, E_EXODUS_DATES, to, "to",
                     "this day is not between the first of the change and the end of the run");
    }
}

static void edit_gate(struct exodus_reader *reader, const struct yaml_node *map,
                      struct exodus_edit *edit)
{
    static const char *const words[] = {"OPEN", "DISCRETION", "CLOSED", "BARRED"};
    static const enum gate gates[] = {GATE_OPEN, GATE_DISCRETION, GATE_CLOSED, GATE_BARRED};
    const struct yaml_node *gate = exodus_may(reader, map, "gate", YAML_SCALAR);
    const struct yaml_node *law = exodus_may(reader, map, "law", YAML_SCALAR);
    size_t at;
    edit->gate = GATE_NO_RULE;
    if ((yaml_get(map, "gate") == NULL) == (yaml_get(map, "law") == NULL)) {
        exodus_fault(reader, E_EXODUS_KEY, map, "gate",
                     "a change has either a gate or a law, not %s",
                     yaml_get(map, "gate") == NULL ? "neither" : "both");
        return;
    }
    if (exodus_choice(reader, gate, "gate", words, 4, &at)) {
        edit->gate = gates[at];
    }
    exodus_text(reader, law, "law", EXODUS_TITLE_MOST, &edit->law);
}

static void edit_read(struct exodus_reader *reader, const struct yaml_node *map,
                      struct exodus_edit *edit)
{
    static const char *const known[] = {"doors", "classes", "from", "to", "gate", "law"};
    if (!exodus_only(reader, map, "edits", known, sizeof known / sizeof *known)) {
        return;
    }
    edit->doors = edit_bits(reader, exodus_list(reader, map, "doors", EXODUS_DOORS_MOST), "doors",
                            &reader->doors, "door");
    edit->classes = (UINT32_C(1) << reader->classes.n) - 1;
    if (yaml_get(map, "classes") != NULL) {
        edit->classes = edit_bits(reader, exodus_list(reader, map, "classes", EXODUS_CLASSES_MOST),
                                  "classes", &reader->classes, "class");
    }
    edit_days(reader, map, edit);
    edit_gate(reader, map, edit);
}

static void what_if_read(struct exodus_reader *reader, const struct yaml_node *map,
                         struct exodus_what_if *out)
{
    static const char *const known[] = {"id", "title", "note", "edits"};
    exodus_id(reader, map, &reader->what_ifs, &out->id);
    if (!exodus_only(reader, map, "what_if", known, 4)) {
        return;
    }
    if (yaml_get(map, "note") != NULL) {
        exodus_text(reader, exodus_may(reader, map, "note", YAML_SCALAR), "note", EXODUS_WHY_MOST,
                    &out->note);
    }
    exodus_text(reader, exodus_need(reader, map, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &out->title);
    const struct yaml_node *list = exodus_list(reader, map, "edits", EXODUS_EDITS_MOST);
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        edit_read(reader, &list->items[i], &out->edits[out->n_edits++]);
    }
}

int exodus_read_what_ifs(struct exodus_reader *reader, const struct yaml_node *root,
                         struct ajar_err *err)
{
    if (yaml_get(root, "what_if") == NULL) {
        return 0;
    }
    const struct yaml_node *list = exodus_list(reader, root, "what_if", EXODUS_LIST_MOST);
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(reader->model.what_ifs, reader->arena, list->n, err);
    TRY_NEW(reader->what_ifs.at, reader->scratch, list->n, err);
    for (; reader->model.n_what_ifs < list->n; reader->model.n_what_ifs++) {
        what_if_read(reader, &list->items[reader->model.n_what_ifs],
                     &reader->model.what_ifs[reader->model.n_what_ifs]);
    }
    return 0;
}
