/* Between the files of place_cohort: reading one folder. */
#ifndef DESK_PLACE_COHORT_PARTS_H
#define DESK_PLACE_COHORT_PARTS_H

#include "csv.h"
#include "place_cohort.h"
#include "yaml.h"

struct cohort_reading {
    struct arena *arena;
    const struct scenario *scenario;
    const struct doors_folder *folder;
    const struct exodus_chain *exodus;
    const char *dir, *file; /* of cohort.yaml */
    struct faults *faults;
    struct place_cohort *out;
};

void cohort_fault(struct cohort_reading *reading, const struct yaml_node *node, const char *column,
                  const char *what, const char *hint);

/* A figure: the id of a row of assumptions.csv, or {indicator: ...} of hosts.csv.  0 with a fault. */
double cohort_figure(struct cohort_reading *reading, const struct yaml_node *node,
                     const char *column);

/* The node under the key when it is of the kind; else NULL with a fault. */
const struct yaml_node *cohort_under(struct cohort_reading *reading, const struct yaml_node *map,
                                     const char *key, enum yaml_kind kind);

/* A number written as such, from least to most. */
double cohort_number(struct cohort_reading *reading, const struct yaml_node *map, const char *key,
                     double least, double most);

/* The latest value of an indicator of a country in hosts.csv; NaN: none. */
double cohort_indicator(const struct scenario *scenario, struct text country,
                        struct text indicator);

/* Who waits and who they are; what is offered, by places. */
int cohort_read_people(struct cohort_reading *reading, const struct yaml_node *root,
                       struct ajar_err *err);
int cohort_read_offer(struct cohort_reading *reading, const struct yaml_node *root,
                      struct ajar_err *err);

/* Shares n units out in proportion to weights, largest remainders first, ties to the first. */
void cohort_apportion(size_t k, const double *weights, uint32_t n, uint32_t *out);

/* ---- The tables ---- */

/* One table under way. */
struct tabling {
    const struct place_cohort *cohort;
    const struct place_drawn *drawn;
    const struct text *ids;
    const struct rules *rules;
    const struct place_opens *opens;
    struct csv_out csv;
    size_t rows;
};

void cohort_put_heads(struct tabling *it, const char *const *heads); /* NULL ends them */
void cohort_put_end(struct tabling *it);                             /* of a row */
void cohort_put_day(struct csv_out *csv, date_days day);             /* DATE_NONE: an empty cell */
void cohort_put_pair(struct tabling *it, struct text a, struct text b);
void cohort_put_words(struct tabling *it, struct text key, struct text words); /* a row a word */
void cohort_put_flat(struct tabling *it, struct text id, uint32_t beds);

void cohort_put_localities(struct tabling *it);
void cohort_put_spoken(struct tabling *it);
void cohort_put_shortages(struct tabling *it);
void cohort_put_features(struct tabling *it);
void cohort_put_conditions(struct tabling *it);
void cohort_put_quotas(struct tabling *it);

#endif
