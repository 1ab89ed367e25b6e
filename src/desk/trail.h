/* Trails: how each figure of the report came about.
 *
 * A figure is a number that the page shows: a cell of a table, or a number in a sentence.  Its id is
 * FAMILY.ROW.COLUMN: the family is a table of the page, or a section with its sentences; the row is what the
 * row is about; the column is what its head says: "aid.GEO.gets".  An id names codes, places, days and words
 * of the page, nothing else.
 *
 * The families are read off the finished page (trail_scan), in the one place that all its bytes pass, so no
 * writer of a section can forget a figure.  docs/decisions/0008-trace.md says why so, docs/json.md what
 * trail.json holds. */
#ifndef DESK_TRAIL_H
#define DESK_TRAIL_H

#include "arena.h"

#define TRAIL_NONE UINT32_MAX
#define TRAIL_FILE "trail.json"

enum trail_kind { TRAIL_OBSERVED, TRAIL_COMPUTED, TRAIL_PREDICTED, TRAIL_ASSUMED };

struct trail_cell {
    uint32_t column;   /* of the family */
    struct text shown; /* as the page shows it, plain */
    uint32_t next;     /* of the same row; TRAIL_NONE: the last */
};

struct trail_row {
    uint32_t family;
    struct text key;   /* unique in the family */
    struct text what;  /* a sentence: its text; a row of a table: its head */
    uint32_t number;   /* of the row in the family's file, the first being 1; 0: no single row */
    struct text from;  /* as a family's, of this row alone; empty: as the family's */
    struct text input; /* "arrivals.csv:123", a line of the scenario; empty: none */
    enum trail_kind kind;
    uint32_t first_link, n_links; /* of links */
    uint32_t first, last;         /* of cells */
};

/* What a row rests on, as the page names it. */
struct trail_link {
    bool assumption; /* else a source */
    struct text id;
};

/* What all figures of a table, or of a section's sentences, have in common. */
struct trail_family {
    struct text id;    /* "aid" */
    struct text page;  /* id of the table or section in the page */
    struct text what;  /* caption of the table; a section's title */
    const char *part;  /* "AID"; static */
    const char *file;  /* of the folder, that holds the rows; NULL: none */
    const char *where; /* which rows of the file a row is made of, when it is no single one; NULL */
    const char *from;  /* families that it is made from, "inputs.{key} flow.stocks"; NULL: none */
    struct text rule;  /* of a door, with the first day of its version; empty: none */
    bool prose;
    uint32_t n_columns;
    struct text *columns; /* [n_columns] words of ids */
    struct text *heads;   /* [n_columns] as shown */
};

struct trail_param {
    const char *part, *name;
    struct text value;
};

struct trail_file {
    struct text name, sha256;
};

/* What is said of a source or of an assumption, once. */
struct trail_note {
    struct text id, words[4];
};

struct trail {
    struct arena *arena;
    struct text version, command, as_known;
    uint64_t seed;
    struct trail_family *families;
    struct trail_row *rows;
    struct trail_cell *cells;
    struct trail_link *links;
    struct trail_param *params;
    struct trail_file *files;
    struct trail_note *sources, *assumptions;
    struct trail_picture {
        struct text name;
        uint32_t family;
    } * pictures;
    uint32_t n_families, n_rows, n_cells, n_links, n_params, n_files, n_sources, n_assumptions,
        n_pictures;
    uint32_t cap_families, cap_rows, cap_cells, cap_links, cap_params, cap_files, cap_pictures;
};

/* An empty one; all that it grows by lives in the arena, which must outlive it. */
void trail_init(struct trail *trail, struct arena *arena);

/* Appends, as the structs say; the new index is trail->n_... - 1. */
int trail_add_family(struct trail *trail, const struct trail_family *family, struct ajar_err *err);
int trail_add_row(struct trail *trail, const struct trail_row *row, struct ajar_err *err);
int trail_add_cell(struct trail *trail, uint32_t row, uint32_t column, struct text shown,
                   struct ajar_err *err);
int trail_add_link(struct trail *trail, bool assumption, struct text id, struct ajar_err *err);
int trail_add_param(struct trail *trail, const char *part, const char *name, struct text value,
                    struct ajar_err *err);
int trail_add_picture(struct trail *trail, struct text name, uint32_t family, struct ajar_err *err);

/* Notes a file of the folder by the hash of its bytes. */
int trail_add_file(struct trail *trail, const char *name, struct text bytes, struct ajar_err *err);

/* "observed", "computed", "predicted", "assumed"; static. */
const char *trail_kind_word(enum trail_kind kind);

/* What is known of a part beforehand: the page of the docs with its method, and whether its figures are
 * forecasts.  O(parts). */
const char *trail_method(const char *part);

/* What is known of a table of the page beforehand. */
struct trail_rule {
    const char *page; /* id of the table; a '*' at the end: all that begin so */
    const char *family;
    const char *part;
    enum trail_kind kind;
    const char *file; /* NULL: none */
    char lines; /* 's': row by row as in the file; 'd': data-row; 'i': data-count; 0: see where */
    const char *key; /* cells that make the key, '0' the head; "#": the number of the row */
    const char *from;
    const char *where; /* which rows those are that are no single row */
};

/* The rule of a table or section by its id; never NULL: a table that no rule knows is of the part of its
 * section, and says so little. */
const struct trail_rule *trail_rule_of(struct text page, bool prose);

/* Reads the page from `start` on, registers its figures, and writes it anew: numbers in sentences become links
 * to the list of trails, which is put before the end of main; a table gets a link below it.
 * O(bytes).  Errors: E_CEILING, E_MEMORY. */
struct buf;
int trail_scan(struct trail *trail, struct buf *page, size_t start, struct ajar_err *err);

/* Appends trail.json; or, `page` set, the part of it that the page's script needs. */
int trail_put(struct buf *out, const struct trail *trail, bool page, struct ajar_err *err);

#endif
