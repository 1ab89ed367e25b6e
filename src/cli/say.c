/* Faults as people and as machines read them. */
#include <string.h>

#include "json.h"
#include "verb.h"

#define BOLD  "\033[1m"
#define RED   "\033[31m"
#define CYAN  "\033[36m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

static const char *say_code(const char *code, bool color)
{
    return color ? code : "";
}

/* "FILE:ROW:AT: ", or "ajar: " when the fault is in no file. */
static void say_place(FILE *to, const struct ajar_err *err, bool color)
{
    fputs(say_code(BOLD, color), to);
    fputs(err->file[0] == '\0' ? "ajar" : err->file, to);
    if (err->row > 0) {
        fprintf(to, ":%ld", err->row);
    }
    if (err->row > 0 && err->at > 0) {
        fprintf(to, ":%ld", err->at);
    }
    fprintf(to, ":%s ", say_code(PLAIN, color));
}

void say_error(FILE *to, const struct ajar_err *err, bool color)
{
    say_place(to, err, color);
    const char *red = say_code(RED, color), *plain = say_code(PLAIN, color);
    bool column = err->column[0] != '\0', value = err->value[0] != '\0';
    fprintf(to, "%s%s", red, err->column);
    if (value) {
        fprintf(to, "%s\"%s\"", column ? " " : "", err->value);
    }
    fprintf(to, "%s%s", plain, column || value ? ": " : "");
    fprintf(to, "%s %s[%s]%s\n", err->text, say_code(FAINT, color), err->slug, plain);
    const char *advice = err_advice(err);
    if (advice[0] != '\0') {
        fprintf(to, "  %stry:%s %s\n", say_code(CYAN, color), plain, advice);
    }
}

static void say_json_str(struct json_out *out, const char *key, const char *value)
{
    json_key(out, key);
    json_put_str(out, value[0] == '\0' ? NULL : value);
}

static void say_json_count(struct json_out *out, const char *key, long value)
{
    json_key(out, key);
    if (value > 0) {
        json_put_int(out, value);
    } else {
        json_put_null(out);
    }
}

void say_put_json(struct json_out *out, const struct ajar_err *err, bool exit_code)
{
    json_begin_object(out);
    say_json_str(out, "slug", err->slug);
    if (exit_code) {
        json_key(out, "exit_code");
        json_put_int(out, ajar_err_exit(err->code));
    }
    say_json_str(out, "file", err->file);
    say_json_count(out, "row", err->row);
    say_json_count(out, "at", err->at);
    say_json_str(out, "column", err->column);
    say_json_str(out, "value", err->value);
    say_json_str(out, "text", err->text);
    say_json_str(out, "hint", err_advice(err));
    json_end_object(out);
}

void say_error_json(FILE *to, const struct ajar_err *err)
{
    struct buf buf;
    struct json_out out;
    buf_init(&buf, 16384); /* every field at its longest, each byte escaped */
    json_out_init(&out, &buf, false);
    json_begin_object(&out);
    json_key(&out, "error");
    say_put_json(&out, err, true);
    json_end_object(&out);
    fwrite(buf.n == 0 ? "" : buf.at, 1, buf.n, to);
    fputc('\n', to);
    buf_free(&buf);
}

void say_faults(FILE *to, const struct faults *faults, bool color)
{
    for (size_t i = 0; i < faults->kept; i++) {
        say_error(to, &faults->at[i], color);
    }
    if (faults->total > faults->kept) {
        fprintf(to, "%zu of %llu faults are shown; correct these first.\n", faults->kept,
                (unsigned long long)faults->total);
    }
}

void call_faults(const struct verb_call *call, const struct faults *faults)
{
    if (!call->json) {
        say_faults(call->say, faults, call->color_say);
        return;
    }
    for (size_t i = 0; i < faults->kept; i++) {
        say_error_json(call->say, &faults->at[i]);
    }
}
