/* A small conflict in a folder of a test's own, and a run of it. */
#ifndef TEST_DESK_CONFLICT_MADE_H
#define TEST_DESK_CONFLICT_MADE_H

#include <sys/stat.h>

#include "../base/scratch.h"

#include "chain.h"
#include "file.h"

#define CONFLICT_DAYS 60

struct conflict {
    char dir[SCRATCH_PATH], from[SCRATCH_PATH + 32], out[SCRATCH_PATH + 32];
    struct arena arena;
    struct faults faults;
    struct chain chain;
    struct ajar_err err;
};

static inline void conflict_put(struct conflict *conflict, const char *name, const char *bytes)
{
    const char *path;
    assert_int_equal(file_join(&conflict->arena, conflict->from, name, &path, NULL), 0);
    assert_int_equal(file_write(path, text_of(bytes), NULL), 0);
}

/* Fire in Aber; a road by Bel to the camp Cor, which two registers count, and one to the camp <Dun>&, which
 * is shut for ten days. */
static inline void conflict_lay(struct conflict *conflict)
{
    char flow[SCRATCH_PATH + 64];
    snprintf(conflict->from, sizeof conflict->from, "%s/scenario", conflict->dir);
    snprintf(conflict->out, sizeof conflict->out, "%s/answers", conflict->dir);
    snprintf(flow, sizeof flow, "%s/flow", conflict->from);
    assert_int_equal(mkdir(conflict->from, 0700), 0);
    assert_int_equal(mkdir(flow, 0700), 0);
    conflict_put(conflict, "flow/flow.yaml",
                 "title: \"The <Aber> fire\"\nstart: 2020-01-01\ndays: 60\nrules: flee\n"
                 "parameters:\n  max_move_speed: 400\n  sum_from_camps: true\n  insert_day0: true\n"
                 "  conflict_movechance: 1\n  default_movechance: 1\n");
    conflict_put(conflict, "flow/places.csv",
                 "name,country,lat,lon,type,conflict_from,population,capacity\n"
                 "Aber,Land,10,20,conflict,2020-01-01,100000,\n"
                 "Bel_Town,Land,10.5,20.5,town,,,\n"
                 "Cor,Other,11,21,camp,,,9000\n"
                 "<Dun>&,Third,9,20,camp,,,4000\n");
    conflict_put(conflict, "flow/roads.csv",
                 "a,b,km,source\nAber,Bel_Town,60,map\nBel_Town,Cor,70,map\n"
                 "<Dun>&,Aber,80,\"a <b>map</b>\"\n");
    conflict_put(conflict, "flow/closures.csv",
                 "type,name1,name2,from,to\nlocation,<Dun>&,,2020-01-11,2020-01-20\n");
    conflict_put(conflict, "flow/reports.csv",
                 "series,place,part,date,count,source\n"
                 "place,Cor,1,2020-01-01,100,\"<i>first</i>\"\n"
                 "place,Cor,1,2020-01-21,1100,first\n"
                 "place,Cor,1,2020-02-20,3100,first\n"
                 "place,Cor,2,2020-01-01,0,second\n"
                 "place,Cor,2,2020-02-10,400,second\n"
                 "place,Cor,2,2020-02-20,500,second\n"
                 "place,<Dun>&,1,2020-01-01,0,third\n"
                 "place,<Dun>&,1,2020-01-10,3,third\n"
                 "place,<Dun>&,1,2020-02-01,800,third\n"
                 "place,<Dun>&,1,2020-02-25,600,third\n");
    conflict_put(conflict, "flow/corrections.csv", "series,place,date\nplace,<Dun>&,2020-02-25\n");
}

static int conflict_begin(void **state)
{
    static struct conflict conflict;
    conflict = (struct conflict){0};
    scratch_make(conflict.dir);
    arena_init(&conflict.arena, "a run of a conflict", (size_t)1 << 30);
    assert_int_equal(faults_init(&conflict.faults, &conflict.arena, 100, &conflict.err), 0);
    conflict_lay(&conflict);
    *state = &conflict;
    return 0;
}

static int conflict_end(void **state)
{
    struct conflict *conflict = *state;
    arena_free(&conflict->arena);
    scratch_remove(conflict->dir);
    return 0;
}

static inline int conflict_run(struct conflict *conflict, const char *out, struct pool *pool,
                               const struct watch *watch)
{
    struct chain_options options = {.aid = aid_run_default(), .command = "ajar run S --out DIR"};
    return chain_run(&conflict->arena, conflict->from, out, &options, pool, watch,
                     &conflict->faults, &conflict->chain, &conflict->err);
}

static inline struct text conflict_bytes(struct conflict *conflict, const char *dir,
                                         const char *name)
{
    const char *path, *copy;
    struct file_view view;
    assert_int_equal(file_join(&conflict->arena, dir, name, &path, NULL), 0);
    assert_int_equal(file_open(&view, path, (size_t)64 << 20, &conflict->err), 0);
    assert_int_equal(text_copy(&conflict->arena, view.bytes, &copy, NULL), 0);
    struct text bytes = {copy, view.bytes.n};
    file_close(&view);
    return bytes;
}

#endif
