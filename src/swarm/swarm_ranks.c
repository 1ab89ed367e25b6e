#include "swarm_ranks.h"

#include <mpi.h>
#include <sys/resource.h>

#define MESSAGE_MOST ((size_t)1 << 28) /* values: MPI counts are int */

struct ranks ranks_here(void)
{
    int rank = 0, n = 1;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &n);
    return (struct ranks){(uint32_t)rank, (uint32_t)n};
}

int ranks_most(int value)
{
    int most = 0;
    MPI_Allreduce(&value, &most, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return most;
}

int ranks_agree(const struct ranks *ranks, int code, struct ajar_err *err)
{
    const int n = (int)ranks->n, rank = (int)ranks->rank;
    struct ajar_err said = *err;
    if (code != 0 && said.code == 0) {
        err_set(&said, (enum err_code)code, "%s", err_row(code)->rule);
    }
    int here = code == 0 ? 2 * n : said.file[0] != '\0' ? rank : n + rank, first = 0;
    MPI_Allreduce(&here, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == 2 * n) {
        return 0;
    }
    MPI_Bcast(&said, (int)sizeof said, MPI_BYTE, first % n, MPI_COMM_WORLD);
    said.slug = err_row(said.code)->slug; /* an address of another process */
    *err = said;
    return said.code;
}

int ranks_same(const struct ranks *ranks, uint64_t value, struct ajar_err *err)
{
    uint64_t first = value;
    MPI_Bcast(&first, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    int code = 0;
    if (first != value) {
        err_set(err, E_FLOW_FILE, "Rank %u reads other data than rank 0.", ranks->rank);
        code = err_hint(err, "Put the scenario where all machines see the same files.");
    }
    return ranks_agree(ranks, code, err);
}

int ranks_sum(void *arg, int64_t *values, size_t n, struct ajar_err *err)
{
    struct ranks_load *load = arg;
    (void)err; /* what goes wrong here ends the job */
    load->messages++;
    load->values += n;
    for (size_t done = 0; done < n; done += MESSAGE_MOST) {
        size_t m = n - done < MESSAGE_MOST ? n - done : MESSAGE_MOST;
        MPI_Allreduce(MPI_IN_PLACE, values + done, (int)m, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
    }
    return 0;
}

uint64_t ranks_memory(void)
{
    struct rusage usage;
    uint64_t here = 0, most = 0;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        here = (uint64_t)usage.ru_maxrss * 1024; /* it counts in KiB */
    }
    MPI_Allreduce(&here, &most, 1, MPI_UINT64_T, MPI_MAX, MPI_COMM_WORLD);
    return most;
}

void ranks_spread(int64_t *values, size_t n, uint32_t from)
{
    for (size_t done = 0; done < n; done += MESSAGE_MOST) {
        size_t m = n - done < MESSAGE_MOST ? n - done : MESSAGE_MOST;
        MPI_Bcast(values + done, (int)m, MPI_INT64_T, (int)from, MPI_COMM_WORLD);
    }
}

void ranks_send(const int64_t *values, size_t n, uint32_t to)
{
    for (size_t done = 0; done < n; done += MESSAGE_MOST) {
        size_t m = n - done < MESSAGE_MOST ? n - done : MESSAGE_MOST;
        MPI_Send(values + done, (int)m, MPI_INT64_T, (int)to, 0, MPI_COMM_WORLD);
    }
}

void ranks_take(int64_t *values, size_t n, uint32_t from)
{
    for (size_t done = 0; done < n; done += MESSAGE_MOST) {
        size_t m = n - done < MESSAGE_MOST ? n - done : MESSAGE_MOST;
        MPI_Recv(values + done, (int)m, MPI_INT64_T, (int)from, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
}
