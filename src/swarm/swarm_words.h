/* The words of the command line. */
#ifndef SWARM_WORDS_H
#define SWARM_WORDS_H

#include "date.h"
#include "ensemble.h"

enum swarm_verb { SWARM_HELP, SWARM_VERSION, SWARM_RUN, SWARM_ENSEMBLE };

struct swarm_words {
    enum swarm_verb verb;
    const char *scenario, *out;
    const char *rules, *engine, *checkpoint; /* NULL: not given */
    date_days from, to, as_known;            /* DATE_NONE: not given */
    const char *set;                         /* NAME=VALUE,... */
    const char *vary[ENSEMBLE_RANGES_MOST];  /* each NAME=LOW..HIGH,... */
    size_t n_vary;
    int64_t seed, threads, members, every, hasten; /* 0: not given */
    bool resume, replace, quiet;
};

/* The words that follow the program's name.  usage.* as `ajar` has them. */
int swarm_words(int n, char *const *words, struct swarm_words *out, struct ajar_err *err);

/* The page of --help. */
extern const char swarm_help[];

#endif
