#include "doors_made.h"

#include <stdio.h>

#include "../base/scratch.h"
#include "doors_gates.h"

static const char *const doors[] = {
    "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-20\n  known: 2022-01-10\n" MADE_LAW
    "  - {id: visa, effect: OPEN, when: \"visa in {C_*}\"" MADE_SAY
    "  - {id: kin, effect: DISCRETION, when: kin = SPOUSE" MADE_SAY
    "  - {id: asylum, effect: BAR, when: asylum_pending = yes" MADE_SAY
    "  practice:\n  - {from: 2022-02-01, to: 2022-02-10, effect: CLOSED, when: \"visa = C_ESP\", "
    "note: refused, source: news}\n",

    "door: fi.points\ncountry: FIN\nkind: entry\nscope: crossing = ROAD\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n  to: 2022-03-01\n" MADE_LAW
    "  - {id: rus, effect: OPEN, when: citizenship has RUS" MADE_SAY,

    "door: fi.young\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: age, effect: OPEN, when: \"age_on(on) < 18\"" MADE_SAY,
};

static const char profiles[] = "profiles:\n"
                               "- {id: tourist, title: {en: Tourist}, unstated: no, citizenship: "
                               "[RUS], visa: C_ESP, birth_date: 2004-02-12}\n"
                               "- {id: wife, title: {en: Wife, ru: w, de: w}, unstated: no, "
                               "citizenship: [RUS], kin: SPOUSE}\n"
                               "- {id: seeker, title: {en: Seeker}, unstated: no, citizenship: "
                               "[RUS], visa: C_FIN, asylum_pending: yes}\n"
                               "- {id: nobody, title: {en: Nobody}}\n"
                               "crossings:\n"
                               "- {id: road, country: FIN, way: ROAD, crossing: ROAD, doors: "
                               "[fi.entry, fi.points]}\n"
                               "- {id: air, country: FIN, way: AIR, crossing: AIR, doors: "
                               "[fi.entry, fi.points, fi.young]}\n"
                               "- {id: history, country: FIN, way: AIR, crossing: AIR, doors: "
                               "[t.back, t.moved, t.hour, t.moves]}\n";

struct table {
    struct made made;
    char dir[SCRATCH_PATH];
    struct doors_profiles profiles;
};

static void put_profiles(struct table *it, const char *text)
{
    char path[SCRATCH_PATH + 32];
    snprintf(path, sizeof path, "%s/profiles.yaml", it->dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static int read_profiles(struct table *it)
{
    assert_int_equal(faults_init(&it->made.faults, &it->made.arena, MADE_FAULTS, NULL), 0);
    return doors_profiles_read(&it->made.arena, &it->made.folder, &it->profiles, &it->made.faults,
                               &it->made.err);
}

static void open_table(struct table *it, const char *text)
{
    made_open(&it->made);
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        made_door(&it->made, doors[i]);
    }
    for (size_t i = 0; i < MADE_HISTORIES; i++) {
        made_door(&it->made, made_histories[i]);
    }
    made_read(&it->made);
    scratch_make(it->dir);
    it->made.folder.dir = it->dir;
    put_profiles(it, text);
}

static void open_good(struct table *it)
{
    open_table(it, profiles);
    if (read_profiles(it) != 0) {
        fail_msg("%s", it->made.faults.at[0].text);
    }
}

static void end_table(struct table *it)
{
    scratch_remove(it->dir);
    made_end(&it->made);
}

static struct gates gates_of(struct table *it, const char *from, const char *to, const char *known)
{
    struct gates gates;
    assert_int_equal(doors_gates(&it->made.arena, it->made.rules, &it->profiles, made_day(from),
                                 made_day(to), known == NULL ? DATE_NONE : made_day(known), &gates,
                                 &it->made.err),
                     0);
    return gates;
}

/* ---- the simple version: every door asked on every day ---- */

static const int strictness[] = {[GATE_NO_RULE] = 0, [GATE_OPEN] = 1,   [GATE_DISCRETION] = 2,
                                 [GATE_UNKNOWN] = 3, [GATE_CLOSED] = 4, [GATE_BARRED] = 5};

static enum gate stricter(enum gate a, enum gate b)
{
    return strictness[a] > strictness[b] ? a : b;
}

static enum gate status_gate(enum status status)
{
    switch (status) {
    case STATUS_OPEN:
        return GATE_OPEN;
    case STATUS_DISCRETION:
        return GATE_DISCRETION;
    case STATUS_NEEDS_FACTS:
        return GATE_UNKNOWN;
    case STATUS_BARRED:
        return GATE_BARRED;
    case STATUS_NOT_APPLICABLE:
    case STATUS_NO_RULE:
        return GATE_NO_RULE;
    default:
        return GATE_CLOSED;
    }
}

static enum gate effect_gate(enum effect effect)
{
    return effect == EFFECT_BAR          ? GATE_BARRED
           : effect == EFFECT_OPEN       ? GATE_OPEN
           : effect == EFFECT_DISCRETION ? GATE_DISCRETION
                                         : GATE_CLOSED;
}

static void one_cell(struct table *it, date_days day, date_days known, size_t c, size_t p,
                     enum gate *law, enum gate *seen)
{
    const struct doors_crossing *crossing = &it->profiles.crossings[c];
    bool noted = false;
    *law = *seen = GATE_NO_RULE;
    for (size_t d = 0; d < crossing->n_doors; d++) {
        struct arena arena;
        struct instance instance;
        struct decision decision;
        struct decide_options options = {0};
        struct person person;
        arena_init(&arena, "a cell", MADE_CEILING);
        person = it->profiles.profiles[p].person;
        person.values = arena_new(&arena, struct fact_value, it->made.rules->n_facts, NULL);
        memcpy(person.values, it->profiles.profiles[p].person.values,
               it->made.rules->n_facts * sizeof *person.values);
        person.values[made_fact(&it->made, "crossing")] = (struct fact_value){
            .known = KNOWN_YES, .literal = names_find(it->made.rules->names, crossing->way)};
        assert_int_equal(instance_build(&arena, &arena, it->made.rules, crossing->doors[d],
                                        moment_of_day(day), known == DATE_NONE ? day : known,
                                        &instance, NULL),
                         0);
        assert_int_equal(decide(&arena, &arena, &instance, &person, &options, &decision, NULL), 0);
        enum gate gate = status_gate(decision.status);
        *law = stricter(*law, gate);
        for (size_t i = 0; i < decision.n_practice; i++) {
            gate = effect_gate(decision.practice[i]->effect);
            noted = true;
        }
        *seen = stricter(*seen, gate);
        arena_free(&arena);
    }
    *seen = noted ? *seen : GATE_NO_RULE;
}

static void demand_table(struct table *it, const struct gates *gates, date_days known)
{
    size_t i = 0;
    for (size_t day = 0; day < gates->n_days; day++) {
        for (size_t c = 0; c < gates->n_crossings; c++) {
            for (size_t p = 0; p < gates->n_profiles; p++, i++) {
                enum gate law, seen;
                char date[DATE_TEXT];
                one_cell(it, gates->from + (date_days)day, known, c, p, &law, &seen);
                if (gates->at[i] != law || gates->practice[i] != seen ||
                    gate_at(gates, gates->from + (date_days)day, c, p) != law) {
                    fail_msg("%s crossing %zu profile %zu: %s / %s, not %s / %s",
                             date_format(gates->from + (date_days)day, date), c, p,
                             gate_words[gates->at[i]], gate_words[gates->practice[i]],
                             gate_words[law], gate_words[seen]);
                }
            }
        }
    }
}

static void the_table_equals_the_decisions_of_every_day(void **state)
{
    (void)state;
    struct table it;
    open_good(&it);
    assert_int_equal(it.profiles.n, 4);
    assert_int_equal(it.profiles.n_crossings, 3);
    struct gates gates = gates_of(&it, "2022-01-01", "2022-09-10", NULL);
    assert_int_equal(gates.n_days, 253);
    demand_table(&it, &gates, DATE_NONE);
    gates = gates_of(&it, "2021-12-20", "2022-06-10", "2022-03-20");
    demand_table(&it, &gates, made_day("2022-03-20"));
    end_table(&it);
}

/* By hand. */
static void the_strictest_door_of_a_crossing_counts(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        size_t crossing, profile;
        enum gate law, seen;
    } rows[] = {
        {"2022-01-19", 0, 0, GATE_OPEN, GATE_NO_RULE}, /* fi.points alone */
        {"2022-01-19", 1, 0, GATE_OPEN, GATE_NO_RULE}, /* fi.young: 17 */
        {"2022-01-20", 0, 1, GATE_DISCRETION, GATE_NO_RULE},
        {"2022-01-20", 0, 2, GATE_BARRED, GATE_NO_RULE},
        {"2022-01-20", 0, 3, GATE_UNKNOWN, GATE_NO_RULE},
        {"2022-01-31", 0, 0, GATE_OPEN, GATE_NO_RULE},
        {"2022-02-01", 0, 0, GATE_OPEN, GATE_CLOSED},
        {"2022-02-01", 0, 1, GATE_DISCRETION, GATE_NO_RULE},
        {"2022-02-09", 1, 0, GATE_OPEN, GATE_CLOSED},
        {"2022-02-10", 0, 0, GATE_OPEN, GATE_NO_RULE},
        {"2022-02-11", 1, 0, GATE_OPEN, GATE_NO_RULE},
        {"2022-02-12", 1, 0, GATE_CLOSED, GATE_NO_RULE}, /* 18 that day */
        {"2022-02-12", 0, 0, GATE_OPEN, GATE_NO_RULE},
        {"2022-03-01", 0, 0, GATE_OPEN, GATE_NO_RULE},
    };
    struct table it;
    open_good(&it);
    struct gates gates = gates_of(&it, "2022-01-01", "2022-03-10", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t at =
            ((size_t)(made_day(rows[i].day) - gates.from) * gates.n_crossings + rows[i].crossing) *
                gates.n_profiles +
            rows[i].profile;
        if (gates.at[at] != rows[i].law || gates.practice[at] != rows[i].seen) {
            fail_msg("row %zu: %s / %s", i, gate_words[gates.at[at]],
                     gate_words[gates.practice[at]]);
        }
    }
    end_table(&it);
}

static void each_status_is_a_gate(void **state)
{
    (void)state;
    for (int status = 0; status < STATUS_COUNT; status++) {
        assert_int_equal(doors_gate_of((enum status)status), status_gate((enum status)status));
    }
}

/* ---- as CSV ---- */

/* The rows of the sparse form, carried forward, are those of the full one. */
static void the_short_table_carries_on_to_the_long_one(void **state)
{
    (void)state;
    struct table it;
    struct buf full, sparse;
    open_good(&it);
    struct gates gates = gates_of(&it, "2022-01-01", "2022-08-10", NULL);
    size_t cells = gates.n_crossings * gates.n_profiles, rows = 0;
    struct text last[64] = {{"", 0}};
    buf_init(&full, 64 << 20);
    buf_init(&sparse, 64 << 20);
    assert_int_equal(doors_gates_csv(&full, &gates, true), 0);
    assert_int_equal(doors_gates_csv(&sparse, &gates, false), 0);
    assert_true(sparse.n < full.n / 4);
    struct text long_rest = buf_view(&full), short_rest = buf_view(&sparse), head, line;
    head = text_split(long_rest, '\n', &long_rest);
    assert_true(text_is(text_trim(head), "day,crossing,country,way,profile,gate,practice,doors"));
    assert_true(text_eq(head, text_split(short_rest, '\n', &short_rest)));
    line = text_split(short_rest, '\n', &short_rest);
    for (size_t i = 0; long_rest.n > 0; i++, rows++) {
        struct text full_line = text_split(long_rest, '\n', &long_rest), tail;
        if (text_eq(line, full_line)) {
            text_split(line, ',', &last[i % cells]);
            line = text_split(short_rest, '\n', &short_rest);
        }
        text_split(full_line, ',', &tail);
        assert_true(text_eq(tail, last[i % cells]));
    }
    assert_int_equal(rows, cells * gates.n_days);
    assert_int_equal(line.n + short_rest.n, 0);
    buf_free(&full);
    buf_free(&sparse);
    end_table(&it);
}

static void a_row_names_day_crossing_profile_and_doors(void **state)
{
    (void)state;
    struct table it;
    struct buf buf;
    open_good(&it);
    struct gates gates = gates_of(&it, "2022-02-01", "2022-02-01", NULL);
    buf_init(&buf, 1 << 20);
    assert_int_equal(doors_gates_csv(&buf, &gates, false), 0);
    buf_char(&buf, '\0');
    assert_non_null(
        strstr(buf.at, "2022-02-01,road,FIN,ROAD,tourist,OPEN,CLOSED,fi.entry;fi.points"));
    assert_non_null(
        strstr(buf.at, "2022-02-01,air,FIN,AIR,seeker,BARRED,,fi.entry;fi.points;fi.young"));
    buf_free(&buf);
    end_table(&it);
}

static void no_days_make_an_empty_table(void **state)
{
    (void)state;
    struct table it;
    struct buf buf;
    open_good(&it);
    struct gates gates = gates_of(&it, "2022-02-02", "2022-02-01", NULL);
    assert_int_equal(gates.n_days, 0);
    buf_init(&buf, 1 << 20);
    assert_int_equal(doors_gates_csv(&buf, &gates, true), 0);
    assert_int_equal(gate_at(&gates, made_day("2022-02-02"), 0, 0), GATE_NO_RULE);
    buf_free(&buf);
    end_table(&it);
}

static void too_long_a_table_is_refused(void **state)
{
    (void)state;
    struct table it;
    struct gates gates = {.n_days = 77};
    open_good(&it);
    size_t n = it.profiles.n;
    it.profiles.n = (size_t)1 << 20;
    assert_int_equal(doors_gates(&it.made.arena, it.made.rules, &it.profiles, 0, 400, DATE_NONE,
                                 &gates, &it.made.err),
                     E_CEILING);
    it.profiles.n = n;
    assert_int_equal(gates.n_days, 77);
    end_table(&it);
}

/* ---- profiles.yaml ---- */

static void without_the_file_there_are_no_profiles(void **state)
{
    (void)state;
    struct table it;
    char path[SCRATCH_PATH + 32];
    open_table(&it, "");
    snprintf(path, sizeof path, "%s/profiles.yaml", it.dir);
    assert_int_equal(remove(path), 0);
    assert_int_equal(read_profiles(&it), 0);
    assert_int_equal(it.profiles.n + it.profiles.n_crossings, 0);
    struct gates gates = gates_of(&it, "2022-01-01", "2022-01-03", NULL);
    assert_int_equal(gates.n_days, 3);
    end_table(&it);
}

static void a_crossing_states_facts_of_everybody(void **state)
{
    (void)state;
    struct table it;
    struct person person;
    open_good(&it);
    const struct doors_profile *profile = &it.profiles.profiles[0];
    assert_true(text_is(profile->id, "tourist"));
    assert_true(text_is(profile->title.in[LANG_EN], "Tourist"));
    assert_int_equal(doors_gates_person(&it.made.arena, it.made.rules, profile,
                                        &it.profiles.crossings[1], &person, NULL),
                     0);
    uint32_t crossing = made_fact(&it.made, "crossing");
    for (uint32_t i = 0; i < it.made.rules->n_facts; i++) {
        assert_true(i == crossing ||
                    made_same_value(&person.values[i], &profile->person.values[i]));
    }
    assert_int_equal(person.values[crossing].literal, made_word(&it.made, "AIR"));
    assert_int_equal(profile->person.values[crossing].known, KNOWN_NOT);
    end_table(&it);
}

static void every_fault_of_the_profiles_is_listed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *slug;
        int n;
    } rows[] = {
        {"profiles: 3\n", "doors.form", 1},
        {"- a\n", "doors.form", 1},
        {"crossings: []\n", "doors.form", 1},
        {"profiles: []\ncrossings: 3\n", "doors.form", 1},
        {"profiles: [3]\n", "doors.form", 1},
        {"profiles:\n- {title: {en: a}}\n", "doors.form", 1},
        {"profiles:\n- {id: a}\n", "doors.form", 1},
        {"profiles:\n- {id: a, title: {ru: a}}\n", "doors.form", 1},
        {"profiles:\n- {id: a, title: {en: a}, kni: SPOUSE}\n", "doors.facts.name", 1},
        {"profiles:\n- {id: a, title: {en: a}, kin: SPOUS, age: x}\n", "doors.facts.", 2},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR}\n", "doors.form", 1},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR, doors: []}\n", "doors.form",
         1},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR, doors: [fi.entri, fi.x]}\n",
         "doors.form", 2},
        {"profiles: []\ncrossings:\n- {country: FIN, way: AIR, doors: [fi.entry]}\n", "doors.form",
         1},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR, doors: [fi.entry], age: x}\n",
         "doors.facts.type", 1},
        {"profiles: []\ncrossings: [7]\n", "doors.form", 1},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR, doors: [fi.entry], unstated: "
         "no, stays: none, household: none}\n",
         "doors.form", 3},
        {"profiles:\n- {id: a, title: {en: a}}\n- {id: a, title: {en: b}}\n", "doors.twice", 1},
        {"profiles: []\ncrossings:\n- {id: a, country: FIN, way: AIR, doors: [fi.entry]}\n- {id: "
         "a, "
         "country: FIN, way: ROAD, doors: [fi.entry]}\n",
         "doors.twice", 1},
        {"profiles: []\ncrossings:\n- {id: a, country: Finland, way: AIR, doors: [fi.entry]}\n",
         "doors.form", 1},
    };
    struct table it;
    open_good(&it);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_profiles(&it, rows[i].text);
        int code = read_profiles(&it);
        if (code != E_DOORS_FAULTS || it.made.faults.total != (uint64_t)rows[i].n) {
            fail_msg("%s: %d, %d faults", rows[i].text, code, (int)it.made.faults.total);
        }
        for (size_t f = 0; f < it.made.faults.kept; f++) {
            const struct ajar_err *fault = &it.made.faults.at[f];
            assert_int_equal(strncmp(fault->slug, rows[i].slug, strlen(rows[i].slug)), 0);
            assert_true(fault->row >= 1 && err_advice(fault)[0] != '\0');
        }
    }
    put_profiles(&it, "profiles: [\n");
    assert_int_not_equal(read_profiles(&it), 0);
    end_table(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_equals_the_decisions_of_every_day),
        cmocka_unit_test(the_strictest_door_of_a_crossing_counts),
        cmocka_unit_test(each_status_is_a_gate),
        cmocka_unit_test(the_short_table_carries_on_to_the_long_one),
        cmocka_unit_test(a_row_names_day_crossing_profile_and_doors),
        cmocka_unit_test(no_days_make_an_empty_table),
        cmocka_unit_test(too_long_a_table_is_refused),
        cmocka_unit_test(without_the_file_there_are_no_profiles),
        cmocka_unit_test(a_crossing_states_facts_of_everybody),
        cmocka_unit_test(every_fault_of_the_profiles_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
