#include "folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fault.h"
#include "file.h"

struct folder_walk {
    struct arena *arena;
    const char *dir, *ending;
    const char **names;
    size_t n, limit;
};

static int folder_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool folder_ends(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

static int folder_walk(struct folder_walk *walk, const char *inside, unsigned depth,
                       struct ajar_err *err);

static int folder_entry(struct folder_walk *walk, const char *inside, const char *name,
                        unsigned depth, struct ajar_err *err)
{
    const char *relative = name, *path;
    struct stat status;
    if (*inside != '\0') {
        TRY(file_join(walk->arena, inside, name, &relative, err));
    } else {
        TRY(text_copy(walk->arena, text_of(name), &relative, err));
    }
    TRY(file_join(walk->arena, walk->dir, relative, &path, err));
    if (stat(path, &status) != 0) {
        return 0;
    }
    if (S_ISDIR(status.st_mode)) {
        return folder_walk(walk, relative, depth + 1, err);
    }
    if (!S_ISREG(status.st_mode) || !folder_ends(name, walk->ending)) {
        return 0;
    }
    if (walk->n == walk->limit) {
        return err_at(err, E_CEILING, walk->dir, 0, NULL, (struct text){"", 0},
                      "the folder has more than %zu files that end in %s", walk->limit,
                      walk->ending);
    }
    walk->names[walk->n++] = relative;
    return 0;
}

static int folder_walk(struct folder_walk *walk, const char *inside, unsigned depth,
                       struct ajar_err *err)
{
    const char *path = walk->dir;
    int code = 0;
    if (depth > FOLDER_DEPTH) {
        return err_at(err, E_CEILING, walk->dir, 0, NULL, text_of(inside),
                      "folders stand more than %d deep within each other", FOLDER_DEPTH);
    }
    if (*inside != '\0') {
        TRY(file_join(walk->arena, walk->dir, inside, &path, err));
    }
    DIR *names = fault_strikes(FAULT_OPEN) ? NULL : opendir(path);
    if (names == NULL) {
        return err_at(err, E_FILE_READ, path, 0, NULL, (struct text){"", 0},
                      "the folder cannot be read");
    }
    for (struct dirent *entry; code == 0 && (entry = readdir(names)) != NULL;) {
        if (entry->d_name[0] != '.') {
            code = folder_entry(walk, inside, entry->d_name, depth, err);
        }
    }
    closedir(names);
    return code;
}

int folder_files(struct arena *arena, const char *dir, const char *ending, size_t limit,
                 const char *const **out, size_t *n, struct ajar_err *err)
{
    struct folder_walk walk = {.arena = arena, .dir = dir, .ending = ending, .limit = limit};
    if (!file_is_folder(dir)) {
        return err_at(err, E_FILE_NOT_FOLDER, dir, 0, NULL, (struct text){"", 0},
                      file_exists(dir) ? "this is no folder" : "there is no such folder");
    }
    TRY_NEW(walk.names, arena, limit, err);
    TRY(folder_walk(&walk, "", 0, err));
    qsort(walk.names, walk.n, sizeof *walk.names, folder_compare);
    *out = walk.names;
    *n = walk.n;
    return 0;
}
