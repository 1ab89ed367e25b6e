/* The same instance by others, each in a process of its own: Cbc through its C interface, HiGHS as WebAssembly in
 * node.  Limits are seconds of processor. */
#ifndef BENCH_PLACE_PEER_H
#define BENCH_PLACE_PEER_H

#include <Cbc_C_Interface.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "place.h"

#define PEER_GAP 1e-4 /* both stop there, as they do when nobody says otherwise */

/* NaN: it has none. */
struct peer {
    double objective, bound; /* units */
    double cpu, peak_mb;
    bool answered;
};

/* Runs `work` in a child, which writes `size` bytes to *out; false when it failed. */
static bool peer_fork(void (*work)(const void *arg, void *out), const void *arg, void *out,
                      size_t size, struct rusage *used)
{
    int ends[2], status = 1;
    fflush(stdout);
    if (pipe(ends) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        work(arg, out);
        ssize_t wrote = write(ends[1], out, size);
        _exit(wrote == (ssize_t)size ? 0 : 1);
    }
    close(ends[1]);
    size_t got = 0;
    for (ssize_t n = 1; child > 0 && got < size && n > 0; got += (size_t)(n > 0 ? n : 0)) {
        n = read(ends[0], (char *)out + got, size - got);
    }
    close(ends[0]);
    return child > 0 && wait4(child, &status, 0, used) == child && status == 0 && got == size;
}

static double peer_cpu(const struct rusage *used)
{
    return (double)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) +
           1e-6 * (double)(used->ru_utime.tv_usec + used->ru_stime.tv_usec);
}

struct peer_task {
    const struct place_problem *problem;
    double seconds;
};

/* By columns, one a pair; scores in units, as the solvers' tolerances like them. */
static void peer_load(Cbc_Model *model, const struct place_problem *problem)
{
    size_t n = problem->n_resources, pairs = (size_t)problem->first[problem->n_households];
    size_t rows = problem->n_households + problem->n_localities * n;
    int *start = calloc(pairs + 1, sizeof *start), *row = calloc(pairs * (n + 1), sizeof *row);
    double *value = calloc(pairs * (n + 1), sizeof *value), *zero = calloc(pairs, sizeof *zero);
    double *one = calloc(pairs, sizeof *one), *score = calloc(pairs, sizeof *score);
    double *least = calloc(rows, sizeof *least), *most = calloc(rows, sizeof *most);
    int at = 0;
    for (size_t k = 0; k < rows; k++) {
        least[k] = -1e30;
        most[k] = k < problem->n_households ? 1 : problem->capacity[k - problem->n_households];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            start[i] = at;
            row[at] = (int)h;
            value[at++] = 1;
            for (uint32_t r = 0; r < n; r++) {
                row[at] = (int)(problem->n_households + problem->locality[i] * n + r);
                value[at] = place_need(problem, h, r);
                at += value[at] > 0;
            }
            one[i] = 1;
            score[i] = 1e-6 * problem->score[i];
        }
    }
    start[pairs] = at;
    Cbc_loadProblem(model, (int)pairs, (int)rows, start, row, value, zero, one, score, least, most);
    for (size_t i = 0; i < pairs; i++) {
        Cbc_setInteger(model, (int)i);
    }
}

static void peer_cbc_work(const void *arg, void *out)
{
    const struct peer_task *task = arg;
    struct peer *peer = out;
    Cbc_Model *model = Cbc_newModel();
    peer_load(model, task->problem);
    Cbc_setObjSense(model, -1);
    Cbc_setLogLevel(model, 0);
    Cbc_setParameter(model, "threads", "0");
    Cbc_setMaximumSeconds(model, task->seconds);
    Cbc_setAllowableFractionGap(model, PEER_GAP);
    Cbc_solve(model);
    bool has = Cbc_getColSolution(model) != NULL && Cbc_numberSavedSolutions(model) > 0;
    *peer = (struct peer){has ? Cbc_getObjValue(model) : NAN, Cbc_getBestPossibleObjValue(model), 0,
                          0, true};
}

static struct peer peer_cbc(const struct place_problem *problem, double seconds)
{
    struct peer_task task = {problem, seconds};
    struct peer out = {0};
    struct rusage used;
    out.answered = peer_fork(peer_cbc_work, &task, &out, sizeof out, &used);
    out.cpu = peer_cpu(&used);
    out.peak_mb = (double)used.ru_maxrss / 1024;
    return out;
}

/* CPLEX LP, a term a line. */
static void peer_write(const struct place_problem *problem, FILE *to)
{
    uint64_t pairs = problem->first[problem->n_households];
    size_t n = problem->n_resources, rows = problem->n_localities * n;
    FILE **row = calloc(rows, sizeof *row);
    char **text = calloc(rows, sizeof *text);
    size_t *length = calloc(rows, sizeof *length);
    for (size_t k = 0; k < rows; k++) {
        row[k] = open_memstream(&text[k], &length[k]);
    }
    fprintf(to, "Maximize\n obj:\n");
    for (uint64_t i = 0; i < pairs; i++) {
        fprintf(to, " %+.6f x%llu\n", 1e-6 * problem->score[i], (unsigned long long)i);
    }
    fprintf(to, "Subject To\n");
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            fprintf(to, " + x%llu\n", (unsigned long long)i);
            for (uint32_t r = 0; r < n; r++) {
                if (place_need(problem, h, r) > 0) {
                    fprintf(row[problem->locality[i] * n + r], " + %d x%llu\n",
                            place_need(problem, h, r), (unsigned long long)i);
                }
            }
        }
        fputs(problem->first[h] < problem->first[h + 1] ? " <= 1\n" : "", to);
    }
    for (size_t k = 0; k < rows; k++) {
        fclose(row[k]);
        if (length[k] > 0) {
            fprintf(to, "%s <= %d\n", text[k], problem->capacity[k]);
        }
        free(text[k]);
    }
    fprintf(to, "Binary\n");
    for (uint64_t i = 0; i < pairs; i++) {
        fprintf(to, " x%llu\n", (unsigned long long)i);
    }
    fprintf(to, "End\n");
}

struct peer_node {
    const char *file;
    double seconds;
};

static void peer_node_work(const void *arg, void *out)
{
    const struct peer_node *node = arg;
    char command[512];
    (void)snprintf(command, sizeof command, "node bench/place_highs.mjs '%s' %.0f %g", node->file,
                   node->seconds, PEER_GAP);
    FILE *answer = popen(command, "r"); /* NOLINT: the bench's own words */
    double values[4] = {NAN, NAN, NAN, NAN};
    int got = answer == NULL ? 0
                             : fscanf(answer, "%lf %lf %lf %lf", &values[0], &values[1], &values[2],
                                      &values[3]);
    bool well = answer != NULL && pclose(answer) == 0;
    *(struct peer *)out =
        (struct peer){values[0], values[1], values[2], values[3], well && got == 4};
}

/* Not answered where node or the package is missing, or the program ran out of memory. */
static struct peer peer_highs(const struct place_problem *problem, const char *folder,
                              double seconds)
{
    char file[256];
    struct peer out = {0};
    struct rusage used;
    (void)snprintf(file, sizeof file, "%s/place.lp", folder);
    FILE *to = fopen(file, "w");
    if (to == NULL) {
        return out;
    }
    peer_write(problem, to);
    fclose(to);
    struct peer_node node = {file, seconds};
    if (!peer_fork(peer_node_work, &node, &out, sizeof out, &used)) {
        out.answered = false;
    }
    unlink(file);
    return out;
}

#endif
