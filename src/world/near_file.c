#include "near_file.h"

#include <dirent.h>
#include <string.h>
#include <strings.h>

#include "schema.h"

/* A table of its own right is no slip in the name of another. */
static bool near_file_own(const char *name)
{
    for (enum schema_name table = 0; table < SCHEMA_COUNT; table++) {
        if (strcmp(name, schema_table(table)->file) == 0) {
            return true;
        }
    }
    return false;
}

/* How far the name is from the wanted one; the case of letters does not count.  Below 0: too far. */
static int near_file_far(const char *wanted, const char *name)
{
    if (strcasecmp(wanted, name) == 0) {
        return 0;
    }
    return text_nearest(text_of(name), &wanted, 1) == NULL
               ? -1
               : (int)text_distance(text_of(name), text_of(wanted));
}

int near_file(struct arena *arena, const char *path, const char **out, struct ajar_err *err)
{
    const char *slash = strrchr(path, '/'), *wanted = slash == NULL ? path : slash + 1;
    const char *folder = ".", *best = NULL;
    int best_far = 0, code = 0;
    if (slash != NULL) {
        TRY(text_copy(arena, (struct text){path, (size_t)(wanted - path)}, &folder, err));
    }
    DIR *names = opendir(folder);
    for (struct dirent *entry; code == 0 && names != NULL && (entry = readdir(names)) != NULL;) {
        int far = near_file_own(entry->d_name) ? -1 : near_file_far(wanted, entry->d_name);
        if (far < 0 || (best != NULL &&
                        (far > best_far || (far == best_far && strcmp(entry->d_name, best) > 0)))) {
            continue;
        }
        code = text_copy(arena, text_of(entry->d_name), &best, err);
        best_far = far;
    }
    if (names != NULL) {
        closedir(names);
    }
    *out = best;
    return code;
}
