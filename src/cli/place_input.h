/* The input of `ajar place`: the tables of a placement, a plan of it, and the options that its verbs share. */
#ifndef CLI_PLACE_INPUT_H
#define CLI_PLACE_INPUT_H

#include "place_load.h"
#include "verb.h"

#define PLACE_FAULTS 1000 /* faults that are listed */

struct place_call {
    struct pool *pool;
    const char *dir; /* NULL: none */
    struct place_load load;
    struct programme programme;
    struct faults faults; /* of the last reading */
};

/* Opens the pool and reads the tables of `dir` (NULL: of the options alone); faults go to the user.  The day is that
 * of --on, else the one that the plan file `plan` (NULL: none) names.  Closed with place_call_close, also after a
 * failure. */
int place_call_open(const struct verb_call *call, const char *dir, const char *plan,
                    struct place_call *out, struct ajar_err *err);
void place_call_close(struct place_call *at);

/* The same tables with changes (place_edit.h). */
int place_call_read(const struct verb_call *call, struct place_call *at,
                    const struct programme_input *input, struct programme *out,
                    struct ajar_err *err);

/* A plan of the programme, CSV or JSON; faults go to the user.  Of a CSV, `json` is false and all but
 * result.plan.place is empty: nothing is claimed of it. */
struct place_plan {
    const char *path;
    bool json;
    struct place_file file;
};
int place_call_plan(const struct verb_call *call, struct place_call *at, const char *path,
                    struct place_plan *out, struct ajar_err *err);

/* A plan without its tables. */
int place_call_rows(const struct verb_call *call, const char *path, struct place_file_rows *out,
                    struct ajar_err *err);

/* The verb's option, or NULL where it has none of that name or it was not given. */
const char *place_call_text(const struct verb_call *call, const char *name);

/* The household, lot or group of that name; E_PLACE_ASK with what is near. */
int place_call_household(const struct verb_call *call, const struct place_call *at,
                         const char *option, struct text id, uint32_t *out, struct ajar_err *err);
int place_call_locality(const struct verb_call *call, const struct place_call *at,
                        const char *option, struct text id, uint32_t *out, struct ajar_err *err);

/* "GROUP=SCORE; ..." of --floor: [n_groups] micro-units, 0 where no floor is given; NULL without the option. */
int place_call_floors(const struct verb_call *call, const struct place_call *at, int64_t **out,
                      struct ajar_err *err);

/* Whether the path may be written: nothing stands there, or with --replace what Ajar wrote. */
int place_call_may_write(const struct verb_call *call, const char *path, struct ajar_err *err);

#endif
