/* The conflicts under test/flow/data, clocks, and the end of a bench that meets an error. */
#ifndef BENCH_FLOW_CONFLICT_H
#define BENCH_FLOW_CONFLICT_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "file.h"
#include "flee_read.h"
#include "folder.h"

static inline double now(clockid_t clock)
{
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static inline void must(int code, const struct ajar_err *err)
{
    if (code != 0) {
        fprintf(stderr, "bench: %s %s\n", err->text, err->hint);
        exit(1);
    }
}

/* Of the folder FOLDER/NAME in the reference's format. */
static inline struct flow_world read_world(struct arena *arena, const char *folder,
                                           const char *name)
{
    char dir[1000], path[2000];
    const char *const *names, *copy;
    size_t n;
    struct ajar_err err = {0};
    struct flow_world world = {0};
    struct faults faults;
    snprintf(dir, sizeof dir, "%s/%s", folder, name);
    must(folder_files(arena, dir, "", 1000, &names, &n, &err), &err);
    struct flee_file *files = arena_new(arena, struct flee_file, n, &err);
    must(files == NULL ? err.code : 0, &err);
    for (size_t i = 0; i < n; i++) {
        struct file_view view;
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        must(file_open(&view, path, (size_t)1 << 26, &err), &err);
        must(text_copy(arena, view.bytes, &copy, &err), &err);
        files[i] = (struct flee_file){names[i], {copy, view.bytes.n}};
        file_close(&view);
    }
    must(faults_init(&faults, arena, 20, &err), &err);
    must(flee_read(arena, files, n, text_of(name), &world, NULL, &faults, &err), &err);
    return world;
}

#endif
