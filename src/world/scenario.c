#include "scenario.h"

#include "arrivals_check.h"
#include "file.h"
#include "key_check.h"
#include "net_check.h"
#include "package_in.h"
#include "row_rules.h"
#include "settings.h"
#include "table_read.h"

/* What the check needs beside the scenario itself: sort keys of all arrivals, hash tables, the parsed
 * settings.  All of it is freed on return. */
#define SCENARIO_SCRATCH_CEILING ((size_t)8 << 30)

struct text scenario_name(const struct scenario *scenario, name_id id)
{
    return names_word(scenario->names, id);
}

name_id scenario_word(const struct scenario *scenario, const char *word)
{
    return names_find(scenario->names, text_of(word));
}

uint32_t scenario_measure(const struct scenario *scenario, const char *table, const char *measure)
{
    name_id of = scenario_word(scenario, table), id = scenario_word(scenario, measure);
    for (size_t i = 0; id != 0 && i < scenario->measures.n; i++) {
        if (scenario->measures.id[i] == id && scenario->measures.table[i] == of) {
            return (uint32_t)i;
        }
    }
    return SCENARIO_NO_ROW;
}

uint32_t scenario_source(const struct scenario *scenario, name_id source)
{
    for (size_t i = 0; source != 0 && i < scenario->sources.n; i++) {
        if (scenario->sources.id[i] == source) {
            return (uint32_t)i;
        }
    }
    return SCENARIO_NO_ROW;
}

/* Units and countries come first, in the order that units.h and country.h promise. */
static int scenario_first_words(struct names *names, struct ajar_err *err)
{
    name_id id;
    for (enum unit unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        TRY(names_put(names, text_of(unit_word(unit)), &id, err));
    }
    for (size_t i = 0; i < country_count(); i++) {
        TRY(names_put(names, text_of(country_at(i)->alpha3), &id, err));
    }
    return 0;
}

/* Once a table is there that others refer to, its words are mapped to its rows. */
static int scenario_map(struct checker *checker, enum schema_name name, struct ajar_err *err)
{
    const struct scenario *scenario = checker->scenario;
    const struct measures *measures = &scenario->measures;
    switch (name) {
    case SCHEMA_SOURCES:
        return word_rows_fill(&checker->sources, checker, scenario->sources.id, scenario->sources.n,
                              NULL, 0, err);
    case SCHEMA_PLACES:
        return word_rows_fill(&checker->places, checker, scenario->places.id, scenario->places.n,
                              NULL, 0, err);
    case SCHEMA_MEASURES:
        TRY(word_rows_fill(&checker->arrival_measures, checker, measures->id, measures->n,
                           measures->table, scenario_word(scenario, "arrivals"), err));
        return word_rows_fill(&checker->host_measures, checker, measures->id, measures->n,
                              measures->table, scenario_word(scenario, "hosts"), err);
    default:
        return 0;
    }
}

static int scenario_read_tables(struct checker *checker, struct ajar_err *err)
{
    TRY(scenario_first_words(checker->names, err));
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        TRY(file_join(checker->arena, checker->scenario->dir, schema_table(name)->file,
                      &checker->path[name], err));
        TRY(table_read(checker, name, err));
        TRY(scenario_map(checker, name, err));
    }
    return 0;
}

static int scenario_check_tables(struct checker *checker, struct arrivals_index *index,
                                 struct ajar_err *err)
{
    struct contradiction_pairs pairs;
    rules_figures(checker);
    rules_places(checker);
    rules_doors(checker);
    rules_shares(checker);
    rules_assumptions(checker);
    TRY(arrivals_index_make(index, checker, err));
    TRY(contradiction_resolve(&pairs, checker, index, err));
    TRY(arrivals_check(checker, index, &pairs, err));
    TRY(net_check(checker, index, &pairs, err));
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        if (name != SCHEMA_ARRIVALS) {
            TRY(key_check(checker, name, &pairs, err));
        }
    }
    return 0;
}

/* Whether any file of a scenario is in the folder. */
static int scenario_begun(struct arena *scratch, const char *dir, bool *begun, struct ajar_err *err)
{
    static const char *const others[] = {"scenario.yaml", "datapackage.json"};
    const size_t n_others = sizeof others / sizeof *others;
    *begun = false;
    for (size_t i = 0; i < SCHEMA_COUNT + n_others && !*begun; i++) {
        const char *path,
            *file = i < n_others ? others[i] : schema_table((enum schema_name)(i - n_others))->file;
        TRY(file_join(scratch, dir, file, &path, err));
        *begun = file_exists(path);
    }
    return 0;
}

/* One fault for a folder that is something else, instead of one for each file. */
static void scenario_no_scenario(struct checker *checker)
{
    struct ajar_err *fault = checker_file_fault(
        checker, E_SCENARIO_FILE_MISSING, checker->scenario->dir, 0, NULL, (struct text){"", 0},
        "this folder holds no file of a scenario, nor a conflict (flow/flow.yaml)");
    err_hint(fault, "Name another folder, or begin one with `ajar scenario new DIR`.");
}

static int scenario_read(struct checker *checker, struct ajar_err *err)
{
    const char *dir = checker->scenario->dir, *settings, *package;
    struct arrivals_index index;
    bool begun;
    TRY(scenario_begun(checker->scratch, dir, &begun, err));
    if (!begun) {
        scenario_no_scenario(checker);
        return 0;
    }
    TRY(scenario_read_tables(checker, err));
    TRY(scenario_check_tables(checker, &index, err));
    TRY(file_join(checker->scratch, dir, "scenario.yaml", &settings, err));
    TRY(settings_read(checker, settings, &index, err));
    TRY(file_join(checker->scratch, dir, "datapackage.json", &package, err));
    return package_check(checker, dir, package, err);
}

static int scenario_no_folder(const char *dir, struct ajar_err *err)
{
    const struct text none = {"", 0};
    if (!file_exists(dir)) {
        return err_at(err, E_FILE_NOT_FOLDER, dir, 0, NULL, none, "there is no such folder");
    }
    err_at(err, E_FILE_NOT_FOLDER, dir, 0, NULL, none, "this is a file, not a folder");
    err_hint(err, "Name the folder that it stands in.");
    return E_FILE_NOT_FOLDER;
}

int scenario_load(struct arena *arena, const char *dir, struct pool *pool,
                  const struct watch *watch, struct scenario *out, struct faults *faults,
                  struct ajar_err *err)
{
    struct scenario scenario = {.from = DATE_NONE, .to = DATE_NONE, .as_known = DATE_NONE};
    if (!file_is_folder(dir)) {
        return scenario_no_folder(dir, err);
    }
    TRY(text_copy(arena, text_of(dir), &scenario.dir, err));
    TRY_NEW(scenario.names, arena, 1, err);
    TRY(names_init(scenario.names, arena, err));
    struct arena scratch;
    arena_init(&scratch, "the check of the scenario", SCENARIO_SCRATCH_CEILING);
    struct checker checker = {.arena = arena,
                              .scratch = &scratch,
                              .scenario = &scenario,
                              .names = scenario.names,
                              .faults = faults,
                              .pool = pool,
                              .watch = watch};
    int code = scenario_read(&checker, err);
    arena_free(&scratch);
    TRY(code);
    faults_sort(faults);
    if (faults->total > 0) {
        return err_at(err, E_SCENARIO_FAULTS, dir, 0, NULL, (struct text){"", 0},
                      "the scenario has %llu fault%s", (unsigned long long)faults->total,
                      faults->total == 1 ? "" : "s");
    }
    *out = scenario;
    return 0;
}
