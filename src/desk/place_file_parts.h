/* What the parts of the plan file share. */
#ifndef DESK_PLACE_FILE_PARTS_H
#define DESK_PLACE_FILE_PARTS_H

#include "json.h"
#include "place_file.h"
#include "place_ids.h"

#define PLACE_FILE_FORMAT  "ajar plan"
#define PLACE_FILE_VERSION 1

/* The state of a quota's first lot; empty where it has none. */
struct text place_file_state(const struct programme *programme, uint32_t quota);

/* ---- Reading ---- */

/* Of a value read: its kind. */
enum place_file_kind {
    PLACE_FILE_TEXT,
    PLACE_FILE_WHOLE,
    PLACE_FILE_NUMBER,
    PLACE_FILE_BOOL,
    PLACE_FILE_LIST,
    PLACE_FILE_OBJECT
};

struct place_file_reading {
    struct arena *arena;
    const char *name; /* of the file */
    const struct programme *programme;
    struct faults *faults;
    uint64_t before; /* faults when the reading began */
    struct place_ids households, localities, resources;
};

/* Where a value stands: "plan[3].locality". */
struct place_file_at {
    const json_t *object;
    char path[64];
};

struct ajar_err *place_file_fault(const struct place_file_reading *reading, enum err_code code,
                                  const struct place_file_at *at, const char *key,
                                  struct text value, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* The value of a key, or NULL behind a fault.  null: it may be null, which gives NULL without one. */
const json_t *place_file_value(const struct place_file_reading *reading,
                               const struct place_file_at *at, const char *key,
                               enum place_file_kind kind, bool null);

/* The object at a place of a list; false behind a fault. */
bool place_file_row(const struct place_file_reading *reading, const struct place_file_at *of,
                    const char *key, const json_t *list, size_t i, struct place_file_at *out);

/* Keys that are not among `keys` (NULL-terminated) are faults. */
void place_file_only(const struct place_file_reading *reading, const struct place_file_at *at,
                     const char *const *keys);

int64_t place_file_whole(const struct place_file_reading *reading, const struct place_file_at *at,
                         const char *key, int64_t least, int64_t most);
bool place_file_bool(const struct place_file_reading *reading, const struct place_file_at *at,
                     const char *key);
struct text place_file_text(const struct place_file_reading *reading,
                            const struct place_file_at *at, const char *key, bool null);

/* The number of the name that stands there, PLACE_NONE for null or behind a fault. */
uint32_t place_file_name(const struct place_file_reading *reading, const struct place_file_at *at,
                         const char *key, const struct place_ids *ids, const char *what, bool null);

/* Whether format and version are those of a plan file; what is not is not read further. */
bool place_file_format(const struct place_file_reading *reading, const struct place_file_at *root);

/* Sorts the faults and returns E_PLACE_FILE with how many this reading has found. */
int place_file_failed(const struct place_file_reading *reading, struct ajar_err *err);

/* The explanations, when the file has them. */
int place_file_explanations(const struct place_file_reading *reading,
                            const struct place_file_at *root, struct place_file *out,
                            struct ajar_err *err);

#endif
