/* The hidden folder ".NAME.part-PID" beside NAME, in which a folder grows before it gets its name.
 * Whoever makes one holds a lock (flock) on it, which ends with the process however it ends: a part that
 * nobody holds was left by a killed run, and the next run that writes NAME removes it. */
#ifndef BASE_FILE_PART_H
#define BASE_FILE_PART_H

#include "arena.h"

#define FILE_PART_NO_LOCK (-1)

/* dir + "." + NAME + ending, of a path without a slash at its end, in the arena: a hidden name beside NAME. */
int file_part_beside(struct arena *arena, const char *path, const char *ending, const char **out,
                     struct ajar_err *err);

/* The same for a part: dir + ".NAME.part-PID". */
int file_part_name(struct arena *arena, const char *path, const char **out, struct ajar_err *err);

/* Makes the empty folder `part` and holds it.  *lock is closed by file_part_let_go; where the file
 * system has no locks it is FILE_PART_NO_LOCK, and nobody removes the part but its maker.  False: it
 * cannot be made, the cause is in errno. */
bool file_part_make(const char *part, int *lock);
void file_part_let_go(int *lock);

/* Removes every part of `path` that nobody holds.  Where a killed run had moved what stood at `path` aside
 * (".NAME.part-PID.earlier") and `path` is empty, that comes back instead.  What cannot be removed is
 * left: it is in nobody's way. */
void file_part_sweep(const char *path);

/* Removes a folder of plain files and of folders of them: Ajar's outputs go no deeper.  Links are never
 * followed. */
void file_part_remove(const char *path);

#endif
