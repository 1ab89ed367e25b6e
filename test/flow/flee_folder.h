/* The conflicts under test/flow/data, read from their folders. */
#ifndef TEST_FLEE_FOLDER_H
#define TEST_FLEE_FOLDER_H

#include <stdio.h>
#include <stdlib.h>

#include "csv.h"
#include "file.h"
#include "flee_read.h"
#include "folder.h"
#include "num.h"
#include "unit.h"

#define FLEE_DATA "test/flow/data"

static const char *const flee_names[] = {"burundi2015", "car2013",    "mali2012",  "nigeria2016",
                                         "ssudan2013",  "ssudan2016", "syria2013", "tigray2020"};
static const int32_t flee_hasten[] = {50, 100, 20, 100, 100, 100, 400, 20};
#define FLEE_CONFLICTS (sizeof flee_names / sizeof *flee_names)

struct flee_folder {
    struct flee_file *files;
    size_t n;
};

static inline struct text flee_bytes(struct arena *arena, const char *path)
{
    struct file_view view;
    const char *copy;
    assert_int_equal(file_open(&view, path, (size_t)1 << 26, NULL), 0);
    assert_int_equal(text_copy(arena, view.bytes, &copy, NULL), 0);
    struct text out = {copy, view.bytes.n};
    file_close(&view);
    return out;
}

/* All files of input_csv and source_data, and the settings. */
static inline struct flee_folder flee_folder_open(struct arena *arena, const char *conflict)
{
    struct flee_folder out = {0};
    char dir[300], path[800];
    const char *const *names;
    size_t n;
    snprintf(dir, sizeof dir, "%s/%s", FLEE_DATA, conflict);
    assert_int_equal(folder_files(arena, dir, "", 1000, &names, &n, NULL), 0);
    out.files = arena_new(arena, struct flee_file, n, NULL);
    assert_non_null(out.files);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        out.files[out.n++] = (struct flee_file){names[i], flee_bytes(arena, path)};
    }
    return out;
}

/* The world of a conflict; prints and fails on any fault. */
static inline struct flow_world flee_world(struct arena *arena, const char *conflict,
                                           struct flow_said *said)
{
    struct flee_folder folder = flee_folder_open(arena, conflict);
    struct flow_world world;
    struct faults faults;
    struct ajar_err err = {0};
    assert_int_equal(faults_init(&faults, arena, 20, NULL), 0);
    int code =
        flee_read(arena, folder.files, folder.n, text_of(conflict), &world, said, &faults, &err);
    for (size_t i = 0; i < faults.kept; i++) {
        print_error("%s:%ld %s '%s': %s\n", faults.at[i].file, faults.at[i].row,
                    faults.at[i].column, faults.at[i].value, faults.at[i].text);
    }
    if (code != 0) {
        fail_msg("%s: %s", conflict, err.text);
    }
    return world;
}

#endif
