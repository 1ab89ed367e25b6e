#include "doors_input.h"

#include <string.h>

#include "doors_facts.h"
#include "doors_pick.h"
#include "file.h"

int doors_input_folder(const struct verb_call *call, struct doors_folder *out, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, DOORS_FAULTS, err));
    int code = doors_folder_read(call->arena, call->words[0], out, &faults, err);
    if (faults.total > 0) {
        call_faults(call, &faults);
    }
    return code;
}

int doors_input_all(const struct verb_call *call, FILE *from, const char *name, size_t ceiling,
                    struct text *out, struct ajar_err *err)
{
    char *bytes = arena_get(call->arena, ceiling + 1, 1, err);
    if (bytes == NULL) {
        return arena_code(err);
    }
    size_t n = fread(bytes, 1, ceiling + 1, from);
    if (n > ceiling) {
        return err_at(err, E_FILE_TOO_BIG, name, 0, NULL, (struct text){"", 0},
                      "the input is larger than %zu bytes", ceiling);
    }
    *out = (struct text){bytes, n};
    return 0;
}

static int input_parse(const struct verb_call *call, const struct rules *rules, const char *name,
                       struct text bytes, struct person *out, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, DOORS_FAULTS, err));
    int code = doors_facts_parse(call->arena, rules, name, bytes, out, &faults, err);
    faults_sort(&faults);
    if (faults.total > 0) {
        call_faults(call, &faults);
    }
    return code;
}

int doors_input_facts(const struct verb_call *call, const struct rules *rules, struct person *out,
                      struct ajar_err *err)
{
    const char *path = call_text(call, "facts");
    struct file_view view;
    struct text bytes;
    const char *copy;
    if (strcmp(path, "-") == 0) {
        TRY(doors_input_all(call, stdin, "standard input", DOORS_FACTS_CEILING, &bytes, err));
        return input_parse(call, rules, "standard input", bytes, out, err);
    }
    TRY(file_open(&view, path, DOORS_FACTS_CEILING, err));
    int code = text_copy(call->arena, view.bytes, &copy, err);
    bytes = (struct text){copy, view.bytes.n};
    file_close(&view);
    TRY(code);
    return input_parse(call, rules, path, bytes, out, err);
}

int doors_input_when(const struct verb_call *call, const char *option, struct doors_when *out,
                     struct ajar_err *err)
{
    char shown[32];
    const char *text = call_text(call, option);
    if (doors_when_parse(text_of(text), out)) {
        return 0;
    }
    snprintf(shown, sizeof shown, "--%s", option);
    err_at(err, E_USAGE_OPTION_TYPE, NULL, 0, shown, text_of(text),
           "The option takes a date, or a moment.");
    return err_hint(err, "Write it like 2022-09-30 or 2023-12-15T20:00+02:00.");
}

int doors_input_span(const struct verb_call *call, const struct doors_when *from,
                     const struct doors_when *to, struct ajar_err *err)
{
    const char *last = call_text(call, "to");
    char day[MOMENT_TEXT];
    if (to->at >= from->at) {
        return 0;
    }
    err_at(err, E_USAGE_OPTION_RANGE, NULL, 0, "--to", text_of(last == NULL ? "" : last),
           "The span ends before it starts, on %s.", moment_format(from->at, day));
    return err_hint(err, "Give a last day that is not before the first.");
}

static int input_country(const struct verb_call *call, const struct rules *rules, name_id *out,
                         struct ajar_err *err)
{
    const char *word = call_text(call, "country");
    *out = 0;
    return word == NULL ? 0 : doors_pick_country(rules, "--country", text_of(word), out, err);
}

static unsigned input_kinds(const struct verb_call *call)
{
    const char *word = call_text(call, "kind");
    for (unsigned i = DOOR_ENTRY; word != NULL && i <= DOOR_PROTECTION; i++) {
        if (strcmp(word, door_kind_words[i]) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

int doors_input_choice(const struct verb_call *call, const struct rules *rules,
                       struct doors_question *out, struct ajar_err *err)
{
    const char *door = call_text(call, "door");
    if (door != NULL) {
        TRY(doors_pick_door(call->arena, rules, door, &out->door, err));
    }
    return input_country(call, rules, &out->country, err);
}

date_days doors_input_known(const struct verb_call *call)
{
    const char *known = call_text(call, "as-known");
    date_days day = DATE_NONE;
    return known != NULL && date_parse(text_of(known), &day) ? day : DATE_NONE;
}

int doors_input_question(const struct verb_call *call, const struct rules *rules,
                         struct doors_question *out, struct ajar_err *err)
{
    struct doors_question question = {.as_known = doors_input_known(call), .door = RULES_NONE};
    TRY(doors_input_when(call, "on", &question.on, err));
    TRY(doors_input_choice(call, rules, &question, err));
    question.kinds = input_kinds(call);
    question.counterfactual = call_flag(call, "counterfactual");
    *out = question;
    return 0;
}
