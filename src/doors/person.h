/* What is known of one person, and of those who travel with them. */
#ifndef DOORS_PERSON_H
#define DOORS_PERSON_H

#include "rules.h"

enum known { KNOWN_NOT, KNOWN_UNCERTAIN, KNOWN_YES }; /* not asked; asked and cannot say; stated */
enum evidence { EVIDENCE_ASSERTED, EVIDENCE_DOCUMENTED, EVIDENCE_VERIFIED };

struct fact_value {
    uint8_t known;    /* enum known */
    uint8_t evidence; /* enum evidence */
    bool none;        /* int, money, date: NONE */
    name_id literal;  /* bool, enum */
    int64_t number;   /* int; money in cents; date in days */
    size_t n_set;
    const name_id *set; /* set */
};

/* Days inside a country: inclusive on both ends; to DATE_NONE: still there. */
struct stay {
    name_id country;
    date_days from, to;
};

struct member {
    struct text role;          /* spouse, child, parent, guardian */
    struct fact_value *values; /* [n_facts] */
};

struct person {
    struct fact_value *values; /* [rules->n_facts] */
    bool stays_known;
    size_t n_stays;
    struct stay *stays; /* by rising from; not overlapping within a country */
    bool household_known;
    size_t n_members;
    struct member *members; /* without the person: quantifiers take role applicant as the person */
};

/* A person of whom nothing is known, in the arena. */
int person_blank(struct arena *arena, const struct rules *rules, struct person *out,
                 struct ajar_err *err);

/* Every fact that is not stated becomes no / NONE / the empty set, an enum without NONE stays unknown;
 * stays and household, where not stated, become known and empty. */
void person_fill_no(const struct rules *rules, struct person *person);

/* Days of stay counted to `on`, the person being inside on that day (definitions in docs/rules.md). */
int32_t stay_days(const struct person *person, name_id country, enum expr_window window,
                  int32_t length, date_days on);
date_days stay_since(const struct person *person, name_id country, date_days on);
/* The same where the person is inside on every day of [inside, on]. */
int32_t stay_days_from(const struct person *person, name_id country, enum expr_window window,
                       int32_t length, date_days inside, date_days on);
date_days stay_since_from(const struct person *person, name_id country, date_days inside,
                          date_days on);
/* First day of a window that ends with `on`; DATE_NONE for the present stay. */
date_days stay_window(enum expr_window window, int32_t length, date_days on);

/* The first and last day of birth that give `age` full years on `on`.  Who is born on 29 February is a
 * year older on 1 March of a common year. */
void age_births(int32_t age, date_days on, date_days *first, date_days *last);

/* `date` moved by n days, months or years; the day of the month is cut to the month's last.  Stays within the
 * years 1 to 9999. */
date_days date_shift(date_days date, int32_t n, enum expr_window unit);

#endif
