#include "library_parts.h"

#include <stdio.h>
#include <string.h>

#define LIBRARY_FAULTS       1000
#define LIBRARY_CEILING      ((size_t)8 << 30)
#define LIBRARY_THREADS_MOST 256

struct ajar_err *library_err(struct ajar_err *given, struct ajar_err *own)
{
    return given != NULL ? given : own;
}

int library_given(const void *pointer, const char *name, struct ajar_err *err)
{
    if (pointer != NULL) {
        return 0;
    }
    return err_at(err, E_LIBRARY_NULL, NULL, 0, name, TEXT_LIT(""), "%s is NULL", name);
}

int library_options(const void *options, size_t known, struct ajar_err *err)
{
    size_t given;
    TRY(library_given(options, "options", err));
    memcpy(&given, options, sizeof given);
    if (given == known) {
        return 0;
    }
    return err_set(err, E_LIBRARY_OPTIONS,
                   "the options have %zu bytes; version %s of the library knows %zu", given,
                   AJAR_VERSION, known);
}

int library_day(const char *word, const char *option, date_days *out, struct ajar_err *err)
{
    date_days day = DATE_NONE;
    if (word != NULL && !date_parse(text_of(word), &day)) {
        err_at(err, E_USAGE_OPTION_TYPE, NULL, 0, option, text_of(word),
               "The option takes a date.");
        return err_hint(err, "Write it like 2022-09-21.");
    }
    *out = day;
    return 0;
}

int library_word(const char *word, const char *option, const char *const *words, int n,
                 int otherwise, int *out, struct ajar_err *err)
{
    char list[128] = "";
    size_t used = 0;
    int found = word == NULL ? otherwise : -1;
    for (int i = 0; word != NULL && i < n; i++) {
        found = strcmp(word, words[i]) == 0 ? i : found;
        used +=
            (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", words[i]);
    }
    if (word != NULL && found < 0) {
        return err_at(err, E_LIBRARY_VALUE, NULL, 0, option, text_of(word),
                      "The option takes one of: %s.", list);
    }
    *out = found;
    return 0;
}

int library_new(size_t bytes, const char *name, void *out, struct ajar_err *err)
{
    struct arena arena;
    arena_init(&arena, name, LIBRARY_CEILING);
    struct arena *handle = arena_get(&arena, 1, bytes, err);
    if (handle == NULL) {
        arena_free(&arena);
        return arena_code(err);
    }
    *handle = arena;
    memcpy(out, &handle, sizeof handle);
    return 0;
}

void library_free(void *handle)
{
    if (handle != NULL) {
        struct arena arena = *(struct arena *)handle; /* it lies in its own memory */
        arena_free(&arena);
    }
}

int library_done(int code, void *handle, void *out)
{
    if (code != 0) {
        library_free(handle);
        return code;
    }
    memcpy(out, &handle, sizeof handle);
    return 0;
}

int library_text(struct arena *arena, struct text text, const char **out, struct ajar_err *err)
{
    if (text.n == 0) {
        *out = "";
        return 0;
    }
    return text_copy(arena, text, out, err);
}

int library_date(struct arena *arena, date_days day, const char **out, struct ajar_err *err)
{
    char text[DATE_TEXT];
    return library_text(arena, text_of(date_format(day, text)), out, err);
}

int library_faults_begin(struct library_faults *faults, ajar_fault_fn *each, void *arg,
                         struct ajar_err *err)
{
    *faults = (struct library_faults){.each = each, .arg = arg};
    arena_init(&faults->arena, "the faults", LIBRARY_CEILING);
    int code = faults_init(&faults->faults, &faults->arena, LIBRARY_FAULTS, err);
    if (code != 0) {
        arena_free(&faults->arena);
    }
    return code;
}

void library_faults_end(struct library_faults *faults)
{
    faults_sort(&faults->faults);
    for (size_t i = 0; faults->each != NULL && i < faults->faults.kept; i++) {
        faults->each(faults->arg, &faults->faults.at[i]);
    }
    arena_free(&faults->arena);
}

static bool work_stop(void *arg)
{
    const struct library_work *work = arg;
    return work->stop != NULL && work->stop(work->arg) != 0;
}

int library_work_begin(struct library_work *work, unsigned threads, ajar_stop_fn *stop, void *arg,
                       struct ajar_err *err)
{
    *work = (struct library_work){.stop = stop, .arg = arg};
    work->watch = (struct watch){.cancelled = work_stop, .arg = work};
    if (threads > LIBRARY_THREADS_MOST) {
        char many[24];
        snprintf(many, sizeof many, "%u", threads);
        return err_at(err, E_LIBRARY_VALUE, NULL, 0, "threads", text_of(many),
                      "The option takes a number from 0 to %d.", LIBRARY_THREADS_MOST);
    }
    return pool_open(&work->pool, threads == 0 ? 1 : threads, err);
}

void library_work_end(struct library_work *work)
{
    pool_close(work->pool);
}
