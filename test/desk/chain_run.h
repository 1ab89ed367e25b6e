/* A run of the chain into a folder of its own, for the tests of the chain. */
#ifndef TEST_DESK_CHAIN_RUN_H
#define TEST_DESK_CHAIN_RUN_H

#include "../base/scratch.h"
#include "made.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chain.h"
#include "file.h"

#define SHIPPED "scenarios/exodus2022"

struct run {
    char dir[SCRATCH_PATH], out[SCRATCH_PATH + 32];
    struct arena arena;
    struct faults faults;
    struct chain chain;
    struct ajar_err err;
};

static inline int begin(void **state)
{
    static struct run run;
    run = (struct run){0};
    scratch_make(run.dir);
    snprintf(run.out, sizeof run.out, "%s/answers", run.dir);
    arena_init(&run.arena, "a run", (size_t)1 << 30);
    assert_int_equal(faults_init(&run.faults, &run.arena, 100, &run.err), 0);
    *state = &run;
    return 0;
}

static inline int end(void **state)
{
    struct run *run = *state;
    arena_free(&run->arena);
    scratch_remove(run->dir);
    return 0;
}

static inline int go(struct run *run, const char *scenario, const char *out, bool replace,
                     struct pool *pool, const struct watch *watch)
{
    struct chain_options options = {
        .aid = aid_run_default(), .replace = replace, .command = "ajar run S --out DIR"};
    options.aid.draws = 100;
    options.members = 2;
    options.rounds = 1;
    return chain_run(&run->arena, scenario, out, &options, pool, watch, &run->faults, &run->chain,
                     &run->err);
}

/* The shipped scenario's files in a folder of their own, by links, without doors or without exodus, and so with
 * nobody who lends a stock, and nobody to place. */
static inline void lay_without(struct run *run, const char *part, char dir[SCRATCH_PATH + 32])
{
    char here[SCRATCH_PATH], to[SCRATCH_PATH * 2];
    const char *from;
    snprintf(dir, SCRATCH_PATH + 32, "%s/scenario", run->dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_non_null(getcwd(here, sizeof here));
    DIR *shipped = opendir(SHIPPED);
    assert_non_null(shipped);
    for (const struct dirent *entry; (entry = readdir(shipped)) != NULL;) {
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, part) != 0 &&
            strcmp(entry->d_name, "place") != 0 && strcmp(entry->d_name, "scenario.yaml") != 0) {
            assert_int_equal(file_join(&run->arena, here, SHIPPED, &from, NULL), 0);
            assert_int_equal(file_join(&run->arena, from, entry->d_name, &from, NULL), 0);
            assert_true(snprintf(to, sizeof to, "%s/%s", dir, entry->d_name) < (int)sizeof to);
            assert_int_equal(symlink(from, to), 0);
        }
    }
    closedir(shipped);
    snprintf(to, sizeof to,
             "sed 's/stock: flow/stock: assumed/' " SHIPPED "/scenario.yaml >%s/scenario.yaml",
             dir);
    assert_int_equal(system(to), 0);
}

#endif
