/* Files: read whole; write so that nothing is ever half-written. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "arena.h"

/* A file's bytes, mapped read-only.  Valid until file_close. */
struct file_view {
    struct text bytes;
    void *map; /* private */
    size_t map_n;
};
int file_open(struct file_view *out, const char *path, size_t ceiling_bytes, struct ajar_err *err);
void file_close(struct file_view *view); /* accepts a zeroed view */

/* The part of the view that lies in `bytes` need not stay in memory: it comes back from the file when it is read
 * again.  Bytes beside the view are left alone.  Callable while other threads read. */
void file_forget(const struct file_view *view, struct text bytes);

bool file_exists(const char *path);
bool file_is_folder(const char *path);

/* dir + "/" + name in the arena. */
int file_join(struct arena *arena, const char *dir, const char *name, const char **out,
              struct ajar_err *err);

/* Writes bytes to path: a temporary name beside it, flush, fsync, rename.  On failure the earlier
 * file, if any, is untouched and the temporary is gone. */
int file_write(const char *path, struct text bytes, struct ajar_err *err);

/* A folder that appears whole or not at all.  file_folder_begin makes a hidden sibling
 * (".NAME.part-PID", file_part.h) and removes those that killed runs have left; files are written into it with file_folder_write; file_folder_commit renames
 * it to its name and file_folder_abort removes it.  An existing folder of that name is replaced only
 * when `replace` is set, it holds a datapackage.json that Ajar wrote ("created_by": "ajar"), and that
 * lists every other file in it, so a slip of the hand never deletes a user's files; else
 * E_FILE_EXISTS.  A name such as "flow/places.csv" is written into a folder within; one level, and such a
 * folder is never replaced. */
struct file_folder {
    const char *path; /* final */
    const char *part; /* temporary; NULL: none */
    int lock;         /* private: holds `part` */
    bool replace;
};
int file_folder_begin(struct file_folder *out, struct arena *arena, const char *path, bool replace,
                      struct ajar_err *err);
int file_folder_write(struct file_folder *folder, struct arena *arena, const char *name,
                      struct text bytes, struct ajar_err *err);
/* Moves a file that was written into the folder to `path`, on the same file system: for what belongs beside an
 * output.  A run that is killed before leaves nothing of it. */
int file_folder_move(struct file_folder *folder, struct arena *arena, const char *name,
                     const char *path, struct ajar_err *err);
int file_folder_commit(struct file_folder *folder, struct ajar_err *err);
void file_folder_abort(struct file_folder *folder); /* after commit: does nothing */

#endif
