#include "verb.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "num.h"

static size_t call_find(const struct verb_call *call, const char *name)
{
    size_t i = 0;
    while (i < call->verb->n_options && strcmp(call->verb->options[i].name, name) != 0) {
        i++;
    }
    assert(i < call->verb->n_options);
    return i;
}

const char *call_text(const struct verb_call *call, const char *name)
{
    size_t i = call_find(call, name);
    assert(call->verb->options[i].type != OPT_FLAG);
    return call->values[i];
}

double call_number(const struct verb_call *call, const char *name)
{
    size_t i = call_find(call, name);
    assert(call->verb->options[i].type == OPT_NUMBER || call->verb->options[i].type == OPT_INT);
    double value = NAN;
    if (call->values[i] != NULL && strcmp(call->values[i], "inf") == 0) {
        return INFINITY;
    }
    if (call->values[i] != NULL) {
        bool good = num_parse(text_of(call->values[i]), &value);
        assert(good);
        (void)good;
    }
    return value;
}

int64_t call_int(const struct verb_call *call, const char *name)
{
    size_t i = call_find(call, name);
    assert(call->verb->options[i].type == OPT_INT);
    int64_t value = INT64_MIN;
    if (call->values[i] != NULL) {
        bool good = num_parse_int(text_of(call->values[i]), &value);
        assert(good);
        (void)good;
    }
    return value;
}

bool call_flag(const struct verb_call *call, const char *name)
{
    size_t i = call_find(call, name);
    assert(call->verb->options[i].type == OPT_FLAG);
    return call->given[i];
}

bool call_given(const struct verb_call *call, const char *name)
{
    return call->given[call_find(call, name)];
}

void call_note(const struct verb_call *call, const char *format, ...)
{
    if (call->quiet) {
        return;
    }
    va_list args;
    va_start(args, format);
    vfprintf(call->say, format, args);
    va_end(args);
    fputc('\n', call->say);
}

int call_put_json(const struct verb_call *call, struct buf *buf, struct ajar_err *err)
{
    buf_char(buf, '\n');
    int code = buf_ok(buf, err);
    if (code == 0) {
        fwrite(buf->at, 1, buf->n, call->to);
    }
    buf_free(buf);
    return code;
}

int call_out_failed(const struct verb_call *call, int code, struct ajar_err *err)
{
    if (code == E_FILE_EXISTS && err->hint[0] == '\0' && !call_flag(call, "replace")) {
        err_hint(err, "Add --replace to replace it, or choose another name.");
    }
    return code;
}

const struct verb_example *verb_example_with(const struct verb *verb, const char *name)
{
    for (size_t i = 0; name[0] != '\0' && i < verb->n_examples; i++) {
        const char *hit = strstr(verb->examples[i].command, name);
        while (hit != NULL) {
            char after = hit[strlen(name)];
            bool option = hit - verb->examples[i].command > 2 && hit[-1] == '-' && hit[-2] == '-';
            if (option && (after == ' ' || after == '=' || after == '\0')) {
                return &verb->examples[i];
            }
            hit = strstr(hit + 1, name);
        }
    }
    return verb->n_examples > 0 ? &verb->examples[0] : NULL;
}

void example_show(struct buf *buf, const char *command)
{
    const char *hit;
    while ((hit = strstr(command, "$OUT")) != NULL) {
        buf_bytes(buf, command, (size_t)(hit - command));
        command = hit + strlen("$OUT");
        if (command[0] == '/') {
            command++;
        } else {
            buf_str(buf, "out");
        }
    }
    buf_str(buf, command);
}

/* Bytes up to the next place where a shell takes a line break: before an option or a quoted word. */
static size_t example_piece(const char *command)
{
    size_t n = 1;
    while (command[n] != '\0' && strncmp(command + n, " --", 3) != 0 &&
           strncmp(command + n, " \"", 2) != 0) {
        n++;
    }
    return n;
}

bool example_fits(const char *command)
{
    for (size_t n; command[0] != '\0'; command += n) {
        n = example_piece(command);
        if (n > EXAMPLE_COLUMNS) {
            return false;
        }
    }
    return true;
}

size_t example_fold(struct buf *buf, const char *command, size_t indent)
{
    struct buf whole;
    size_t at = 0;
    buf_init(&whole, 4096);
    example_show(&whole, command);
    buf_char(&whole, '\0');
    const char *rest = buf_ok(&whole, NULL) == 0 ? whole.at : "";
    for (size_t n; rest[0] != '\0'; rest += n) {
        n = example_piece(rest);
        if (at > 0 && at + n > EXAMPLE_COLUMNS) {
            buf_str(buf, " \\\n");
            buf_pad(buf, ' ', indent);
            buf_bytes(buf, rest + 1, n - 1);
            at = n - 1;
            continue;
        }
        buf_bytes(buf, rest, n);
        at += n;
    }
    buf_free(&whole);
    return at;
}

const struct noun *program_noun(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        if (text_is(name, program->nouns[i].name)) {
            return &program->nouns[i];
        }
    }
    return NULL;
}

const struct verb *program_verb(const struct program *program, const char *noun, struct text name)
{
    for (size_t i = 0; i < program->n_nouns; i++) {
        for (size_t k = 0; k < program->nouns[i].n_verbs; k++) {
            const struct verb *verb = &program->nouns[i].verbs[k];
            if (strcmp(verb->noun, noun) == 0 && text_is(name, verb->name)) {
                return verb;
            }
        }
    }
    return NULL;
}
