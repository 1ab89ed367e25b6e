/* What a piece of work depends on. */
#include <string.h>

#include "file.h"
#include "folder.h"
#include "kept.h"

#define KEPT_FILES        10000
#define KEPT_FILE_CEILING ((size_t)4 << 30)

void kept_key_bytes(struct kept_key *key, const void *bytes, size_t n)
{
    uint64_t length = n;
    sha256_add(&key->hash, (struct text){(const char *)&length, sizeof length});
    if (n > 0) {
        sha256_add(&key->hash, (struct text){bytes, n});
    }
}

void kept_key_begin(struct kept_key *key, const char *title)
{
    sha256_begin(&key->hash);
    kept_key_bytes(key, title, strlen(title));
}

void kept_key_number(struct kept_key *key, uint64_t number)
{
    kept_key_bytes(key, &number, sizeof number);
}

int kept_key_file(struct kept_key *key, struct arena *arena, const char *dir, const char *name,
                  struct ajar_err *err)
{
    const char *path;
    struct file_view view;
    TRY(file_join(arena, dir, name, &path, err));
    kept_key_bytes(key, name, strlen(name));
    kept_key_number(key, file_exists(path));
    if (file_exists(path)) {
        TRY(file_open(&view, path, KEPT_FILE_CEILING, err));
        kept_key_bytes(key, view.bytes.at, view.bytes.n);
        file_close(&view);
    }
    return 0;
}

int kept_key_folder(struct kept_key *key, struct arena *arena, const char *dir, const char *inside,
                    struct ajar_err *err)
{
    const char *path, *const *names;
    size_t n;
    TRY(file_join(arena, dir, inside, &path, err));
    TRY(folder_files(arena, path, "", KEPT_FILES, &names, &n, err));
    kept_key_number(key, n);
    for (size_t i = 0; i < n; i++) {
        TRY(kept_key_file(key, arena, path, names[i], err));
    }
    return 0;
}
