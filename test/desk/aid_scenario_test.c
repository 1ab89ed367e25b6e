#include "aid_made.h"

/* The shipped scenario, loaded afresh for each test, which may then spoil it. */
struct shipped {
    struct arena arena;
    struct scenario scenario;
    struct aid_run_options options;
    struct aid_job job;
    struct ajar_err err;
};

static void load(struct shipped *it)
{
    struct faults faults;
    *it = (struct shipped){.options = aid_run_default()};
    it->options.draws = 0;
    arena_init(&it->arena, "test", (size_t)1 << 30);
    assert_int_equal(faults_init(&faults, &it->arena, 20, NULL), 0);
    if (scenario_load(&it->arena, "scenarios/exodus2022", NULL, NULL, &it->scenario, &faults,
                      &it->err) != 0) {
        fail_msg("%s: %s", it->err.slug, faults.kept > 0 ? faults.at[0].text : it->err.text);
    }
    assume_stocks(&it->scenario);
}

static int run(struct shipped *it)
{
    return aid_job_run(&it->arena, &it->scenario, &it->options, NULL, NULL, &it->job, &it->err);
}

static void good(struct shipped *it)
{
    if (run(it) != 0) {
        fail_msg("%s: %s", it->err.slug, it->err.text);
    }
}

static size_t host(const struct shipped *it, const char *code)
{
    size_t out = 0;
    assert_int_equal(aid_job_host(&it->job, code, &out, NULL), 0);
    return out;
}

static uint32_t assumption(const struct shipped *it, const char *id)
{
    name_id wanted = scenario_word(&it->scenario, id);
    for (uint32_t i = 0; i < it->scenario.assumptions.n; i++) {
        if (it->scenario.assumptions.id[i] == wanted && wanted != 0) {
            return i;
        }
    }
    fail_msg("no assumption %s", id);
    return 0;
}

static void the_shipped_scenario_is_split_by_its_own_settings(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    good(&it);
    assert_int_equal(it.job.n, 8);
    assert_true(it.job.options.budget == 80e6 && isinf(it.job.options.alpha));
    assert_true(it.job.options.tranche == 500000);
    assert_string_equal(it.job.unit, "USD");
    assert_true(it.job.split.residual_r < 1e-9 && it.job.split.residual_budget < 1e-12);
    assert_true(it.job.split.unspent == 0);
    size_t georgia = host(&it, "GEO");
    assert_string_equal(it.job.name[georgia], "Georgia");
    assert_near(it.job.problem.need[georgia], 112733.0 * 900, 1e-6);
    arena_free(&it.arena);
}

static void every_figure_says_where_it_comes_from(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    good(&it);
    size_t georgia = host(&it, "GEO"), kyrgyzstan = host(&it, "KGZ");
    const struct aid_input *stock = &it.job.input[AID_FIGURE_STOCK][georgia];
    assert_int_equal(stock->quality, AID_SOURCED);
    assert_string_equal(stock->origin, "ge_ekho_1012");
    assert_string_equal(stock->date, "2022-10-03");
    assert_string_equal(stock->unit, "persons");
    const struct aid_input *assumed = &it.job.input[AID_FIGURE_STOCK][kyrgyzstan];
    assert_int_equal(assumed->quality, AID_ASSUMED);
    assert_string_equal(assumed->origin, "kgz_stock");
    assert_true(assumed->low == 10000 && assumed->value == 20000 && assumed->high == 32000);
    assert_true(assumed->note[0] != '\0');
    for (int f = 0; f < AID_FIGURES; f++) {
        for (size_t i = 0; i < it.job.n; i++) {
            const struct aid_input *input = &it.job.input[f][i];
            bool absent = f == AID_FIGURE_FLOOR || f == AID_FIGURE_CEILING;
            assert_true((input->quality == AID_ABSENT) == absent);
            assert_true(absent || (input->origin[0] != '\0' && input->unit[0] != '\0'));
            assert_true(isnan(input->value) == absent);
        }
    }
    arena_free(&it.arena);
}

static void options_win_over_the_settings(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    it.options.budget = 1e6;
    it.options.alpha = 1;
    it.options.tranche = 0;
    good(&it);
    assert_true(it.job.options.budget == 1e6 && it.job.options.alpha == 1);
    assert_null(it.job.split.rounded);
    arena_free(&it.arena);
}

static void expect(struct shipped *it, enum err_code code, const char *file, long row,
                   const char *words)
{
    assert_int_equal(run(it), code);
    assert_int_equal(it->err.code, code);
    assert_int_equal(it->job.n, 0);
    assert_non_null(strstr(it->err.file, file));
    assert_int_equal(it->err.row, row);
    if (strstr(it->err.text, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", it->err.text, words);
    }
    arena_free(&it->arena);
}

static void money_in_another_currency_is_refused_with_its_row(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    uint32_t row = assumption(&it, "kaz_funded");
    it.scenario.assumptions.unit[row] = UNIT_EUR;
    expect(&it, E_AID_UNITS, "scenarios/exodus2022/assumptions.csv",
           (long)it.scenario.assumptions.line[row], "The assumption kaz_funded is in EUR");
    load(&it);
    it.options.unit = "EUR";
    expect(&it, E_AID_UNITS, "assumptions.csv",
           (long)it.scenario.assumptions.line[assumption(&it, "arm_unit_cost")],
           "but the split is in EUR");
}

static void figures_of_zero_or_less_are_refused_with_their_row(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum err_code code;
        double value;
    } bad[] = {{"kgz_stock", E_AID_STOCK, 0},
               {"kgz_unit_cost", E_AID_NEED, 0},
               {"kgz_funded", E_AID_FUNDED, -1},
               {"kgz_cap", E_AID_CAP, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct shipped it;
        load(&it);
        uint32_t row = assumption(&it, bad[i].id);
        it.scenario.assumptions.central[row] = bad[i].value;
        expect(&it, bad[i].code, "assumptions.csv", (long)it.scenario.assumptions.line[row],
               " of KGZ is ");
    }
    struct shipped it;
    load(&it);
    uint32_t row = it.scenario.aid.hosts[0].arrivals_row;
    it.scenario.arrivals.value[row] = -5;
    expect(&it, E_AID_STOCK, "arrivals.csv", (long)it.scenario.arrivals.line[row],
           "The stock of ARM is -5");
}

static void a_missing_figure_is_named(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    it.scenario.assumptions.country[assumption(&it, "kgz_cap")] =
        scenario_word(&it.scenario, "FIN");
    expect(&it, E_AID_INPUT_MISSING, "", 0, "assumptions.csv has no absorption_cap for KGZ");
    load(&it);
    uint32_t gdp = scenario_measure(&it.scenario, "hosts", "gdp_per_capita_current_usd");
    for (size_t i = 0; i < it.scenario.hosts.n; i++) {
        if (it.scenario.hosts.indicator[i] == gdp) {
            it.scenario.hosts.country[i] = scenario_word(&it.scenario, "FIN");
        }
    }
    expect(&it, E_AID_INPUT_MISSING, "", 0, "hosts.csv has no gdp_per_capita_current_usd for ARM");
    load(&it);
    it.scenario.aid.n = 0;
    expect(&it, E_AID_HOSTS, "", 0, "names no hosts");
}

static void an_assumption_for_all_stands_in_for_a_host_without_its_own(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    it.scenario.assumptions.country[assumption(&it, "kgz_unit_cost")] =
        scenario_word(&it.scenario, "FIN");
    good(&it);
    size_t kyrgyzstan = host(&it, "KGZ");
    const struct aid_input *cost = &it.job.input[AID_FIGURE_UNIT_COST][kyrgyzstan];
    assert_string_equal(cost->origin, "all_unit_cost");
    assert_true(cost->value == 700);
    assert_near(it.job.problem.need[kyrgyzstan], 20000.0 * 700, 1e-6);
    arena_free(&it.arena);
}

/* Two hosts, equal but for their names. */
static void twins(struct shipped *it, bool share_a_row)
{
    load(it);
    struct scenario *s = &it->scenario;
    static const char *const figures[] = {"stock", "unit_cost", "funded", "cap"};
    for (size_t f = 0; f < 4; f++) {
        char one[32], other[32];
        snprintf(one, sizeof one, "kgz_%s", figures[f]);
        snprintf(other, sizeof other, "tjk_%s", figures[f]);
        uint32_t from = assumption(it, one), to = assumption(it, other);
        s->assumptions.low[to] = s->assumptions.low[from];
        s->assumptions.central[to] = s->assumptions.central[from];
        s->assumptions.high[to] = s->assumptions.high[from];
        if (f == 1 && share_a_row) {
            s->assumptions.country[from] = scenario_word(s, "ALL");
            s->assumptions.country[to] = scenario_word(s, "FIN");
            s->assumptions.country[assumption(it, "all_unit_cost")] = scenario_word(s, "FIN");
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < s->aid.n; i++) {
        name_id country = s->aid.hosts[i].country;
        if (country == scenario_word(s, "KGZ") || country == scenario_word(s, "TJK")) {
            s->aid.hosts[kept++] = s->aid.hosts[i];
        }
    }
    s->aid.n = kept;
    it->options.budget = 4e6;
    it->options.tranche = 0;
    it->options.draws = 200;
    good(it);
}

static void hosts_that_share_an_assumption_share_its_draw(void **state)
{
    (void)state;
    struct shipped it;
    twins(&it, true);
    const struct aid_band *cost = &it.job.sensitivity.band[AID_GROUP_COST];
    assert_near(cost->p5[0], 2e6, 1e-3);
    assert_near(cost->p95[0], 2e6, 1e-3);
    arena_free(&it.arena);
    twins(&it, false);
    cost = &it.job.sensitivity.band[AID_GROUP_COST];
    assert_true(cost->p95[0] - cost->p5[0] > 1e5);
    arena_free(&it.arena);
}

static void all_five_kinds_of_figure_are_drawn_and_an_assumption_keeps_to_its_range(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    it.options.draws = 400;
    it.options.budget = 1e9; /* every host at its most: x is min(cap, need - funded) */
    good(&it);
    for (int g = 0; g < AID_GROUPS; g++) {
        assert_true(it.job.sensitivity.band[g].present);
    }
    size_t tajikistan = host(&it, "TJK");
    const struct aid_band *cap = &it.job.sensitivity.band[AID_GROUP_CAP];
    const struct aid_input *input = &it.job.input[AID_FIGURE_CAP][tajikistan];
    assert_true(cap->p5[tajikistan] > input->low && cap->p95[tajikistan] < input->high);
    /* triangular on the scale of logarithms: the probability below the peak is its share of the span */
    double below = log(input->value / input->low) / log(input->high / input->low);
    assert_true(below > 0.5 ? cap->p50[tajikistan] < input->value
                            : cap->p50[tajikistan] >= input->value);
    assert_near(cap->p50[tajikistan],
                input->low *
                    exp(sqrt(0.5 * log(input->high / input->low) * log(input->value / input->low))),
                0.06 * input->value);
    arena_free(&it.arena);
}

static void the_keys_agree_with_the_published_shares(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    good(&it);
    const struct aid_keys *keys = &it.job.keys;
    const struct hosts *hosts = &it.scenario.hosts;
    uint32_t published = scenario_measure(&it.scenario, "hosts", "relocation_key_50_50");
    double sum = 0, sum_2015 = 0;
    size_t compared = 0;
    assert_int_equal(keys->n, 27);
    for (size_t i = 0; i < keys->n; i++) {
        sum += keys->row[i].share_50_50;
        sum_2015 += keys->row[i].share_2015;
        for (size_t h = 0; h < hosts->n; h++) {
            if (hosts->indicator[h] == published &&
                text_is(scenario_name(&it.scenario, hosts->country[h]), keys->row[i].code)) {
                assert_near(keys->row[i].share_50_50, hosts->value[h], 0.51e-6);
                compared++;
            }
        }
        if (strcmp(keys->row[i].code, "DEU") == 0) {
            assert_true(keys->row[i].pledge_persons == 3500);
            assert_true(keys->row[i].refugees == 1255694); /* end of 2021, before the scenario */
            assert_true(keys->row[i].unemployment_percent == 3.12);
        }
    }
    assert_int_equal(compared, 27);
    assert_near(sum, 1, 1e-12);
    assert_near(sum_2015, 1, 1e-12);
    arena_free(&it.arena);
}

static void the_laender_share_what_falls_to_germany(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    good(&it);
    double percent = 0, of_all = 0;
    for (size_t i = 0; i < it.job.keys.n_lands; i++) {
        percent += it.job.keys.land[i].percent;
        of_all += it.job.keys.land[i].of_all;
    }
    assert_int_equal(it.job.keys.n_lands, 16);
    assert_near(percent, 100, 0.01);
    assert_near(of_all, 0.216106, 0.00003);
    arena_free(&it.arena);
}

static void the_2015_key_is_its_formula(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    good(&it);
    const struct aid_keys *keys = &it.job.keys;
    double people = 0, money = 0, past = 0, idle = 0, first = 0, shares[27];
    for (size_t i = 0; i < 27; i++) {
        people += keys->row[i].population;
        money += keys->row[i].gdp_usd;
        past += 1e6 * keys->row[i].population / keys->row[i].refugees;
        idle += 100 / keys->row[i].unemployment_percent;
    }
    for (size_t i = 0; i < 27; i++) {
        const struct aid_key_row *row = &keys->row[i];
        double size = row->population / people, wealth = row->gdp_usd / money;
        double most = 0.3 * (size + wealth);
        double asylum = 1e6 * row->population / row->refugees / past;
        double work = 100 / row->unemployment_percent / idle;
        shares[i] = 0.4 * (size + wealth) + 0.1 * (asylum < most ? asylum : most) +
                    0.1 * (work < most ? work : most);
        first += shares[i];
    }
    for (size_t i = 0; i < 27; i++) {
        const struct aid_key_row *row = &keys->row[i];
        double rest = (1 - first) * (row->population / people + row->gdp_usd / money) / 2;
        assert_near(row->share_2015, shares[i] + rest, 1e-12);
    }
    arena_free(&it.arena);
}

static void members_without_figures_are_named(void **state)
{
    (void)state;
    struct shipped it;
    load(&it);
    uint32_t population = scenario_measure(&it.scenario, "hosts", "population");
    name_id malta = scenario_word(&it.scenario, "MLT");
    for (size_t i = 0; i < it.scenario.hosts.n; i++) {
        if (it.scenario.hosts.country[i] == malta && it.scenario.hosts.indicator[i] == population) {
            it.scenario.hosts.value[i] = (double)NAN;
        }
    }
    good(&it);
    assert_int_equal(it.job.keys.n, 26);
    assert_non_null(strstr(it.job.keys.note_50_50, "26 of the 27"));
    assert_non_null(strstr(it.job.keys.note_50_50, "No figures for: MLT."));
    arena_free(&it.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_scenario_is_split_by_its_own_settings),
        cmocka_unit_test(every_figure_says_where_it_comes_from),
        cmocka_unit_test(options_win_over_the_settings),
        cmocka_unit_test(money_in_another_currency_is_refused_with_its_row),
        cmocka_unit_test(figures_of_zero_or_less_are_refused_with_their_row),
        cmocka_unit_test(a_missing_figure_is_named),
        cmocka_unit_test(an_assumption_for_all_stands_in_for_a_host_without_its_own),
        cmocka_unit_test(hosts_that_share_an_assumption_share_its_draw),
        cmocka_unit_test(all_five_kinds_of_figure_are_drawn_and_an_assumption_keeps_to_its_range),
        cmocka_unit_test(the_keys_agree_with_the_published_shares),
        cmocka_unit_test(the_laender_share_what_falls_to_germany),
        cmocka_unit_test(the_2015_key_is_its_formula),
        cmocka_unit_test(members_without_figures_are_named),
    };
    return cmocka_run_group_tests_name("aid on a scenario", tests, NULL, NULL);
}
