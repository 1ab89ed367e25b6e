/* Sentences on a terminal: filled to its width, and free of what would speak to the terminal itself. */
#ifndef CLI_TELL_H
#define CLI_TELL_H

#include "verb.h"

/* Formats a sentence or more and prints it filled to the width of the terminal, at most 100. */
void tell_say(const struct verb_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same behind an empty line, in bold where there is colour. */
void tell_heading(const struct verb_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text made elsewhere, hanging at `indent` columns, where the cursor stands. */
void tell_text(const struct verb_call *call, struct text text, size_t indent);

#endif
