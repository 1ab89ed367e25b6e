#include "swarm_checkpoint.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "swarm_folder.h"

#define MANIFEST      "checkpoint.json"
#define MANIFEST_MOST ((size_t)4096)
#define NAME_MOST     64

static int path_of(const struct checkpoint *checkpoint, const char *name, const char **out,
                   struct ajar_err *err)
{
    return file_join(checkpoint->arena, checkpoint->folder, name, out, err);
}

static int snapshot_path(const struct checkpoint *checkpoint, int32_t day, const char **out,
                         struct ajar_err *err)
{
    char name[NAME_MOST];
    snprintf(name, sizeof name, "rank-%u.day-%d.snapshot", checkpoint->ranks->rank, day);
    return path_of(checkpoint, name, out, err);
}

static int days_path(const struct checkpoint *checkpoint, int32_t day, const char **out,
                     struct ajar_err *err)
{
    char name[NAME_MOST];
    snprintf(name, sizeof name, "days-%d.counts", day);
    return path_of(checkpoint, name, out, err);
}

/* ---- The manifest ---- */

struct manifest {
    json_int_t day, ranks;
    uint64_t seed, inputs;
};

static void put_hex(struct json_out *json, const char *key, uint64_t value)
{
    char hex[17];
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)value);
    json_key(json, key);
    json_put_str(json, hex);
}

static int manifest_write(const struct checkpoint *checkpoint, int32_t day, struct ajar_err *err)
{
    const char *path;
    struct buf buf;
    struct json_out json;
    TRY(path_of(checkpoint, MANIFEST, &path, err));
    buf_init(&buf, MANIFEST_MOST);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "created_by");
    json_put_str(&json, "ajar-swarm");
    json_key(&json, "version");
    json_put_str(&json, AJAR_VERSION);
    json_key(&json, "day");
    json_put_int(&json, day);
    json_key(&json, "ranks");
    json_put_int(&json, checkpoint->ranks->n);
    put_hex(&json, "seed", checkpoint->seed);
    put_hex(&json, "inputs", checkpoint->inputs);
    json_end_object(&json);
    buf_char(&buf, '\n');
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(path, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static bool take_hex(const json_t *root, const char *key, uint64_t *out)
{
    unsigned long long value;
    const char *text = json_string_value(json_object_get(root, key));
    if (text == NULL || strspn(text, "0123456789abcdef") != 16 || text[16] != '\0') {
        return false;
    }
    value = 0;
    for (const char *at = text; *at != '\0'; at++) {
        value = value << 4 | (unsigned long long)(*at <= '9' ? *at - '0' : *at - 'a' + 10);
    }
    *out = value;
    return true;
}

/* *found false: there is none. */
static int manifest_read(const struct checkpoint *checkpoint, struct manifest *out, bool *found,
                         struct ajar_err *err)
{
    const char *path;
    struct file_view view;
    json_t *root;
    TRY(path_of(checkpoint, MANIFEST, &path, err));
    *found = file_exists(path);
    if (!*found) {
        return 0;
    }
    TRY(file_open(&view, path, MANIFEST_MOST, err));
    int code = json_read(path, view.bytes, MANIFEST_MOST, &root, err);
    file_close(&view);
    if (code != 0) {
        return code;
    }
    const json_t *day = json_object_get(root, "day"), *ranks = json_object_get(root, "ranks");
    bool whole = json_is_integer(day) && json_is_integer(ranks) &&
                 take_hex(root, "seed", &out->seed) && take_hex(root, "inputs", &out->inputs);
    out->day = json_integer_value(day);
    out->ranks = json_integer_value(ranks);
    json_decref(root);
    return whole ? 0
                 : err_at(err, E_FLOW_SNAPSHOT, path, 0, NULL, text_of(NULL),
                          "This is no list of a checkpoint.");
}

static int manifest_check(const struct checkpoint *checkpoint, const struct manifest *manifest,
                          int32_t from, int32_t to, struct ajar_err *err)
{
    const char *folder = checkpoint->folder;
    const struct text none = {"", 0};
    if (manifest->inputs != checkpoint->inputs) {
        return err_at(err, E_FLOW_SNAPSHOT, folder, 0, NULL, none,
                      "The checkpoint was made with other inputs, rules, first day or version.");
    }
    if (manifest->seed != checkpoint->seed) {
        err_at(err, E_FLOW_SNAPSHOT, folder, 0, NULL, none,
               "The checkpoint was made with another seed.");
        return err_hint(err, "Go on with --seed %llu.", (unsigned long long)manifest->seed);
    }
    if (manifest->ranks != checkpoint->ranks->n) {
        err_at(err, E_FLOW_SNAPSHOT, folder, 0, NULL, none,
               "The checkpoint was made by %lld processes; this job has %u.",
               (long long)manifest->ranks, checkpoint->ranks->n);
        return err_hint(err, "Go on with mpirun -n %lld.", (long long)manifest->ranks);
    }
    if (manifest->day < from || manifest->day > to) {
        return err_at(err, E_FLOW_SNAPSHOT, folder, 0, NULL, none,
                      "The checkpoint is of a day outside the run.");
    }
    return 0;
}

/* ---- Opening ---- */

/* A file of ours that no checkpoint needs: of another day, or begun and never finished. */
static bool needless(void *arg, const char *name)
{
    int32_t day = ((const struct checkpoint *)arg)->day;
    char snapshot[NAME_MOST], days[NAME_MOST];
    snprintf(snapshot, sizeof snapshot, ".day-%d.snapshot", day);
    snprintf(days, sizeof days, "days-%d.counts", day);
    const char *of = strstr(name, ".day-");
    if (text_starts(text_of(name), "rank-") && of != NULL && strstr(of, ".snapshot") != NULL) {
        return strcmp(of, snapshot) != 0;
    }
    return (text_starts(text_of(name), "days-") && strstr(name, ".counts") != NULL &&
            strcmp(name, days) != 0) ||
           text_starts(text_of(name), MANIFEST ".part-");
}

/* Of rank 0 alone. */
static int open_first(struct checkpoint *checkpoint, bool resume, int32_t from, int32_t to,
                      struct ajar_err *err)
{
    bool found;
    struct manifest manifest = {0};
    TRY(folder_make(checkpoint->folder, err));
    TRY(manifest_read(checkpoint, &manifest, &found, err));
    if (!found) {
        folder_clean(checkpoint->folder, needless, checkpoint);
        return 0;
    }
    if (!resume) {
        err_at(err, E_FILE_EXISTS, checkpoint->folder, 0, NULL, text_of(NULL),
               "a checkpoint stands here already");
        return err_hint(err, "Go on from it with --resume, or name another folder.");
    }
    TRY(manifest_check(checkpoint, &manifest, from, to, err));
    checkpoint->day = (int32_t)manifest.day;
    folder_clean(checkpoint->folder, needless, checkpoint);
    return 0;
}

int checkpoint_open(struct checkpoint *checkpoint, bool resume, int32_t from, int32_t to,
                    struct ajar_err *err)
{
    checkpoint->day = -1;
    if (checkpoint->folder == NULL) {
        return 0;
    }
    int code = checkpoint->ranks->rank == 0 ? open_first(checkpoint, resume, from, to, err) : 0;
    TRY(ranks_agree(checkpoint->ranks, code, err));
    int64_t day = checkpoint->day;
    ranks_spread(&day, 1, 0);
    checkpoint->day = (int32_t)day;
    return 0;
}

/* ---- Saving ---- */

static int write_snapshot(const struct checkpoint *checkpoint, const struct flow_agents *agents,
                          int32_t day, struct ajar_err *err)
{
    const char *path;
    struct buf buf;
    TRY(snapshot_path(checkpoint, day, &path, err));
    buf_init(&buf, BYTES_MOST);
    int code = flow_agents_save(agents, &buf, err);
    code = code != 0 ? code : file_write(path, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static int write_days(const struct checkpoint *checkpoint, const struct flow_result *result,
                      int32_t day, struct ajar_err *err)
{
    const char *path;
    struct buf buf;
    TRY(days_path(checkpoint, day, &path, err));
    buf_init(&buf, BYTES_MOST);
    days_save(result, checkpoint->plan, checkpoint->inputs, checkpoint->seed, &buf);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(path, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static void remove_day(const struct checkpoint *checkpoint, int32_t day)
{
    const char *path;
    if (snapshot_path(checkpoint, day, &path, NULL) == 0) {
        unlink(path);
    }
    if (checkpoint->ranks->rank == 0 && days_path(checkpoint, day, &path, NULL) == 0) {
        unlink(path);
    }
}

int checkpoint_save(struct checkpoint *checkpoint, const struct flow_agents *agents,
                    const struct flow_result *result, int32_t day, struct ajar_err *err)
{
    int32_t older = checkpoint->day;
    if (checkpoint->folder == NULL || day == older) {
        return 0;
    }
    bool first = checkpoint->ranks->rank == 0;
    int code = write_snapshot(checkpoint, agents, day, err);
    code = code == 0 && first ? write_days(checkpoint, result, day, err) : code;
    TRY(ranks_agree(checkpoint->ranks, code, err));
    code = first ? manifest_write(checkpoint, day, err) : 0;
    TRY(ranks_agree(checkpoint->ranks, code, err));
    checkpoint->day = day;
    if (older >= 0) {
        remove_day(checkpoint, older);
    }
    return 0;
}

/* ---- Loading ---- */

/* All ranks have their files open before any speaks of what is inside. */
static int read_snapshot(const struct checkpoint *checkpoint, const struct flow_params *params,
                         const struct flow_run_options *options, struct flow_agents **agents,
                         struct ajar_err *err)
{
    const char *path = NULL;
    struct file_view view = {0};
    int code = snapshot_path(checkpoint, checkpoint->day, &path, err);
    code = code != 0 ? code : file_open(&view, path, BYTES_MOST, err);
    code = ranks_agree(checkpoint->ranks, code, err);
    if (code == 0) {
        code = flow_agents_load(agents, checkpoint->arena, checkpoint->plan, params, options,
                                view.bytes, err);
        if (code == E_FLOW_SNAPSHOT && text_starts(text_of(err->text), "the snapshot")) {
            snprintf(err->file, sizeof err->file, "%s", path);
        }
    }
    file_close(&view);
    return code;
}

static int read_days(const struct checkpoint *checkpoint, struct flow_result *result,
                     struct ajar_err *err)
{
    const char *path;
    struct file_view view;
    TRY(days_path(checkpoint, checkpoint->day, &path, err));
    TRY(file_open(&view, path, BYTES_MOST, err));
    int code = days_load(result, checkpoint->plan, checkpoint->inputs, checkpoint->seed,
                         checkpoint->day, path, view.bytes, err);
    file_close(&view);
    return code;
}

int checkpoint_load(const struct checkpoint *checkpoint, const struct flow_params *params,
                    const struct flow_run_options *options, struct flow_agents **agents,
                    struct flow_result *result, struct ajar_err *err)
{
    int code = read_snapshot(checkpoint, params, options, agents, err);
    if (code == 0 && checkpoint->ranks->rank == 0) {
        code = read_days(checkpoint, result, err);
    }
    return ranks_agree(checkpoint->ranks, code, err);
}
