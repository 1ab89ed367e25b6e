/* A scenario: a folder that holds everything the engines read.
 *
 * datapackage.json (Data Package v2 with Table Schema) lists the tables; scenario.yaml holds the
 * settings; each table is one CSV.  The tables, their columns, types, units and rules are declared
 * once, in schema.c, from which docs/scenario.md and the files of `scenario new` are made too.  In
 * memory a table is a struct of arrays, one array a column, all of length n, in file order; `line`
 * is the 1-based line of the file where the row starts.  An empty number is NaN, an empty date
 * DATE_NONE (a partial date: first DATE_NONE), an empty word 0, an empty text has n 0. */
#ifndef WORLD_SCENARIO_H
#define WORLD_SCENARIO_H

#include "country.h"
#include "date.h"
#include "names.h"
#include "pool.h"
#include "units.h"

/* "No row" where a row number is kept. */
#define SCENARIO_NO_ROW UINT32_MAX

/* A quantity's kind.  Values of different kinds are never added. */
enum measure_kind {
    KIND_GROSS_IN,
    KIND_GROSS_OUT,
    KIND_BOTH_WAYS,
    KIND_NET,
    KIND_STOCK,
    KIND_REFUSED,
    KIND_REGISTRATIONS,
    KIND_PERMITS,
    KIND_APPLICATIONS,
    KIND_DECISIONS,
    KIND_TRIPS,
    KIND_RATE,
    KIND_INDICATOR,
    KIND_COUNT
};

const char *measure_kind_word(enum measure_kind kind); /* "gross_in" */

struct sources {
    size_t n;
    uint32_t *line;
    name_id *id;
    struct text *publisher, *title;
    struct date_partial *date;
    struct text *url;
};

struct places {
    size_t n;
    uint32_t *line;
    name_id *id;
    struct text *name;
    name_id *country;
    double *lat, *lon; /* degrees, WGS 84 */
    double *population;
    name_id *type, *source;
};

struct routes {
    size_t n;
    uint32_t *line;
    uint32_t *from, *to; /* rows of places */
    double *km;
    name_id *mode, *source;
};

struct measures {
    size_t n;
    uint32_t *line;
    name_id *id, *table; /* table: the word "arrivals" or "hosts" */
    enum measure_kind *kind;
    name_id *nationality; /* a country; 0: not about one */
    name_id *unit;        /* enum unit */
    struct text *definition;
};

struct hosts {
    size_t n;
    uint32_t *line;
    name_id *country;
    uint32_t *indicator; /* row of measures */
    double *value;
    name_id *unit;
    struct date_partial *date;
    name_id *source;
    struct text *note;
};

struct arrivals {
    size_t n;
    uint32_t *line;
    date_days *from, *to; /* inclusive */
    name_id *country, *route;
    uint32_t *measure; /* row of measures */
    double *value;
    name_id *unit, *source;
    struct text *note;
};

struct doors {
    size_t n;
    uint32_t *line;
    name_id *id, *country;
    date_days *from, *to; /* inclusive; DATE_NONE: open end */
    struct text *border, *refused, *exempt, *legal_basis;
    name_id *source;
    struct text *note;
};

struct pathways {
    size_t n;
    uint32_t *line;
    name_id *id, *country;
    struct text *name, *category; /* category: words separated by ';' */
    date_days *from, *to;         /* inclusive; DATE_NONE: not known */
    name_id *open_to_subject;     /* yes, limited, no */
    struct text *documents;       /* words separated by ';' */
    struct text *degree_required;
    double *experience_years_min;
    struct text *job_offer_required;
    double *income_min;
    name_id *income_currency, *income_period; /* ISO 4217; year, month */
    double *funds_min;
    name_id *funds_currency;
    double *age_min, *age_max;
    struct text *relation, *occupation, *employer_condition, *quota;
    double *fee;
    name_id *fee_currency;
    double *processing_days, *validity_months;
    struct text *legal_basis;
    name_id *source;
    struct text *note;
};

struct visa_free {
    size_t n;
    uint32_t *line;
    name_id *country;
    date_days *from, *to;           /* inclusive; DATE_NONE: open end */
    double *max_days, *window_days; /* days allowed, and within how many; NaN: not known */
    struct text *internal_passport, *notes;
    name_id *source, *mark;
};

struct hs_list {
    size_t n;
    uint32_t *line;
    name_id *hs6, *tier;
    struct text *tier_meaning, *description;
    struct date_partial *list_date;
    name_id *source, *copied_from;
};

struct trade {
    size_t n;
    uint32_t *line;
    name_id *reporter, *partner;
    struct date_partial *period; /* a year or a month */
    name_id *flow, *hs;
    double *value;
    name_id *unit, *source;
    struct text *note;
};

struct shares {
    size_t n;
    uint32_t *line;
    name_id *code;
    struct text *name;
    double *percent;
    int32_t *key_year;
    name_id *source;
    struct text *note;
};

/* Two statements that do not agree, with the reading that is used.  A side names a row by table, key
 * (the key columns joined with '|') and source; row_a, row_b are the rows found. */
struct contradictions {
    size_t n;
    uint32_t *line;
    name_id *id;
    struct text *topic;
    name_id *table_a;
    struct text *rows_a; /* key_a */
    name_id *source_a, *table_b;
    struct text *rows_b; /* key_b */
    name_id *source_b;
    struct text *difference;
    name_id *reading; /* a, b, both, neither */
    struct text *used_in, *why;
    uint32_t *row_a, *row_b; /* SCENARIO_NO_ROW: the side is a statement outside the tables */
};

struct assumptions {
    size_t n;
    uint32_t *line;
    name_id *id, *country, *quantity;
    double *low, *central, *high;
    name_id *unit;
    struct date_partial *date;
    struct text *reason;
};

/* Where the stock of a host of the aid split comes from. */
enum aid_stock_from {
    AID_STOCK_COUNTED, /* a row of arrivals */
    AID_STOCK_ASSUMED, /* assumptions.csv, quantity "stock" */
    AID_STOCK_FLOW     /* the forecast of the exodus, which stands beside the tables */
};

/* One host of the aid split, as scenario.yaml names it. */
struct aid_host_setting {
    name_id country;
    enum aid_stock_from stock;
    uint32_t arrivals_row; /* of AID_STOCK_COUNTED; else SCENARIO_NO_ROW */
    long line;             /* in scenario.yaml */
};

struct aid_settings {
    double budget;
    name_id unit;
    double alpha; /* INFINITY: water-filling */
    double tranche;
    size_t n;
    struct aid_host_setting *hosts;
};

struct scenario {
    const char *dir;
    struct text title, summary;
    name_id subject;              /* nationality of the people on the move */
    date_days from, to, as_known; /* as_known DATE_NONE: all that is in the files */
    struct names *names;
    struct sources sources;
    struct places places;
    struct routes routes;
    struct measures measures;
    struct hosts hosts;
    struct arrivals arrivals;
    struct doors doors;
    struct pathways pathways;
    struct visa_free visa_free;
    struct hs_list hs_list;
    struct trade trade;
    struct shares koenigstein;
    struct contradictions contradictions;
    struct assumptions assumptions;
    struct aid_settings aid;
};

/* Bytes that any one table or settings file may have, and all that a scenario may take in memory. */
#define SCENARIO_TABLE_CEILING    ((size_t)4 << 30)
#define SCENARIO_SETTINGS_CEILING ((size_t)1 << 20)

/* Loads and fully checks the folder `dir`.  pool and watch may be NULL; the result, the faults and their
 * order are the same for any number of threads.  Every fault found goes to `faults` (faults_init'ed by the
 * caller; sorted on return); the return is then E_SCENARIO_FAULTS and *out is untouched.  Pairs of
 * rows that contradict each other are faults unless contradictions.csv declares them.  What the
 * scenario holds lives in `arena`; no file stays open.  Other errors (memory, cancelled) are
 * returned as they are.  Cost: three passes over each table's bytes (UTF-8, record ends, cells) and
 * a radix sort of the arrivals, O(rows); `arena` needs the bytes of the tables (the texts are copied
 * into as many) and about 60 bytes a row of arrivals, 32 bytes a row more while checking. */
int scenario_load(struct arena *arena, const char *dir, struct pool *pool,
                  const struct watch *watch, struct scenario *out, struct faults *faults,
                  struct ajar_err *err);

/* The word of an id; "" for 0.  Lives as long as the scenario. */
struct text scenario_name(const struct scenario *scenario, name_id id);

/* The id of a word, or 0 when the scenario does not know it. */
name_id scenario_word(const struct scenario *scenario, const char *word);

/* Row of measures for a measure of table "arrivals" or "hosts"; SCENARIO_NO_ROW: none.  O(measures). */
uint32_t scenario_measure(const struct scenario *scenario, const char *table, const char *measure);

/* Row of sources; SCENARIO_NO_ROW: none.  O(sources). */
uint32_t scenario_source(const struct scenario *scenario, name_id source);

#endif
