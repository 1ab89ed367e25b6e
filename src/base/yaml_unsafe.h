/* Inside yaml: what libfyaml 0.7.12 does not read safely, found in the bytes before it is read. */
#ifndef BASE_YAML_UNSAFE_H
#define BASE_YAML_UNSAFE_H

#include "arena.h"

/* Whether a '?' at byte i opens an explicit key: a blank or nothing behind it, and before it the start of the line
 * or another indicator.  A tab within such a key makes libfyaml write through a null pointer. */
bool yaml_explicit_key(struct text bytes, size_t i);

/* The bytes between the quotes of a text that begins behind its first quote, a ' or a ". */
struct text yaml_quoted(struct text rest, char quote);

/* Whether the text ends in a CR LF, and blanks: then libfyaml gives a break for a blank, and loses memory where
 * several follow each other. */
bool yaml_ends_in_break(struct text raw);

/* Whether two doubled ' stand in a row: then libfyaml loses a character ('a''''b' loses its b), and memory on a
 * hundred of them.  yaml_read_twins reads such a text of one line. */
bool yaml_twins(struct text raw);
int yaml_read_twins(struct arena *arena, struct text raw, struct text *out, struct ajar_err *err);

#endif
