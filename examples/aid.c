/* How is a budget split between hosts under strain?  The worked example of docs/aid.md; its figures
 * are illustrative, in million USD.
 *
 *     cc aid.c $(pkg-config --cflags --libs ajar) -o aid
 *     ./aid 80 */
#include <ajar.h>
#include <stdio.h>
#include <stdlib.h>

/* The hosts are the caller's own: from a table, a database, or as here from the program. */
static const struct ajar_aid_host hosts[] = {
    /* name, need, funded, cap, floor, severity */
    {"Kazakhstan", 72.0, 12.0, 45.0, 0.0, 0.5751}, {"Georgia", 99.0, 20.0, 60.0, 0.0, 1.8246},
    {"Armenia", 50.4, 8.0, 40.0, 0.0, 1.5042},     {"Kyrgyzstan", 18.0, 1.0, 6.0, 0.0, 1.3570},
    {"Mongolia", 3.3, 0.5, 3.0, 0.0, 0.4654},
};
static const size_t n_hosts = sizeof hosts / sizeof *hosts;

static void print_split(const ajar_aid *aid)
{
    printf("%-12s %8s %8s %10s  %s\n", "host", "amount", "in 0.5s", "covered", "limited by");
    for (size_t i = 0; i < ajar_aid_hosts(aid); i++) {
        printf("%-12s %8.2f %8.1f %8.1f %%  %s\n", hosts[i].name, ajar_aid_amount(aid, i),
               ajar_aid_rounded(aid, i), 100 * ajar_aid_coverage(aid, i), ajar_aid_binding(aid, i));
    }
    printf("\nSpent: %.2f. One million more would raise the level by %.3f percentage points.\n",
           ajar_aid_spent(aid), 100 * ajar_aid_next_unit(aid));
    printf("The conditions of the optimum hold %s.\n",
           ajar_aid_residual(aid) < 1e-9 ? "to nine digits" : "NOT to nine digits");
}

int main(int argc, char **argv)
{
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    struct ajar_err err;
    ajar_aid *aid = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: aid BUDGET\n");
        return 2;
    }
    options.budget = atof(argv[1]); /* what is no number is 0, which the library refuses */
    options.tranche = 0.5;
    if (ajar_aid_split(&aid, hosts, n_hosts, &options, &err) != 0) {
        fprintf(stderr, "aid: %s [%s]\n  try: %s\n", err.text, err.slug, ajar_err_advice(&err));
        return ajar_err_exit(err.code);
    }
    print_split(aid);
    ajar_aid_free(aid);
    return 0;
}
