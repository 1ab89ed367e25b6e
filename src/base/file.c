#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"
#include "file_part.h"
#include "json.h"

/* A datapackage.json is small; one larger than this was not written by Ajar. */
#define FILE_PACKAGE_CEILING ((size_t)16 * 1024 * 1024)

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int file_map(struct file_view *view, int handle, size_t size, const char *path,
                    struct ajar_err *err)
{
    if (size == 0) {
        view->bytes = (struct text){"", 0};
        return 0;
    }
    void *map = fault_strikes(FAULT_READ) ? MAP_FAILED
                                          : mmap(NULL, size, PROT_READ, MAP_PRIVATE, handle, 0);
    if (map == MAP_FAILED) {
        return err_at(err, E_FILE_READ, path, 0, NULL, (struct text){"", 0},
                      "the file cannot be read");
    }
    view->map = map;
    view->map_n = size;
    view->bytes = (struct text){map, size};
    return 0;
}

int file_open(struct file_view *out, const char *path, size_t ceiling_bytes, struct ajar_err *err)
{
    struct text none = {"", 0};
    /* Without O_NONBLOCK the opening of a pipe would wait for a writer. */
    int handle = fault_strikes(FAULT_OPEN) ? (errno = EACCES, -1)
                                           : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0) {
        return err_at(err, E_FILE_OPEN, path, 0, NULL, none, "the file cannot be opened: %s",
                      errno == ENOENT ? "there is no such file" : "it is not readable");
    }
    struct stat status;
    struct file_view view = {0};
    int code = 0;
    if (fstat(handle, &status) != 0 || !S_ISREG(status.st_mode)) {
        code = err_at(err, E_FILE_READ, path, 0, NULL, none, "this is not an ordinary file");
        err_hint(err, "Name a file; what a pipe or a device gives is saved to one first.");
    } else if ((uint64_t)status.st_size > ceiling_bytes) {
        code = err_at(err, E_FILE_TOO_BIG, path, 0, NULL, none,
                      "the file has %lld bytes; at most %zu are read here",
                      (long long)status.st_size, ceiling_bytes);
    } else {
        code = file_map(&view, handle, (size_t)status.st_size, path, err);
    }
    close(handle);
    if (code == 0) {
        *out = view;
    }
    return code;
}

void file_close(struct file_view *view)
{
    if (view->map != NULL) {
        munmap(view->map, view->map_n);
    }
    *view = (struct file_view){0};
}

void file_forget(const struct file_view *view, struct text bytes)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const uintptr_t map = (uintptr_t)view->map, at = (uintptr_t)bytes.at;
    if (view->map == NULL || at + bytes.n <= map || at >= map + view->map_n) {
        return;
    }
    size_t from = at > map ? at - map : 0, end = at + bytes.n - map;
    from = from / page * page;
    end = end < view->map_n ? end : view->map_n;
    madvise((char *)view->map + from, end - from, MADV_DONTNEED);
}

int file_join(struct arena *arena, const char *dir, const char *name, const char **out,
              struct ajar_err *err)
{
    size_t dir_n = strlen(dir), name_n = strlen(name);
    while (dir_n > 1 && dir[dir_n - 1] == '/') {
        dir_n--;
    }
    char *path;
    TRY_NEW(path, arena, dir_n + name_n + 2, err);
    memcpy(path, dir, dir_n);
    path[dir_n] = '/';
    memcpy(path + dir_n + 1, name, name_n);
    *out = path;
    return 0;
}

static const char *file_write_hint(int cause)
{
    switch (cause) {
    case ENOENT:
        return "Make the folder that it should stand in first.";
    case ENOTDIR:
        return "Choose another place: a part of this path is a file, not a folder.";
    case ENAMETOOLONG:
        return "Choose a shorter name.";
    case EACCES:
    case EPERM:
    case EROFS:
        return "Choose a folder that you may write into.";
    case ENOSPC:
    case EDQUOT:
        return "Make room on the disk, or choose a place on another one.";
    default:
        return NULL;
    }
}

/* Whose matter it is: the path as typed, the rights of the user, or the machine. */
static enum err_code file_write_code(int cause)
{
    switch (cause) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return E_FILE_PLACE;
    case EACCES:
    case EPERM:
    case EROFS:
        return E_FILE_DENIED;
    case EEXIST:
    case ENOTEMPTY:
        return E_FILE_EXISTS;
    default:
        return E_FILE_WRITE;
    }
}

static int file_write_failed(struct ajar_err *err, const char *path, const char *step)
{
    int cause = errno;
    enum err_code code = file_write_code(cause);
    err_at(err, code, path, 0, NULL, (struct text){"", 0}, "%s: %s", step, strerror(cause));
    const char *hint = file_write_hint(cause);
    if (hint != NULL) {
        err_hint(err, "%s", hint);
    }
    return (int)code;
}

/* All bytes and a flush to the disk; the handle is closed in any case. */
static int file_fill(int handle, const char *path, struct text bytes, struct ajar_err *err)
{
    int code = 0;
    for (size_t done = 0; code == 0 && done < bytes.n;) {
        ssize_t n = fault_strikes(FAULT_WRITE) ? (errno = ENOSPC, -1)
                                               : write(handle, bytes.at + done, bytes.n - done);
        if (n < 0 && errno != EINTR) {
            code = file_write_failed(err, path, "the file cannot be written");
        } else if (n > 0) {
            done += (size_t)n;
        }
    }
    if (code == 0 && (fault_strikes(FAULT_FLUSH) ? (errno = EIO, true) : fsync(handle) != 0)) {
        code = file_write_failed(err, path, "the file cannot be flushed to the disk");
    }
    if (close(handle) != 0 && code == 0) {
        code = file_write_failed(err, path, "the file cannot be closed");
    }
    return code;
}

static int file_rename(const char *from, const char *to, struct ajar_err *err)
{
    if (fault_strikes(FAULT_RENAME) ? (errno = EACCES, true) : rename(from, to) != 0) {
        return file_write_failed(err, to, "the finished output cannot be put in place");
    }
    return 0;
}

int file_write(const char *path, struct text bytes, struct ajar_err *err)
{
    struct buf part;
    buf_init(&part, 8192);
    buf_printf(&part, "%s.part-%ld", path, (long)getpid());
    int code = buf_ok(&part, err);
    if (code == 0) {
        int handle =
            fault_strikes(FAULT_OPEN)
                ? (errno = EACCES, -1)
                : open(part.at, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
        code = handle < 0 ? file_write_failed(err, path, "the file cannot be created")
                          : file_fill(handle, path, bytes, err);
        if (code == 0) {
            code = file_rename(part.at, path, err);
        }
        if (code != 0 && handle >= 0) {
            unlink(part.at);
        }
    }
    buf_free(&part);
    return code;
}

/* Whether a resource of the package is this file. */
static bool file_package_lists(const json_t *root, const char *name)
{
    const json_t *resources = json_object_get(root, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        const char *path = json_string_value(json_object_get(json_array_get(resources, i), "path"));
        if (path != NULL && strcmp(path, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The first thing in the folder, by name, that its package does not list: somebody put it there.
 * NULL: there is none. */
static int file_folder_stranger(const char *path, struct arena *arena, const json_t *root,
                                const char **out, struct ajar_err *err)
{
    DIR *folder = opendir(path);
    const char *stranger = NULL;
    int code = folder == NULL ? err_at(err, E_FILE_READ, path, 0, NULL, (struct text){"", 0},
                                       "the folder cannot be read")
                              : 0;
    for (struct dirent *entry = NULL; code == 0 && (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
            strcmp(name, "datapackage.json") != 0 && !file_package_lists(root, name) &&
            (stranger == NULL || strcmp(name, stranger) < 0)) {
            code = text_copy(arena, text_of(name), &stranger, err);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    *out = stranger;
    return code;
}

/* Whether Ajar made the folder, as its datapackage.json says, and what stands in it that Ajar did not
 * write (NULL: nothing).  A link to a folder was made by somebody else, and exchanging it would not
 * exchange the folder. */
static int file_folder_ours(const char *path, struct arena *arena, bool *ours,
                            const char **stranger, struct ajar_err *err)
{
    const char *package;
    struct file_view view;
    struct stat status;
    *ours = false;
    *stranger = NULL;
    if (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return 0;
    }
    TRY(file_join(arena, path, "datapackage.json", &package, err));
    if (file_open(&view, package, FILE_PACKAGE_CEILING, NULL) != 0) {
        return 0;
    }
    json_t *root = NULL;
    int code = 0;
    if (json_read(package, view.bytes, FILE_PACKAGE_CEILING, &root, NULL) == 0) {
        const char *by = json_string_value(json_object_get(root, "created_by"));
        *ours = by != NULL && strcmp(by, "ajar") == 0;
        code = *ours ? file_folder_stranger(path, arena, root, stranger, err) : 0;
        json_decref(root);
    }
    file_close(&view);
    return code;
}

/* Whether what stands at the path may be replaced; 0: yes. */
static int file_folder_taken(const struct file_folder *folder, struct arena *arena,
                             struct ajar_err *err)
{
    bool ours;
    const char *stranger;
    const struct text none = {"", 0};
    TRY(file_folder_ours(folder->path, arena, &ours, &stranger, err));
    if (!ours) {
        err_at(err, E_FILE_EXISTS, folder->path, 0, NULL, none,
               "something that Ajar did not write stands here already");
        err_hint(err, "Choose another name; Ajar replaces only a folder that it wrote.");
        return E_FILE_EXISTS;
    }
    if (stranger != NULL) {
        err_at(err, E_FILE_EXISTS, folder->path, 0, NULL, none,
               "an earlier output of Ajar stands here, and in it '%.*s', which Ajar did not write",
               (int)text_fit(text_of(stranger), 100), stranger);
        err_hint(err, "Move that away, or choose another name; Ajar deletes only its own files.");
        return E_FILE_EXISTS;
    }
    if (!folder->replace) {
        return err_at(err, E_FILE_EXISTS, folder->path, 0, NULL, none,
                      "an earlier output of Ajar stands here already");
    }
    return 0;
}

int file_folder_begin(struct file_folder *out, struct arena *arena, const char *path, bool replace,
                      struct ajar_err *err)
{
    struct text trimmed = text_of(path);
    while (trimmed.n > 1 && trimmed.at[trimmed.n - 1] == '/') {
        trimmed.n--;
    }
    struct file_folder folder = {.replace = replace, .lock = FILE_PART_NO_LOCK};
    TRY(text_copy(arena, trimmed, &folder.path, err));
    file_part_sweep(folder.path);
    if (file_exists(folder.path)) {
        TRY(file_folder_taken(&folder, arena, err));
    }
    TRY(file_part_name(arena, folder.path, &folder.part, err));
    if (!file_part_make(folder.part, &folder.lock)) {
        return file_write_failed(err, folder.path, "the folder cannot be created");
    }
    *out = folder;
    return 0;
}

/* The folder within, of a name such as "flow/places.csv". */
static int file_folder_inside(struct arena *arena, const struct file_folder *folder,
                              const char *name, struct ajar_err *err)
{
    const char *slash = strchr(name, '/'), *inside, *path;
    if (slash == NULL) {
        return 0;
    }
    TRY(text_copy(arena, (struct text){name, (size_t)(slash - name)}, &inside, err));
    TRY(file_join(arena, folder->part, inside, &path, err));
    if (fault_strikes(FAULT_OPEN) ? (errno = EACCES, true)
                                  : mkdir(path, 0777) != 0 && errno != EEXIST) {
        return file_write_failed(err, path, "the folder cannot be created");
    }
    return 0;
}

int file_folder_write(struct file_folder *folder, struct arena *arena, const char *name,
                      struct text bytes, struct ajar_err *err)
{
    const char *path;
    TRY(file_join(arena, folder->part, name, &path, err));
    int code = file_folder_inside(arena, folder, name, err);
    code = code != 0 ? code : file_write(path, bytes, err);
    if (code != 0 && code != E_CEILING && code != E_MEMORY && err != NULL) {
        snprintf(err->file, sizeof err->file, "%s/%s", folder->path,
                 name); /* as the user knows it */
    }
    return code;
}

int file_folder_move(struct file_folder *folder, struct arena *arena, const char *name,
                     const char *path, struct ajar_err *err)
{
    const char *from;
    TRY(file_join(arena, folder->part, name, &from, err));
    return file_rename(from, path, err);
}

static void file_folder_done(struct file_folder *folder)
{
    folder->part = NULL;
    file_part_let_go(&folder->lock);
}

int file_folder_commit(struct file_folder *folder, struct ajar_err *err)
{
    /* Without leave to replace, a folder that appeared meanwhile makes the rename fail, as it should. */
    if (!folder->replace || !file_exists(folder->path)) {
        TRY(file_rename(folder->part, folder->path, err));
        file_folder_done(folder);
        return 0;
    }
    /* An exchange, so that there is no moment without the folder; where the file system cannot,
     * the earlier one is moved aside and comes back if the second rename fails. */
    if (!fault_strikes(FAULT_RENAME) &&
        renameat2(AT_FDCWD, folder->part, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0) {
        file_part_remove(folder->part);
        file_folder_done(folder);
        return 0;
    }
    struct buf aside;
    buf_init(&aside, 8192);
    buf_printf(&aside, "%s.earlier", folder->part);
    int code = buf_ok(&aside, err);
    if (code == 0) {
        code = file_rename(folder->path, aside.at, err);
    }
    if (code == 0) {
        code = file_rename(folder->part, folder->path, err);
        if (code != 0) {
            rename(aside.at, folder->path);
        } else {
            file_part_remove(aside.at);
            file_folder_done(folder);
        }
    }
    buf_free(&aside);
    return code;
}

void file_folder_abort(struct file_folder *folder)
{
    if (folder->part != NULL) {
        file_part_remove(folder->part);
        file_folder_done(folder);
    }
}
