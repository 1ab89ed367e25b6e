/* A small placement in tables, read and solved, for the tests of what the desk makes of it. */
#ifndef TEST_DESK_PLACED_MADE_H
#define TEST_DESK_PLACED_MADE_H

#include "../base/unit.h"

#include <string.h>

#include "place_file.h"
#include "programme.h"

/* Three flats of two places; d fits nowhere, e may not go anywhere for a reason that is nobody's business. */
static const char *const placed_tables[PROGRAMME_TABLES] = {
    [PROGRAMME_HOUSEHOLDS] = "id,people,group,need_beds,need_school\n"
                             "a,2,old,2,0\nb,3,old,3,1\nc,1,new,1,0\nd,7,new,7,0\ne,1,new,1,0\n",
    [PROGRAMME_LOCALITIES] = "id,place,state,capacity_beds,capacity_school\n"
                             "x1,Xdorf,north,3,1\nx2,Xdorf,north,2,0\ny,Ystadt,south,4,2\n",
    [PROGRAMME_SCORES] = "household,locality,score_micro\n"
                         "a,x1,700000\na,x2,600000\na,y,500000\nb,x1,900000\nb,y,200000\n"
                         "c,x1,400000\nc,y,300000\nd,x1,900000\ne,y,800000\n",
    [PROGRAMME_TRAITS] =
        "household,trait,value\na,religion,none\nb,religion,none\nc,religion,none\n"
        "e,religion,secret\n",
    [PROGRAMME_CONDITIONS] = "locality,trait,value,basis\ny,religion,none,\"Rule 1\"\n",
    [PROGRAMME_LOCKS] = "household,locality,kind,reason\nc,y,lock,a school\n",
    [PROGRAMME_QUOTAS] = "state,resource,most\nnorth,beds,5\n",
};

struct placed {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct programme_input input;
    struct programme programme;
    struct side_result result;
    struct place_file file;
};

static inline struct placed *placed_open(void)
{
    static struct placed it;
    it = (struct placed){.input.on = DATE_NONE};
    arena_init(&it.arena, "placed", (size_t)256 << 20);
    assert_int_equal(faults_init(&it.faults, &it.arena, 50, NULL), 0);
    for (int t = 0; t < PROGRAMME_TABLES; t++) {
        if (placed_tables[t] != NULL) {
            it.input.table[t] = (struct place_table){programme_table_word((enum programme_table)t),
                                                     text_of(placed_tables[t])};
        }
    }
    assert_int_equal(
        programme_read(&it.arena, &it.input, NULL, NULL, &it.faults, &it.programme, &it.err), 0);
    struct place_options options = {.rounds = 50, .seed = 1};
    assert_int_equal(side_solve(&it.arena, &it.programme.problem, &it.programme.side, &options,
                                NULL, NULL, &it.result, &it.err),
                     0);
    return &it;
}

static inline uint32_t placed_household(const struct placed *it, const char *id)
{
    for (uint32_t h = 0; h < it->programme.problem.n_households; h++) {
        if (text_is(it->programme.names.household[h], id)) {
            return h;
        }
    }
    fail_msg("no household %s", id);
    return 0;
}

static inline uint32_t placed_locality(const struct placed *it, const char *id)
{
    for (uint32_t l = 0; l < it->programme.problem.n_localities; l++) {
        if (text_is(it->programme.names.locality[l], id)) {
            return l;
        }
    }
    fail_msg("no locality %s", id);
    return 0;
}

/* The plan file of the result, with its explanations. */
static inline void placed_file(struct placed *it)
{
    static const struct place_file_input inputs[] = {
        {"households", "mine/households.csv",
         "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}};
    struct explain_household *households;
    struct explain_locality *localities;
    assert_int_equal(explain_all(&it->arena, &it->programme.problem, &it->programme.side,
                                 &it->result, &households, &localities, &it->err),
                     0);
    it->file = (struct place_file){.made_by = "ajar 0.0.0",
                                   .method = "total",
                                   .seed = 7,
                                   .on = date_from_civil(2022, 11, 1),
                                   .n_inputs = 1,
                                   .inputs = inputs,
                                   .result = it->result,
                                   .households = households,
                                   .localities = localities};
}

#endif
