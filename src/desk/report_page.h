/* What the parts of the page share: the page under way, and words for codes, counts and sources. */
#ifndef DESK_REPORT_PAGE_H
#define DESK_REPORT_PAGE_H

#include "html.h"
#include "report.h"
#include "report_view.h"

struct report_doors;  /* report_doors.h */
struct report_exodus; /* report_exodus.h */
struct report_place;  /* report_place.h */
struct report_watch;  /* report_watch.h */

struct report_page {
    struct buf *out;
    const struct scenario *scenario;
    const struct report_view *view;
    const struct aid_job *aid;          /* NULL: no aid sections */
    const struct report_watch *watch;   /* NULL: no watch sections */
    const struct report_doors *doors;   /* NULL: no section of doors */
    const struct report_exodus *exodus; /* NULL: no section of it */
    const struct report_place *place;   /* NULL: no section of it */
    const struct report_meta *meta;
    struct buf words; /* plain text under way, for report_say */
    bool *cited;      /* [sources.n] set as the page refers to them; the list at its foot follows */
};

/* A link to the source's entry in the list of sources, "Publisher, 28 Sept 2022". */
void report_cite(struct report_page *page, name_id source);

/* The same for "id" or "id; id": words that are no source stand as they are. */
void report_cite_words(struct report_page *page, struct text words);

/* Writes page->words, escaped, and empties it. */
void report_say(struct report_page *page);

/* "Finland"; the word itself when it is no country. */
struct text report_country(const struct scenario *scenario, name_id country);

/* "all routes", "land: Vaalimaa, Nuijamaa, Imatra". */
void report_route(struct buf *plain, const struct scenario *scenario, name_id route);

/* "entries" of "entries_rus": the id in words, without the nationality that all of them share. */
void report_measure(struct buf *plain, const struct scenario *scenario, uint32_t measure);

/* "Finland, entries, land: eastern border". */
void report_label(struct buf *plain, const struct scenario *scenario, uint32_t arrivals_row);

/* Words of a list cell for people: "tourism, business and sport" from "tourism;business;sport". */
void report_list(struct buf *plain, struct text list);

/* "Yle citing Border Guard, 2022-09-28", plain. */
void report_source_line(struct buf *plain, const struct scenario *scenario, name_id source);

/* "crossing", "crossings", "towns"; static. */
const char *report_position_word(enum report_position position);

/* "Finland refuses tourism and transit", "Russia refuses exit to reservists": at most REPORT_TITLE
 * bytes; words without room are counted, "and two more". */
#define REPORT_TITLE 60
void report_door_title(struct buf *plain, const struct scenario *scenario, uint32_t door);

/* Bytes of the word "computed" or "estimated" with which the row's note begins when it was worked out and
 * not published; 0: it was published. */
size_t report_computed(const struct scenario *scenario, uint32_t arrivals_row);

/* A count as the page shows it: grouped, "under 5" or "withheld". */
void report_count(struct buf *out, enum report_hiding hiding, double value, int decimals);

/* Money as a cell of a column whose heading is report_money_head: millions with two decimals, or
 * whole units where the budget is below a million. */
void report_money(struct report_page *page, double money);

/* "Gets, USD million" of "Gets"; '#' in front stays.  Returns `to`. */
#define REPORT_HEAD 128
const char *report_money_head(const struct report_page *page, const char *head,
                              char to[static REPORT_HEAD]);

/* "inf", "2". */
void report_alpha(struct buf *out, double alpha);

/* "24.69 million USD" or "500,000 USD", for sentences. */
void report_money_words(struct report_page *page, double money);

/* "3.4" of a share of 1, a percentage without its sign. */
void report_percent(struct buf *out, double share, int decimals);

/* <table> in a region that can be scrolled by keyboard, up to the open <tbody>; `heads` are header
 * cells, NULL-terminated, of which those with a leading '#' are number columns. */
void report_table_open(struct report_page *page, const char *id, const char *caption,
                       const char *const *heads);
/* Within a tag under way: the line of the scenario's arrivals.csv that its figures come from, for their trail;
 * nothing where no trail is kept. */
void report_from(struct report_page *page, uint32_t arrivals_row);

void report_table_close(struct report_page *page);

/* The table of the parts that the run left out, of page->meta. */
void report_skips(struct report_page *page);

/* A part that the page's script folds until it is asked for; open without it and on paper.  `summary` is
 * text without markup. */
void report_fold_open(struct report_page *page, const char *summary);
void report_fold_close(struct report_page *page);

#define REPORT_WORDS ((size_t)4 << 20) /* most bytes of one text put together from cells */

#endif
