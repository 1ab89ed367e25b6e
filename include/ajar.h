/* Ajar: the public C interface.  The only installed header; C99 and later, C++.
 *
 * Five questions, a section each, with the words of the command line (`ajar watch scan` is
 * ajar_watch_scan): WATCH, is a count abnormal?  DOORS, which doors are open to this person on this
 * day?  FLOW, where do people go, and where if a door shuts?  PLACE, which household goes to which
 * locality?  AID, how is a budget split?  And ajar_run, the whole chain with its report.  A tutorial
 * is docs/library.md; examples/ has a short program for each.
 *
 * ERRORS.  Every function that can fail returns an int: 0, or a positive code, the row of the error
 * table (docs/errors.md) that also names a stable slug, a rule, an advice and an exit code: the same
 * that the command line prints.  Compare slugs, not codes: codes may differ between versions.  The
 * message goes to a struct ajar_err that the caller owns and may be NULL.  Outputs are untouched on
 * failure.  Of an input all faults are found, not the first: they go to the caller's ajar_fault_fn one
 * by one, and the function returns the code of the whole ("place.faults").  A NULL where the comment
 * does not allow one is the error "library.null", an option out of its words "library.value".
 *
 * OWNERSHIP.  What comes back through a pointer-to-pointer is a handle, belongs to the caller, and is
 * freed with all that was got from it by the one function that ends its section; that function takes
 * NULL.  What a getter returns lives as long as its handle.  A result (scan, answers, flow, shut,
 * plan) points into the input that it was made from: free results first.  Inputs that a call is given
 * (paths, texts, options) are not kept.
 *
 * GETTERS cost O(1) and cannot fail: for a NULL handle, or an index that is not below the count, they
 * give 0, NaN or NULL.  A getter of a row gives a pointer into the handle; the row has at least the
 * members below, and a later version may add some at its end, so never copy rows or step over them.
 *
 * TEXTS are UTF-8, zero-terminated, never NULL where the comment does not say so.  Days are texts
 * YYYY-MM-DD of the civil calendar.  What is not known is NaN, or "" of a text.
 *
 * THREADS.  There is no global state.  A handle never changes after it was made: any number of
 * threads may read it, and make results from one input, at the same time.  Two threads may not share
 * a struct ajar_err, nor free what the other still uses.  `threads` in options is how many a call may
 * use inside itself, 0 and 1: none besides the caller's, at most 256; they are started and joined
 * within the call.  Callbacks run in the caller's thread, while the call is under way.
 *
 * SAME BYTES.  The same inputs, options, seed and version give the same results on every machine and
 * with any number of threads.  Nothing depends on the clock or the environment, nor on the locale but
 * for the decimal mark in some messages about options.
 *
 * COST is given with each function that does work.  Memory is taken as needed up to 8 GiB a handle,
 * then the error is "base.memory.ceiling".  The library reads only the files that it is told of, writes
 * only in ajar_run, opens no connection, prints nothing and never exits; a bug of its own stops the
 * program by assert.  A program in C++ or with exceptions of its own must not throw through callbacks.
 *
 * VERSIONS.  The soname changes when a program that was linked before would no longer run: until 1.0
 * with any minor version that says so in CHANGELOG.md.  Structs of options begin with their size,
 * which INIT fills in, so that a later library knows which options an older program had. */
#ifndef AJAR_H
#define AJAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define AJAR_API __attribute__((visibility("default")))
#else
#define AJAR_API
#endif

/* The version of this header; ajar_version() is that of the library that runs. */
#define AJAR_VERSION "0.1.0"
/* major * 1,000,000 + minor * 1,000 + patch, for #if. */
#define AJAR_VERSION_NUMBER 1000

/* ---- Versions, errors, what a call asks of its caller ---- */

/* "0.1.0".  Static. */
AJAR_API const char *ajar_version(void);

/* What went wrong, where, and what to do.  Fixed size (about 1.2 kB), so that it can live on the stack
 * and be copied.  Texts are cut at a character boundary when too long. */
struct ajar_err {
    int code;         /* 0: no error; else the value that the function returned */
    const char *slug; /* stable name such as "csv.quote.unclosed"; static */
    long row;         /* 1-based line of the file where the record starts; 0: none */
    long at;          /* 1-based character within the line; 0: none */
    char file[256];   /* file as the user named it; "" : none */
    char column[64];  /* column, key or option; "": none */
    char value[160];  /* offending value, as read; "": none */
    char text[400];   /* one sentence: what is wrong */
    char hint[320];   /* one sentence: what to do; "": the table's own, see ajar_err_advice */
};

/* The exit code that a program should end with for this error code: 0, 1 (findings), 2 (usage),
 * 3 (bad data), 4 (infeasible), 5 (conflict), 6 (not permitted) or 70 (internal). */
AJAR_API int ajar_err_exit(int code);

/* What to do: the hint of the error, else the advice of its row.  Lives as long as `err`; "" for NULL
 * and for no error. */
AJAR_API const char *ajar_err_advice(const struct ajar_err *err);

/* The rule that was broken, as docs/errors.md has it: "A date is written YYYY-MM-DD and exists in the
 * calendar."  Static; "" for 0 and for what is no code. */
AJAR_API const char *ajar_err_rule(int code);

/* Called once for each fault of an input, sorted by file, row and column, at most 1,000 times; the
 * fault lives for that call.  `arg` is the caller's.  May be NULL where a function takes one. */
typedef void ajar_fault_fn(void *arg, const struct ajar_err *fault);

/* Asked every few milliseconds to seconds of a long call; not 0: the call ends with "base.cancelled".
 * May be NULL.  A run that is not stopped gives the same bytes as without it. */
typedef int ajar_stop_fn(void *arg);

/* ---- Scenarios (docs/scenario.md) ---- */

/* Reads and checks the scenario folder `dir` and reports every fault.  *out_total, when not NULL, gets
 * the number of all faults, also of those beyond 1,000.  Returns 0 when there is none, the code of
 * "scenario.faults" when there are, another code when the folder cannot be read at all.  O(bytes of the
 * tables), hundreds of MB/s a core (docs/benchmarks.md). */
AJAR_API int ajar_scenario_check(const char *dir, ajar_fault_fn *each, void *arg,
                                 uint64_t *out_total, struct ajar_err *err);

/* The whole chain: reads `scenario_dir`, makes the folder `out_dir` with report.html, CSV tables and
 * datapackage.json, whole or not at all.  An existing out_dir is replaced only when `replace` is not 0
 * and Ajar wrote it ("file.exists").  Seconds of one core for the shipped scenario. */
struct ajar_run_options {
    size_t size; /* sizeof(struct ajar_run_options) */
    uint64_t seed;
    unsigned threads;
    int replace;
    ajar_fault_fn *each; /* faults of the scenario */
    void *each_arg;
    ajar_stop_fn *stop;
    void *stop_arg;
};
#define AJAR_RUN_OPTIONS_INIT {sizeof(struct ajar_run_options), 1, 1, 0, NULL, NULL, NULL, NULL}
AJAR_API int ajar_run(const char *scenario_dir, const char *out_dir,
                      const struct ajar_run_options *options, struct ajar_err *err);

/* ---- WATCH: is this count abnormal? (docs/watch.md) ---- */

/* Counts by place, route and measure. */
typedef struct ajar_series ajar_series;

/* Reads `path`: a scenario folder, or one CSV of counts in long or wide form.  Nothing is repaired or
 * filled in.  Faults: "watch.file", "scenario.faults".  O(bytes + rows log rows); about 100 bytes a
 * count. */
AJAR_API int ajar_series_open(ajar_series **out, const char *path, ajar_fault_fn *each, void *arg,
                              struct ajar_err *err);

struct ajar_series_row {
    const char *place, *route, *measure; /* route "": none is named */
    const char *unit;                    /* "persons"; "": none is named */
    size_t counts;                       /* periods counted, revisions too */
    const char *from, *to;               /* first and last day of them, inclusive */
};
AJAR_API size_t ajar_series_count(const ajar_series *series);
AJAR_API const struct ajar_series_row *ajar_series_at(const ajar_series *series, size_t i);

/* What was assumed in reading a file, sentence by sentence; NULL after the last. */
AJAR_API const char *ajar_series_assumed(const ajar_series *series, size_t i);
AJAR_API void ajar_series_free(ajar_series *series);

/* Start from AJAR_SCAN_OPTIONS_INIT. */
struct ajar_scan_options {
    size_t size;
    const char *place, *route, *measure; /* only these; NULL: all */
    const char *known_by; /* "published": from the date of the source; "next-day": from the morning
                             after the period; NULL: the first where there are such dates */
    const char *as_known; /* day: what was known that morning; NULL: all that there is */
    const char *since;    /* day: alarms of periods that end then or later; NULL: of the last ones */
    double alarm_every_days; /* one false alarm of a series in so many days, 2 to 1,000,000 */
    uint64_t seed;           /* of thresholds by simulation */
    unsigned threads;
    ajar_stop_fn *stop;
    void *stop_arg;
};
#define AJAR_SCAN_OPTIONS_INIT                                                                     \
    {sizeof(struct ajar_scan_options), NULL, NULL, NULL, NULL, NULL, NULL, 365.25, 1, 1, NULL, NULL}

/* Every series judged by its own past.  Errors: "watch.place", "watch.route", "watch.measure" (with
 * what was perhaps meant), "watch.nothing" (nothing is known by then), "watch.option".  Some 10
 * microseconds a count, and 0.1 s once for thresholds. */
typedef struct ajar_scan ajar_scan;
AJAR_API int ajar_watch_scan(ajar_scan **out, const ajar_series *series,
                             const struct ajar_scan_options *options, struct ajar_err *err);

/* A series and its last period.  Counts in the series' unit. */
struct ajar_judged {
    const char *place, *route, *measure;
    const char *from, *to;  /* of the last period, inclusive; "": it was not judged */
    double count, expected; /* what was counted; what its past lets one expect */
    double bound;           /* the count from which on it rings */
    double p;               /* P(a count as high or higher | nothing changed), 0 to 1; NaN: none */
    const char *detector;   /* "weekday", "farrington", ...; "": it was not judged */
    int rings;              /* not 0: abnormally high */
    const char *why_not;    /* no verdict: a clause, "fewer than 4 earlier days"; else "" */
};
AJAR_API size_t ajar_scan_count(const ajar_scan *scan); /* series, judged or not */
AJAR_API const struct ajar_judged *ajar_scan_at(const ajar_scan *scan, size_t i);

/* A period that rings, by place, measure, route, period. */
struct ajar_alarm {
    const char *place, *route, *measure;
    const char *from, *to; /* of the period, inclusive */
    const char *run_from;  /* first day of the unbroken run of ringing periods that it is in */
    double count, expected, bound, p;
    const char *sentence; /* all of it in plain English, sentences */
};
AJAR_API size_t ajar_scan_alarms(const ajar_scan *scan);
AJAR_API const struct ajar_alarm *ajar_scan_alarm(const ajar_scan *scan, size_t i);
AJAR_API const char *ajar_scan_summary(const ajar_scan *scan); /* a sentence or two */
AJAR_API void ajar_scan_free(ajar_scan *scan);

/* ---- DOORS: what is open to this person on this day? (docs/rules.md) ---- */

/* Rules of entry, exit, stay, visas and pathways, in all their dated versions. */
typedef struct ajar_doors ajar_doors;

/* Reads `path`: a scenario folder with doors/, or a folder of rule files.  Faults: "doors.faults".
 * O(bytes); a tenth of a second for the shipped rules. */
AJAR_API int ajar_doors_open(ajar_doors **out, const char *path, ajar_fault_fn *each, void *arg,
                             struct ajar_err *err);

struct ajar_door {
    const char *id;      /* "fi.entry" */
    const char *country; /* ISO 3166-1 alpha-3, or EU27, SCHENGEN */
    const char *kind;    /* "entry", "exit", "stay", "pathway", "visa", "protection" */
    const char *title;   /* English */
    int counterfactual;  /* not 0: no state made this rule */
};
AJAR_API size_t ajar_doors_count(const ajar_doors *doors);
AJAR_API const struct ajar_door *ajar_doors_at(const ajar_doors *doors, size_t i); /* by id */
AJAR_API void ajar_doors_free(ajar_doors *doors);

/* Start from AJAR_ASK_OPTIONS_INIT; `on` must be given. */
struct ajar_ask_options {
    size_t size;
    const char *on;       /* a day, or a moment 2023-12-15T20:00+02:00; without an offset it is the
                             clock of each door */
    const char *as_known; /* day: by the acts that could be read then; NULL: the day of `on` */
    const char *door;     /* this one alone; NULL: all */
    const char *country;  /* alpha-3: its doors and those of the groups that it is in; NULL: all */
    const char *lang;     /* "en", "ru", "de": of titles and sentences; NULL: en */
    int counterfactual;   /* not 0: also rules that no state made */
};
#define AJAR_ASK_OPTIONS_INIT {sizeof(struct ajar_ask_options), NULL, NULL, NULL, NULL, NULL, 0}

/* Asks every door that the options name.  `facts` is what is known of the person, as text in YAML or
 * JSON (docs/rules.md), at most 1 MiB: "citizenship: [RUS]\nvisa: C_ESP\n".  What is not stated is
 * unknown, never no; the answer holds for every completion of what is unknown.  Facts are kept nowhere
 * and, where they are sensitive, stand in no message.  Faults of the facts: "doors.facts".  Errors:
 * "doors.door.unknown", "usage.option.type" (a country or day).  A few ms a door at most. */
typedef struct ajar_answers ajar_answers;
AJAR_API int ajar_doors_ask(ajar_answers **out, const ajar_doors *doors, const char *facts,
                            const struct ajar_ask_options *options, ajar_fault_fn *each, void *arg,
                            struct ajar_err *err);

struct ajar_answer {
    const char *door, *country, *kind, *title;
    const char *status; /* "OPEN", "DISCRETION", "NEEDS_FACTS", "CLOSED_ACTIONABLE" (a paper would
                           open it), "CLOSED", "BARRED", "NOT_APPLICABLE", "NO_RULE", "CONFLICT" */
    const char *said;   /* the same to the person, a sentence: "The law lets you pass." */
    const char *until;  /* first day or moment at which the answer can change; "": none is known */
    size_t rules;       /* that decide, or may */
    size_t ways;        /* smallest sets of facts and papers that would open it, safest first */
    size_t questions;   /* whose answers would settle it; of "NEEDS_FACTS" */
    int stale;          /* not 0: past the day by which the rule was to be reviewed */
    int partial;        /* not 0: not all of the act was read */
    int contested;      /* not 0: courts or offices read it otherwise */
    int counterfactual; /* not 0: no state made this rule */
};
AJAR_API size_t ajar_answers_count(const ajar_answers *answers); /* doors */
AJAR_API const struct ajar_answer *ajar_answers_at(const ajar_answers *answers, size_t door);

struct ajar_rule {
    const char *id;     /* within its version */
    const char *effect; /* "OPEN", "CLOSED", "DISCRETION", "BAR" */
    const char *cite;   /* where it stands */
    const char *quote;  /* its words; "": none are given */
    int certain;        /* not 0: it fires whatever the unknown facts are */
};
AJAR_API const struct ajar_rule *ajar_answers_rule(const ajar_answers *answers, size_t door,
                                                   size_t i);

struct ajar_way {
    const char *needs;   /* "visa_purpose = FAMILY; kin = yes", in the words of the rules */
    int discretion;      /* not 0: leads to an official's discretion; 0: to an open door */
    int contacts_origin; /* steps that mean contact with the state that one flees: danger */
    int days;            /* that the slowest paper takes */
};
AJAR_API const struct ajar_way *ajar_answers_way(const ajar_answers *answers, size_t door,
                                                 size_t i);
AJAR_API const char *ajar_answers_question(const ajar_answers *answers, size_t door, size_t i);

/* Doors that asking for asylum would bar, which are not barred now; ids, NULL after the last. */
AJAR_API const char *ajar_answers_closes(const ajar_answers *answers, size_t i);
/* "Not legal advice. ...": to be shown with every answer. */
AJAR_API const char *ajar_answers_advice(const ajar_answers *answers);
AJAR_API void ajar_answers_free(ajar_answers *answers);

/* ---- FLOW: where do people go? (docs/flow.md) ---- */

/* A conflict: places, roads, closures, and what was counted.  (An exodus of a scenario, docs/exodus.md,
 * runs in ajar_run.) */
typedef struct ajar_conflict ajar_conflict;

/* Reads `dir`: a scenario folder with flow/, or a folder in the format of Flee.  Faults: "flow.faults";
 * a folder with neither: "flow.file".  O(bytes). */
AJAR_API int ajar_conflict_open(ajar_conflict **out, const char *dir, ajar_fault_fn *each,
                                void *arg, struct ajar_err *err);
AJAR_API const char *ajar_conflict_title(const ajar_conflict *conflict);
AJAR_API size_t ajar_conflict_places(const ajar_conflict *conflict);
/* What was assumed in reading it, sentence by sentence; NULL after the last. */
AJAR_API const char *ajar_conflict_assumed(const ajar_conflict *conflict, size_t i);
AJAR_API void ajar_conflict_free(ajar_conflict *conflict);

/* Start from AJAR_FLOW_OPTIONS_INIT. */
struct ajar_flow_options {
    size_t size;
    const char *from, *to; /* days, inclusive; NULL: the first, the last of the conflict */
    const char *as_known;  /* day: by what was known then; NULL: all that there is */
    const char *rules;     /* "flee": the reference's with its faults; "ajar": without; NULL: as the
                              folder says */
    uint64_t seed;
    uint32_t members;      /* of ajar_flow_shut: pairs of runs, 2 to 100,000 */
    unsigned threads;
    ajar_stop_fn *stop;
    void *stop_arg;
};
#define AJAR_FLOW_OPTIONS_INIT                                                                     \
    {sizeof(struct ajar_flow_options), NULL, NULL, NULL, NULL, 1, 100, 1, NULL, NULL}

/* One run of the agent engine.  Errors: "flow.option" and what docs/errors.md has under flow.  Some ns
 * an agent and day; 4 bytes an agent who has arrived, 20 one on the way; O(days * (places + links)). */
typedef struct ajar_flow ajar_flow;
AJAR_API int ajar_flow_run(ajar_flow **out, const ajar_conflict *conflict,
                           const struct ajar_flow_options *options, struct ajar_err *err);

/* Camps that are counted, days from 0.  Figures are people at the end of the day. */
AJAR_API size_t ajar_flow_camps(const ajar_flow *flow);
AJAR_API size_t ajar_flow_days(const ajar_flow *flow);
AJAR_API const char *ajar_flow_camp(const ajar_flow *flow, size_t camp); /* its name */
AJAR_API const char *ajar_flow_day(const ajar_flow *flow, size_t day);
AJAR_API double ajar_flow_people(const ajar_flow *flow, size_t camp, size_t day);
AJAR_API double ajar_flow_reported(const ajar_flow *flow, size_t camp, size_t day); /* or NaN */
AJAR_API double ajar_flow_elsewhere(const ajar_flow *flow, size_t day); /* in none of the camps */
/* The reference's error against the reports, 0 to 2 (rescaled average relative difference); NaN when
 * not all days were run.  Hindsight, no forecast. */
AJAR_API double ajar_flow_error(const ajar_flow *flow);
AJAR_API void ajar_flow_free(ajar_flow *flow);

/* What does a shut door do?  `closings`: "Essa@2021-04-15", "Essa@2021-04-15..2021-05-01",
 * "Fara - Essa@2021-04-15" (the roads between the two), separated by semicolons; both days are included,
 * without a second it stays shut.  The same people and the same luck, once open and once shut, in
 * options->members pairs.  Errors: "flow.closing" (with what was perhaps meant), "flow.option".  Costs
 * two to three runs a pair. */
typedef struct ajar_shut ajar_shut;
AJAR_API int ajar_flow_shut(ajar_shut **out, const ajar_conflict *conflict, const char *closings,
                            const struct ajar_flow_options *options, struct ajar_err *err);

/* A camp on the last day; the row after the last camp is of all who are in none ("not in a camp"). */
struct ajar_shut_camp {
    const char *name;
    double open, shut;   /* people, mean over the pairs */
    double difference;   /* shut - open, mean */
    double p5, p50, p95; /* of the paired differences */
};
AJAR_API size_t ajar_shut_count(const ajar_shut *shut);
AJAR_API const struct ajar_shut_camp *ajar_shut_at(const ajar_shut *shut, size_t i);
AJAR_API void ajar_shut_free(ajar_shut *shut);

/* ---- PLACE: which household goes where? (docs/placement.md) ---- */

/* Households, what they need and wish, and what localities offer. */
typedef struct ajar_placement ajar_placement;

/* Reads the tables of the folder `dir`.  `on`: the day of placing, on which offers that have expired are
 * shut; NULL: none is.  Faults: "place.faults"; a folder without the tables: "place.tables".
 * O(rows log rows + households * offers). */
AJAR_API int ajar_placement_open(ajar_placement **out, const char *dir, const char *on,
                                 ajar_fault_fn *each, void *arg, struct ajar_err *err);
AJAR_API size_t ajar_placement_households(const ajar_placement *placement);
AJAR_API size_t ajar_placement_lots(const ajar_placement *placement);
/* CSV files of the folder that are none of the tables, and were not read; NULL after the last. */
AJAR_API const char *ajar_placement_ignored(const ajar_placement *placement, size_t i);
AJAR_API void ajar_placement_free(ajar_placement *placement);

/* Start from AJAR_PLACE_OPTIONS_INIT. */
struct ajar_place_options {
    size_t size;
    uint64_t rounds; /* of search at most; 0: 2,000 */
    double gap;      /* stop this near to the bound, 0.01 is 1 %; 0: at the proven optimum */
    int explain;     /* not 0: sentences for each household (ajar_plan_why) */
    uint64_t seed;
    unsigned threads;
    ajar_stop_fn *stop; /* keeps the best plan so far, which is no error */
    void *stop_arg;
};
#define AJAR_PLACE_OPTIONS_INIT                                                                    \
    {sizeof(struct ajar_place_options), 0, 0.0, 1, 1, 1, NULL, NULL}

/* The plan of the largest total score with a proven bound.  Errors: "place.locks" (no plan keeps the
 * locks).  A round is milliseconds, later ones of a large cohort seconds. */
typedef struct ajar_plan ajar_plan;
AJAR_API int ajar_place_solve(ajar_plan **out, const ajar_placement *placement,
                              const struct ajar_place_options *options, struct ajar_err *err);

/* Scores are in units of the criteria: 1 is a weight of 1,000,000 micro-units. */
AJAR_API double ajar_plan_total(const ajar_plan *plan);
AJAR_API double ajar_plan_bound(const ajar_plan *plan); /* no plan at all has a larger total */
AJAR_API int ajar_plan_proven(const ajar_plan *plan);   /* not 0: total and bound are equal */
AJAR_API int ajar_plan_stopped(const ajar_plan *plan);  /* not 0: options->stop said so */

struct ajar_placed {
    const char *household;
    const char *lot;           /* id of the offer; "": not placed */
    const char *place, *state; /* of the lot; "" likewise, and where none is given */
    double score;              /* 0 when not placed */
    int people;
    const char *group; /* label of the household; "": none */
};
AJAR_API size_t ajar_plan_households(const ajar_plan *plan);
AJAR_API const struct ajar_placed *ajar_plan_household(const ajar_plan *plan, size_t household);
/* Why there and not elsewhere, and what would change it, or why nowhere: sentence by sentence, NULL
 * after the last and without options->explain.  Protected traits and vetoes are never told. */
AJAR_API const char *ajar_plan_why(const ajar_plan *plan, size_t household, size_t i);

/* Lots, and resources such as beds: how much of one a lot has, and how much the plan uses. */
AJAR_API size_t ajar_plan_lots(const ajar_plan *plan);
AJAR_API const char *ajar_plan_lot(const ajar_plan *plan, size_t lot); /* its id */
AJAR_API size_t ajar_plan_resources(const ajar_plan *plan);
AJAR_API const char *ajar_plan_resource(const ajar_plan *plan, size_t resource);
AJAR_API double ajar_plan_capacity(const ajar_plan *plan, size_t lot, size_t resource);
AJAR_API double ajar_plan_used(const ajar_plan *plan, size_t lot, size_t resource);
AJAR_API void ajar_plan_free(ajar_plan *plan);

/* ---- AID: how is a budget split? (docs/aid.md) ---- */

/* One host.  Money is in one unit of the caller's throughout. */
struct ajar_aid_host {
    const char *name; /* for messages; may be NULL */
    double need;      /* money that the people there need in the period; > 0 */
    double funded;    /* money the host has already; >= 0 */
    double cap;       /* most it can put to use from this budget; > 0 */
    double floor;     /* least it gets from this budget; 0: none */
    double severity;  /* > 0; only ratios matter; 1 everywhere: severity has no say */
};

/* Start from AJAR_AID_OPTIONS_INIT. */
struct ajar_aid_options {
    size_t size;    /* sizeof(struct ajar_aid_options) */
    double budget;  /* > 0 */
    double alpha;   /* > 0; 0: water-filling, the limit of large alpha and the default */
    double tranche; /* money; > 0: amounts are also rounded to whole tranches; 0: not */
};
#define AJAR_AID_OPTIONS_INIT {sizeof(struct ajar_aid_options), 0.0, 0.0, 0.0}

/* The split of a budget between n hosts: lo <= coverage <= hi, one level for all, all of the budget
 * spent or every host at its most.  Points into nothing of the caller's.  Errors: "aid.*" in
 * docs/errors.md, "aid.floors.infeasible" where the floors alone pass the budget.  O(n log n). */
typedef struct ajar_aid ajar_aid;
AJAR_API int ajar_aid_split(ajar_aid **out, const struct ajar_aid_host *hosts, size_t n,
                            const struct ajar_aid_options *options, struct ajar_err *err);
AJAR_API size_t ajar_aid_hosts(const ajar_aid *aid);
AJAR_API double ajar_aid_amount(const ajar_aid *aid, size_t host);   /* money from this budget */
AJAR_API double ajar_aid_rounded(const ajar_aid *aid, size_t host);  /* in whole tranches, or NaN */
AJAR_API double ajar_aid_coverage(const ajar_aid *aid, size_t host); /* (funded + amount) / need */
/* What limits the host: "budget", "absorption cap", ... (docs/aid.md). */
AJAR_API const char *ajar_aid_binding(const ajar_aid *aid, size_t host);
AJAR_API double ajar_aid_spent(const ajar_aid *aid);
AJAR_API double ajar_aid_next_unit(const ajar_aid *aid); /* coverage for one more unit of money */
AJAR_API double ajar_aid_residual(const ajar_aid *aid);  /* of the optimality conditions: proof */
AJAR_API void ajar_aid_free(ajar_aid *aid);

#ifdef __cplusplus
}
#endif

#endif
