/* The input of `ajar flow` where the scenario has an exodus, and which of the two kinds of flow a folder has. */
#ifndef CLI_EXODUS_INPUT_H
#define CLI_EXODUS_INPUT_H

#include "exodus_file.h"
#include "exodus_load.h"
#include "pool.h"
#include "verb.h"

#define EXODUS_CALL_FAULTS 1000 /* faults of the input that are listed */

enum flow_kind { KIND_OF_CONFLICT, KIND_OF_EXODUS };

/* Which the folder call->words[0] has.  Options that go with the other kind are refused by name (E_FLOW_OPTION).
 * E_FLOW_FILE for a folder with neither, or with both; E_FILE_NOT_FOLDER. */
int flow_kind_of(const struct verb_call *call, enum flow_kind *out, struct ajar_err *err);

struct exodus_call {
    struct pool *pool;
    struct scenario scenario;
    struct doors_folder folder;
    struct exodus_input input;
    enum exodus_engine engine;
    uint32_t n_members;
};

/* Opens the pool and reads call->words[0] with its doors; faults go to the user.  Closed with exodus_call_close,
 * also after a failure. */
int exodus_call_open(const struct verb_call *call, struct exodus_call *out, struct ajar_err *err);
void exodus_call_close(struct exodus_call *at);

/* The file of --rows; faults go to the user. */
int exodus_call_rows(const struct verb_call *call, struct exodus_file *out, struct ajar_err *err);

/* "aggregate, 200 draws, seed 1, doors as known on 2022-10-02", in the arena. */
int exodus_call_how(const struct verb_call *call, const struct exodus_call *at, const char **out,
                    struct ajar_err *err);

/* Passes the code on; shows what is in `faults` first when it is not 0. */
int exodus_call_faults(const struct verb_call *call, const struct faults *faults, int code);

#endif
