#include "exodus_pick.h"

#include <string.h>

#define PICK_SHOWN 400 /* bytes of a list of ids in a hint */
#define PICK_TITLE 4096

struct picker {
    struct arena *arena;
    const struct exodus_input *input;
    struct exodus_model *model; /* of the answer */
    struct exodus_gates *gates; /* [1 + n_what_ifs] */
    bool *taken;                /* [input's n_what_ifs] */
};

/* ---- --what-if ---- */

static void pick_take(struct picker *it, size_t i)
{
    if (!it->taken[i]) {
        struct exodus_model *model = it->model;
        it->taken[i] = true;
        model->what_ifs[model->n_what_ifs] = it->input->model->what_ifs[i];
        it->gates[++model->n_what_ifs] = it->input->worlds.gates[i + 1];
    }
}

static int pick_unknown(const struct picker *it, struct text id, struct ajar_err *err)
{
    const struct exodus_model *model = it->input->model;
    struct buf ids;
    buf_init(&ids, PICK_SHOWN);
    for (size_t i = 0; i < model->n_what_ifs; i++) {
        buf_printf(&ids, "%s%.*s", i == 0 ? "" : ", ", (int)model->what_ifs[i].id.n,
                   model->what_ifs[i].id.at);
    }
    err_at(err, E_EXODUS_WHAT_IF, NULL, 0, "--what-if", id, "the model has no such what-if");
    if (ids.n > 0) {
        err_hint(err, "Those that it has: %.*s.", (int)ids.n, ids.at);
    }
    buf_free(&ids);
    return E_EXODUS_WHAT_IF;
}

static int pick_named(struct picker *it, const char *words, struct ajar_err *err)
{
    const struct exodus_model *model = it->input->model;
    struct text rest = text_of(words);
    do {
        struct text id = text_trim(text_split(rest, ';', &rest));
        size_t i = 0;
        while (i < model->n_what_ifs && !text_eq(model->what_ifs[i].id, id)) {
            i++;
        }
        if (i == model->n_what_ifs) {
            return pick_unknown(it, id, err);
        }
        pick_take(it, i);
    } while (rest.n > 0);
    return 0;
}

/* ---- --close ---- */

static int close_fault(struct text value, const char *what, struct ajar_err *err)
{
    return err_at(err, E_EXODUS_CLOSING, NULL, 0, "--close", value, "%s", what);
}

static int close_door(const struct exodus_model *model, struct text id, uint32_t *doors,
                      struct ajar_err *err)
{
    struct buf ids;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        if (text_eq(model->doors[d].id, id)) {
            *doors |= 1U << d;
            return 0;
        }
    }
    buf_init(&ids, PICK_SHOWN);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        buf_printf(&ids, "%s%.*s", d == 0 ? "" : ", ", (int)model->doors[d].id.n,
                   model->doors[d].id.at);
    }
    close_fault(id, "this is no door of the exodus", err);
    err_hint(err, "Its doors: %.*s.", (int)ids.n, ids.n == 0 ? "" : ids.at);
    buf_free(&ids);
    return E_EXODUS_CLOSING;
}

static int close_day(const struct exodus_model *model, struct text word, date_days *out,
                     struct ajar_err *err)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    date_days guess, last = model->from + (date_days)model->n_days - 1;
    if (!date_parse(word, out)) {
        close_fault(word, "this is no day", err);
        return date_guess(word, &guess)
                   ? err_hint(err, "Did you mean %s?", date_format(guess, from))
                   : E_EXODUS_CLOSING;
    }
    if (*out < model->from || *out > last) {
        close_fault(word, "this day is outside the run", err);
        return err_hint(err, "The run is from %s to %s.", date_format(model->from, from),
                        date_format(last, to));
    }
    return 0;
}

static int close_days(const struct exodus_model *model, struct text word, struct exodus_edit *edit,
                      struct ajar_err *err)
{
    size_t dots = 0;
    while (dots + 1 < word.n && !(word.at[dots] == '.' && word.at[dots + 1] == '.')) {
        dots++;
    }
    if (dots + 1 >= word.n) {
        edit->to = model->from + (date_days)model->n_days - 1;
        return close_day(model, word, &edit->from, err);
    }
    struct text first = {word.at, dots}, last = {word.at + dots + 2, word.n - dots - 2};
    TRY(close_day(model, text_trim(first), &edit->from, err));
    TRY(close_day(model, text_trim(last), &edit->to, err));
    return edit->to >= edit->from ? 0
                                  : close_fault(word, "the second day is before the first", err);
}

static int close_one(const struct exodus_model *model, struct text word, struct exodus_edit *out,
                     struct ajar_err *err)
{
    struct exodus_edit edit = {.classes = (1U << model->n_classes) - 1, .gate = GATE_CLOSED};
    struct text days, door = text_trim(text_split(word, '@', &days));
    if (days.n == 0) {
        return close_fault(word, "the sign @ and a day follow the door that is shut", err);
    }
    TRY(close_door(model, door, &edit.doors, err));
    TRY(close_days(model, text_trim(days), &edit, err));
    *out = edit;
    return 0;
}

static int close_title(struct picker *it, const char *words, struct text *out, struct ajar_err *err)
{
    struct buf buf;
    const char *copy = NULL;
    buf_init(&buf, PICK_TITLE);
    buf_printf(&buf, "Shut: %s", words);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(it->arena, buf_view(&buf), &copy, err);
    *out = text_of(copy);
    buf_free(&buf);
    return code;
}

static int pick_closes(struct picker *it, const char *words, struct ajar_err *err)
{
    struct exodus_model *model = it->model;
    struct exodus_what_if made = {.id = TEXT_LIT("close")};
    struct text rest = text_of(words);
    size_t n = (size_t)model->n_days * model->n_doors * model->n_classes;
    uint8_t *at;
    do {
        struct text word = text_trim(text_split(rest, ';', &rest));
        if (made.n_edits == EXODUS_EDITS_MOST) {
            return close_fault(word, "too many doors are shut at once; 16 are taken", err);
        }
        TRY(close_one(model, word, &made.edits[made.n_edits], err));
        made.n_edits++;
    } while (rest.n > 0);
    TRY(close_title(it, words, &made.title, err));
    TRY_NEW(at, it->arena, n, err);
    memcpy(at, it->gates[0].at, n);
    exodus_gates_edit(model, &made, at);
    model->what_ifs[model->n_what_ifs] = made;
    it->gates[++model->n_what_ifs].at = at;
    return 0;
}

int exodus_pick(struct arena *arena, const struct exodus_input *input, const char *what_ifs,
                const char *closes, struct exodus_input *out, struct ajar_err *err)
{
    size_t n = input->model->n_what_ifs;
    struct exodus_input made = *input;
    struct picker it = {.arena = arena, .input = input};
    TRY_NEW(it.model, arena, 1, err);
    TRY_NEW(it.gates, arena, n + 2, err);
    TRY_NEW(it.taken, arena, n, err);
    *it.model = *input->model;
    it.model->n_what_ifs = 0;
    TRY_NEW(it.model->what_ifs, arena, n + 1, err);
    it.gates[0] = input->worlds.gates[0];
    if (what_ifs != NULL) {
        TRY(pick_named(&it, what_ifs, err));
    }
    if (closes != NULL) {
        TRY(pick_closes(&it, closes, err));
    }
    for (size_t i = 0; what_ifs == NULL && closes == NULL && i < n; i++) {
        pick_take(&it, i);
    }
    made.model = it.model;
    made.worlds =
        (struct exodus_worlds){.n = (uint32_t)it.model->n_what_ifs + 1, .gates = it.gates};
    *out = made;
    return 0;
}
