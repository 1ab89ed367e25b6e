/* A door or a country by the name that somebody typed. */
#ifndef DESK_DOORS_PICK_H
#define DESK_DOORS_PICK_H

#include "rules.h"

/* E_DOORS_DOOR with the id that is perhaps meant. */
int doors_pick_door(struct arena *arena, const struct rules *rules, const char *id, uint32_t *out,
                    struct ajar_err *err);

/* An ISO 3166 alpha-3 code of which the rule set speaks; `option` as the user knows it.  E_DOORS_DOOR,
 * E_USAGE_OPTION_TYPE with the code that is perhaps meant. */
int doors_pick_country(const struct rules *rules, const char *option, struct text word,
                       name_id *out, struct ajar_err *err);

#endif
