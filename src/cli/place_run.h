/* A run of the optimiser from the command line: when it stops, what it says meanwhile, what it leaves. */
#ifndef CLI_PLACE_RUN_H
#define CLI_PLACE_RUN_H

#include "fair.h"
#include "place_input.h"

enum place_method { PLACE_TOTAL, PLACE_LEXIMIN, PLACE_MAXMIN, PLACE_PROPORTIONAL, PLACE_FLOORS };

struct place_run {
    enum place_method method;
    const char *word; /* of the method */
    struct side_result result;
    struct fair_leximin leximin; /* of that method */
    struct fair_groups groups;   /* of the methods with floors */
    struct fair_report report;   /* of `result` */
    /* private: the watch that tells of objective and bound */
    const struct watch *inner;
    struct watch watch;
    double began, seconds;
    bool told;
    int64_t objective, bound;
    char what[96];
};

/* --method, --rounds, --time, --gap, --floor, --seed of the call.  Ctrl-C keeps the best: plan.cancelled.  Locks that
 * no plan keeps: E_PLACE_LOCKS, behind a fault for each lock of the smallest set that cannot be. */
int place_run(const struct verb_call *call, struct place_call *at, struct place_run *out,
              struct ajar_err *err);

/* Says why the locks cannot be kept, and returns `code`; other codes are passed on. */
int place_run_conflict(const struct verb_call *call, const struct place_call *at,
                       const struct programme *programme, int code, struct ajar_err *err);

#endif
