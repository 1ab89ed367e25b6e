/* The plan file: a plan with everything that it takes to check it again, as JSON.
 *
 *     format, version, made_by           "ajar plan", 1, "ajar 0.1.0"
 *     method, seed, floors, on           what was asked
 *     inputs                             table, file and SHA-256 of every table that was read
 *     objective_micro, bound_micro, price_bound_micro, gap, rounds, proven
 *     resources, prices, quotas          prices in bound.h's unit, by locality; quotas with theirs
 *     plan                               household, locality (null: not placed); every household once
 *     explanations                       null, or households and localities as in explain.h
 *
 * Households, localities and resources are named by their ids, so the file stands whatever the order of the tables.
 * Read back strictly: a key that is missing, unknown or of another kind is a fault, with its path as the column. */
#ifndef DESK_PLACE_FILE_H
#define DESK_PLACE_FILE_H

#include "explain.h"
#include "json.h"
#include "programme.h"
#include "sha256.h"

#define PLACE_FILE_MOST         ((size_t)2 << 30) /* bytes */
#define PLACE_FILE_EXPLAIN_MOST 100000 /* households; larger plans go without explanations */

struct place_file_input {
    const char *table, *file; /* "households", and as the user named it */
    char sha256[SHA256_HEX];
};

struct place_file {
    const char *made_by, *method, *floors; /* floors NULL: none were given */
    uint64_t seed;
    date_days on; /* DATE_NONE: no day was given */
    size_t n_inputs;
    const struct place_file_input *inputs;      /* [n_inputs] */
    struct side_result result;                  /* of the programme */
    const struct explain_household *households; /* [n_households], or NULL */
    const struct explain_locality *localities;  /* [n_localities], or NULL */
};

/* The same bytes for the same plan.  Failures stay in the buffer. */
void place_file_write(struct buf *buf, const struct programme *programme,
                      const struct place_file *file);

/* The keys of an explanation, into an object that is open. */
void place_file_put_household(struct json_out *json, const struct programme *programme,
                              const struct explain_household *why);
void place_file_put_locality(struct json_out *json, const struct programme *programme,
                             const struct explain_locality *why);

/* Every fault is listed; any: E_PLACE_FILE, *out untouched.  All in the arena. */
int place_file_read(struct arena *arena, const char *name, struct text bytes,
                    const struct programme *programme, struct faults *faults,
                    struct place_file *out, struct ajar_err *err);

/* Whether the bytes are a plan file (and no CSV), and whether Ajar wrote them. */
bool place_file_is_json(struct text bytes);
bool place_file_is_ours(struct text bytes);

/* The day of placing that a plan file names; DATE_NONE where it names none, or is none: the reader says why. */
date_days place_file_day(const char *name, struct text bytes);

/* The plan alone, of a plan file or a CSV household,locality, without the tables that it is of. */
struct place_file_rows {
    size_t n;
    struct text *household, *locality; /* [n] in the order of the file; empty: not placed */
};
int place_file_rows(struct arena *arena, const char *name, struct text bytes, struct faults *faults,
                    struct place_file_rows *out, struct ajar_err *err);

#endif
