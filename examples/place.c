/* Which household goes where?  Places a cohort, with a proof, and says why for each household.
 *
 *     cc place.c $(pkg-config --cflags --libs ajar) -o place
 *     ./place docs/placement 2022-10-01 */
#include <ajar.h>
#include <stdio.h>

static void fault(void *arg, const struct ajar_err *err)
{
    (void)arg;
    fprintf(stderr, "%s:%ld: %s\n  try: %s\n", err->file, err->row, err->text,
            ajar_err_advice(err));
}

static void print_plan(const ajar_plan *plan)
{
    printf("%-10s %-10s %-10s %6s %6s\n", "household", "goes to", "in", "people", "score");
    for (size_t i = 0; i < ajar_plan_households(plan); i++) {
        const struct ajar_placed *row = ajar_plan_household(plan, i);
        printf("%-10s %-10s %-10s %6d %6.3f\n", row->household,
               row->lot[0] == '\0' ? "nowhere" : row->lot, row->state, row->people, row->score);
        for (size_t k = 0; row->lot[0] == '\0' && ajar_plan_why(plan, i, k) != NULL; k++) {
            printf("           %s\n", ajar_plan_why(plan, i, k));
        }
    }
    printf("\nThe plan is worth %.3f; no plan can be worth more than %.3f%s.\n",
           ajar_plan_total(plan), ajar_plan_bound(plan),
           ajar_plan_proven(plan) ? ", so it is the best" : "");
}

static void print_offers(const ajar_plan *plan)
{
    printf("\n%-10s", "used of");
    for (size_t r = 0; r < ajar_plan_resources(plan); r++) {
        printf(" %10s", ajar_plan_resource(plan, r));
    }
    for (size_t l = 0; l < ajar_plan_lots(plan); l++) {
        printf("\n%-10s", ajar_plan_lot(plan, l));
        for (size_t r = 0; r < ajar_plan_resources(plan); r++) {
            printf(" %4.0f of %2.0f", ajar_plan_used(plan, l, r), ajar_plan_capacity(plan, l, r));
        }
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    struct ajar_place_options options = AJAR_PLACE_OPTIONS_INIT;
    struct ajar_err err;
    ajar_placement *placement = NULL;
    ajar_plan *plan = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: place FOLDER DAY\n");
        return 2;
    }
    int code = ajar_placement_open(&placement, argv[1], argv[2], fault, NULL, &err);
    if (code == 0) {
        code = ajar_place_solve(&plan, placement, &options, &err);
    }
    if (code == 0) {
        print_plan(plan);
        print_offers(plan);
    }
    ajar_plan_free(plan); /* a result before what it was made from; each takes NULL */
    ajar_placement_free(placement);
    if (code != 0) {
        fprintf(stderr, "place: %s [%s]\n  try: %s\n", err.text, err.slug, ajar_err_advice(&err));
    }
    return ajar_err_exit(code); /* 0 for 0 */
}
