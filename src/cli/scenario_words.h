/* What the words of the closed lists of a scenario mean, for docs/scenario.md. */
#ifndef CLI_SCENARIO_WORDS_H
#define CLI_SCENARIO_WORDS_H

/* The meaning of a word of a column's closed list, in a sentence; NULL: the word says it itself. */
const char *scenario_words_find(const char *column, const char *word);

#endif
