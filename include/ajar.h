/* Ajar: the public C interface.  The only installed header.
 *
 * Conventions.  Every function that can fail returns an int: 0, or a positive code, the row of the
 * error table (docs/errors.md) that also names a stable slug and an exit code.  The message goes to
 * a struct ajar_err that the caller owns and may be NULL.  Outputs are untouched on failure.  What
 * comes back through a pointer-to-pointer belongs to the caller, who frees it with the one function
 * named beside it; what a getter returns lives as long as the object it was got from.  The library
 * has no global state, reads no environment, prints nothing and never exits. */
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

/* What went wrong, where, and what to do.  Fixed size, so that it can live on the stack and be
 * copied.  Texts are UTF-8, zero-terminated, cut at a character boundary when too long. */
struct ajar_err {
    int code;         /* 0: no error; else the value that the function returned */
    const char *slug; /* stable name such as "csv.quote.unclosed"; static */
    long row;         /* 1-based line of the file where the record starts; 0: none */
    long at;          /* 1-based character within the line; 0: none */
    char file[256];   /* file as the user named it; "" : none */
    char column[64];  /* column or key; "": none */
    char value[160];  /* offending value, as read; "": none */
    char text[400];   /* one sentence: what is wrong */
    char hint[320];   /* one sentence: what to do; "": the table's own advice */
};

/* "0.1.0".  Static. */
AJAR_API const char *ajar_version(void);

/* The exit code that a program should end with for this error code (0, 2, 3, 4, 5, 6 or 70). */
AJAR_API int ajar_err_exit(int code);

/* Reads and checks the scenario folder `dir` and calls `each` for every fault found (NULL: none is
 * reported), up to 1,000.  *out_total, when not NULL, gets the number of all faults.  Returns 0 when
 * there is none, the code of "scenario.faults" when there are, another code when the folder cannot be
 * read at all. */
AJAR_API int ajar_scenario_check(const char *dir,
                                 void (*each)(void *arg, const struct ajar_err *fault), void *arg,
                                 uint64_t *out_total, struct ajar_err *err);

/* One host of an aid split.  Money is in one unit of the caller's throughout. */
struct ajar_aid_host {
    const char *name; /* for messages; may be NULL */
    double need;      /* money that the people there need in the period; > 0 */
    double funded;    /* money the host has already; >= 0 */
    double cap;       /* most it can put to use from this budget; > 0 */
    double floor;     /* least it gets from this budget; 0: none */
    double severity;  /* > 0; only ratios matter; 1 everywhere: severity has no say */
};

/* Start from AJAR_AID_OPTIONS_INIT; another `size` is the error "base.internal". */
struct ajar_aid_options {
    size_t size;    /* sizeof(struct ajar_aid_options) */
    double budget;  /* > 0 */
    double alpha;   /* > 0; 0: water-filling, the limit of large alpha and the default */
    double tranche; /* money; > 0: amounts are also rounded to whole tranches; 0: not */
};
#define AJAR_AID_OPTIONS_INIT {sizeof(struct ajar_aid_options), 0.0, 0.0, 0.0}

/* The split of a budget between n hosts: lo <= coverage <= hi, one level for all, all of the budget
 * spent or every host at its most (docs/aid.md).  Freed by ajar_aid_free.  O(n log n). */
typedef struct ajar_aid ajar_aid;
AJAR_API int ajar_aid_split(ajar_aid **out, const struct ajar_aid_host *hosts, size_t n,
                            const struct ajar_aid_options *options, struct ajar_err *err);
AJAR_API double ajar_aid_amount(const ajar_aid *aid, size_t host);   /* money from this budget */
AJAR_API double ajar_aid_rounded(const ajar_aid *aid, size_t host);  /* in whole tranches; NaN: no tranche */
AJAR_API double ajar_aid_coverage(const ajar_aid *aid, size_t host); /* (funded + amount) / need */
AJAR_API const char *ajar_aid_binding(const ajar_aid *aid, size_t host); /* "budget", "absorption cap" */
AJAR_API double ajar_aid_spent(const ajar_aid *aid);
AJAR_API double ajar_aid_next_unit(const ajar_aid *aid); /* rise of coverage for one more unit of money */
AJAR_API double ajar_aid_residual(const ajar_aid *aid);  /* of the optimality conditions; the certificate */
AJAR_API void ajar_aid_free(ajar_aid *aid);              /* accepts NULL */

/* The whole chain: reads `scenario_dir`, makes the folder `out_dir` with report.html, CSV tables and
 * datapackage.json.  An existing out_dir is replaced only when `replace` is not 0 and Ajar wrote it.
 * threads 0: one. */
struct ajar_run_options {
    size_t size;      /* sizeof(struct ajar_run_options) */
    uint64_t seed;
    unsigned threads;
    int replace;
};
#define AJAR_RUN_OPTIONS_INIT {sizeof(struct ajar_run_options), 1, 1, 0}
AJAR_API int ajar_run(const char *scenario_dir, const char *out_dir,
                      const struct ajar_run_options *options, struct ajar_err *err);

#ifdef __cplusplus
}
#endif

#endif
