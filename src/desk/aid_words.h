/* Figures of the aid split in running text, rounded for people. */
#ifndef DESK_AID_WORDS_H
#define DESK_AID_WORDS_H

#include "aid_job.h"

void aid_words_number(struct buf *buf, double value, int decimals); /* "12,345.6" */
void aid_words_percent(struct buf *buf, double share);              /* "39.4 %" */

/* "24.69 million USD", "512,300 USD", "80 million USD": no zeros at the end. */
void aid_words_money(struct buf *buf, const struct aid_job *job, double amount);

/* An amount without its unit and with two decimals, for the columns of one table; aid_words_unit is
 * what to put into their heading: "million USD". */
void aid_words_amount(struct buf *buf, const struct aid_job *job, double amount);
void aid_words_unit(struct buf *buf, const struct aid_job *job);

void aid_words_tiny(struct buf *buf, double value);  /* "2.2e-16", "0" */
void aid_words_exact(struct buf *buf, double value); /* "80000000", "0.2", "inf" */

/* Text from data in Markdown: what would start a table cell, an emphasis, a link, code or HTML is
 * escaped, line ends become blanks. */
void aid_words_plain(struct buf *buf, const char *text);
void aid_words_text(struct buf *buf, struct text text);

#endif
