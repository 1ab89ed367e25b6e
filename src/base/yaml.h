/* YAML 1.2 through libfyaml, with line and column for every node.  Scalars stay text: NO is Norway,
 * 1e3 is four characters, until the caller asks for a number or a date. */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "arena.h"
#include "date.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    long row, at;     /* 1-based line and character where the node starts; of a block text (| >)
                       * its first line, of a value left out what stands before it */
    struct text text; /* scalar; empty for others */
    bool quoted;      /* scalar was quoted */
    size_t n;         /* items of a list, pairs of a map */
    struct yaml_node *items; /* list: [n]; map: values [n] */
    struct yaml_node *keys;  /* map: [n] scalars; else NULL */
};

/* Parses one document into the arena.  Refused: more than one document, aliases and anchors (an
 * alias can make a small file huge), tags, duplicate keys, keys that are no scalars, nesting past 32,
 * control characters, bytes past `ceiling_bytes`; and what libfyaml 0.7.12 does not read safely:
 * explicit keys (?), two doubled quotes in a row in a text of several lines, a quoted text that ends
 * in a CR LF.  Errors: yaml.*, text.utf8 with file, row, at;
 * E_CEILING. */
int yaml_parse(struct arena *arena, const char *file, struct text bytes, size_t ceiling_bytes,
               const struct yaml_node **out, struct ajar_err *err);

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key); /* NULL: absent */

/* Typed reads of a scalar; `file` and the key's path for messages. */
int yaml_number(const struct yaml_node *node, const char *file, const char *path, double *out,
                struct ajar_err *err);
int yaml_int(const struct yaml_node *node, const char *file, const char *path, int64_t *out,
             struct ajar_err *err);
int yaml_date(const struct yaml_node *node, const char *file, const char *path, date_days *out,
              struct ajar_err *err);

/* Every key of `map` must be one of known[0..n-1]; the first that is not is reported with the
 * nearest known one as the suggestion. */
int yaml_only(const struct yaml_node *map, const char *file, const char *path,
              const char *const *known, size_t n, struct ajar_err *err);

#endif
