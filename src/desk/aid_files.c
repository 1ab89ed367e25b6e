/* The files that a desk publishes, made in memory. */
#include "aid_parts.h"

enum { AID_FILES = 8 };

struct aid_writer {
    struct arena *arena;
    const struct aid_job *job;
    struct aid_file *file;
    size_t n;
};

static int aid_file_add(struct aid_writer *writer, const char *name, struct buf *buf,
                        struct ajar_err *err)
{
    struct aid_file *file = &writer->file[writer->n];
    int code = buf_ok(buf, err);
    if (code == 0) {
        code = text_copy(writer->arena, buf_view(buf), &file->bytes.at, err);
    }
    if (code == 0) {
        file->name = name;
        file->bytes.n = buf->n;
        writer->n++;
    }
    buf_free(buf);
    return code;
}

static int aid_file_make(struct aid_writer *writer, const char *name,
                         void (*make)(struct buf *, const struct aid_job *), struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, AID_FILE_CEILING);
    make(&buf, writer->job);
    return aid_file_add(writer, name, &buf, err);
}

int aid_job_files(struct arena *arena, const struct aid_job *job, struct aid_file **out, size_t *n,
                  struct ajar_err *err)
{
    struct aid_writer writer = {.arena = arena, .job = job};
    TRY_NEW(writer.file, arena, AID_FILES, err);
    TRY(aid_file_make(&writer, "aid.csv", aid_table_split, err));
    TRY(aid_file_make(&writer, "aid_inputs.csv", aid_table_inputs, err));
    TRY(aid_file_make(&writer, "aid_next_dollar.csv", aid_table_next, err));
    TRY(aid_file_make(&writer, "aid_alpha.csv", aid_table_alpha, err));
    if (job->sensitivity.band[AID_GROUP_ALL].present) {
        TRY(aid_file_make(&writer, "aid_sensitivity.csv", aid_table_draws, err));
    }
    if (job->keys.n > 0) {
        TRY(aid_file_make(&writer, "aid_keys.csv", aid_table_keys, err));
    }
    TRY(aid_file_make(&writer, "certificate.json", aid_certificate, err));
    TRY(aid_file_make(&writer, "methodology.md", aid_note, err));
    *out = writer.file;
    *n = writer.n;
    return 0;
}
