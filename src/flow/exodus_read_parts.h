/* What the files of the exodus' reader share.  Used by exodus_read*.c alone. */
#ifndef FLOW_EXODUS_READ_PARTS_H
#define FLOW_EXODUS_READ_PARTS_H

#include "exodus_read.h"
#include "yaml.h"

#define EXODUS_NONE        UINT32_MAX
#define EXODUS_PEOPLE      1e9 /* the largest number of people that is read */
#define EXODUS_TITLE_MOST  300 /* bytes */
#define EXODUS_WHY_MOST    1000
#define EXODUS_PARTS_ROUND 1e-9 /* by which decimal parts may miss their sum */

/* The ids that a list has so far, in its order; empty where an id is a fault. */
struct exodus_words {
    size_t n;
    struct text *at;
};

struct exodus_reader {
    struct arena *arena, *scratch; /* scratch is freed behind the reading */
    const struct scenario *scenario;
    struct faults *faults;
    uint64_t faults_before;
    struct exodus_model model;
    struct exodus_words params, classes, regions, doors, what_ifs, places, sources;
    uint32_t *region_of; /* [places of the scenario]; EXODUS_NONE */
};

/* A fault of a node; for err_hint. */
struct ajar_err *exodus_fault(struct exodus_reader *reader, enum err_code code,
                              const struct yaml_node *node, const char *key, const char *format,
                              ...) __attribute__((format(printf, 5, 6)));

/* "Did you mean": the nearest of the words, if any is near. */
void exodus_hint_near(struct ajar_err *fault, struct text value, const struct exodus_words *words);

/* Whether `map` is one; every key that is not among known[n] is a fault. */
bool exodus_only(struct exodus_reader *reader, const struct yaml_node *map, const char *key,
                 const char *const *known, size_t n);

/* The node of a key, NULL after a fault (absent, of another kind).  May: NULL also when it is absent. */
const struct yaml_node *exodus_need(struct exodus_reader *reader, const struct yaml_node *map,
                                    const char *key, enum yaml_kind kind);
const struct yaml_node *exodus_may(struct exodus_reader *reader, const struct yaml_node *map,
                                   const char *key, enum yaml_kind kind);

/* A list of 1 to `most` items that must be there; NULL after a fault. */
const struct yaml_node *exodus_list(struct exodus_reader *reader, const struct yaml_node *map,
                                    const char *key, size_t most);

/* The typed reads take NULL for a node, which is a fault already or absent: then *out stays. */
void exodus_text(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 size_t most, struct text *out);
bool exodus_date(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 date_days *out);
bool exodus_number(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                   double least, double most, double *out);
void exodus_value(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                  double least, double most, struct exodus_value *out);
void exodus_country(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                    struct text *out);
bool exodus_choice(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                   const char *const *words, size_t n, size_t *out);
/* The index of a word; `what` names its kind.  Silent where the words themselves could not be read. */
bool exodus_find(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 const struct exodus_words *words, const char *what, uint32_t *out);

/* The id of an item, added to `words`, which has room; a fault when it stands there already. */
void exodus_id(struct exodus_reader *reader, const struct yaml_node *map,
               struct exodus_words *words, struct text *out);

/* A list of texts, no two alike. */
void exodus_texts(struct exodus_reader *reader, const struct yaml_node *list, const char *key,
                  struct text *out, size_t *n);

/* Mean km from each region to the nearest of near[n_near], rows of places; see exodus_read.h. */
int exodus_km(struct exodus_reader *reader, const uint32_t *near, size_t n_near,
              double km[EXODUS_REGIONS_MOST], struct ajar_err *err);

int exodus_read_params(struct exodus_reader *reader, const struct yaml_node *root,
                       struct ajar_err *err);
int exodus_read_classes(struct exodus_reader *reader, const struct yaml_node *root,
                        struct ajar_err *err);
int exodus_read_regions(struct exodus_reader *reader, const struct yaml_node *root,
                        struct ajar_err *err);
int exodus_read_doors(struct exodus_reader *reader, const struct yaml_node *root,
                      struct ajar_err *err);
int exodus_read_what_ifs(struct exodus_reader *reader, const struct yaml_node *root,
                         struct ajar_err *err);
int exodus_read_seen(struct exodus_reader *reader, struct text bytes, struct exodus_seen **seen,
                     size_t *n_seen, struct ajar_err *err);

/* A key of yes or no that may be left out. */
bool exodus_yes(struct exodus_reader *reader, const struct yaml_node *map, const char *key,
                bool fallback);

#endif
