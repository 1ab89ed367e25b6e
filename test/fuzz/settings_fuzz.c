/* Any bytes as scenario.yaml of the shipped scenario: settings that keep their promises, or faults. */
#include "fuzz.h"

#include "arrivals_index.h"
#include "scenario.h"
#include "settings.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

/* The tables, read once: a run over many inputs only reads the settings anew. */
struct fuzz_tables {
    struct arena arena;
    struct scenario scenario;
    struct checker checker;
    struct arrivals_index index;
};

static void fuzz_tables_read(struct fuzz_tables *out)
{
    struct scenario *scenario = &out->scenario;
    struct faults faults;
    arena_init(&out->arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &out->arena, FUZZ_FAULTS, NULL) == 0);
    fuzz_demand(scenario_load(&out->arena, "scenarios/exodus2022", NULL, NULL, scenario, &faults,
                              NULL) == 0);
    struct checker *checker = &out->checker;
    *checker = (struct checker){.arena = &out->arena,
                                .scratch = &out->arena,
                                .scenario = scenario,
                                .names = scenario->names};
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        checker->read[i] = true;
    }
    const struct measures *measures = &scenario->measures;
    fuzz_demand(word_rows_fill(&checker->sources, checker, scenario->sources.id,
                               scenario->sources.n, NULL, 0, NULL) == 0);
    fuzz_demand(word_rows_fill(&checker->arrival_measures, checker, measures->id, measures->n,
                               measures->table, scenario_word(scenario, "arrivals"), NULL) == 0);
    fuzz_demand(arrivals_index_make(&out->index, checker, NULL) == 0);
}

static void fuzz_good(const struct scenario *scenario)
{
    const struct aid_settings *aid = &scenario->aid;
    fuzz_demand(scenario->title.n > 0 && scenario->summary.n > 0);
    fuzz_demand(country_is_name(scenario->subject) && !country_is_group(scenario->subject));
    fuzz_demand(scenario->from != DATE_NONE && scenario->from <= scenario->to);
    for (size_t i = 0; i < aid->n; i++) {
        const struct aid_host_setting *host = &aid->hosts[i];
        fuzz_demand(country_is_name(host->country) && host->line >= 1);
        bool counted = host->stock == AID_STOCK_COUNTED;
        fuzz_demand(!counted || host->arrivals_row < scenario->arrivals.n);
        if (counted) {
            uint32_t measure = scenario->arrivals.measure[host->arrivals_row];
            enum measure_kind kind = scenario->measures.kind[measure];
            fuzz_demand(kind == KIND_STOCK || kind == KIND_NET);
            fuzz_demand(scenario->arrivals.country[host->arrivals_row] == host->country);
        }
    }
    if (aid->n > 0) {
        fuzz_demand(aid->budget > 0 && aid->alpha > 0 && aid->tranche >= 0);
        fuzz_demand(aid->tranche <= aid->budget);
        fuzz_demand(aid->unit == UNIT_USD || aid->unit == UNIT_EUR);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz_tables tables;
    if (tables.scenario.names == NULL) {
        fuzz_tables_read(&tables);
    }
    struct arena arena;
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(&arena, "the settings", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    struct scenario scenario = tables.scenario;
    scenario.title = scenario.summary = (struct text){"", 0};
    scenario.subject = 0;
    scenario.from = scenario.to = scenario.as_known = DATE_NONE;
    scenario.aid = (struct aid_settings){0};
    struct checker checker = tables.checker;
    checker.arena = checker.scratch = &arena;
    checker.scenario = &scenario;
    checker.faults = &faults;
    struct settings settings = {&checker, "scenario.yaml", &tables.index};
    char *copy = fuzz_copy(data, size);
    int code = settings_parse(&settings, (struct text){copy, size}, &err);
    free(copy); /* what is kept must be a copy */
    fuzz_demand(code == 0 && err.code == 0);
    for (size_t i = 0; i < faults.kept; i++) {
        fuzz_demand(faults.at[i].code > 0 && faults.at[i].text[0] != '\0');
        fuzz_demand(faults.at[i].row >= 1 && strcmp(faults.at[i].file, "scenario.yaml") == 0);
    }
    if (faults.total == 0) {
        fuzz_good(&scenario);
    }
    arena_free(&arena);
    return 0;
}
