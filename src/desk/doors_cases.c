#include "doors_cases.h"

#include <string.h>

#include "csv.h"
#include "doors_case_facts.h"
#include "doors_case_sets.h"

#define CASE_WORDS_MAX        256   /* facts of one row, those it takes over counted */
#define CASE_ALTERNATIVES_MAX 10000 /* cases of one row */

enum case_column {
    CASE_NAME,
    CASE_ON,
    CASE_AS_KNOWN,
    CASE_DOOR,
    CASE_LIKE,
    CASE_FACTS,
    CASE_UNSTATED,
    CASE_EXPECT,
    CASE_OPENS,
    CASE_RULES,
    CASE_FLAGS,
    CASE_UNTIL,
    CASE_ORIGIN,
    CASE_CHANGED,
    CASE_COLUMNS
};
static const char *const case_columns[CASE_COLUMNS] = {
    "case",   "on",         "as_known", "door",  "like",  "facts",  "unstated",
    "expect", "opens_with", "rules",    "flags", "until", "origin", "changed",
};

/* "kin=SPOUSE|CHILD". */
struct case_word {
    struct text key, values;
};

struct case_row {
    struct text name;
    size_t n;
    struct case_word *words;
};

struct case_reading {
    struct arena *arena;
    const struct rules *rules;
    struct faults *faults;
    const char *file;
    long line;
    struct text cells[CASE_COLUMNS];
    size_t n_rows, rows_cap;
    struct case_row *rows; /* read so far, for `like` */
    size_t n, cap;
    struct doors_case *cases;
};

static struct ajar_err *case_fault(struct case_reading *reading, enum case_column column,
                                   struct text value, const char *what)
{
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, E_DOORS_TEST_FORM, reading->file, reading->line, case_columns[column], value,
           "%s", what);
    return fault;
}

static const struct case_row *case_find(const struct case_reading *reading, struct text name)
{
    for (size_t i = 0; i < reading->n_rows; i++) {
        if (text_eq(reading->rows[i].name, name)) {
            return &reading->rows[i];
        }
    }
    return NULL;
}

static bool case_put_word(struct case_row *row, struct case_word word)
{
    for (size_t i = 0; i < row->n; i++) {
        if (text_eq(row->words[i].key, word.key)) {
            row->words[i] = word;
            return true;
        }
    }
    if (row->n == CASE_WORDS_MAX) {
        return false;
    }
    row->words[row->n++] = word;
    return true;
}

/* The facts of the row: those of the case that it is like, then its own. */
static int case_words(struct case_reading *reading, struct case_row *row, bool *sound,
                      struct ajar_err *err)
{
    struct text like = reading->cells[CASE_LIKE], rest = reading->cells[CASE_FACTS];
    const struct case_row *base = like.n > 0 ? case_find(reading, like) : NULL;
    TRY_NEW(row->words, reading->arena, CASE_WORDS_MAX, err);
    if (like.n > 0 && base == NULL) {
        err_hint(case_fault(reading, CASE_LIKE, like, "no earlier row has this name"),
                 "Name a case that stands above, without what follows a /.");
        *sound = false;
    }
    for (size_t i = 0; base != NULL && i < base->n; i++) {
        case_put_word(row, base->words[i]);
    }
    while (rest.n > 0) {
        struct text values, word = text_split(rest, ' ', &rest);
        if (word.n == 0) {
            continue;
        }
        const char *equals = memchr(word.at, '=', word.n);
        if (equals == NULL || equals == word.at) {
            err_hint(case_fault(reading, CASE_FACTS, word, "this is no fact"),
                     "Write fact=value, separated by blanks.");
            *sound = false;
            continue;
        }
        struct text key = {word.at, (size_t)(equals - word.at)};
        values = (struct text){equals + 1, word.n - key.n - 1};
        if (!case_put_word(row, (struct case_word){key, values})) {
            case_fault(reading, CASE_FACTS, key, "the row has too many facts");
            *sound = false;
        }
    }
    return 0;
}

static size_t case_alternatives(struct text values)
{
    size_t n = 1;
    for (size_t i = 0; i < values.n; i++) {
        n += values.at[i] == '|';
    }
    return n;
}

static struct text case_alternative(struct text values, size_t which)
{
    struct text rest = values, value = text_split(rest, '|', &rest);
    while (which-- > 0) {
        value = text_split(rest, '|', &rest);
    }
    return value;
}

/* The name with the values chosen of those facts that have several. */
static int case_name(struct case_reading *reading, const struct case_row *row, const size_t *chosen,
                     struct text *out, struct ajar_err *err)
{
    struct buf buf;
    const char *copy = NULL;
    buf_init(&buf, (size_t)1 << 16);
    buf_text(&buf, row->name);
    for (size_t i = 0; i < row->n; i++) {
        if (case_alternatives(row->words[i].values) > 1) {
            buf_char(&buf, '/');
            buf_text(&buf, case_alternative(row->words[i].values, chosen[i]));
        }
    }
    int code = buf_ok(&buf, err);
    size_t n = buf.n;
    code = code != 0 ? code : text_copy(reading->arena, buf_view(&buf), &copy, err);
    buf_free(&buf);
    if (code == 0) {
        *out = (struct text){copy, n};
    }
    return code;
}

static int case_make(struct case_reading *reading, const struct case_row *row,
                     const struct doors_case *frame, const size_t *chosen, bool no,
                     struct ajar_err *err)
{
    struct doors_case made = *frame;
    struct case_facts facts;
    TRY(case_facts_open(&facts, reading->arena, reading->rules, reading->file, reading->line, no,
                        err));
    TRY(case_name(reading, row, chosen, &made.name, err));
    for (size_t i = 0; i < row->n; i++) {
        TRY(case_facts_put(&facts, row->words[i].key,
                           case_alternative(row->words[i].values, chosen[i]), err));
    }
    made.person = facts.person;
    reading->cases[reading->n++] = made;
    return 0;
}

/* Room for `more` cases. */
static int case_room(struct case_reading *reading, size_t more, struct ajar_err *err)
{
    struct doors_case *cases;
    size_t cap = reading->cap == 0 ? 256 : reading->cap;
    if (reading->n + more > DOORS_CASES_MAX) {
        return err_at(err, E_CEILING, reading->file, reading->line, NULL, (struct text){"", 0},
                      "the tests have more than %zu cases", DOORS_CASES_MAX);
    }
    while (cap < reading->n + more) {
        cap *= 2;
    }
    if (cap > reading->cap) {
        TRY_NEW(cases, reading->arena, cap, err);
        if (reading->n > 0) {
            memcpy(cases, reading->cases, reading->n * sizeof *cases);
        }
        reading->cases = cases;
        reading->cap = cap;
    }
    return 0;
}

/* One case for each choice among the alternatives; the last fact turns fastest. */
static int case_expand(struct case_reading *reading, const struct case_row *row,
                       const struct doors_case *frame, bool no, bool *sound, struct ajar_err *err)
{
    size_t chosen[CASE_WORDS_MAX] = {0}, n = 1;
    for (size_t i = 0; i < row->n; i++) {
        n *= case_alternatives(row->words[i].values);
        if (n > CASE_ALTERNATIVES_MAX) {
            case_fault(reading, CASE_FACTS, row->words[i].key,
                       "the row has more than 10,000 combinations of alternatives");
            *sound = false;
            return 0;
        }
    }
    TRY(case_room(reading, n, err));
    for (size_t made = 0; made < n && *sound; made++) {
        struct ajar_err problem = {0};
        TRY(doors_absorb(reading->faults, case_make(reading, row, frame, chosen, no, &problem),
                         &problem, sound, err));
        for (size_t i = row->n; i-- > 0;) {
            if (++chosen[i] < case_alternatives(row->words[i].values)) {
                break;
            }
            chosen[i] = 0;
        }
    }
    return 0;
}

static bool case_moment(struct case_reading *reading, enum case_column column,
                        const struct door *door, moment *out)
{
    bool has_offset;
    int offset;
    if (!moment_parse(reading->cells[column], out, &has_offset, &offset)) {
        err_hint(case_fault(reading, column, reading->cells[column], "this is no date"),
                 "Write it like 2022-09-30, or 2023-12-15T20:00 at the door's clock.");
        return false;
    }
    if (has_offset && door != NULL && door->has_offset) {
        *out += door->offset_minutes - offset;
    }
    return true;
}

static bool case_status(struct case_reading *reading, enum status *out)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (text_is(reading->cells[CASE_EXPECT], status_words[i])) {
            *out = (enum status)i;
            return true;
        }
    }
    err_hint(case_fault(reading, CASE_EXPECT, reading->cells[CASE_EXPECT], "this is no status"),
             "Write OPEN, DISCRETION, NEEDS_FACTS, CLOSED_ACTIONABLE, CLOSED, BARRED, "
             "NOT_APPLICABLE, NO_RULE or CONFLICT.");
    return false;
}

static bool case_has_rule(const struct door *door, struct text id)
{
    for (size_t v = 0; v < door->n_versions; v++) {
        const struct version *version = &door->versions[v];
        for (size_t r = 0; r < version->n_rules + version->n_superior; r++) {
            const struct rule *rule = r < version->n_rules
                                          ? &version->rules[r]
                                          : &version->superior[r - version->n_rules];
            if (text_eq(rule->id, id)) {
                return true;
            }
        }
    }
    return false;
}

/* A rule that is misspelt never fires: "!" in front of it would hold for nothing. */
static bool case_rules(struct case_reading *reading, const struct door *door)
{
    struct text rest = reading->cells[CASE_RULES];
    bool sound = true;
    while (rest.n > 0) {
        struct text word = text_trim(text_split(rest, ';', &rest)), id = word;
        if (id.n > 0 && id.at[0] == '!') {
            id = (struct text){id.at + 1, id.n - 1};
        }
        if (!case_has_rule(door, id)) {
            err_hint(case_fault(reading, CASE_RULES, word, "the door has no rule of this id"),
                     "Write ids of the door's rules, like g1;!g2.");
            sound = false;
        }
    }
    return sound;
}

/* What all alternatives of the row share. */
static bool case_frame(struct case_reading *reading, struct doors_case *frame, bool *no)
{
    const struct text *cells = reading->cells;
    bool sound = true;
    *frame = (struct doors_case){.at = {reading->file, reading->line},
                                 .opens_with = cells[CASE_OPENS],
                                 .rules = cells[CASE_RULES],
                                 .flags = cells[CASE_FLAGS],
                                 .origin = cells[CASE_ORIGIN],
                                 .changed = cells[CASE_CHANGED]};
    frame->door = rules_door(reading->rules, cells[CASE_DOOR]);
    if (frame->door == RULES_NONE) {
        err_hint(case_fault(reading, CASE_DOOR, cells[CASE_DOOR], "no door has this id"),
                 "Correct the id; `ajar doors list` shows them.");
        return false;
    }
    const struct door *door = &reading->rules->doors[frame->door];
    if (cells[CASE_NAME].n == 0 || case_find(reading, cells[CASE_NAME]) != NULL) {
        err_hint(case_fault(reading, CASE_NAME, cells[CASE_NAME], "a case has a name of its own"),
                 "Give the row another name.");
        sound = false;
    }
    sound = case_moment(reading, CASE_ON, door, &frame->on) && sound;
    frame->as_known = sound ? moment_day(frame->on) : DATE_NONE;
    if (cells[CASE_AS_KNOWN].n > 0 && !date_parse(cells[CASE_AS_KNOWN], &frame->as_known)) {
        err_hint(case_fault(reading, CASE_AS_KNOWN, cells[CASE_AS_KNOWN], "this is no date"),
                 "Write it like 2022-09-30, or leave it empty for the day itself.");
        sound = false;
    }
    frame->has_until = cells[CASE_UNTIL].n > 0;
    sound = (!frame->has_until || case_moment(reading, CASE_UNTIL, door, &frame->until)) && sound;
    sound = case_status(reading, &frame->expect) && sound;
    sound = case_rules(reading, door) && sound;
    *no = text_is(cells[CASE_UNSTATED], "no");
    if (!*no && !text_is(cells[CASE_UNSTATED], "unknown")) {
        err_hint(case_fault(reading, CASE_UNSTATED, cells[CASE_UNSTATED],
                            "what is not stated is no or unknown"),
                 "Write no or unknown.");
        sound = false;
    }
    if (cells[CASE_ORIGIN].n == 0) {
        err_hint(case_fault(reading, CASE_ORIGIN, cells[CASE_ORIGIN],
                            "a case says which clause it reads"),
                 "Quote the words of the act.");
        sound = false;
    }
    return sound;
}

static int case_add_row(struct case_reading *reading, const struct case_row *row,
                        struct ajar_err *err)
{
    if (reading->n_rows == reading->rows_cap) {
        size_t cap = reading->rows_cap == 0 ? 256 : 2 * reading->rows_cap;
        struct case_row *rows;
        TRY_NEW(rows, reading->arena, cap, err);
        if (reading->n_rows > 0) {
            memcpy(rows, reading->rows, reading->n_rows * sizeof *rows);
        }
        reading->rows = rows;
        reading->rows_cap = cap;
    }
    reading->rows[reading->n_rows++] = *row;
    return 0;
}

static int case_row(struct case_reading *reading, struct ajar_err *err)
{
    struct case_row row = {.name = reading->cells[CASE_NAME]};
    struct doors_case frame;
    bool no = false, sound = case_frame(reading, &frame, &no);
    TRY(doors_case_sets_check(reading->arena, reading->rules,
                              (struct doors_case_cell){reading->file, reading->line,
                                                       case_columns[CASE_OPENS],
                                                       reading->cells[CASE_OPENS]},
                              reading->faults, &sound, err));
    TRY(case_words(reading, &row, &sound, err));
    if (sound) {
        TRY(case_expand(reading, &row, &frame, no, &sound, err));
    }
    return case_add_row(reading, &row, err);
}

static int case_head(struct case_reading *reading, const struct csv *csv, int *at)
{
    for (int i = 0; i < CASE_COLUMNS; i++) {
        at[i] = csv_column(csv, case_columns[i]);
        if (at[i] < 0) {
            reading->line = 1;
            err_hint(case_fault(reading, (enum case_column)i, (struct text){"", 0},
                                "the column is missing"),
                     "See the columns of tests.csv in docs/rules.md.");
            return E_DOORS_TEST_FORM;
        }
    }
    return 0;
}

static int case_file(struct case_reading *reading, const struct doors_bytes *file,
                     struct ajar_err *err)
{
    struct csv csv;
    int at[CASE_COLUMNS];
    bool more = true, sound = true;
    struct ajar_err problem = {0};
    reading->file = file->name;
    int code =
        csv_open(&csv, reading->arena, file->name, file->bytes, 0, &CSV_LIMITS_DEFAULT, &problem);
    TRY(doors_absorb(reading->faults, code, &problem, &sound, err));
    if (!sound || case_head(reading, &csv, at) != 0) {
        return 0;
    }
    for (;;) {
        code = csv_next(&csv, &more, &problem);
        TRY(doors_absorb(reading->faults, code, &problem, &sound, err));
        if (code == E_CSV_SHORT || code == E_CSV_LONG) {
            continue;
        }
        if (code != 0 || !more) {
            return 0;
        }
        reading->line = csv.row;
        for (int i = 0; i < CASE_COLUMNS; i++) {
            const char *copy;
            TRY(text_copy(reading->arena, text_trim(csv.cells[at[i]]), &copy, err));
            reading->cells[i] = text_of(copy);
        }
        TRY(case_row(reading, err));
    }
}

int doors_cases_read(struct arena *arena, const struct doors_folder *folder,
                     struct doors_cases *out, struct faults *faults, struct ajar_err *err)
{
    struct case_reading reading = {.arena = arena, .rules = &folder->rules, .faults = faults};
    uint64_t before = faults->total;
    for (size_t i = 0; i < folder->n_tests; i++) {
        TRY(case_file(&reading, &folder->tests[i], err));
    }
    if (faults->total > before) {
        faults_sort(faults);
        return err_set(err, E_DOORS_FAULTS, "%s: the tests have faults", folder->dir);
    }
    *out = (struct doors_cases){.n = reading.n, .n_rows = reading.n_rows, .cases = reading.cases};
    return 0;
}
