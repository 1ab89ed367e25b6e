/* Doors evaluated by brute force: one complete person, one moment, the conditions as they were written.
 *
 * Shares no code with src/doors but the reading of files: it walks the trees of struct expr with real
 * values, looks words up in the rows of lists and parameters, counts days one by one on a calendar of its
 * own, and knows neither classes nor diagrams.  Written from docs/rules.md.
 *
 * What a part of a condition gave is kept until the value that it reads is touched, so that a caller who
 * changes one value after another does not pay for the rest; brute_forget drops all that was kept. */
#ifndef TEST_DOORS_BRUTE_H
#define TEST_DOORS_BRUTE_H

#include "instance.h"

#define BRUTE_NO_ID  SIZE_MAX
#define BRUTE_IDS    4096
#define BRUTE_CHILDS 512 /* conditions of one door */

struct brute_node {
    const struct expr *expr;
    struct brute_node *parent;
    struct brute_node **kids;
    struct brute_node *next; /* of the same slot */
    bool known;
    int8_t truth;  /* 1, 0, or -1: it hangs on what is hidden */
    uint8_t *kept; /* [BRUTE_IDS] by the id of its slot's value: 0 not yet, 1 false, 2 true */
    size_t slot;
};

struct brute_arm {
    const struct version *version;
    struct brute_node *scope; /* NULL: everybody */
    struct brute_node **rules, **superior;
    size_t *n_over;
    uint32_t **over; /* [n_rules] those that override it */
};

/* A fact, the stays in one country, the household: what a comparison reads. */
struct brute_slot {
    size_t id;   /* of its value now; equal ids have equal values */
    bool hidden; /* it may be anything */
    struct brute_node *leaves;
};

struct brute {
    struct arena *arena;
    const struct rules *rules;
    const struct door *door;
    moment at;
    date_days on, known;
    const struct person *person;
    uint32_t crossing; /* fact; RULES_NONE: none */
    size_t n_ways;
    const struct brute_arm *
        *arm_of; /* [n_ways] by the value of fact `crossing`; NULL: none holds */
    size_t n_slots, n_stays;
    struct brute_slot *slots; /* facts, the stays in each country named, household */
    struct text *stays;       /* [n_stays] */
};

/* False: at some way of crossing more than one version holds, which the reader should have refused. */
bool brute_open(struct brute *out, struct arena *arena, const struct rules *rules, uint32_t door,
                moment at, date_days known);

/* The person is kept by reference: every fact known, stays and household too. */
void brute_person(struct brute *it, const struct person *person);
void brute_forget(struct brute *it);
void brute_touch_fact(struct brute *it, uint32_t fact, size_t id);
void brute_touch_stays(struct brute *it, struct text country, size_t id);
void brute_touch_household(struct brute *it, size_t id);

/* Hides a value until it is touched. */
void brute_hide_fact(struct brute *it, uint32_t fact);
void brute_hide_stays(struct brute *it, struct text country);
void brute_hide_household(struct brute *it);
/* A bit for each outcome that is not ruled out, whatever the hidden values are (Kleene's strong three
 * values, so there may be too many bits, never too few). */
unsigned brute_outcomes(struct brute *it);

/* The version that holds for the person, or NULL. */
const struct version *brute_version(const struct brute *it);
enum outcome brute_outcome(struct brute *it);
/* Whether rule r of the version that holds fires. */
bool brute_fires(struct brute *it, size_t r);

/* What the person's calendar says on the day. */
int64_t brute_stay_days(struct text country, const struct rules *rules, const struct person *person,
                        enum expr_window window, int32_t length, date_days on);
date_days brute_stay_since(struct text country, const struct rules *rules,
                           const struct person *person, date_days on);
bool brute_condition(const struct rules *rules, const struct person *person, date_days on,
                     const struct expr *expr);
uint32_t brute_fact(const struct rules *rules, struct text name); /* RULES_NONE */
bool brute_asks_age(const struct rules *rules, const struct expr_fact *fact);
void brute_civil(date_days date, int *year, int *month, int *day);
date_days brute_date(int year, int month, int day);

#endif
