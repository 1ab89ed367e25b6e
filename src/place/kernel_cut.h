/* Branch and cut over few columns, by Cbc (Forrest, Lougee-Heimer 2005, "CBC user guide").
 *
 * The linear relaxation is cut by knapsack covers, Gomory's cuts and zero-half cuts; its reduced costs then say which
 * columns a good plan can hold, and the tree is searched over those alone.  What it does depends on the model, the
 * start and the numbers below alone, never on a clock.  Cbc computes in doubles: whatever it finds is for the caller
 * to add up.  Nothing is printed, no signal handler is set, no exception comes out. */
#ifndef PLACE_KERNEL_CUT_H
#define PLACE_KERNEL_CUT_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Rows have no lower end; every column is 0 or 1. */
struct kernel_model {
    int n_columns, n_rows;
    const double *worth; /* [n_columns] to be maximised */
    const int *start;    /* [n_columns + 1] into row and value */
    const int *row;
    const double *value;
    const double *most;   /* [n_rows] */
    const double *chosen; /* [n_columns] a plan: a better one is asked for */
};

struct kernel_search {
    double behind;             /* columns further behind in the cut relaxation are left out */
    int nodes;                 /* at most */
    bool (*enough)(void *arg); /* asked at every node; true stops */
    void (*better)(void *arg, const double *chosen); /* told of every better plan, [n_columns] */
    void *arg;
};

/* False: no memory. */
bool kernel_cut(const struct kernel_model *model, const struct kernel_search *search);

#ifdef __cplusplus
}
#endif

#endif
