/* What the parts of the reader of rules share: the place being read, faults, typed reads of keys. */
#ifndef DOORS_RULES_READER_H
#define DOORS_RULES_READER_H

#include "rules_read.h"
#include "yaml.h"

#define READER_PATH  128
#define READER_KEY   60  /* bytes of a key that a path keeps */
#define VERSIONS_MAX 128 /* of one door */
#define ENDS_MAX     8   /* announced ends of one version */
#define VALUES_MAX   RULES_VALUES_MAX
#define CITE_MAX     4000

struct reader {
    struct arena *arena;
    struct faults *faults;
    struct rules *rules; /* being made */
    bool (*known_source)(void *arg, struct text id);
    void *arg;
    const char **fact_names; /* [rules->n_facts] */
    size_t n_values;         /* of all facts so far */
    bool blind;              /* a file of the vocabulary is broken: names are not checked */
    const char *file;        /* being read */
    struct ajar_err *err;
};

/* A node and its key path: "versions[1].rules[g5]". */
struct spot {
    const struct yaml_node *node;
    char path[READER_PATH];
};
struct spot spot_key(const struct spot *spot, const struct yaml_node *node, const char *key);
struct spot spot_item(const struct spot *spot, const struct yaml_node *node, const char *key,
                      size_t index);
struct spot spot_id(const struct spot *spot, const struct yaml_node *node, const char *key,
                    struct text id);

struct rules_at reader_at(const struct reader *reader, const struct yaml_node *node);

/* A fault at the spot's node.  Never NULL. */
struct ajar_err *reader_fault(struct reader *reader, enum err_code code, const struct spot *spot,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A fault in a value that is a name of one of `candidates`: with the nearest as the suggestion. */
void reader_no_such(struct reader *reader, enum err_code code, const struct spot *spot,
                    const char *what, const char *const candidates[], size_t n);
/* What stopped a part: passed on when the memory ran out, else a fault of the input (then 0). */
int reader_absorb(struct reader *reader, int code, const struct ajar_err *problem);

/* Keys of a map.  A map with keys of its own list only; the value of a key, of that kind and not empty
 * (else a fault and NULL); NULL without a fault when the key is absent and not needed. */
bool reader_map(struct reader *reader, const struct spot *spot, const char *const keys[], size_t n);
const struct yaml_node *reader_get(struct reader *reader, const struct spot *spot, const char *key,
                                   enum yaml_kind kind, bool need);

struct text reader_text(struct reader *reader, const struct spot *spot, const char *key, bool need);
bool reader_yes(struct reader *reader, const struct spot *spot, const char *key, bool otherwise);
date_days reader_date(struct reader *reader, const struct spot *spot, const char *key, bool need);
/* Index of the word that stands there; `otherwise` when absent or no such word. */
int reader_word(struct reader *reader, const struct spot *spot, const char *key,
                const char *const words[], size_t n, bool need, int otherwise);
void reader_said(struct reader *reader, const struct spot *spot, const char *key, bool need,
                 struct said *out);
/* A text or a list of texts. */
int reader_texts(struct reader *reader, const struct spot *spot, const char *key, size_t *n,
                 struct text **out);
int reader_sources(struct reader *reader, const struct spot *spot, const char *key, size_t *n,
                   struct text **out);
void reader_source(struct reader *reader, const struct spot *spot, struct text id);
/* An expression, parsed and bound; *out is untouched when it is absent or faulty. */
int reader_expr(struct reader *reader, const struct spot *spot, const char *key,
                const struct expr **out);
/* A day or wall-clock time. */
bool reader_moment(struct reader *reader, const struct spot *spot, moment *out, bool *timed,
                   bool *has_offset);

bool reader_is_id(struct text id); /* [a-z0-9_.-]+ */

/* Checks an expression against the vocabulary; what is wrong goes to `faults`. */
int rules_bind(struct arena *arena, const struct rules *rules, const char *const fact_names[],
               const struct expr *expr, struct faults *faults, struct ajar_err *err);

/* The parts, in the order in which they run. */
struct rules_part { /* a file with its tree (facts, doors) */
    const struct rules_file *file;
    const struct yaml_node *root; /* NULL: not read, or no map */
};
int read_facts(struct reader *reader, size_t n, const struct rules_part parts[]);
int read_lists(struct reader *reader, size_t n, const struct rules_part parts[]);
int read_params(struct reader *reader, size_t n, const struct rules_part parts[]);
/* One door file.  *protection: the doors that it names, to be looked up when all are read.  *kept is
 * false when it has no id. */
int read_door(struct reader *reader, const struct yaml_node *root, struct door *out,
              size_t *n_protection, struct text **protection, bool *kept);
int check_spans(struct reader *reader, const struct door *door);
int check_overrides(struct reader *reader, const struct door *door);

/* Days on which lists and parameters have a row. */
struct cover;
int cover_make(struct reader *reader, struct cover **out);
int check_cover(struct reader *reader, const struct cover *cover, const struct door *door);

/* Span of a version on one way of crossing as known on one day, after what replaces it. */
struct span {
    moment from, to; /* from >= to: it never holds */
    bool open;       /* no end is announced */
};
/* way: a literal of fact `crossing`, or 0 for one that no version names.  spans[n_versions]. */
void door_spans(const struct door *door, struct span spans[]); /* see rules_spans.c */
void spans_of(const struct door *door, name_id way, date_days as_known, struct span spans[]);

bool unit_is_money(struct text unit); /* three capitals, then the end or / */

#endif
