#include "swarm_members.h"

#include <stdio.h>

#include "swarm_folder.h"

#define MEMBER_MAGIC "AJARMEM1"
enum { KEY, NUMBER, CELLS, HEAD };

int members_open(const struct members *members, struct ajar_err *err)
{
    return members->folder == NULL ? 0 : folder_make(members->folder, err);
}

static int member_path(const struct members *members, uint32_t m, const char **out,
                       struct ajar_err *err)
{
    char name[64];
    snprintf(name, sizeof name, "member-%u.camps", m);
    return file_join(members->arena, members->folder, name, out, err);
}

int members_load(const struct members *members, uint32_t m, int64_t *camps, bool *found,
                 struct ajar_err *err)
{
    const char *path;
    struct file_view view;
    struct bytes_in in;
    int64_t head[HEAD] = {0};
    *found = false;
    if (members->folder == NULL) {
        return 0;
    }
    TRY(member_path(members, m, &path, err));
    if (!file_exists(path)) {
        return 0;
    }
    TRY(file_open(&view, path, BYTES_MOST, err));
    int code = bytes_open(&in, MEMBER_MAGIC, path, view.bytes, err);
    if (code == 0) {
        *found = bytes_take(&in, head, HEAD) && head[KEY] == (int64_t)members->key &&
                 head[NUMBER] == m && head[CELLS] == (int64_t)members->cells &&
                 bytes_take(&in, camps, members->cells) && bytes_done(&in);
        if (!*found) {
            err_at(err, E_FLOW_SNAPSHOT, path, 0, NULL, text_of(NULL),
                   "This member is of another ensemble: other inputs, options, seed or version.");
            code = err_hint(err, "Name another folder with --checkpoint.");
        }
    }
    file_close(&view);
    return code;
}

int members_save(const struct members *members, uint32_t m, const int64_t *camps,
                 struct ajar_err *err)
{
    const char *path;
    struct buf buf;
    const int64_t head[HEAD] = {(int64_t)members->key, m, (int64_t)members->cells};
    if (members->folder == NULL) {
        return 0;
    }
    TRY(member_path(members, m, &path, err));
    buf_init(&buf, BYTES_MOST);
    struct bytes_out out = bytes_begin(&buf, MEMBER_MAGIC);
    bytes_put(&out, head, HEAD);
    bytes_put(&out, camps, members->cells);
    bytes_end(&out);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(path, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}
