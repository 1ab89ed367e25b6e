/* ajar-swarm: FLOW on many processors or machines, under mpirun. */
#include <mpi.h>

#include "swarm_job.h"
#include "swarm_stop.h"

#define SIGNAL_EXIT 128 /* and the signal's number, as shells expect */

static int fail(const struct ranks *ranks, const struct ajar_err *err)
{
    if (ranks->rank == 0) {
        say_fault(err);
    }
    return ajar_err_exit(err->code);
}

static int work(struct job *job)
{
    struct ajar_err err = {0};
    int code = job_open(job, &err);
    if (code == 0) {
        code = job->words->verb == SWARM_RUN ? job_run(job, &err) : job_ensemble(job, &err);
    }
    job_close(job);
    if (code == 0) {
        return 0;
    }
    int exit_code = fail(&job->ranks, &err);
    int heard = ranks_most(stop_heard());
    return code == E_CANCELLED && heard != 0 ? SIGNAL_EXIT + heard : exit_code;
}

static int command(int argc, char **argv)
{
    struct ajar_err err = {0};
    struct swarm_words words;
    struct job job = {.ranks = ranks_here(), .words = &words};
    if (swarm_words(argc - 1, argv + 1, &words, &err) != 0) {
        return fail(&job.ranks, &err);
    }
    bool first = job.ranks.rank == 0;
    switch (words.verb) {
    case SWARM_HELP:
        return first && fputs(swarm_help, stdout) < 0 ? err_row(E_OUTPUT)->exit_code : 0;
    case SWARM_VERSION:
        return first && fprintf(stdout, "ajar-swarm %s\n", AJAR_VERSION) < 0
                   ? err_row(E_OUTPUT)->exit_code
                   : 0;
    case SWARM_RUN:
    case SWARM_ENSEMBLE:
    default:
        job.say = say_open(&job.ranks, words.quiet);
        return work(&job);
    }
}

int main(int argc, char **argv)
{
    int threads = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &threads);
    stop_listen();
    int exit_code = command(argc, argv);
    MPI_Finalize();
    return exit_code;
}
