/* scenario.yaml: the settings, read and checked against the tables.  Internal to world/. */
#ifndef WORLD_SETTINGS_H
#define WORLD_SETTINGS_H

#include "arrivals_index.h"
#include "yaml.h"

/* What the files of the settings share. */
struct settings {
    struct checker *checker;
    const char *file; /* for messages */
    const struct arrivals_index *index;
};

int settings_read(struct checker *checker, const char *path, const struct arrivals_index *index,
                  struct ajar_err *err);

/* The same from bytes. */
int settings_parse(const struct settings *settings, struct text bytes, struct ajar_err *err);

/* The value of a key; NULL when it is absent, which is a fault unless optional, or when its form is
 * not `kind`, which is one. */
const struct yaml_node *settings_get(const struct settings *settings, const struct yaml_node *map,
                                     const char *key, const char *path, enum yaml_kind kind,
                                     bool optional);

/* Reports every key of the map that is not one of known[0..n-1]. */
int settings_only(const struct settings *settings, const struct yaml_node *map, const char *path,
                  const char *const *known, size_t n, struct ajar_err *err);

/* A fault of the node. */
struct ajar_err *settings_fault(const struct settings *settings, enum err_code code,
                                const struct yaml_node *node, const char *path,
                                const char *sentence);

/* Typed values; on a fault *out keeps what it had and the result is false. */
bool settings_date(const struct settings *settings, const struct yaml_node *node, const char *path,
                   date_days *out);
bool settings_country(const struct settings *settings, const struct yaml_node *node,
                      const char *path, name_id *out);

/* The map under `aid`. */
int settings_aid_read(const struct settings *settings, const struct yaml_node *aid,
                      struct ajar_err *err);

#endif
