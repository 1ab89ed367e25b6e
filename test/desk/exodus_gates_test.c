/* The doors as the exodus asks them: the shipped scenario, changed copies of its law, faults, what-ifs. */
#include "../base/unit.h"

#include <string.h>
#include <sys/stat.h>

#include "../base/scratch.h"
#include "exodus_gates.h"
#include "exodus_made.h"

#define SHIPPED  "scenarios/exodus2022"
#define CLASSES  5
#define DOORS    10
#define FIN_ONLY 1u

struct shipped {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct doors_folder folder;
    struct exodus_model model;
    struct exodus_papers papers;
    date_days known;
    uint8_t *at;
};

static int load(void **state)
{
    static struct shipped it;
    arena_init(&it.arena, "the shipped exodus", (size_t)2 << 30);
    assert_int_equal(faults_init(&it.faults, &it.arena, 20, NULL), 0);
    int code = doors_folder_read(&it.arena, SHIPPED, &it.folder, &it.faults, &it.err);
    assert_string_equal(it.err.text, "");
    assert_int_equal(code, 0);
    model_of(&it.arena, SHIPPED "/exodus/model.yaml", &it.model);
    it.known = it.model.as_known;
    assert_int_equal(it.model.n_classes, CLASSES);
    assert_int_equal(it.model.n_doors, DOORS);
    code = exodus_gates_read(&it.arena, &it.folder, SHIPPED "/exodus", &it.model, &it.papers,
                             &it.faults, &it.err);
    assert_string_equal(it.err.text, "");
    assert_int_equal(code, 0);
    code = exodus_gates_make(&it.arena, &it.papers, it.known, &it.at, &it.faults, &it.err);
    assert_string_equal(it.err.text, "");
    assert_int_equal(code, 0);
    *state = &it;
    return 0;
}

static int unload(void **state)
{
    struct shipped *it = *state;
    arena_free(&it->arena);
    return 0;
}

static uint32_t door_of(const struct shipped *it, const char *id)
{
    uint32_t door = 0;
    while (!text_is(it->model.doors[door].id, id)) {
        assert_true(++door < it->model.n_doors);
    }
    return door;
}

static uint32_t class_of(const struct shipped *it, const char *id)
{
    uint32_t class = 0;
    while (!text_is(it->model.classes[class].id, id)) {
        assert_true(++class < it->model.n_classes);
    }
    return class;
}

static size_t cell_of(const struct shipped *it, date_days day, uint32_t door, uint32_t class)
{
    return ((size_t)(day - it->model.from) * it->model.n_doors + door) * it->model.n_classes +
           class;
}

/* Whether the class passes at the door on all days [from, to], or on none of them. */
static void passes(const struct shipped *it, const uint8_t *at, const char *door, const char *class,
                   const char *from, const char *to, bool expected)
{
    for (date_days day = day_of(from); day <= day_of(to); day++) {
        uint8_t gate = at[cell_of(it, day, door_of(it, door), class_of(it, class))];
        if (exodus_passes(gate) != expected) {
            char date[DATE_TEXT];
            fail_msg("%s at %s on %s: %s", class, door, date_format(day, date), gate_words[gate]);
        }
    }
}

#define FIRST "2022-08-15"
#define LAST  "2022-12-31"

static void tourists_lose_the_eu_by_road_and_residents_do_not(void **state)
{
    const struct shipped *it = *state;
    static const char *const baltic[] = {"est", "lva", "ltu"};
    passes(it, it->at, "fin", "tourist", FIRST, "2022-09-29", true);
    passes(it, it->at, "fin", "tourist", "2022-09-30", LAST, false);
    for (size_t i = 0; i < 3; i++) {
        passes(it, it->at, baltic[i], "tourist", FIRST, "2022-09-18", true);
        passes(it, it->at, baltic[i], "tourist", "2022-09-19", LAST, false);
        passes(it, it->at, baltic[i], "permit", FIRST, LAST, true);
        passes(it, it->at, baltic[i], "work", FIRST, LAST, true);
    }
    passes(it, it->at, "nor", "tourist", FIRST, LAST, true);
    passes(it, it->at, "fin", "permit", FIRST, LAST, true);
    passes(it, it->at, "fin", "work", FIRST, LAST, true);
}

static void the_road_from_kaliningrad_is_under_the_list_of_2020(void **state)
{
    const struct shipped *it = *state;
    passes(it, it->at, "pol", "tourist", FIRST, LAST, false);
    passes(it, it->at, "pol", "permit", FIRST, LAST, true);
    passes(it, it->at, "pol", "work", FIRST, LAST, true);
}

static void who_has_no_visa_passes_where_none_is_asked(void **state)
{
    const struct shipped *it = *state;
    static const char *const south[] = {"geo", "kaz", "mng", "air"};
    static const char *const north[] = {"fin", "est", "lva", "ltu", "pol", "nor"};
    for (size_t i = 0; i < 4; i++) {
        passes(it, it->at, south[i], "none", FIRST, LAST, true);
        passes(it, it->at, south[i], "tourist", FIRST, LAST, true);
    }
    for (size_t i = 0; i < 6; i++) {
        passes(it, it->at, north[i], "none", FIRST, LAST, false);
    }
}

static void nobody_passes_with_a_summons(void **state)
{
    const struct shipped *it = *state;
    for (uint32_t door = 0; door < it->model.n_doors; door++) {
        for (date_days day = day_of("2022-09-21"); day <= it->model.to; day++) {
            assert_false(exodus_passes(it->at[cell_of(it, day, door, class_of(it, "summoned"))]));
        }
    }
    passes(it, it->at, "geo", "summoned", FIRST, "2022-09-20", true);
    passes(it, it->at, "fin", "summoned", FIRST, "2022-09-20", true);
}

/* Lithuania's act leaves tourists to the guard; what is noted of the border is that they are refused. */
static void practice_comes_before_law(void **state)
{
    const struct shipped *it = *state;
    struct gates law;
    assert_int_equal(doors_gates(&((struct shipped *)*state)->arena, it->papers.rules,
                                 &it->papers.profiles, day_of("2022-09-26"), day_of("2022-09-26"),
                                 it->known, &law, NULL),
                     0);
    uint32_t crossing = it->papers.crossing[door_of(it, "ltu")][0];
    uint32_t profile = it->papers.profile[class_of(it, "tourist")][0];
    assert_int_equal(law.at[crossing * law.n_profiles + profile], GATE_DISCRETION);
    assert_int_equal(
        it->at[cell_of(it, day_of("2022-09-26"), door_of(it, "ltu"), class_of(it, "tourist"))],
        GATE_CLOSED);
}

/* Georgia's law lets all in; single refusals are noted, which do not make an official decide about everybody. */
static void single_refusals_leave_a_door_open(void **state)
{
    const struct shipped *it = *state;
    struct gates law;
    assert_int_equal(doors_gates(&((struct shipped *)*state)->arena, it->papers.rules,
                                 &it->papers.profiles, day_of("2022-10-01"), day_of("2022-10-01"),
                                 it->known, &law, NULL),
                     0);
    uint32_t crossing = it->papers.crossing[door_of(it, "geo")][0];
    uint32_t profile = it->papers.profile[class_of(it, "none")][0];
    assert_int_equal(law.practice[crossing * law.n_profiles + profile], GATE_DISCRETION);
    assert_int_equal(
        it->at[cell_of(it, day_of("2022-10-01"), door_of(it, "geo"), class_of(it, "none"))],
        GATE_OPEN);
}

static void spans_cover_the_days(void **state)
{
    struct shipped *it = *state;
    struct exodus_span *spans;
    size_t n, seen = 0;
    assert_int_equal(exodus_gates_spans(&it->arena, &it->model, it->at, &n, &spans, &it->err), 0);
    for (size_t i = 0; i < n; i++) {
        bool goes_on =
            i > 0 && spans[i - 1].door == spans[i].door && spans[i - 1].class == spans[i].class;
        assert_int_equal(spans[i].from, goes_on ? spans[i - 1].to + 1 : it->model.from);
        assert_true(!goes_on || spans[i - 1].gate != spans[i].gate);
        for (date_days day = spans[i].from; day <= spans[i].to; day++, seen++) {
            assert_int_equal(it->at[cell_of(it, day, spans[i].door, spans[i].class)],
                             spans[i].gate);
        }
        if (spans[i].door == door_of(it, "fin") && spans[i].class == class_of(it, "tourist") &&
            goes_on) {
            assert_int_equal(spans[i].from, day_of("2022-09-30"));
            assert_int_equal(spans[i].gate, GATE_CLOSED);
        }
    }
    assert_int_equal(seen, it->model.n_days * it->model.n_doors * it->model.n_classes);
}

/* A copy of the law, but for its tests. */
static char copy_to[SCRATCH_PATH];

static int copy_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    static char to[2 * SCRATCH_PATH];
    const char *inside = path + strlen(SHIPPED "/doors");
    (void)stat, (void)ftw;
    snprintf(to, sizeof to, "%s/doors%s", copy_to, inside);
    if (type == FTW_D) {
        return mkdir(to, 0700);
    }
    if (strstr(inside, "/tests_") == NULL) {
        struct file_view view;
        assert_int_equal(file_open(&view, path, EXODUS_MADE_CEILING, NULL), 0);
        assert_int_equal(file_write(to, view.bytes, NULL), 0);
        file_close(&view);
    }
    return 0;
}

static void put(struct buf *buf, struct text entry, const char *from, const char *to, size_t cut)
{
    const char *at = strstr(entry.at, from);
    assert_non_null(at);
    buf_bytes(buf, entry.at, (size_t)(at - entry.at));
    buf_str(buf, to);
    if (cut == 0) {
        buf_str(buf, at + strlen(from));
    }
}

/* The gates by law in which Finland's entry has `to` in the place of `from` (`cut`: and nothing after it). */
static uint8_t *gates_of(struct shipped *it, const char *from, const char *to, bool cut,
                         date_days known)
{
    struct doors_folder folder;
    struct exodus_papers papers;
    struct buf buf;
    char path[2 * SCRATCH_PATH];
    uint8_t *at = NULL;
    scratch_make(copy_to);
    assert_int_equal(nftw(SHIPPED "/doors", copy_one, 16, FTW_PHYS), 0);
    buf_init(&buf, EXODUS_MADE_CEILING);
    put(&buf, bytes_of(&it->arena, SHIPPED "/doors/finland/entry.yaml"), from, to, cut);
    snprintf(path, sizeof path, "%s/doors/finland/entry.yaml", copy_to);
    assert_int_equal(file_write(path, buf_view(&buf), NULL), 0);
    buf_free(&buf);
    snprintf(path, sizeof path, "%s/doors", copy_to);
    int code = doors_folder_read(&it->arena, path, &folder, &it->faults, &it->err);
    if (code != 0) {
        fail_msg("%s: %s (%s)", it->err.text, it->faults.at[0].text, it->faults.at[0].value);
    }
    code = exodus_gates_read(&it->arena, &folder, SHIPPED "/exodus", &it->model, &papers,
                             &it->faults, &it->err);
    assert_int_equal(code, 0);
    assert_int_equal(exodus_gates_make(&it->arena, &papers, known, &at, &it->faults, &it->err), 0);
    scratch_remove(copy_to);
    return at;
}

/* The two differ at the door for the classes on exactly these days, and nowhere else. */
static void differ_alone(const struct shipped *it, const uint8_t *a, const uint8_t *b,
                         const char *door, uint32_t classes, const char *from, const char *to)
{
    for (date_days day = it->model.from; day <= it->model.to; day++) {
        for (uint32_t d = 0; d < it->model.n_doors; d++) {
            for (uint32_t c = 0; c < it->model.n_classes; c++) {
                size_t at = cell_of(it, day, d, c);
                bool expected = d == door_of(it, door) && (classes >> c & 1) != 0 &&
                                day >= day_of(from) && day <= day_of(to);
                if ((a[at] != b[at]) != expected) {
                    char date[DATE_TEXT];
                    fail_msg("door %u, class %u, %s: %s, %s", d, c, date_format(day, date),
                             gate_words[a[at]], gate_words[b[at]]);
                }
            }
        }
    }
}

static void a_rule_that_starts_earlier_shuts_on_that_day(void **state)
{
    struct shipped *it = *state;
    uint8_t *at = gates_of(it, "from: 2022-09-30", "from: 2022-09-25", false, it->known);
    differ_alone(it, it->at, at, "fin", 1u << class_of(it, "tourist"), "2022-09-25", "2022-09-29");
}

static void what_became_known_later_counts_for_nothing(void **state)
{
    static const char later[] =
        "- id: later\n  from: 2022-10-25\n  known: 2022-10-20\n  law: L\n  mark: K\n"
        "  transcription: full\n  default: CLOSED\n  rules:\n"
        "  - {id: r, effect: OPEN, when: permit = TEMP_FIN, cite: c, quote: q, say: {en: a, ru: b, "
        "de: c}}\n";
    struct shipped *it = *state;
    size_t n = (size_t)it->model.n_days * it->model.n_doors * it->model.n_classes;
    uint8_t *at = gates_of(it, "- id: summer2023\n", later, true, it->known);
    assert_memory_equal(at, it->at, n);
    at = gates_of(it, "- id: summer2023\n", later, true, day_of("2022-11-05"));
    differ_alone(it, it->at, at, "fin", 1u << class_of(it, "work"), "2022-10-25", LAST);
}

static const struct exodus_what_if *what_if_of(const struct shipped *it, const char *id)
{
    size_t i = 0;
    while (!text_is(it->model.what_ifs[i].id, id)) {
        assert_true(++i < it->model.n_what_ifs);
    }
    return &it->model.what_ifs[i];
}

static void a_law_more_shuts_all_who_lack_the_papers(void **state)
{
    struct shipped *it = *state;
    static const char *const eu[] = {"fin", "est", "lva", "ltu", "pol"};
    static const char *const held[] = {"permit", "work", "tourist"};
    date_days from = day_of("2022-09-22");
    uint8_t *at;
    int code = exodus_gates_what_if(&it->arena, &it->papers, what_if_of(it, "papers_only"),
                                    it->known, it->at, &at, &it->faults, &it->err);
    assert_int_equal(code, 0);
    for (size_t d = 0; d < 5; d++) {
        for (size_t c = 0; c < 3; c++) {
            passes(it, at, eu[d], held[c], "2022-09-22", LAST, false);
        }
        /* The paper would open the door; the Russian side holds whoever has it. */
        passes(it, at, eu[d], "summoned", "2022-09-22", LAST, false);
    }
    assert_memory_equal(at, it->at, cell_of(it, from, 0, 0));
    for (date_days day = from; day <= it->model.to; day++) {
        assert_memory_equal(at + cell_of(it, day, 5, 0), it->at + cell_of(it, day, 5, 0),
                            5 * CLASSES);
        assert_int_equal(at[cell_of(it, day, 0, class_of(it, "summoned"))],
                         it->at[cell_of(it, day, 0, class_of(it, "summoned"))]);
    }
    assert_int_equal(at[cell_of(it, it->model.to, 0, class_of(it, "summoned"))], GATE_BARRED);
}

/* Where neither side asks for more, whoever has the paper passes. */
static void the_paper_itself_opens(void **state)
{
    struct shipped *it = *state;
    struct exodus_what_if what_if = *what_if_of(it, "papers_only");
    struct exodus_model *model = &it->model;
    uint8_t *at, *open = arena_new(&it->arena, uint8_t,
                                   (size_t)model->n_days * model->n_doors * model->n_classes, NULL);
    struct exodus_papers papers = it->papers;
    struct doors_crossing *crossings =
        arena_new(&it->arena, struct doors_crossing, papers.profiles.n_crossings, NULL);
    memcpy(crossings, papers.profiles.crossings, papers.profiles.n_crossings * sizeof *crossings);
    papers.profiles.crossings = crossings;
    crossings[papers.crossing[0][0]].n_doors = 0; /* neither side but the experiment */
    what_if.edits[0].doors = FIN_ONLY;
    assert_int_equal(exodus_gates_what_if(&it->arena, &papers, &what_if, it->known, open, &at,
                                          &it->faults, &it->err),
                     0);
    passes(it, at, "fin", "summoned", "2022-09-22", LAST, true);
    passes(it, at, "fin", "permit", "2022-09-22", LAST, false);
}

static void a_law_more_is_for_its_classes_doors_and_days(void **state)
{
    struct shipped *it = *state;
    struct exodus_what_if what_if = *what_if_of(it, "papers_only");
    uint8_t *at;
    what_if.edits[0].doors = 1u << door_of(it, "est");
    what_if.edits[0].classes = 1u << class_of(it, "work");
    what_if.edits[0].from = day_of("2022-10-01");
    what_if.edits[0].to = day_of("2022-10-09");
    assert_int_equal(exodus_gates_what_if(&it->arena, &it->papers, &what_if, it->known, it->at, &at,
                                          &it->faults, &it->err),
                     0);
    differ_alone(it, it->at, at, "est", 1u << class_of(it, "work"), "2022-10-01", "2022-10-09");
}

static void an_edit_with_a_gate_holds_on_its_days(void **state)
{
    struct shipped *it = *state;
    uint8_t *at;
    assert_int_equal(exodus_gates_what_if(&it->arena, &it->papers, what_if_of(it, "finland_open"),
                                          it->known, it->at, &at, &it->faults, &it->err),
                     0);
    differ_alone(it, it->at, at, "fin", 1u << class_of(it, "tourist"), "2022-09-30", LAST);
    passes(it, at, "fin", "tourist", FIRST, LAST, true);
}

static void names_that_are_missing_are_told_with_their_rows(void **state)
{
    struct shipped *it = *state;
    struct exodus_model model = it->model;
    struct exodus_papers papers = {0};
    struct faults faults;
    struct exodus_class classes[CLASSES];
    char dir[SCRATCH_PATH], path[2 * SCRATCH_PATH];
    static const char text[] = "classes:\n- {id: permit, profiles: [permit_fin,\n  permit_esd]}\n"
                               "doors:\n- id: fin\n  crossings: [fin_raod]\n"
                               "what_if:\n- id: w\n  edits:\n  - {law: cf.call_up_paper}\n";
    struct text crossings[] = {TEXT_LIT("fin_raod")};
    struct exodus_door door = {.crossings = crossings, .n_crossings = 1};
    struct exodus_what_if what_if = {.n_edits = 1};
    what_if.edits[0].law = TEXT_LIT("cf.call_up_paper");
    classes[0] = (struct exodus_class){
        .n_profiles = 2, .profiles = {TEXT_LIT("permit_fin"), TEXT_LIT("permit_esd")}};
    model.classes = classes, model.n_classes = 1;
    model.doors = &door, model.n_doors = 1;
    model.what_ifs = &what_if, model.n_what_ifs = 1;
    scratch_make(dir);
    snprintf(path, sizeof path, "%s/model.yaml", dir);
    assert_int_equal(file_write(path, text_of(text), NULL), 0);
    snprintf(path, sizeof path, "%s/classes.yaml", dir);
    assert_int_equal(file_write(path, bytes_of(&it->arena, SHIPPED "/exodus/classes.yaml"), NULL),
                     0);
    assert_int_equal(faults_init(&faults, &it->arena, 9, NULL), 0);
    struct ajar_err err = {0};
    assert_int_equal(
        exodus_gates_read(&it->arena, &it->folder, dir, &model, &papers, &faults, &err),
        E_EXODUS_FAULTS);
    scratch_remove(dir);
    assert_null(papers.rules);
    static const struct {
        enum err_code code;
        long row;
        const char *value, *near;
    } told[] = {{E_EXODUS_PROFILE, 3, "permit_esd", "permit_est"},
                {E_EXODUS_CROSSING, 6, "fin_raod", "fin_road"},
                {E_EXODUS_LAW, 10, "cf.call_up_paper", "cf.call_up_papers"}};
    assert_int_equal(faults.total, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(faults.at[i].code, told[i].code);
        assert_int_equal(faults.at[i].row, told[i].row);
        assert_string_equal(faults.at[i].value, told[i].value);
        assert_non_null(strstr(faults.at[i].hint, told[i].near));
        assert_non_null(strstr(faults.at[i].file, "model.yaml"));
    }
}

static const char made_classes[] =
    "profiles:\n"
    "- {id: half, title: {en: h}, citizenship: [RUS], passport: FOREIGN, on_military_register: no,"
    " called_up: no, summons_served: no, state_secret_access_rus: no, serves_in_rus: NONE}\n"
    "- {id: other, title: {en: o}, unstated: no, citizenship: [KAZ], passport: FOREIGN}\n"
    "- {id: shut, title: {en: s}, unstated: no, citizenship: [RUS], passport: FOREIGN}\n"
    "- {id: tourist, title: {en: t}, unstated: no, citizenship: [RUS], passport: FOREIGN, visa: "
    "C_ESP, purpose: TOURISM}\n"
    "crossings:\n"
    "- {id: road, country: FIN, way: ROAD, doors: [fi.entry], crossing: ROAD, external_border: "
    "yes}\n"
    "- {id: lars, country: GEO, way: ROAD, doors: [ge.stay], crossing: ROAD}\n";

/* One door with some crossings, one class with some profiles of made_classes. */
static int made_gates(struct shipped *it, size_t n_profiles, const char *const *profiles,
                      size_t n_crossings, const char *const *crossings, uint8_t **at,
                      struct faults *faults, struct ajar_err *err)
{
    struct exodus_class class = {.n_profiles = n_profiles};
    struct text names[2];
    struct exodus_door door = {.crossings = names, .n_crossings = n_crossings};
    struct exodus_model model = {.from = day_of("2022-09-29"),
                                 .n_days = 2,
                                 .n_doors = 1,
                                 .n_classes = 1,
                                 .doors = &door,
                                 .classes = &class};
    struct exodus_papers papers;
    char dir[SCRATCH_PATH], path[2 * SCRATCH_PATH];
    model.to = model.from + 1;
    for (size_t i = 0; i < n_profiles; i++) {
        class.profiles[i] = text_of(profiles[i]);
    }
    for (size_t i = 0; i < n_crossings; i++) {
        names[i] = text_of(crossings[i]);
    }
    scratch_make(dir);
    snprintf(path, sizeof path, "%s/classes.yaml", dir);
    assert_int_equal(file_write(path, text_of(made_classes), NULL), 0);
    int code = exodus_gates_read(&it->arena, &it->folder, dir, &model, &papers, faults, err);
    if (code != 0) {
        fail_msg("%s: %s (%s)", err->text, faults->at[0].text, faults->at[0].value);
    }
    code = exodus_gates_make(&it->arena, &papers, it->known, at, faults, err);
    scratch_remove(dir);
    return code;
}

static void a_decision_left_open_names_the_fact(void **state)
{
    struct shipped *it = *state;
    static const char *const half[] = {"shut", "half"}, *const road[] = {"road"};
    struct ajar_err err = {0};
    struct faults faults;
    uint8_t *at = NULL;
    assert_int_equal(faults_init(&faults, &it->arena, 9, NULL), 0);
    assert_int_equal(made_gates(it, 2, half, 1, road, &at, &faults, &err), E_EXODUS_FAULTS);
    assert_null(at);
    assert_int_equal(faults.total, 1);
    assert_int_equal(faults.at[0].code, E_EXODUS_UNDECIDED);
    assert_int_equal(faults.at[0].row, 2);
    assert_string_equal(faults.at[0].value, "half");
    assert_non_null(strstr(faults.at[0].text, "2022-09-29"));
    assert_non_null(strstr(faults.at[0].text, "road"));
    assert_true(strstr(faults.at[0].hint, "visa") != NULL ||
                strstr(faults.at[0].hint, "permit") != NULL);
}

static void silence_about_one_is_no_way_in_for_all(void **state)
{
    struct shipped *it = *state;
    static const char *const silent[] = {"other"}, *const mixed[] = {"other", "shut"};
    static const char *const turned[] = {"shut", "other"}, *const ways[] = {"lars", "road"};
    static const char *const open[] = {"other", "shut", "tourist"};
    static const char *const road[] = {"road"}, *const both[] = {"road", "lars"};
    struct ajar_err err = {0};
    uint8_t *at;
    assert_int_equal(made_gates(it, 1, silent, 1, road, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_NO_RULE);
    assert_int_equal(made_gates(it, 2, mixed, 1, road, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_CLOSED);
    assert_int_equal(made_gates(it, 2, turned, 1, road, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_CLOSED);
    assert_int_equal(made_gates(it, 3, open, 1, road, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_OPEN);
    assert_int_equal(at[1], GATE_CLOSED);
    assert_int_equal(made_gates(it, 2, mixed, 2, both, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_OPEN);
    assert_int_equal(made_gates(it, 2, mixed, 2, ways, &at, &it->faults, &err), 0);
    assert_int_equal(at[0], GATE_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tourists_lose_the_eu_by_road_and_residents_do_not),
        cmocka_unit_test(the_road_from_kaliningrad_is_under_the_list_of_2020),
        cmocka_unit_test(who_has_no_visa_passes_where_none_is_asked),
        cmocka_unit_test(nobody_passes_with_a_summons),
        cmocka_unit_test(practice_comes_before_law),
        cmocka_unit_test(single_refusals_leave_a_door_open),
        cmocka_unit_test(spans_cover_the_days),
        cmocka_unit_test(a_rule_that_starts_earlier_shuts_on_that_day),
        cmocka_unit_test(what_became_known_later_counts_for_nothing),
        cmocka_unit_test(a_law_more_shuts_all_who_lack_the_papers),
        cmocka_unit_test(the_paper_itself_opens),
        cmocka_unit_test(a_law_more_is_for_its_classes_doors_and_days),
        cmocka_unit_test(an_edit_with_a_gate_holds_on_its_days),
        cmocka_unit_test(names_that_are_missing_are_told_with_their_rows),
        cmocka_unit_test(a_decision_left_open_names_the_fact),
        cmocka_unit_test(silence_about_one_is_no_way_in_for_all),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
