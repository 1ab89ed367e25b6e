/* Countries by ISO 3166-1 alpha-3 code, with English names, and four codes outside the standard:
 * EU27 and SCHENGEN (groups of states), ALL (every country) and XAB (Abkhazia, from the range that
 * the standard leaves to users; kept apart from GEO).
 *
 * In a scenario's names they stand right after the units, in the order of this table, so the name_id
 * of country c is COUNTRY_FIRST_NAME + c. */
#ifndef WORLD_COUNTRY_H
#define WORLD_COUNTRY_H

#include "names.h"
#include "units.h"

struct country {
    char alpha3[9]; /* "FIN", "SCHENGEN" */
    char alpha2[3]; /* "FI"; "" outside the standard */
    const char *name;
};

#define COUNTRY_FIRST_NAME ((name_id)UNIT_COUNT)

size_t country_count(void);
const struct country *country_at(size_t index);

/* Index of a code, or -1.  Upper case only.  O(log n); the hot path of a table uses names instead. */
int country_find(struct text code);

/* The code that was likely meant by a text that is none ("FI", "fin", "Finland", "FIM"); NULL: no idea. */
const char *country_guess(struct text code);

/* The code of a country as other data sets call it: its code, its English name or another name in use, in any case
 * of letters and with '_' for a blank ("South_Sudan", "DRC"); NULL: none of these.  Nothing is guessed. */
const char *country_called(struct text name);

/* Whether a scenario's word is a country; its table row. */
static inline bool country_is_name(name_id id)
{
    return id >= COUNTRY_FIRST_NAME && id - COUNTRY_FIRST_NAME < country_count();
}

/* "Finland" for the name_id of "FIN"; id must be a country. */
const char *country_name(name_id id);

/* Whether the code is a group (EU27, SCHENGEN, ALL) and no single country. */
bool country_is_group(name_id id);

#endif
