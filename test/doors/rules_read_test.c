/* Reading rules: what a good set becomes, and what is said of each fault. */
#include "rules_text.h"

#include "country.h"
#include "rng.h"

static struct rules read_good(struct arena *arena, const struct text_set *set)
{
    struct rules rules = {0};
    struct faults faults;
    struct ajar_err err = {0};
    if (text_read(arena, set, &rules, &faults, &err) != 0) {
        text_faults_show(&faults);
        fail_msg("%s", err.text);
    }
    assert_int_equal(faults.total, 0);
    return rules;
}

static void assert_text(struct text a, const char *b)
{
    if (!text_is(a, b)) {
        fail_msg("%.*s is not %s", (int)a.n, a.at, b);
    }
}

static void assert_expr(const struct expr *expr, const char *text)
{
    struct buf buf;
    buf_init(&buf, 10000);
    expr_print(&buf, expr);
    assert_text(buf_view(&buf), text);
    buf_free(&buf);
}

static name_id name_of(const struct rules *rules, const char *word)
{
    return names_find(rules->names, text_of(word));
}

static const struct rule *rule_of(const struct version *version, const char *id)
{
    for (size_t i = 0; i < version->n_rules; i++) {
        if (text_is(version->rules[i].id, id)) {
            return &version->rules[i];
        }
    }
    fail_msg("no rule %s", id);
    return NULL;
}

static void reads_facts(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    struct rules rules = read_good(&arena, &set);
    assert_int_equal(rules.n_facts, 9);
    for (size_t i = 1; i < rules.n_facts; i++) {
        assert_true(text_cmp(rules.facts[i - 1].name, rules.facts[i].name) < 0);
    }
    assert_int_equal(rules_fact(&rules, TEXT_LIT("nothing")), RULES_NONE);
    assert_int_equal(rules.fact_crossing, rules_fact(&rules, TEXT_LIT("crossing")));
    assert_int_equal(rules.fact_birth_date, rules_fact(&rules, TEXT_LIT("birth_date")));
    assert_int_equal(rules.fact_age, rules_fact(&rules, TEXT_LIT("age")));

    const struct fact *visa = &rules.facts[rules_fact(&rules, TEXT_LIT("visa"))];
    size_t singles = 0;
    for (size_t i = 0; i < country_count(); i++) {
        singles += !country_is_group(COUNTRY_FIRST_NAME + (name_id)i);
    }
    assert_int_equal(visa->n_values, singles + 2);
    assert_true(rules_is_value(visa, name_of(&rules, "C_FIN")));
    assert_true(rules_is_value(visa, name_of(&rules, "D_FIN")));
    assert_int_equal(name_of(&rules, "C_EU27"), 0);
    assert_int_equal(name_of(&rules, "D_EST"), 0);
    assert_false(rules_is_value(visa, name_of(&rules, "FIN")));
    assert_true(visa->actionable && !visa->sensitive);
    assert_int_equal(visa->n_proofs, 1);
    assert_int_equal(visa->proofs[0].days, 45);
    assert_int_equal(visa->proofs[0].cents, 8050);
    assert_true(visa->proofs[0].illustrative && !visa->proofs[0].contacts_origin);
    assert_int_equal(visa->proofs[0].n_for, 1);
    assert_text(said_in(&visa->ask, LANG_DE), "Visa");

    const struct fact *salary = &rules.facts[rules_fact(&rules, TEXT_LIT("salary"))];
    assert_true(salary->type == FACT_MONEY && salary->none && salary->max == 100050);
    const struct fact *refuses = &rules.facts[rules_fact(&rules, TEXT_LIT("refuses"))];
    assert_int_equal(refuses->n_values, 2);
    assert_int_equal(refuses->values[0], name_of(&rules, "no"));
    assert_string_equal(country_name(name_of(&rules, "FIN")), "Finland");
    arena_free(&arena);
}

static void reads_tables(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    struct rules rules = read_good(&arena, &set);
    name_id eu = name_of(&rules, "EU"), est = name_of(&rules, "EST");
    date_days june = date_from_civil(2022, 6, 1), year = date_from_civil(2023, 1, 1);
    assert_false(rules_listed(&rules, eu, est, june - 1));
    assert_true(rules_listed(&rules, eu, est, june));
    assert_true(rules_listed(&rules, eu, name_of(&rules, "FIN"), date_from_civil(1900, 1, 1)));
    assert_false(rules_listed(&rules, name_of(&rules, "LATE"), name_of(&rules, "FIN"), year));
    assert_true(rules_listed(&rules, name_of(&rules, "LATE"), name_of(&rules, "FIN"), year - 1));
    assert_false(rules_listed(&rules, eu, 0, june) || rules_listed(&rules, 0, 0, june));

    name_id card = name_of(&rules, "card"), general = name_of(&rules, "general");
    assert_int_equal(rules_param(&rules, card, general, year - 1)->value, 5640000);
    assert_int_equal(rules_param(&rules, card, general, year)->value, 5840050);
    assert_null(rules_param(&rules, card, general, date_from_civil(2021, 12, 31)));
    assert_null(rules_param(&rules, card, card, year));
    name_id limit = name_of(&rules, "limit"), days = name_of(&rules, "days");
    assert_int_equal(rules_param(&rules, limit, days, june)->value, 90);
    arena_free(&arena);
}

static void reads_doors(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    struct rules rules = read_good(&arena, &set);
    assert_int_equal(rules.n_doors, 2);
    assert_int_equal(rules_door(&rules, TEXT_LIT("fi.exit")), RULES_NONE);
    assert_int_equal(rules_door(&rules, TEXT_LIT("fi.entry")), 1);
    const struct door *door = &rules.doors[1], *shield = &rules.doors[0];
    assert_int_equal(door->country, name_of(&rules, "FIN"));
    assert_int_equal(door->offset_minutes, 120);
    assert_int_equal(door->n_protection, 1);
    assert_int_equal(door->protection[0], 0);
    assert_true(shield->kind == DOOR_PROTECTION && shield->review_by == DATE_NONE);
    assert_true(shield->versions[0].otherwise == EFFECT_OPEN && shield->versions[0].mark == 'K');

    const struct version *first = &door->versions[0];
    assert_int_equal(first->n_rules, 3);
    assert_expr(first->scope, "citizenship has RUS");
    assert_int_equal(first->scope_at.row, 9);
    const struct rule *kin = rule_of(first, "kin"), *pay = rule_of(first, "pay");
    assert_expr(kin->when, "visa in {C_list(EU)} and (kin in {SPOUSE, CHILD} or refuses = yes)");
    assert_true(kin->own && kin->mark == 'R' && kin->transcription == TRANSCRIPTION_FULL);
    assert_text(kin->sources[0], "src_a");
    assert_int_equal(kin->at.row, 24);
    assert_int_equal(kin->when->kids[0]->source->row, 19);
    assert_string_equal(kin->when->kids[0]->source->column, "versions[0].premises.short");
    assert_string_equal(kin->when->kids[1]->source->column, "versions[0].rules[kin].when");
    assert_true(pay->mark == 'N' && pay->transcription == TRANSCRIPTION_UNREAD);
    assert_text(pay->sources[0], "src_b");
    assert_text(pay->contested, "courts differ");
    assert_int_equal(rule_of(first, "ban")->n_overrides, 1);
    assert_int_equal(rule_of(first, "ban")->overrides[0], 0);
    assert_int_equal(first->n_superior, 1);
    assert_expr(first->superior[0].when, "kin = SPOUSE");
    assert_int_equal(first->n_practice, 1);
    assert_int_equal(first->practice[0].to, date_from_civil(2022, 12, 1));
    assert_null(first->practice[0].when);
    arena_free(&arena);
}

static void takes_over_what_it_says(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    struct rules rules = read_good(&arena, &set);
    const struct version *second = &rules.doors[1].versions[1];
    assert_int_equal(second->n_rules, 3); /* kin, ban, late */
    const struct rule *kin = rule_of(second, "kin"), *ban = rule_of(second, "ban");
    assert_expr(kin->when,
                "visa in {C_list(EU)} and (kin in {SPOUSE, CHILD} or refuses = yes) and age >= 18");
    assert_true(kin->own && !ban->own && rule_of(second, "late")->own);
    assert_text(kin->cite, "art 1a");
    assert_text(kin->quote, "words");
    assert_int_equal(kin->mark, 'R');
    assert_int_equal(ban->overrides[0], 0);
    assert_true(rule_of(second, "late")->overrides_all);
    assert_text(rule_of(second, "late")->sources[0], "src_b");
    assert_int_equal(second->n_superior, 1);
    assert_false(second->superior[0].own);
    assert_expr(second->scope, "citizenship has RUS");
    assert_int_equal(second->n_practice, 0);
    arena_free(&arena);
}

/* A premise that is written again holds in the rules that were taken over, too; a rule that overrode
 * one that is gone stays; a base may stand behind its version. */
static void takes_over_with_changes(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    text_change(&arena, &set.files[3], "  remove: [pay]\n",
                "  remove: [kin, free]\n  premises: {short: \"visa = D_FIN\"}\n"
                "  scope: \"age > 3\"\n  default: OPEN\n");
    text_change(&arena, &set.files[3], "  - {id: kin, also: \"age >= 18\", cite: art 1a}\n", "");
    text_change(&arena, &set.files[3], "- id: first\n",
                "- id: zero\n  from: 2022-01-01\n  known: 2021-01-01\n  law: L\n  mark: K\n"
                "  transcription: full\n  same_as: second\n  rules:\n"
                "  - {id: ban, effect: BAR, premise: short, cite: a, quote: b, say: " SAY(
                    "B") "}\n"
                         "- id: first\n");
    struct rules rules = read_good(&arena, &set);
    const struct door *door = &rules.doors[1];
    const struct version *zero = &door->versions[0], *second = &door->versions[2];
    assert_int_equal(rule_of(second, "ban")->n_overrides, 0);
    assert_int_equal(second->n_superior, 0);
    assert_expr(second->scope, "age > 3");
    assert_true(second->otherwise == EFFECT_OPEN && zero->otherwise == EFFECT_OPEN);
    assert_expr(zero->scope, "age > 3");
    assert_expr(rule_of(zero, "ban")->when, "visa = D_FIN");
    assert_true(rule_of(zero, "ban")->own && rule_of(zero, "ban")->effect == EFFECT_BAR);
    assert_false(rule_of(zero, "late")->own);

    /* The same premise under a rule that is taken over unchanged. */
    text_change(&arena, &set.files[3], "remove: [kin, free]", "remove: [pay, free]");
    rules = read_good(&arena, &set);
    second = &rules.doors[1].versions[2];
    assert_expr(rule_of(second, "kin")->when,
                "visa = D_FIN and (kin in {SPOUSE, CHILD} or refuses = yes)");
    assert_true(rule_of(second, "kin")->own);
    arena_free(&arena);
}

static void reads_starts_and_ends(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    text_change(
        &arena, &set.files[3], "  from: 2022-01-01\n",
        "  from: {road: 2022-01-01, air: \"2022-01-03T20:30\"}\n"
        "  to: [{until: 2022-06-30, known: 2021-12-01}, {to: 2022-09-30, known: 2022-06-15}]\n");
    text_change(&arena, &set.files[3], "  from: 2022-09-30\n", "  from: {after: first}\n");
    struct rules rules = read_good(&arena, &set);
    const struct version *first = &rules.doors[1].versions[0],
                         *second = &rules.doors[1].versions[1];
    assert_true(first->by_crossing && first->n_starts == 2);
    assert_int_equal(first->crossing[1], name_of(&rules, "AIR"));
    assert_int_equal(first->start_at[0], moment_of_day(date_from_civil(2022, 1, 1)));
    assert_int_equal(first->start_at[1], moment_of_day(date_from_civil(2022, 1, 3)) + 20 * 60 + 30);
    assert_int_equal(first->n_ends, 2);
    assert_int_equal(first->ends[0].to, moment_of_day(date_from_civil(2022, 7, 1)));
    assert_int_equal(first->ends[1].to, moment_of_day(date_from_civil(2022, 9, 30)));
    assert_int_equal(first->ends[1].known, date_from_civil(2022, 6, 15));
    assert_true(second->after_other && second->after == 0 && second->n_ends == 0);
    arena_free(&arena);
}

/* The order of the files does not matter, for what is read and for faults. */
static void file_order_does_not_matter(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    text_change(&arena, &set.files[3], "kin in {SPOUSE", "kin in {SPOUZE");
    text_change(&arena, &set.files[4], "kind: protection", "kind: entry");
    struct rules rules;
    struct faults one, other;
    struct ajar_err err;
    assert_int_equal(text_read(&arena, &set, &rules, &one, &err), E_DOORS_FAULTS);
    for (uint32_t round = 0; round < 20; round++) {
        struct rng rng = rng_at(11, 1, round, 0);
        for (uint32_t i = (uint32_t)set.n; i > 1; i--) {
            uint32_t k = rng_below(&rng, i);
            struct rules_file file = set.files[k];
            set.files[k] = set.files[i - 1];
            set.files[i - 1] = file;
        }
        assert_int_equal(text_read(&arena, &set, &rules, &other, &err), E_DOORS_FAULTS);
        assert_int_equal(other.kept, one.kept);
        assert_memory_equal(one.at, other.at, one.kept * sizeof *one.at);
    }
    assert_int_equal(one.kept, 2);
    arena_free(&arena);
}

static void binds_alone(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    struct rules rules = read_good(&arena, &set);
    static const struct {
        const char *text;
        int code;
        long at;
        const char *value, *hint;
    } cases[] = {
        {"kin = SPOUSE and any(child: age < 18)", 0, 0, NULL, NULL},
        {"salary = NONE or salary < 5.50 or degree_date != NONE", 0, 0, NULL, NULL},
        {"age_on(on) >= 18 and stay_days(KAZ, entry) < param(limit, days)", 0, 0, NULL, NULL},
        {"stay_since(GEO) > on - 1y and refuses != no", 0, 0, NULL, NULL},
        {"visa in {C_*, NONE, C_list(EU)} and citizenship has {list(EU), RUS}", 0, 0, NULL, NULL},
        {"kinn = SPOUSE", E_DOORS_EXPR_FACT, 1, "kinn", "kin?"},
        {"kin = SPOUS", E_DOORS_EXPR_LITERAL, 7, "SPOUS", "SPOUSE?"},
        {"kin in {NONE, NONE}", E_DOORS_EXPR_LITERAL, 15, "NONE", NULL},
        {"visa in {E_*}", E_DOORS_EXPR_LITERAL, 10, "E_", NULL},
        {"visa in {list(EUU)}", E_DOORS_EXPR_LIST, 10, "EUU", "EU?"},
        {"visa in {list(EU)}", E_DOORS_EXPR_LIST, 10, "EU", NULL},
        {"visa in {D_list(EU)}", 0, 0, NULL, NULL},
        {"kin < 5", E_DOORS_EXPR_TYPE, 1, "kin", "in"},
        {"citizenship = RUS", E_DOORS_EXPR_TYPE, 1, "citizenship", "has"},
        {"kin has SPOUSE", E_DOORS_EXPR_TYPE, 1, "kin", "in"},
        {"age = YOUNG", E_DOORS_EXPR_TYPE, 1, "age", "numbers"},
        {"age = NONE", E_DOORS_EXPR_LITERAL, 7, "NONE", NULL},
        {"age < 17.5", E_DOORS_EXPR_TYPE, 7, "17.5", NULL},
        {"age < 2022-01-01", E_DOORS_EXPR_TYPE, 7, "2022-01-01", "param"},
        {"birth_date < 5", E_DOORS_EXPR_TYPE, 14, "5", "on - 3y"},
        {"salary < param(cart, general)", E_DOORS_EXPR_PARAM, 10, "cart", "card?"},
        {"salary < param(card, genral)", E_DOORS_EXPR_PARAM, 10, "genral", "general?"},
        {"salary < param(limit, days)", E_DOORS_EXPR_PARAM, 10, "limit", NULL},
        {"stay_days(FI, entry) < 5", E_DOORS_EXPR_LITERAL, 1, "FI", "FIN?"},
        {"stay_days(EU27, entry) < 5", E_DOORS_EXPR_LITERAL, 1, "EU27", NULL},
        {"any(child: stay_since(FIN) < on)", E_DOORS_EXPR_TYPE, 12, "FIN", NULL},
        {"any(chld: age < 5)", E_DOORS_EXPR_ROLE, 5, "chld", "child?"},
        {"any(child: all(member: age < 5))", E_DOORS_EXPR_ROLE, 12, "member", NULL},
        {"age <", E_DOORS_EXPR_SYNTAX, 6, "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct expr *expr = NULL;
        struct ajar_err err = {0};
        int code = rules_expr(&arena, &rules, "facts", text_of(cases[i].text), &expr, &err);
        if (code != cases[i].code || err.at != cases[i].at) {
            fail_msg("%s: %d at %ld %s", cases[i].text, code, err.at, err.text);
        }
        assert_true((code == 0) == (expr != NULL));
        if (code != 0) {
            assert_string_equal(err.value, cases[i].value);
            if (cases[i].hint != NULL && strstr(err.hint, cases[i].hint) == NULL) {
                fail_msg("%s: %s", cases[i].text, err.hint);
            }
        }
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_facts),
        cmocka_unit_test(reads_tables),
        cmocka_unit_test(reads_doors),
        cmocka_unit_test(takes_over_what_it_says),
        cmocka_unit_test(takes_over_with_changes),
        cmocka_unit_test(reads_starts_and_ends),
        cmocka_unit_test(file_order_does_not_matter),
        cmocka_unit_test(binds_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
