/* Numbers in another dress: "1 234", "1.234,50 EUR", "12 %", "3 m", "(500)".
 *
 * They are never read as numbers; what they may mean stands in the suggestion.  What has one comma or
 * point before exactly three digits can mean two things. */
#ifndef WORLD_NUMBER_GUESS_H
#define WORLD_NUMBER_GUESS_H

#include "err.h"
#include "num.h"

#define NUMBER_GUESSES 2

/* What the text may mean, the likelier first; 0: no idea.  Each is a text that reads as a number in
 * one way only. */
size_t number_guess(struct text cell, char to[NUMBER_GUESSES][NUM_TEXT]);

/* Whether a text that reads as a number reads as a thousand times as much in half of the world:
 * "100.000". */
bool number_two_ways(struct text cell);

/* "Did you mean 1234?"; nothing when there is no idea. */
void number_guess_hint(struct ajar_err *fault, struct text cell);

#endif
