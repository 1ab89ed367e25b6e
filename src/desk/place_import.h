/* An officer's own table of households or places made into the tables that a placement reads.
 *
 * What comes is what a spreadsheet program exports: UTF-8 or UTF-16 with their marks, or windows-1251; `;`, tab or `,`;
 * lines of title above the headings; headings in Russian, German or English; decimal commas, grouped digits, dashes
 * for nothing, rows of totals and blank rows.  A row with a fault is left out whole and stands in errors.csv with
 * what is wrong; all other rows are kept.  Nothing is guessed: what may be meant stands in the suggestion. */
#ifndef DESK_PLACE_IMPORT_H
#define DESK_PLACE_IMPORT_H

#include "place_tables.h"

enum place_import_kind { PLACE_IMPORT_HOUSEHOLDS, PLACE_IMPORT_LOCALITIES };

/* What a column becomes.  The words are those of a mapping file. */
enum place_import_role {
    PLACE_IMPORT_ID,      /* id */
    PLACE_IMPORT_PEOPLE,  /* people */
    PLACE_IMPORT_GROUP,   /* group */
    PLACE_IMPORT_READY,   /* ready */
    PLACE_IMPORT_NEED,    /* need_NAME */
    PLACE_IMPORT_REQUIRE, /* require_NAME: yes or no; into requires.csv */
    PLACE_IMPORT_WISH, /* wish: places, best first, between commas or semicolons; into wishes.csv */
    PLACE_IMPORT_TRAIT,    /* trait_NAME; into traits.csv */
    PLACE_IMPORT_PLACE,    /* place */
    PLACE_IMPORT_STATE,    /* state */
    PLACE_IMPORT_UNTIL,    /* until */
    PLACE_IMPORT_LAT,      /* lat: degrees */
    PLACE_IMPORT_LON,      /* lon */
    PLACE_IMPORT_CAPACITY, /* capacity_NAME */
    PLACE_IMPORT_LEAST,    /* least_NAME */
    PLACE_IMPORT_FEATURE,  /* feature_NAME: yes or no; into features.csv */
    PLACE_IMPORT_LEAVE,    /* leave: of no use here, or nothing that a placement may hold */
    PLACE_IMPORT_UNKNOWN   /* not known: left out, and said */
};

struct place_import_column {
    struct text heading; /* as in the file, trimmed */
    enum place_import_role role;
    struct text name; /* of a resource, feature or trait */
};

struct place_import_options {
    enum place_import_kind kind;
    struct place_table
        map; /* heading,column as mapping.csv has them; name NULL: by the known headings alone */
};

struct place_import_file {
    const char *name; /* "households.csv" */
    struct text bytes;
};

struct place_import {
    const char *encoding; /* "windows-1251" */
    char separator;
    long heading_row;
    uint64_t n_rows, n_good,
        n_totals; /* rows of data, kept among them, rows of totals beside them */
    size_t n_columns;
    const struct place_import_column *columns;
    size_t n_said; /* what was assumed, left out or looks odd, in sentences */
    const struct text *said;
    size_t n_files; /* the tables, mapping.csv, and errors.csv where a row has a fault */
    const struct place_import_file *files;
};

/* Faults of rows go to `faults` (place.import.*, with the file's own row and heading) and are no failure.  Personal
 * data that a placement does not need (names, birth dates, telephones, papers) is left out and said so; its cells
 * never reach a message.  In the arena, but for `bytes` and the map, which must outlive it.  Failures, *out untouched: E_PLACE_IMPORT_HEADINGS, E_PLACE_IMPORT_MAP,
 * E_UTF8, E_CSV_*, E_CEILING, E_MEMORY.  O(bytes). */
int place_import(struct arena *arena, const char *file, struct text bytes,
                 const struct place_import_options *options, struct faults *faults,
                 struct place_import *out, struct ajar_err *err);

/* What a column becomes, as mapping.csv has it: "need_beds".  In the arena. */
int place_import_word(struct arena *arena, const struct place_import_column *column,
                      struct text *out, struct ajar_err *err);

#endif
