/* A conflict as FLOW reads it: places, roads, what happened when, and what was counted, each row with
 * the day on which it was known.
 *
 * Made from the files of a folder flow/ of a scenario (flow_read.h), which `ajar flow import` makes
 * from the reference's format.  Never changed afterwards.  Days count from 0 at `start`. */
#ifndef FLOW_WORLD_FLOW_H
#define FLOW_WORLD_FLOW_H

#include "arena.h"
#include "date.h"

/* What a reader takes; more is E_FLOW_TOO_LARGE.  With them sums of counts stay far inside int64. */
#define FLOW_PLACES_MOST 65535
#define FLOW_ROADS_MOST  (1 << 20)
#define FLOW_DAYS_MOST   36525     /* a century; also of a day before the start or after the end */
#define FLOW_ROWS_MOST   (1 << 22) /* of closures, conflicts, reports or corrections */
#define FLOW_PARTS_MOST  100       /* of the counts of one camp */
#define FLOW_COUNT_MOST  INT64_C(10000000000)
#define FLOW_WORD_MOST   1000 /* bytes of a name or source */
#define FLOW_KM_MOST     50000
#define FLOW_NONE        UINT32_MAX /* no place; of a report or correction: the total series */

/* Where a row comes from is the word `source`: the file of the reference's format, or what the column
 * source says.  `line` is that of the file read: of `source` after an import, else of the folder's. */

enum flow_type { FLOW_TOWN, FLOW_CONFLICT, FLOW_CAMP, FLOW_IDPCAMP, FLOW_FORWARD, FLOW_MARKER };

struct flow_place {
    struct text name, region, country;
    double lat, lon;
    enum flow_type type;      /* at the start: a place with conflict_day > 0 is a FLOW_TOWN */
    int32_t conflict_day;     /* of a place of conflict: > 0 it starts as a town; INT32_MIN: none */
    int64_t population;       /* of places that are no camps; 0: none given */
    int64_t capacity;         /* of camps and idpcamps; -1: none given */
    date_days capacity_known; /* DATE_NONE: undated, and so never part of a forecast */
    bool foreign;             /* another country than that of the first row */
    struct text source;
    long line;
};

/* One road, both ways. */
struct flow_road {
    uint32_t a, b;   /* places */
    double km;       /* > 0 */
    uint8_t forced;  /* 0 none, 1 a to b, 2 b to a */
    date_days known; /* DATE_NONE: always */
    struct text source;
    long line;
};

enum flow_closure_type {
    FLOW_CLOSE_COUNTRY,
    FLOW_CLOSE_LOCATION,
    FLOW_CLOSE_LINK,
    FLOW_CLOSE_CAMP,
    FLOW_CLOSE_IDPCAMP,
    FLOW_CLOSE_FORCED
};
struct flow_closure {
    enum flow_closure_type type;
    struct text name1, name2; /* of countries; else places by their index below */
    uint32_t place1, place2;  /* FLOW_NONE: not a place, or a second name that has no effect */
    int32_t from, to;         /* days; acts on the exact day; to -1: never again; either may lie
                               * past the end, and to before from */
    date_days known;          /* by default the day from */
    struct text source;
    long line;
};

/* Intensity of a conflict place from a day on, until its next row. */
struct flow_conflict {
    uint32_t place;
    int32_t day;
    double intensity; /* 0: over */
    date_days known;
    struct text source;
    long line;
};

/* One count of a camp, or of all (place FLOW_NONE: the total series, refugees.csv).  A camp may be counted
 * in several parts (two registers; inside and outside) that are added. */
struct flow_report {
    uint32_t place;
    uint32_t part;  /* 0, 1, ... */
    date_days date; /* of the count; may lie before the start or after the end */
    int64_t count;
    date_days known; /* by default its date */
    struct text source;
    long line;
};

/* All reports of the camp before `date` are scaled so that the one before `date` meets that of `date`.
 * A date before the start has no effect. */
struct flow_correction {
    uint32_t place; /* index into uncounted when of_uncounted */
    bool of_uncounted;
    date_days date, known;
    struct text source;
    long line;
};

struct flow_world {
    struct text title;
    date_days start;
    int32_t n_days;
    size_t n_places;
    struct flow_place *places; /* in file order: the order matters to the reference's rules */
    size_t n_roads;
    struct flow_road *roads; /* in file order; duplicates allowed, both count */
    size_t n_closures;
    struct flow_closure *closures;
    size_t n_conflicts;
    /* by place, day; each another intensity than the one before, or known sooner than that one */
    struct flow_conflict *conflicts;
    size_t n_reports;
    struct flow_report
        *reports; /* by place, part; then in file order, as the reference needs them */
    size_t n_camps;
    uint32_t *camps; /* places that are counted, in the order of the data layout */
    size_t n_uncounted;
    struct text *uncounted; /* names of the layout that are no place: part of the total alone */
    struct flow_report *uncounted_reports; /* with place = index into uncounted; by place, part */
    size_t n_uncounted_reports;
    size_t n_corrections;
    struct flow_correction *corrections; /* in file order */
};

#endif
