/* The shipped scenario with stocks that a test states, so that no exodus has to be played. */
#ifndef TEST_DESK_PLACE_MADE_H
#define TEST_DESK_PLACE_MADE_H

#include "../base/scratch.h"
#include "../base/unit.h"

#include <sys/stat.h>

#include "place_chain.h"
#include "place_cohort.h"
#include "place_eligible.h"

#define SHIPPED "scenarios/exodus2022"
#define STOCKS  7

struct placed {
    char dir[SCRATCH_PATH];
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct scenario scenario;
    struct doors_folder folder;
    struct exodus_stock stocks[STOCKS];
    struct exodus_chain exodus;
    struct place_chain chain; /* of the shipped files, for tests that only read it */
};

static inline void placed_stocks(struct placed *it)
{
    static const struct {
        const char *country;
        double people;
    } rows[STOCKS] = {{"ARM", 7724},  {"EST", 170}, {"FIN", 15004}, {"GEO", 47846},
                      {"KAZ", 51674}, {"LTU", 102}, {"LVA", 150}};
    for (size_t i = 0; i < STOCKS; i++) {
        it->stocks[i].country = text_of(rows[i].country);
        it->stocks[i].flight.mean = rows[i].people;
    }
    it->exodus = (struct exodus_chain){.stands = true, .n_stocks = STOCKS, .stocks = it->stocks};
}

static inline int placed_begin(void **state)
{
    struct placed *it = calloc(1, sizeof *it);
    scratch_make(it->dir);
    arena_init(&it->arena, "a placing", (size_t)2 << 30);
    assert_int_equal(faults_init(&it->faults, &it->arena, 100, &it->err), 0);
    assert_int_equal(
        scenario_load(&it->arena, SHIPPED, NULL, NULL, &it->scenario, &it->faults, &it->err), 0);
    assert_int_equal(doors_folder_read(&it->arena, SHIPPED, &it->folder, &it->faults, &it->err), 0);
    placed_stocks(it);
    *state = it;
    return 0;
}

static inline int placed_end(void **state)
{
    struct placed *it = *state;
    arena_free(&it->arena);
    scratch_remove(it->dir);
    free(it);
    return 0;
}

static inline void placed_shell(const char *command)
{
    assert_int_equal(system(command), 0);
}

/* A copy of place/ and doors/ in the scratch folder; the scenario then says that it lies there. */
static inline void placed_copy(struct placed *it)
{
    char command[SCRATCH_PATH * 2];
    snprintf(command, sizeof command,
             "cp -r " SHIPPED "/place " SHIPPED "/doors " SHIPPED "/sources.csv %s", it->dir);
    placed_shell(command);
    it->scenario.dir = it->dir;
}

static inline void placed_sed(const struct placed *it, const char *edit, const char *file)
{
    char command[SCRATCH_PATH * 3];
    snprintf(command, sizeof command, "sed -i '%s' %s/%s", edit, it->dir, file);
    placed_shell(command);
}

static inline void placed_cohort(struct placed *it, struct place_cohort *out)
{
    int code = place_cohort_read(&it->arena, &it->scenario, &it->folder, &it->exodus, &it->faults,
                                 out, &it->err);
    if (code != 0) {
        fail_msg("%s: %s", it->err.text, it->faults.kept > 0 ? it->faults.at[0].text : "");
    }
}

#endif
