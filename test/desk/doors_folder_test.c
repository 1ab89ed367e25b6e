#include "doors_made.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "../base/scratch.h"

#define FACTS "facts:\n  kin: {type: enum, values: [NONE, SPOUSE], ask: {en: a, ru: b, de: c}}\n"
#define DOOR(id, source)                                                                           \
    "door: " id "\ncountry: FIN\nkind: entry\n" MADE_ACT                                           \
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n  source: [" source "]\n" MADE_LAW        \
    "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY

struct folder {
    char dir[SCRATCH_PATH];
    struct arena arena;
    struct doors_folder read;
    struct faults faults;
    struct ajar_err err;
};

static void put(struct folder *it, const char *name, const char *text)
{
    char path[SCRATCH_PATH + 128];
    snprintf(path, sizeof path, "%s/%s", it->dir, name);
    for (char *at = path + strlen(it->dir) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
        *at = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void open_folder(struct folder *it)
{
    *it = (struct folder){0};
    arena_init(&it->arena, "a test", MADE_CEILING);
    scratch_make(it->dir);
}

static void end(struct folder *it)
{
    scratch_remove(it->dir);
    arena_free(&it->arena);
}

static int read_folder(struct folder *it)
{
    it->err = (struct ajar_err){0};
    assert_int_equal(faults_init(&it->faults, &it->arena, MADE_FAULTS, NULL), 0);
    return doors_folder_read(&it->arena, it->dir, &it->read, &it->faults, &it->err);
}

static void a_folder_of_rule_files_is_read_whole(void **state)
{
    (void)state;
    struct folder it;
    open_folder(&it);
    put(&it, "facts.yaml", FACTS);
    put(&it, "facts_b.yaml", "facts:\n  rich: {type: bool, ask: {en: a, ru: b, de: c}}\n");
    put(&it, "b/deep/er.yaml", DOOR("z.entry", "any"));
    put(&it, "a.yaml", DOOR("a.entry", "any"));
    put(&it, "b/facts.yaml", DOOR("facts.entry", "any"));
    put(&it, "profiles.yaml", "no rule file\n");
    put(&it, "lists.csv", "list,item,from,to,cite,source_id\nEU,FIN,,,c,\n");
    put(&it, "params_a.csv", "param,key,value,unit,from,to,cite,source_id\n");
    put(&it, "tests.csv", "one\n");
    put(&it, "tests_b.csv", "two\n");
    put(&it, "other.csv", "nobody reads this\n");
    put(&it, "b/tests.csv", "nor this\n");
    if (read_folder(&it) != 0) {
        fail_msg("%s %s", it.err.text, it.faults.at[0].text);
    }
    assert_int_equal(it.read.rules.n_doors, 3);
    assert_true(text_is(it.read.rules.doors[1].id, "facts.entry"));
    assert_int_equal(it.read.rules.n_facts, 2);
    assert_int_equal(it.read.rules.n_lists, 1);
    assert_int_equal(it.read.n_files, 7);
    assert_int_equal(it.read.n_tests, 2);
    assert_true(text_is(it.read.tests[1].bytes, "two\n"));
    assert_null(it.read.sources);
    assert_string_equal(it.read.dir, it.dir);
    end(&it);
}

static void a_scenario_has_its_doors_in_a_folder_and_its_sources_beside(void **state)
{
    (void)state;
    struct folder it;
    char inside[SCRATCH_PATH + 16];
    open_folder(&it);
    put(&it, "doors/facts.yaml", FACTS);
    put(&it, "doors/a.yaml", DOOR("a.entry", "law_a"));
    put(&it, "stray.yaml", "not read\n");
    assert_true(doors_folder_stands(&it.arena, it.dir));
    assert_int_equal(read_folder(&it), 0);
    snprintf(inside, sizeof inside, "%s/doors", it.dir);
    assert_string_equal(it.read.dir, inside);
    put(&it, "sources.csv", "id,title\nlaw_b,b\nlaw_a,a\n");
    assert_int_equal(read_folder(&it), 0);
    assert_non_null(it.read.sources);
    put(&it, "sources.csv", "id,title\nlaw_b,b\n");
    assert_int_equal(read_folder(&it), E_DOORS_FAULTS);
    assert_int_equal(it.faults.total, 1);
    assert_string_equal(it.faults.at[0].slug, "doors.source");
    put(&it, "sources.csv", "");
    assert_int_not_equal(read_folder(&it), 0);
    end(&it);
}

static void faults_are_listed_in_order_and_nothing_is_given(void **state)
{
    (void)state;
    struct folder it;
    open_folder(&it);
    put(&it, "facts.yaml", FACTS);
    put(&it, "b.yaml", "door: b\nnonsense: yes\n");
    put(&it, "a.yaml", "door: [\n");
    it.read.n_files = 77;
    assert_int_equal(read_folder(&it), E_DOORS_FAULTS);
    assert_int_equal(it.read.n_files, 77);
    assert_true(it.faults.total > 2);
    for (size_t i = 1; i < it.faults.kept; i++) {
        int order = strcmp(it.faults.at[i - 1].file, it.faults.at[i].file);
        assert_true(order < 0 || (order == 0 && it.faults.at[i - 1].row <= it.faults.at[i].row));
    }
    end(&it);
}

static void refused(struct folder *it, int code, const char *told)
{
    assert_int_equal(read_folder(it), code);
    if (strstr(it->err.text, told) == NULL && strstr(err_advice(&it->err), told) == NULL) {
        fail_msg("\"%s\" and \"%s\" do not tell %s", it->err.text, err_advice(&it->err), told);
    }
}

static void a_folder_without_doors_is_refused(void **state)
{
    (void)state;
    struct folder it;
    open_folder(&it);
    assert_false(doors_folder_stands(&it.arena, it.dir));
    refused(&it, E_DOORS_NONE, "no facts.yaml");
    put(&it, "facts.yaml", FACTS);
    refused(&it, E_DOORS_NONE, "no rule file");
    put(&it, "datapackage.json", "{}");
    refused(&it, E_DOORS_NONE, "the scenario has no folder doors");
    scratch_remove(it.dir);
    refused(&it, E_FILE_NOT_FOLDER, "no such folder");
    assert_int_equal(mkdir(it.dir, 0755), 0);
    end(&it);
}

static void an_empty_file_is_a_fault(void **state)
{
    (void)state;
    static const char *const names[] = {"facts_b.yaml", "a.yaml", "lists.csv", "params.csv"};
    for (size_t i = 0; i < 4; i++) {
        struct folder it;
        open_folder(&it);
        put(&it, "facts.yaml", FACTS);
        put(&it, "a.yaml", DOOR("a.entry", "any"));
        put(&it, names[i], "");
        assert_int_equal(read_folder(&it), E_DOORS_FAULTS);
        assert_int_equal(it.faults.total, 1);
        assert_true(it.faults.at[0].text[0] != '\0');
        end(&it);
    }
}

static void the_shipped_rules_have_no_faults(void **state)
{
    (void)state;
    struct arena arena;
    struct doors_folder folder;
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(&arena, "a test", MADE_CEILING);
    assert_int_equal(faults_init(&faults, &arena, MADE_FAULTS, NULL), 0);
    if (doors_folder_read(&arena, "scenarios/exodus2022", &folder, &faults, &err) != 0) {
        fail_msg("%s: %s", faults.at[0].file, faults.at[0].text);
    }
    assert_true(folder.rules.n_doors > 50);
    assert_non_null(folder.sources);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_of_rule_files_is_read_whole),
        cmocka_unit_test(a_scenario_has_its_doors_in_a_folder_and_its_sources_beside),
        cmocka_unit_test(faults_are_listed_in_order_and_nothing_is_given),
        cmocka_unit_test(a_folder_without_doors_is_refused),
        cmocka_unit_test(an_empty_file_is_a_fault),
        cmocka_unit_test(the_shipped_rules_have_no_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
