/* The methodology note in its sections.  Each appends a whole section, or nothing when it has no
 * matter; aid_note puts them in order. */
#ifndef DESK_AID_NOTE_H
#define DESK_AID_NOTE_H

#include "aid_parts.h"
#include "aid_words.h"

void aid_note_data(struct buf *buf, const struct aid_job *job);
void aid_note_assumptions(struct buf *buf, const struct aid_job *job);
void aid_note_contradictions(struct buf *buf, const struct aid_job *job);
void aid_note_draws(struct buf *buf, const struct aid_job *job);
void aid_note_rules(struct buf *buf, const struct aid_job *job);
void aid_note_keys(struct buf *buf, const struct aid_job *job);

void aid_note_lent_limit(struct buf *buf,
                         const struct aid_job *job); /* of "Limits": a line, or nothing */

/* A row of a table: cells are written between aid_note_cell calls. */
void aid_note_head(struct buf *buf, const char *heading); /* "\n## HEADING\n\n" */
void aid_note_amount(struct buf *buf, const struct aid_job *job, double amount); /* "| 24.69 " */

#endif
