/* What makes a place good for a household: criteria from 0 to 1, weighed.  Used by programme alone. */
#ifndef PROGRAMME_CRITERIA_H
#define PROGRAMME_CRITERIA_H

#include "programme_relation.h"

enum programme_criterion {
    CRITERION_KIN,
    CRITERION_LANGUAGE,
    CRITERION_SKILL,
    CRITERION_WISH,
    CRITERION_PLACED,
    CRITERIA
};
const char *programme_criteria_word(enum programme_criterion criterion);

#define CRITERION_KIN_KM 500.0 /* from here on kin are of no help */

struct programme_criteria {
    uint32_t n;                              /* 0: scores were given */
    enum programme_criterion kind[CRITERIA]; /* [n] rising, whatever the order of their rows */
    int32_t weight[CRITERIA];                /* [n] micro-units */
    const double *point;                     /* [n_localities * 3] */
    const uint32_t *place_of;                /* [n_localities] */
    struct programme_relation kin;           /* household; of: kin_point */
    const double *kin_point;                 /* [rows * 3] */
    struct programme_relation speaks, spoken, skills, shortages; /* household, place: word */
    struct programme_relation wishes;                            /* household: place; of: rank */
};

/* From 0 to 1. */
double programme_criteria_value(const struct programme_criteria *criteria,
                                enum programme_criterion criterion, uint32_t household,
                                uint32_t locality);

/* The sum of weight * value, rounded once, half away from 0.  parts[n], where asked for, add up to it. */
int32_t programme_criteria_score(const struct programme_criteria *criteria, uint32_t household,
                                 uint32_t locality, int32_t *parts);

#endif
