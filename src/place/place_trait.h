/* Whether the name of a column speaks of a trait that the law protects. */
#ifndef PLACE_TRAIT_H
#define PLACE_TRAIT_H

#include <stdbool.h>

#include "text.h"

/* True for nationality, citizenship, sex, gender, religion, ethnicity and race, also as one of several words
 * ("score_nationality", "needSex") and in other forms ("ethnic_group"), in English, Russian and German.  Letters
 * large or small.  O(bytes). */
bool place_trait(struct text column);

#endif
