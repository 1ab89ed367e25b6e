/* `ajar doors check` and `ajar doors test`: what can be proven of the rules, and whether they answer as
 * their tests say. */
#include "doors_check.h"

#include "doors_answer.h"
#include "doors_input.h"
#include "doors_show.h"
#include "json.h"
#include "num.h"

#define CHECK_JSON_CEILING ((size_t)1 << 28)
#define CHECK_SURVIVORS    1000 /* mutants that are listed */

/* The folder, its tests, and what both were found to hold. */
struct check {
    struct doors_folder folder;
    struct doors_cases cases;
    struct prove_count proved;
    struct doors_tested tested;
    struct faults findings;
};

static int check_cases(const struct verb_call *call, struct check *check, struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, DOORS_FAULTS, err));
    int code = doors_cases_read(call->arena, &check->folder, &check->cases, &faults, err);
    if (faults.total > 0) {
        call_faults(call, &faults);
    }
    return code;
}

static int check_open(const struct verb_call *call, struct check *check, struct ajar_err *err)
{
    *check = (struct check){0};
    TRY(doors_input_folder(call, &check->folder, err));
    TRY(check_cases(call, check, err));
    return faults_init(&check->findings, call->arena, DOORS_FAULTS, err);
}

static size_t check_versions(const struct rules *rules)
{
    size_t n = 0;
    for (size_t i = 0; i < rules->n_doors; i++) {
        n += rules->doors[i].n_versions;
    }
    return n;
}

static void check_failures(const struct verb_call *call, const struct check *check)
{
    for (size_t i = 0; i < check->tested.n_failed; i++) {
        const struct doors_failure *failure = &check->tested.failed[i];
        struct ajar_err fault = {0};
        err_at(&fault, E_DOORS_TEST_FAILED, failure->test->at.file, failure->test->at.row, NULL,
               failure->test->name, "%s", failure->differs);
        err_hint(&fault, "The row reads: \"%.*s\"", (int)text_fit(failure->test->origin, 200),
                 failure->test->origin.at);
        if (call->json) {
            say_error_json(call->say, &fault);
        } else {
            say_error(call->say, &fault, call->color_say);
        }
    }
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void check_sum(const struct verb_call *call, const struct check *check)
{
    char vectors[NUM_TEXT];
    const struct rules *rules = &check->folder.rules;
    const struct doors_tested *tested = &check->tested;
    size_t versions = check_versions(rules), findings = (size_t)check->findings.total;
    num_format_grouped(check->proved.vectors, 0, vectors);
    tell_say(
        call,
        "%s: %zu door%s, %zu version%s, %zu rule%s, %zu fact%s read. Proven over %zu state%s "
        "and %s kinds of person. %zu row%s of tests, %zu case%s, %zu failed; %zu of %zu rule%s "
        "without a test that lets it fire and one that does not. %zu finding%s.",
        call->words[0], rules->n_doors, plural(rules->n_doors), versions, plural(versions),
        check->proved.rules, plural(check->proved.rules), rules->n_facts, plural(rules->n_facts),
        check->proved.states, plural(check->proved.states), vectors, tested->n_rows,
        plural(tested->n_rows), tested->n_cases, plural(tested->n_cases), tested->n_failed,
        tested->n_untested, tested->n_rules, plural(tested->n_rules), findings, plural(findings));
}

static void json_count(struct json_out *json, const char *key, size_t n)
{
    json_key(json, key);
    json_put_int(json, (int64_t)n);
}

static int check_json(const struct verb_call *call, const struct check *check, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    buf_init(&buf, CHECK_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_count(&json, "doors", check->folder.rules.n_doors);
    json_count(&json, "versions", check_versions(&check->folder.rules));
    json_count(&json, "rules", check->proved.rules);
    json_count(&json, "facts", check->folder.rules.n_facts);
    json_count(&json, "states", check->proved.states);
    json_key(&json, "vectors");
    json_put_number(&json, check->proved.vectors);
    json_count(&json, "test_rows", check->tested.n_rows);
    json_count(&json, "cases", check->tested.n_cases);
    json_count(&json, "failed", check->tested.n_failed);
    json_count(&json, "untested_rules", check->tested.n_untested);
    json_key(&json, "findings");
    json_begin_array(&json);
    for (size_t i = 0; i < check->findings.kept; i++) {
        say_put_json(&json, &check->findings.at[i], false);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

/* A conflict is bad data, anything else found is a finding. */
static int check_exit(const struct check *check)
{
    for (size_t i = 0; i < check->findings.kept; i++) {
        if (check->findings.at[i].code == E_DOORS_CONFLICT) {
            return ajar_err_exit(E_DOORS_FAULTS);
        }
    }
    return check->findings.total > 0 || check->tested.n_failed > 0 ? 1 : 0;
}

int doors_answer_check(struct verb_call *call, struct ajar_err *err)
{
    struct check check;
    struct pool *pool;
    TRY(check_open(call, &check, err));
    TRY(pool_open(&pool, call->threads, err));
    int code = doors_prove(&check.folder, pool, call->watch, &check.proved, &check.findings, err);
    code = code != 0 ? code
                     : doors_test(call->arena, &check.folder, &check.cases, pool, call->watch,
                                  &check.tested, &check.findings, err);
    pool_close(pool);
    TRY(code);
    faults_sort(&check.findings);
    call->exit_code = check_exit(&check);
    check_failures(call, &check);
    if (call->json) {
        return check_json(call, &check, err);
    }
    call_faults(call, &check.findings);
    check_sum(call, &check);
    return 0;
}

static void put_where(struct buf *words, const struct rules *rules,
                      const struct doors_mutant *mutant)
{
    const struct door *door = &rules->doors[mutant->door];
    const struct version *version = &door->versions[mutant->version];
    buf_printf(words, "%s:%ld: %.*s %.*s", mutant->at.file, mutant->at.row, (int)door->id.n,
               door->id.at, (int)version->id.n, version->id.at);
    if (mutant->rule == RULES_NONE) {
        buf_str(words, " scope");
    } else {
        const struct rule *rules_of = mutant->superior ? version->superior : version->rules;
        buf_printf(words, " %.*s", (int)rules_of[mutant->rule].id.n, rules_of[mutant->rule].id.at);
    }
    buf_printf(words, ": %s: %.*s", mutant_words[mutant->kind], (int)mutant->was.n, mutant->was.at);
    if (mutant->is.n > 0) {
        buf_printf(words, " -> %.*s", (int)mutant->is.n, mutant->is.at);
    }
}

static void mutant_line(const struct verb_call *call, const struct rules *rules,
                        const struct doors_mutant *mutant, const char *lead)
{
    struct buf words;
    buf_init(&words, (size_t)1 << 16);
    put_where(&words, rules, mutant);
    if (mutant->killer != NULL) {
        buf_printf(&words, ": %.*s goes from %s to %s", (int)mutant->killer->name.n,
                   mutant->killer->name.at, status_words[mutant->before],
                   status_words[mutant->after]);
    }
    fputs(lead, call->to);
    tell_text(call, buf_view(&words), 4);
    buf_free(&words);
}

static void mutation_sums(const struct verb_call *call, const struct doors_mutation *mutation)
{
    for (int kind = 0; kind < MUTANT_KINDS; kind++) {
        const size_t *counts = mutation->counts[kind];
        size_t real = counts[MUTANT_KILLED] + counts[MUTANT_SURVIVED];
        fprintf(call->to, "%s: %zu of %zu noticed", mutant_words[kind], counts[MUTANT_KILLED],
                real);
        if (real > 0) {
            fprintf(call->to, " (%.1f %%)", 100.0 * (double)counts[MUTANT_KILLED] / (double)real);
        }
        fprintf(call->to, "; %zu more proven equivalent\n", counts[MUTANT_EQUIVALENT]);
    }
}

static void mutation_list(const struct verb_call *call, const struct rules *rules,
                          const struct doors_mutation *mutation)
{
    size_t listed = 0;
    for (size_t i = 0; i < mutation->n; i++) {
        const struct doors_mutant *mutant = &mutation->mutants[i];
        if (mutant->fate == MUTANT_SURVIVED && listed++ < CHECK_SURVIVORS) {
            mutant_line(call, rules, mutant, "  ? ");
        } else if (mutant->fate == MUTANT_EQUIVALENT && call_flag(call, "all")) {
            mutant_line(call, rules, mutant, "  = ");
        } else if (mutant->fate == MUTANT_KILLED && call_flag(call, "all")) {
            mutant_line(call, rules, mutant, "  - ");
        }
    }
}

/* Dropped parts must all be noticed, slips of operators and cut-points in nine of ten. */
static bool mutation_enough(const struct doors_mutation *mutation)
{
    bool enough = true;
    size_t killed = 0, real = 0;
    for (int kind = 0; kind < MUTANT_KINDS; kind++) {
        const size_t *counts = mutation->counts[kind];
        if (kind == MUTANT_FLIP || kind == MUTANT_SHIFT) {
            killed += counts[MUTANT_KILLED];
            real += counts[MUTANT_KILLED] + counts[MUTANT_SURVIVED];
        } else {
            enough = enough && counts[MUTANT_SURVIVED] == 0;
        }
    }
    return enough && 10 * killed >= 9 * real;
}

static int test_mutate(struct verb_call *call, struct check *check, struct pool *pool,
                       struct ajar_err *err)
{
    struct doors_mutation mutation;
    TRY(doors_mutate(call->arena, &check->folder, &check->cases, pool, call->watch, &mutation,
                     err));
    mutation_sums(call, &mutation);
    mutation_list(call, &check->folder.rules, &mutation);
    call->exit_code = mutation_enough(&mutation) ? call->exit_code : 1;
    return 0;
}

int doors_answer_test(struct verb_call *call, struct ajar_err *err)
{
    struct check check;
    struct pool *pool;
    TRY(check_open(call, &check, err));
    TRY(pool_open(&pool, call->threads, err));
    int code = doors_test(call->arena, &check.folder, &check.cases, pool, call->watch,
                          &check.tested, &check.findings, err);
    if (code == 0) {
        check_failures(call, &check);
        call->exit_code = check.tested.n_failed > 0 ? 1 : 0;
        fprintf(call->to, "%zu rows, %zu cases: %zu passed, %zu failed\n", check.tested.n_rows,
                check.tested.n_cases, check.tested.n_cases - check.tested.n_failed,
                check.tested.n_failed);
    }
    /* A case that fails already would notice every mutant. */
    if (code == 0 && call_flag(call, "mutate") && check.tested.n_failed == 0) {
        code = test_mutate(call, &check, pool, err);
    }
    pool_close(pool);
    return code;
}
