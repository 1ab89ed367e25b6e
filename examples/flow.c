/* Where do people go, and where if a door shuts?  Runs a conflict once, then with a camp closed.
 *
 *     cc flow.c $(pkg-config --cflags --libs ajar) -o flow
 *     ./flow docs/flee Essa@2021-04-15 */
#include <ajar.h>
#include <stdio.h>

/* One fault of the input: where it stands, what it is, what to do. */
static void fault(void *arg, const struct ajar_err *err)
{
    (void)arg;
    fprintf(stderr, "%s:%ld: %s\n  try: %s\n", err->file, err->row, err->text,
            ajar_err_advice(err));
}

static void print_run(const ajar_flow *flow)
{
    size_t last = ajar_flow_days(flow) - 1;
    printf("%-14s %10s %10s    on %s\n", "camp", "computed", "reported", ajar_flow_day(flow, last));
    for (size_t camp = 0; camp < ajar_flow_camps(flow); camp++) {
        printf("%-14s %10.0f %10.0f\n", ajar_flow_camp(flow, camp),
               ajar_flow_people(flow, camp, last), ajar_flow_reported(flow, camp, last));
    }
    printf("%-14s %10.0f\n", "not in a camp", ajar_flow_elsewhere(flow, last));
    printf("Error over all days: %.3f (0 is none, 2 the most; hindsight)\n", ajar_flow_error(flow));
}

static void print_shut(const ajar_shut *shut, const char *closing)
{
    printf("\n%-14s %10s %10s %10s %19s    %s shut\n", "camp", "open", "shut", "difference",
           "90 of 100 pairs", closing);
    for (size_t i = 0; i < ajar_shut_count(shut); i++) {
        const struct ajar_shut_camp *camp = ajar_shut_at(shut, i);
        printf("%-14s %10.0f %10.0f %+10.0f %+9.0f %+9.0f\n", camp->name, camp->open, camp->shut,
               camp->difference, camp->p5, camp->p95);
    }
}

int main(int argc, char **argv)
{
    struct ajar_flow_options options = AJAR_FLOW_OPTIONS_INIT;
    struct ajar_err err;
    ajar_conflict *conflict = NULL;
    ajar_flow *flow = NULL;
    ajar_shut *shut = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: flow FOLDER PLACE@DAY\n");
        return 2;
    }
    int code = ajar_conflict_open(&conflict, argv[1], fault, NULL, &err);
    options.threads = 2;  /* changes the time, not one byte of the result */
    options.members = 20; /* pairs of runs with the same people and the same luck */
    if (code == 0) {
        code = ajar_flow_run(&flow, conflict, &options, &err);
    }
    if (code == 0) {
        print_run(flow);
        code = ajar_flow_shut(&shut, conflict, argv[2], &options, &err);
    }
    if (code == 0) {
        print_shut(shut, argv[2]);
    }
    ajar_shut_free(shut); /* results before what they were made from; each takes NULL */
    ajar_flow_free(flow);
    ajar_conflict_free(conflict);
    if (code != 0) {
        fprintf(stderr, "flow: %s [%s]\n  try: %s\n", err.text, err.slug, ajar_err_advice(&err));
    }
    return ajar_err_exit(code); /* 0 for 0 */
}
