#include "place_import.h"

#include "place_import_parts.h"

int place_import_say(struct place_import_reader *it, struct ajar_err *err, const char *format, ...)
{
    if (it->out->n_said == PLACE_IMPORT_SAID_MOST) {
        return 0;
    }
    struct buf buf;
    const char *copy = "";
    va_list args;
    buf_init(&buf, 4096);
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(it->arena, buf_view(&buf), &copy, err);
    buf_free(&buf);
    TRY(code);
    it->said[it->out->n_said++] = text_of(copy);
    return 0;
}

static int import_read(struct place_import_reader *it, struct text bytes, struct ajar_err *err)
{
    struct text text;
    TRY_NEW(it->said, it->arena, PLACE_IMPORT_SAID_MOST, err);
    it->out->said = it->said;
    TRY(place_import_decode(it->arena, it->file, bytes, &text, &it->out->encoding, err));
    TRY(names_init(&it->ids, it->scratch, err));
    TRY(names_init(&it->folded, it->scratch, err));
    TRY(faults_init(&it->row, it->scratch, PLACE_IMPORT_ROW_MOST, err));
    TRY(place_import_columns(it, text, err));
    return place_import_rows(it, err);
}

int place_import(struct arena *arena, const char *file, struct text bytes,
                 const struct place_import_options *options, struct faults *faults,
                 struct place_import *out, struct ajar_err *err)
{
    struct arena scratch;
    struct place_import made = {0};
    arena_init(&scratch, "import of a placement", (size_t)1 << 30);
    struct place_import_reader reader = {.file = file,
                                         .options = options,
                                         .arena = arena,
                                         .scratch = &scratch,
                                         .faults = faults,
                                         .out = &made};
    int code = import_read(&reader, bytes, err);
    arena_free(&scratch);
    TRY(code);
    *out = made;
    return 0;
}

int place_import_word(struct arena *arena, const struct place_import_column *column,
                      struct text *out, struct ajar_err *err)
{
    struct buf buf;
    const char *copy = "";
    buf_init(&buf, PLACE_IMPORT_CEILING);
    place_import_role_put(&buf, column);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    buf_free(&buf);
    TRY(code);
    *out = text_of(copy);
    return 0;
}
