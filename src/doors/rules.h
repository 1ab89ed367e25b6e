/* A rule set: the doors of a folder, with their vocabulary, lists and parameters, as read and bound.
 *
 * It is read from bytes that the caller brings (rules_read.h), and never changed afterwards.  Every
 * text and array lives in the arena of the reading.  Dates of validity are half-open [from, to). */
#ifndef DOORS_RULES_H
#define DOORS_RULES_H

#include "expr.h"
#include "names.h"

/* A point of wall-clock time at a door, in minutes since 1970-01-01 00:00 there. */
typedef int64_t moment;
#define MOMENT_NONE  INT64_MIN
#define MOMENT_NEVER INT64_MAX /* an open end */
#define MOMENT_DAY   1440
#define MOMENT_TEXT  17 /* bytes for "2023-12-15T20:00" with its zero */

/* YYYY-MM-DD or YYYY-MM-DDTHH:MM, with or without an offset (+HH:MM, -HH:MM or Z).  *has_offset and
 * *offset_minutes tell which; the moment is wall-clock time as written.  False: no such form, outputs
 * untouched. */
bool moment_parse(struct text a, moment *out, bool *has_offset, int *offset_minutes);
date_days moment_day(moment at); /* floor */
moment moment_of_day(date_days day);
/* "2023-12-15" at midnight, else "2023-12-15T20:00"; "" for MOMENT_NONE and MOMENT_NEVER. */
char *moment_format(moment at, char to[static MOMENT_TEXT]);

/* Where a thing stands, for messages. */
struct rules_at {
    const char *file;
    long row, at;
};

/* A sentence in the languages of the house; `n` 0 where one is missing. */
enum lang { LANG_EN, LANG_RU, LANG_DE, LANG_COUNT };
struct said {
    struct text in[LANG_COUNT];
};
struct text said_in(const struct said *said, enum lang lang); /* falls back to English */

enum fact_type { FACT_BOOL, FACT_ENUM, FACT_INT, FACT_MONEY, FACT_DATE, FACT_SET };

struct proof {
    struct said doc;
    struct text issuer;
    int32_t days;  /* to get it */
    int64_t cents; /* cost, in `currency` */
    struct text currency;
    bool contacts_origin; /* getting it means dealing with the state that one flees */
    bool illustrative;    /* days and cost are no source's */
    size_t n_for;
    name_id *for_values; /* literals that it proves; none: all */
};

struct fact {
    struct rules_at at;
    struct text name;
    enum fact_type type;
    size_t n_values;
    name_id *values; /* literals of bool (no, yes in this order), enum, set; wildcards spelt out */
    struct text unit;
    struct said ask;
    bool actionable, sensitive;
    bool none;        /* int, money, date: NONE is a value */
    int64_t min, max; /* int, money (cents): the range; INT64_MIN, INT64_MAX: none */
    size_t n_proofs;
    struct proof *proofs;
};

struct list_row {
    name_id list, item;
    date_days from, to; /* to DATE_NONE: open */
    struct text cite;
    struct rules_at at;
};
struct param_row {
    name_id param, key;
    int64_t
        value; /* cents for a money unit, else the integer: as the first comparison needs, see bind */
    struct text written, unit;
    date_days from, to;
    struct text cite;
    struct rules_at at;
};

enum effect { EFFECT_CLOSED, EFFECT_DISCRETION, EFFECT_OPEN, EFFECT_BAR }; /* rising priority */
enum door_kind { DOOR_ENTRY, DOOR_EXIT, DOOR_STAY, DOOR_PATHWAY, DOOR_VISA, DOOR_PROTECTION };
enum transcription { TRANSCRIPTION_FULL, TRANSCRIPTION_PARTIAL, TRANSCRIPTION_UNREAD };

struct rule {
    struct rules_at at; /* of its `when` (of the rule where it has none) */
    struct text id;
    enum effect effect;
    const struct expr
        *when; /* premise, when and also, and-ed; never NULL (an EXPR_AND of none: true) */
    struct text cite, quote;
    size_t n_sources;
    struct text *sources;
    char mark; /* R, S, N, K */
    enum transcription transcription;
    bool overrides_all;
    size_t n_overrides;
    uint32_t *overrides;   /* rules of the same version */
    struct text contested; /* n 0: not */
    struct text covered;   /* n 0: not; why it stands though other rules say the same */
    struct said say;
    bool own; /* written in this version (or its premise), not taken over by same_as unchanged */
};

struct practice {
    struct rules_at at;
    date_days from, to; /* half-open; DATE_NONE: open */
    enum effect effect;
    const struct expr *when; /* NULL: everybody */
    struct text note;
    size_t n_sources;
    struct text *sources;
};

/* One announced end of a version. */
struct version_end {
    moment to;
    date_days known;
};

#define CROSSING_MAX 8 /* ways of crossing a version may start by */

struct version {
    struct rules_at at;
    struct text id;
    /* Start: by_crossing: start_at[i] for the literal crossing[i] of fact `crossing` (ways that are
     * not named never start); else start_at[0]; after: where version `after` ends. */
    bool by_crossing, after_other;
    uint32_t after;
    size_t n_starts;
    name_id crossing[CROSSING_MAX];
    moment start_at[CROSSING_MAX];
    size_t n_ends;
    struct version_end *ends; /* by rising known; none: open */
    date_days known;
    int32_t replaces; /* version, or -1 */
    struct text law;
    size_t n_sources;
    struct text *sources;
    char mark;
    enum transcription transcription;
    struct text read;
    const struct expr *scope; /* NULL: everybody */
    struct rules_at scope_at;
    enum effect otherwise; /* when no rule fires */
    size_t n_rules;
    struct rule *rules;
    size_t n_superior;
    struct rule *superior; /* law above the act */
    size_t n_practice;
    struct practice *practice; /* the door's and the version's */
};

struct door {
    struct rules_at at;
    struct text id;
    struct said title;
    name_id country;
    enum door_kind kind;
    struct text act;
    date_days review_by; /* DATE_NONE: none */
    bool has_offset;
    int offset_minutes;
    bool counterfactual;
    size_t n_protection;
    uint32_t *protection; /* doors */
    struct text default_cite;
    size_t n_versions;
    struct version *versions; /* in the order of the file */
};

struct rules {
    struct names *names; /* literals, lists, parameters, countries */
    size_t n_facts;
    struct fact *facts; /* by rising name */
    size_t n_lists, n_params;
    struct list_row *lists;   /* by list, item, from */
    struct param_row *params; /* by param, key, from */
    size_t n_doors;
    struct door *doors; /* by rising id */
    uint32_t fact_crossing, fact_birth_date,
        fact_age; /* RULES_NONE where the vocabulary has none */
};
#define RULES_NONE UINT32_MAX

uint32_t rules_fact(const struct rules *rules, struct text name); /* RULES_NONE; O(log n) */
uint32_t rules_door(const struct rules *rules, struct text id);   /* RULES_NONE; O(log n) */
/* Whether `literal` is a value of the fact. */
bool rules_is_value(const struct fact *fact, name_id literal);
/* Whether the list holds the item on the day.  O(log rows). */
bool rules_listed(const struct rules *rules, name_id list, name_id item, date_days on);
/* The row that is valid on the day, or NULL. */
const struct param_row *rules_param(const struct rules *rules, name_id param, name_id key,
                                    date_days on);

extern const char *const effect_words[];    /* "CLOSED" ... */
extern const char *const door_kind_words[]; /* "entry" ... */

#endif
