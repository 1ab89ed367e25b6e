/* The answers of `ajar flow` for an exodus, as tables on a terminal and as JSON. */
#ifndef CLI_EXODUS_SHOW_H
#define CLI_EXODUS_SHOW_H

#include "exodus_ask.h"
#include "exodus_chain.h"
#include "exodus_fit_job.h"
#include "exodus_sums.h"
#include "verb.h"

/* What the verbs have in common; the other parts are of one verb each. */
struct exodus_made {
    const struct exodus_input *input;
    const char *how;
    const struct exodus_chain *chain;
    const struct exodus_sums *sums;     /* run */
    const struct exodus_ask *ask;       /* --rows */
    const struct exodus_scored *scored; /* score --rows */
    const struct exodus_fit_made *fit;  /* calibrate */
    bool quick, by_period;              /* calibrate */
    struct text csv;                    /* what --csv prints */
};

typedef int exodus_show(const struct verb_call *call, const struct exodus_made *made,
                        struct ajar_err *err);

exodus_show exodus_show_run, exodus_show_rows, exodus_show_counterfactual, exodus_show_calibrate,
    exodus_show_score, exodus_show_scored;
exodus_show exodus_json_run, exodus_json_rows, exodus_json_counterfactual, exodus_json_calibrate,
    exodus_json_score, exodus_json_scored;

/* Title, days and how it was made. */
void exodus_show_opening(const struct verb_call *call, const struct exodus_made *made);

/* Why rows of the file have no answer, a sentence a reason with its lines. */
void exodus_show_unanswered(const struct verb_call *call, const struct exodus_ask *ask);

/* Of forecasts from earlier days; nothing where there are none. */
int exodus_show_rolling(const struct verb_call *call, const struct exodus_rolling *rolling,
                        size_t n, struct ajar_err *err);

/* Below this part of its prior's width a parameter counts as learned. */
#define EXODUS_SHOW_LEARNED 0.9

#endif
