/* The tables of a scenario, declared once as data: every column with its type, unit, range and
 * meaning.  From this the reader, the checks, docs/scenario.md, datapackage.json and the files of
 * `scenario new` are made. */
#ifndef WORLD_SCHEMA_H
#define WORLD_SCHEMA_H

#include "err.h"

/* What a cell may hold, and how a column of it stands in memory. */
enum cell_type {
    CELL_ID,              /* [a-z0-9_]+                         name_id */
    CELL_WORD,            /* any text, interned                 name_id */
    CELL_CHOICE,          /* one of a closed list               name_id */
    CELL_KIND,            /* one of a closed list               uint32_t, its place in the list */
    CELL_COUNTRY,         /* ISO 3166-1 alpha-3 and extras      name_id */
    CELL_UNIT,            /* enum unit                          name_id */
    CELL_CURRENCY,        /* ISO 4217: three capitals           name_id */
    CELL_HS6,             /* six digits                         name_id */
    CELL_HS,              /* 2, 4 or 6 digits, or capitals      name_id */
    CELL_LAND,            /* ISO 3166-2, "DE-BW"                name_id */
    CELL_SOURCE,          /* source_id of sources.csv           name_id */
    CELL_PLACE,           /* id of places.csv                   uint32_t, the row there */
    CELL_ARRIVAL_MEASURE, /* measure of measures.csv, table arrivals   uint32_t, the row there */
    CELL_HOST_MEASURE,    /* measure of measures.csv, table hosts      uint32_t, the row there */
    CELL_TEXT,            /* free text                          struct text */
    CELL_LIST,            /* words separated by ';'             struct text */
    CELL_URL,             /* http:// or https://                struct text */
    CELL_NUMBER,          /*                                    double */
    CELL_WHOLE,           /* whole number of 32 bits            int32_t */
    CELL_DATE,            /* YYYY-MM-DD                         date_days */
    CELL_PARTIAL,         /* YYYY, YYYY-MM or YYYY-MM-DD        struct date_partial */
    CELL_PERIOD,          /* YYYY or YYYY-MM                    struct date_partial */
    CELL_TYPES
};

size_t cell_type_size(enum cell_type type);          /* bytes a cell takes in memory */
const char *cell_type_help(enum cell_type type);     /* "a date, YYYY-MM-DD" */
const char *cell_type_standard(enum cell_type type); /* the Table Schema type: "date" */
const char *cell_type_pattern(enum cell_type type);  /* its constraint as a pattern; NULL: none */

struct schema_column {
    const char *name;
    enum cell_type type;
    bool optional; /* the cell may be empty */
    enum err_code
        fault;       /* for a word outside choices or a number outside the range; 0: the usual */
    double min, max; /* range when min < max */
    bool counts; /* a count or amount: "5.000", which may be a thousand times as much, is refused */
    const char *unit; /* of a number that always has the same unit; NULL: see the unit column */
    const char *const *choices; /* CELL_CHOICE, CELL_KIND: [n_choices] */
    size_t n_choices;
    size_t field; /* where the struct of the table keeps the column's pointer */
    const char *help;
};

struct schema_table {
    const char *name; /* "arrivals"; its file is NAME.csv */
    const char *file;
    bool optional;     /* the file may be absent */
    bool may_be_empty; /* a header alone will do */
    const struct schema_column *columns;
    size_t n;
    uint32_t key;  /* bit c: column c belongs to the key */
    size_t offset; /* of the table in struct scenario */
    const char *help;
};

/* In the order in which they are read: what is referred to stands before what refers to it. */
enum schema_name {
    SCHEMA_SOURCES,
    SCHEMA_MEASURES,
    SCHEMA_PLACES,
    SCHEMA_ROUTES,
    SCHEMA_HOSTS,
    SCHEMA_ARRIVALS,
    SCHEMA_DOORS,
    SCHEMA_PATHWAYS,
    SCHEMA_VISA_FREE,
    SCHEMA_HS_PRIORITY,
    SCHEMA_TRADE,
    SCHEMA_KOENIGSTEIN,
    SCHEMA_CONTRADICTIONS,
    SCHEMA_ASSUMPTIONS,
    SCHEMA_COUNT
};

const struct schema_table *schema_table(enum schema_name name);

/* Number of the table with this name, or -1. */
int schema_find(struct text name);

/* Number of the column with this name, or -1. */
int schema_column(const struct schema_table *table, struct text name);

/* The keys of scenario.yaml, in the order of the documentation. */
struct schema_setting {
    const char *path; /* "aid.hosts[].stock" */
    const char *form; /* "a date" */
    bool optional;
    const char *help;
};
extern const struct schema_setting schema_settings[];
extern const size_t schema_n_settings;

#endif
