/* HTML, written safely: every word that comes from data passes through here. */
#ifndef DESK_HTML_H
#define DESK_HTML_H

#include "date.h"
#include "num.h"

/* Text for element content and for double-quoted attribute values: & < > " ' become references;
 * bytes that are not UTF-8 and control characters other than tab and line end become U+FFFD. */
void html_text(struct buf *out, struct text text);
void html_str(struct buf *out, const char *text); /* NULL: nothing */

/* Text for an id or a fragment: letters, digits, '-', '_' and '.' stay, other bytes become "~XX", so
 * different texts give different ids. */
void html_id(struct buf *out, struct text text);

/* An address for href: only http, https and mailto pass, and are escaped; true when written. */
bool html_href(struct buf *out, struct text url);

/* "66,000" or "1,071.4", thousands grouped, trailing zeros kept.  NaN: a dash. */
void html_number(struct buf *out, double value, int decimals);

/* <time datetime="2022-09-21">21 Sept 2022</time> */
void html_date(struct buf *out, date_days date);
void html_date_partial(struct buf *out, struct date_partial date); /* absent: "no date" */

/* "21 Sept 2022", "21-27 Sept 2022", "26 Sept-2 Oct 2022" with an en dash, as plain text; without the
 * year when `year` is false. */
void html_span(struct buf *out, date_days from, date_days to, bool year);

/* The same with a <time> for each end, never broken between lines. */
void html_days(struct buf *out, date_days from, date_days to, bool year);

/* "Sept" of month 9; English; static. */
const char *html_month(int month);

#endif
