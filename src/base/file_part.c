#include "file_part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"

#define FILE_PART_TRIES   8
#define FILE_PART_EARLIER ".earlier"

int file_part_beside(struct arena *arena, const char *path, const char *ending, const char **out,
                     struct ajar_err *err)
{
    const char *slash = strrchr(path, '/');
    size_t dir_n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    struct buf buf;
    buf_init(&buf, 8192);
    buf_bytes(&buf, path, dir_n);
    buf_printf(&buf, ".%s%s", path + dir_n, ending);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), out, err);
    }
    buf_free(&buf);
    return code;
}

int file_part_name(struct arena *arena, const char *path, const char **out, struct ajar_err *err)
{
    char ending[32];
    snprintf(ending, sizeof ending, ".part-%ld", (long)getpid());
    return file_part_beside(arena, path, ending, out, err);
}

/* The name can be foretold, so a link that somebody else put there must not lead to another folder. */
static int part_open(int dir, const char *name)
{
    return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool part_lock(int handle, int how)
{
    int code;
    do {
        code = flock(handle, how);
    } while (code != 0 && errno == EINTR);
    return code == 0;
}

/* Whether the name still stands for the folder that was opened. */
static bool part_same(int handle, const char *part)
{
    struct stat held, named;
    return fstat(handle, &held) == 0 && lstat(part, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

bool file_part_make(const char *part, int *lock)
{
    /* Between its making and its lock another run may take the part for one that was left, and remove
     * it; then it is made again. */
    for (int i = 0; i < FILE_PART_TRIES; i++) {
        if (fault_strikes(FAULT_OPEN) ? (errno = EACCES, true) : mkdir(part, 0777) != 0) {
            return false;
        }
        int handle = part_open(AT_FDCWD, part);
        if (handle < 0) {
            continue;
        }
        if (!part_lock(handle, LOCK_EX)) {
            close(handle);
            *lock = FILE_PART_NO_LOCK;
            return true;
        }
        if (part_same(handle, part)) {
            *lock = handle;
            return true;
        }
        close(handle);
    }
    errno = EBUSY;
    return false;
}

void file_part_let_go(int *lock)
{
    if (*lock != FILE_PART_NO_LOCK) {
        close(*lock);
        *lock = FILE_PART_NO_LOCK;
    }
}

/* Unlinks what stands in the open folder, and closes it. */
static void part_empty(int handle, int depth)
{
    DIR *folder = fdopendir(handle);
    if (folder == NULL) {
        close(handle);
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            unlinkat(dirfd(folder), name, 0) == 0 || depth == 0) {
            continue;
        }
        int inside = part_open(dirfd(folder), name);
        if (inside >= 0) {
            part_empty(inside, depth - 1);
            unlinkat(dirfd(folder), name, AT_REMOVEDIR);
        }
    }
    closedir(folder);
}

void file_part_remove(const char *path)
{
    int handle = part_open(AT_FDCWD, path);
    if (handle >= 0) {
        part_empty(handle, 1);
        rmdir(path);
    }
}

/* Whether the entry is called ".NAME.part-PID", perhaps with ".earlier". */
static bool part_named(const char *entry, const char *name, bool *earlier)
{
    size_t name_n = strlen(name);
    const char *mark = ".part-";
    if (entry[0] != '.' || strncmp(entry + 1, name, name_n) != 0 ||
        strncmp(entry + 1 + name_n, mark, strlen(mark)) != 0) {
        return false;
    }
    const char *pid = entry + 1 + name_n + strlen(mark);
    size_t digits = strspn(pid, "0123456789");
    *earlier = strcmp(pid + digits, FILE_PART_EARLIER) == 0;
    return digits > 0 && (*earlier || pid[digits] == '\0');
}

/* Whether nobody holds the open part.  Where there are no locks only a part of this very process
 * number is known to be nobody's. */
static bool part_left(int handle, const char *entry)
{
    return part_lock(handle, LOCK_EX | LOCK_NB) ||
           (errno != EWOULDBLOCK && strtol(strrchr(entry, '-') + 1, NULL, 10) == getpid());
}

/* Whether the run that moved an earlier output aside is still at it: then it holds the part itself. */
static bool part_at_work(int folder, const char *entry)
{
    char part[NAME_MAX + 1];
    snprintf(part, sizeof part, "%.*s", (int)(strlen(entry) - strlen(FILE_PART_EARLIER)), entry);
    int handle = part_open(folder, part);
    bool held = handle >= 0 && !part_left(handle, part);
    if (handle >= 0) {
        close(handle);
    }
    return held;
}

/* Removes the entry of the folder, or puts it back, unless somebody holds it. */
static void part_clear(int folder, const char *entry, const char *name, bool earlier)
{
    struct stat status;
    int handle = part_open(folder, entry);
    if (handle < 0) {
        return;
    }
    if (!part_left(handle, entry) || (earlier && part_at_work(folder, entry))) {
        close(handle);
    } else if (earlier && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        renameat(folder, entry, folder, name);
        close(handle);
    } else {
        part_empty(handle, 1); /* the lock ends with it */
        unlinkat(folder, entry, AT_REMOVEDIR);
    }
}

void file_part_sweep(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    struct buf dir;
    bool earlier;
    buf_init(&dir, 8192);
    buf_bytes(&dir, path, (size_t)(name - path));
    buf_bytes(&dir, ".", 2); /* with its zero */
    DIR *folder = buf_ok(&dir, NULL) == 0 ? opendir(dir.at) : NULL;
    buf_free(&dir);
    if (folder == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (part_named(entry->d_name, name, &earlier)) {
            part_clear(dirfd(folder), entry->d_name, name, earlier);
        }
    }
    closedir(folder);
}
