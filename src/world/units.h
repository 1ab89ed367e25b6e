/* Units of measure: a closed list.  In a scenario's names the words stand first and in this order,
 * so the name_id of a unit is its number here: `arrivals.unit[i] == UNIT_PERSONS`. */
#ifndef WORLD_UNITS_H
#define WORLD_UNITS_H

#include "text.h"

enum unit {
    UNIT_NONE,
    UNIT_PERSONS,
    UNIT_CROSSINGS,
    UNIT_CROSSINGS_PER_DAY,
    UNIT_APPLICATIONS,
    UNIT_PERMITS,
    UNIT_VISAS,
    UNIT_DECISIONS,
    UNIT_USD,
    UNIT_EUR,
    UNIT_USD_PER_MONTH,
    UNIT_EUR_PER_YEAR,
    UNIT_INTL_USD,
    UNIT_PERCENT,
    UNIT_SHARE,
    UNIT_RATIO,
    UNIT_KM,
    UNIT_DAYS,
    UNIT_MONTHS,
    UNIT_YEARS,
    UNIT_COUNT
};

const char *unit_word(enum unit unit); /* "crossings_per_day"; "" for UNIT_NONE */
const char *unit_help(enum unit unit); /* what it counts, for the documentation */
enum unit unit_find(struct text word); /* UNIT_NONE when unknown */

/* The unit that was likely meant by a word that is none ("person", "usd", "%"); NULL: no idea. */
const char *unit_guess(struct text word);

#endif
