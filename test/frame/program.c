/* The worked example of docs/aid.md through the installed library; amounts in million USD. */
#include <ajar.h>
#include <stdio.h>

static void count(void *arg, const struct ajar_err *fault)
{
    (void)fault;
    ++*(int *)arg;
}

int main(int argc, char **argv)
{
    const struct ajar_aid_host hosts[] = {
        {"KAZ", 72.0, 12.0, 45.0, 0.0, 0.5751}, {"GEO", 99.0, 20.0, 60.0, 0.0, 1.8246},
        {"ARM", 50.4, 8.0, 40.0, 0.0, 1.5042},  {"KGZ", 18.0, 1.0, 6.0, 0.0, 1.357},
        {"MNG", 3.3, 0.5, 3.0, 0.0, 0.4654},
    };
    struct ajar_aid_options options = AJAR_AID_OPTIONS_INIT;
    struct ajar_err err;
    ajar_aid *aid;
    options.budget = 80.0;
    options.tranche = 0.5;
    if (ajar_aid_split(&aid, hosts, 5, &options, &err) != 0) {
        fprintf(stderr, "%s\n", err.text);
        return ajar_err_exit(err.code);
    }
    for (size_t i = 0; i < 5; i++) {
        printf("%s %.6f\n", hosts[i].name, ajar_aid_amount(aid, i));
    }
    int certified = ajar_aid_residual(aid) < 1e-9;
    ajar_aid_free(aid);

    int faults = 0;
    uint64_t total = 99;
    if (argc != 2 || ajar_scenario_check(argv[1], count, &faults, &total, &err) != 0) {
        fprintf(stderr, "%s: %s\n", err.file, err.text);
        return 1;
    }
    if (ajar_scenario_check("no/such/folder", count, &faults, NULL, &err) == 0) {
        return 1;
    }
    /* A bad host is an error with a slug, not a crash. */
    const struct ajar_aid_host bad = {"KGZ", -1.0, 0.0, 1.0, 0.0, 1.0};
    if (ajar_aid_split(&aid, &bad, 1, &options, NULL) == 0) {
        return 1;
    }
    printf("%s faults %d\n", certified ? "certified" : "not certified", (int)total);
    return certified && total == 0 ? 0 : 1;
}
