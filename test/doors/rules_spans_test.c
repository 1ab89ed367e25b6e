/* Versions in time, against a count day by day; moments; the tables against a search row by row; the
 * shipped rule files. */
#include <dirent.h>
#include <stdio.h>

#include "rules_text.h"

#include "file.h"
#include "rng.h"

#define DAYS     24
#define VERSIONS 4
#define SETS     1500

/* A version of a random door; days count from 2022-01-01, known from there too. */
struct made_version {
    int from[2]; /* by road, and by all else; -1: never */
    int to;      /* -1: open */
    int known, replaces;
};

static void made_version(struct rng *rng, int number, struct made_version *out)
{
    *out = (struct made_version){.to = -1, .replaces = -1};
    out->from[0] = out->from[1] = (int)rng_below(rng, DAYS - 6);
    if (rng_below(rng, 5) == 0) {
        out->from[1] = -1;
    }
    if (rng_below(rng, 2) == 0) {
        out->to = out->from[0] + 1 + (int)rng_below(rng, 8);
    }
    out->known = (int)rng_below(rng, 5);
    if (number > 0 && rng_below(rng, 2) == 0) {
        out->replaces = (int)rng_below(rng, (uint32_t)number);
    }
}

static void write_day(struct buf *buf, const char *before, int day)
{
    char shown[DATE_TEXT];
    buf_printf(buf, "%s%s", before, date_format(date_from_civil(2022, 1, 1) + day, shown));
}

static void write_door(struct buf *buf, const struct made_version versions[])
{
    buf_str(buf, "door: made\ntitle: {en: a, ru: b, de: c}\ncountry: FIN\nkind: entry\nact: Act\n"
                 "default: CLOSED\nversions:\n");
    for (int v = 0; v < VERSIONS; v++) {
        const struct made_version *at = &versions[v];
        buf_printf(buf, "- id: v%d\n", v);
        write_day(buf, at->from[1] < 0 ? "  from: {road: " : "  from: ", at->from[0]);
        buf_str(buf, at->from[1] < 0 ? "}\n" : "\n");
        if (at->to >= 0) {
            write_day(buf, "  to: ", at->to);
            buf_str(buf, "\n");
        }
        write_day(buf, "  known: ", at->known);
        if (at->replaces >= 0) {
            buf_printf(buf, "\n  replaces: v%d", at->replaces);
        }
        buf_str(buf, "\n  law: Law\n  mark: K\n  transcription: unread\n");
    }
}

static bool covers(const struct made_version *at, int way, int day)
{
    return at->from[way] >= 0 && at->from[way] <= day && (at->to < 0 || day < at->to);
}

/* Whether version b has taken the place of a by that day: by name, from b's start on. */
static bool cut(const struct made_version versions[], int a, int way, int day, int known)
{
    for (int b = 0; b < VERSIONS; b++) {
        if (versions[b].replaces == a && versions[b].known <= known && versions[b].from[way] >= 0 &&
            versions[b].from[way] <= day) {
            return true;
        }
    }
    return false;
}

/* An end by another's start is an end. */
static bool ends(const struct made_version versions[], int a, int way, int known)
{
    return versions[a].to >= 0 || cut(versions, a, way, DAYS * 10, known);
}

static bool yields(const struct made_version versions[], int a, int b, int way, int known)
{
    const struct made_version *x = &versions[a], *y = &versions[b];
    bool later = y->known != x->known ? y->known > x->known : y->from[way] > x->from[way];
    return later && !ends(versions, a, way, known);
}

/* Whether on some day, as known on some day, two versions hold and neither yields. */
static bool clashes(const struct made_version versions[])
{
    for (int known = 0; known < 5; known++) {
        for (int cell = 0; cell < 2 * 2 * DAYS; cell++) {
            int way = cell % 2, day = cell / 2;
            for (int a = 0; a < VERSIONS; a++) {
                for (int b = 0; b < a; b++) {
                    bool both = versions[a].known <= known && versions[b].known <= known &&
                                covers(&versions[a], way, day) && covers(&versions[b], way, day) &&
                                !cut(versions, a, way, day, known) &&
                                !cut(versions, b, way, day, known);
                    if (both && !yields(versions, a, b, way, known) &&
                        !yields(versions, b, a, way, known)) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

static void finds_overlaps(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint32_t i = 0; i < SETS; i++) {
        struct arena arena;
        struct rules rules;
        struct faults faults;
        struct ajar_err err = {0};
        struct rng rng = rng_at(17, 1, i, 0);
        struct made_version versions[VERSIONS];
        struct buf buf;
        for (int v = 0; v < VERSIONS; v++) {
            made_version(&rng, v, &versions[v]);
        }
        arena_init(&arena, "the test", RULES_CEILING);
        buf_init(&buf, 10000);
        write_door(&buf, versions);
        struct text_set set = text_set_of();
        set.n = 2;
        set.files[1] = (struct rules_file){RULES_DOOR, "made.yaml", buf_view(&buf)};
        int code = text_read(&arena, &set, &rules, &faults, &err);
        bool clash = clashes(versions);
        if ((code != 0) != clash) {
            print_message("%.*s", (int)buf.n, buf.at);
            text_faults_show(&faults);
            fail_msg("set %u", i);
        }
        for (size_t k = 0; k < faults.kept; k++) {
            assert_int_equal(faults.at[k].code, E_DOORS_OVERLAP);
        }
        found += clash;
        buf_free(&buf);
        arena_free(&arena);
    }
    assert_true(found > SETS / 10 && found < SETS - SETS / 10);
}

static void moments(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good, has;
        int offset, minutes;
    } cases[] = {
        {"2022-09-30", true, false, 0, 0},
        {"2022-09-30T00:00", true, false, 0, 0},
        {"2022-09-30T20:05", true, false, 0, 1205},
        {"2022-09-30T00:00+03:00", true, true, 180, 0},
        {"2022-09-30T23:59-03:30", true, true, -210, 1439},
        {"2022-09-30T12:00Z", true, true, 0, 720},
        {"", false, false, 0, 0},
        {"2022-09-31", false, false, 0, 0},
        {"2022-09-30 20:00", false, false, 0, 0},
        {"2022-09-30T", false, false, 0, 0},
        {"2022-09-30T24:00", false, false, 0, 0},
        {"2022-09-30T20:60", false, false, 0, 0},
        {"2022-09-30T20:00:00", false, false, 0, 0},
        {"2022-09-30T20:00+3", false, false, 0, 0},
        {"2022-09-30T20:00+15:00", false, false, 0, 0},
        {"2022-09-30T20:00+02:00 ", false, false, 0, 0},
        {"2022-09-30+02:00", false, false, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        moment out = -5;
        bool has = true;
        int offset = -5;
        bool good = moment_parse(text_of(cases[i].text), &out, &has, &offset);
        if (good != cases[i].good) {
            fail_msg("%s", cases[i].text);
        }
        moment expect = moment_of_day(date_from_civil(2022, 9, 30)) + cases[i].minutes;
        assert_int_equal(out, good ? expect : -5);
        assert_int_equal(offset, good ? cases[i].offset : -5);
        assert_int_equal(has, good ? cases[i].has : true);
    }
}

static void moments_come_back(void **state)
{
    (void)state;
    struct rng rng = rng_at(17, 2, 0, 0);
    char shown[MOMENT_TEXT];
    for (int i = 0; i < 20000; i++) {
        moment at = (moment)rng_below(&rng, 2 * 80000 * MOMENT_DAY) - 80000 * MOMENT_DAY, back;
        bool has;
        int offset;
        at = i % 4 == 0 ? moment_of_day(moment_day(at)) : at;
        assert_true(moment_parse(text_of(moment_format(at, shown)), &back, &has, &offset));
        assert_int_equal(back, at);
        moment into = at - moment_of_day(moment_day(at));
        assert_true(into >= 0 && into < MOMENT_DAY);
        assert_int_equal(strlen(shown), into == 0 ? 10 : 16);
    }
    assert_string_equal(moment_format(MOMENT_NEVER, shown), "");
    assert_string_equal(moment_format(MOMENT_NONE, shown), "");
}

/* Random rows that do not overlap, looked up on every day. */
static void looks_up_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct rules rules;
    struct faults faults;
    struct ajar_err err = {0};
    struct rng rng = rng_at(17, 3, 0, 0);
    struct buf lists, params;
    enum { ITEMS = 30 };
    static bool on[ITEMS][DAYS + 10];
    static int value[ITEMS][DAYS + 10];
    buf_init(&lists, 100000);
    buf_init(&params, 100000);
    buf_str(&lists, "list,item,from,to,cite,source_id\n");
    buf_str(&params, "param,key,value,unit,from,to,cite,source_id\n");
    for (int item = 0; item < ITEMS; item++) {
        for (int day = (int)rng_below(&rng, 4); day < DAYS; day += 1 + (int)rng_below(&rng, 3)) {
            int to = day + 1 + (int)rng_below(&rng, 6);
            bool last = rng_below(&rng, 8) == 0;
            for (int k = day; k < (last ? DAYS + 10 : to) && k < DAYS + 10; k++) {
                on[item][k] = true;
                value[item][k] = day;
            }
            for (int table = 0; table < 2; table++) {
                struct buf *buf = table == 0 ? &lists : &params;
                buf_printf(buf, "%c%d,%c%d,", "lp"[table], item % 3, "Ik"[table], item);
                if (table == 1) {
                    buf_printf(buf, "%d,years,", day);
                }
                write_day(buf, "", day);
                write_day(buf, ",", to);
                if (last) {
                    buf->n -= 10;
                }
                buf_str(buf, ",cite,\n");
            }
            day = last ? DAYS : to;
        }
    }
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    set.n = 3;
    set.files[1].bytes = buf_view(&lists);
    set.files[2].bytes = buf_view(&params);
    if (text_read(&arena, &set, &rules, &faults, &err) != 0) {
        text_faults_show(&faults);
        fail();
    }
    for (int item = 0; item < ITEMS; item++) {
        char words[4][16];
        name_id ids[4];
        for (int k = 0; k < 4; k++) {
            snprintf(words[k], sizeof *words, "%c%d", "lIpk"[k], k % 2 == 0 ? item % 3 : item);
            ids[k] = names_find(rules.names, text_of(words[k]));
        }
        for (int day = 0; day < DAYS + 10; day++) {
            date_days at = date_from_civil(2022, 1, 1) + day;
            assert_int_equal(rules_listed(&rules, ids[0], ids[1], at), on[item][day]);
            const struct param_row *row = rules_param(&rules, ids[2], ids[3], at);
            assert_int_equal(row != NULL, on[item][day]);
            assert_true(row == NULL || row->value == value[item][day]);
        }
    }
    buf_free(&lists);
    buf_free(&params);
    arena_free(&arena);
}

/* The shipped folder. */
#define SHIPPED "scenarios/exodus2022/doors"
#define FILES   500

struct shipped {
    struct arena arena;
    size_t n;
    struct rules_file files[FILES];
    struct file_view views[FILES];
};

static void shipped_file(struct shipped *it, const char *path, const char *name)
{
    static const struct {
        const char *start, *end;
        enum rules_file_kind kind;
    } kinds[] = {{"facts", ".yaml", RULES_FACTS},
                 {"lists", ".csv", RULES_LISTS},
                 {"params", ".csv", RULES_PARAMS},
                 {"", ".yaml", RULES_DOOR}};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t end = strlen(kinds[i].end);
        if (n > end && strcmp(name + n - end, kinds[i].end) == 0 &&
            strncmp(name, kinds[i].start, strlen(kinds[i].start)) == 0) {
            struct rules_file *to = &it->files[it->n];
            assert_true(it->n < FILES);
            assert_int_equal(text_copy(&it->arena, text_of(path), &to->name, NULL), 0);
            assert_int_equal(file_open(&it->views[it->n], path, RULES_FILE_CEILING, NULL), 0);
            to->kind = kinds[i].kind;
            to->bytes = it->views[it->n++].bytes;
            return;
        }
    }
}

static void shipped_folder(struct shipped *it, const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "profiles.yaml") == 0) {
            continue; /* people, not law */
        }
        if (entry->d_type == DT_DIR) {
            shipped_folder(it, path);
        } else {
            shipped_file(it, path, entry->d_name);
        }
    }
    closedir(dir);
}

/* Whether a line of sources.csv begins with the id. */
static bool shipped_source(void *arg, struct text id)
{
    struct text rest = ((const struct file_view *)arg)->bytes;
    while (rest.n > 0) {
        struct text line = text_split(rest, '\n', &rest), cells;
        if (text_eq(text_split(line, ',', &cells), id)) {
            return true;
        }
    }
    return false;
}

static void reads_what_is_shipped(void **state)
{
    (void)state;
    static struct shipped it;
    struct file_view sources;
    assert_int_equal(file_open(&sources, "scenarios/exodus2022/sources.csv", 1 << 24, NULL), 0);
    struct rules rules;
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(&it.arena, "the test", RULES_CEILING);
    shipped_folder(&it, SHIPPED);
    assert_int_equal(faults_init(&faults, &it.arena, 100, NULL), 0);
    int code =
        rules_read(&it.arena, it.n, it.files, shipped_source, &sources, &rules, &faults, &err);
    text_faults_show(&faults);
    assert_int_equal(code, 0);
    assert_true(rules.n_facts > 40 && rules.n_doors > 10);
    for (size_t i = 0; i < it.n; i++) {
        file_close(&it.views[i]);
    }
    file_close(&sources);
    arena_free(&it.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_overlaps),        cmocka_unit_test(moments),
        cmocka_unit_test(moments_come_back),     cmocka_unit_test(looks_up_rows),
        cmocka_unit_test(reads_what_is_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
