/* What `ajar aid` prints: the split and its proofs for a person, "why not us", and both as JSON. */
#ifndef CLI_AID_SHOW_H
#define CLI_AID_SHOW_H

#include "aid_job.h"
#include "tell.h"

/* How money is shown: divided by `by`, with `decimals`, in `unit` ("USD m" or "USD") in the heads of
 * tables, in `words` ("million USD" or "USD") in sentences. */
struct aid_scale {
    double by;
    int decimals;
    char unit[16], words[24];
};
struct aid_scale aid_scale_of(const struct aid_job *job);

/* "KGZ Kyrgyzstan", or the code alone when there is no other name.  In the call's arena. */
int aid_show_label(const struct verb_call *call, const struct aid_job *job, size_t host,
                   struct text *out, struct ajar_err *err);

/* "inf", "2", "0.5" */
const char *aid_show_alpha(double alpha, char to[static 48]);

/* A head of a table with the unit of the money below it; in the call's arena. */
int aid_show_head(const struct verb_call *call, const struct aid_scale *scale, const char *word,
                  const char **out, struct ajar_err *err);

/* Parts of the answer that `ajar run` shows too: budget and alpha in one line; the table of hosts; what
 * the next money does, how it was rounded, and the certificate. */
void aid_show_opening(const struct verb_call *call, const struct aid_job *job);
int aid_show_hosts(const struct verb_call *call, const struct aid_job *job, struct ajar_err *err);
void aid_show_proof(const struct verb_call *call, const struct aid_job *job);

/* The whole answer of `aid split`.  files [n_files]: names written into call->out; 0: none. */
int aid_show_split(const struct verb_call *call, const struct aid_job *job, size_t n_files,
                   struct ajar_err *err);
int aid_json_split(const struct verb_call *call, const struct aid_job *job,
                   const char *const *files, size_t n_files, struct ajar_err *err);

/* How far alpha and uncertain inputs move the amounts; nothing without draws but the alphas. */
int aid_show_sensitivity(const struct verb_call *call, const struct aid_job *job,
                         struct ajar_err *err);

/* The answer of `aid explain` for the host why->host. */
int aid_show_why(const struct verb_call *call, const struct aid_job *job, const struct aid_why *why,
                 struct ajar_err *err);
int aid_json_why(const struct verb_call *call, const struct aid_job *job, const struct aid_why *why,
                 struct ajar_err *err);

#endif
