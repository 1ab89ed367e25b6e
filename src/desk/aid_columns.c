#include "aid_columns.h"

#include <string.h>

enum { AID_NAME = 40 }; /* bytes of the longest column name, and more */

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct aid_column aid_columns[AID_COLUMNS] = {
    [AID_COLUMN_STOCK] = {"stock_persons", AID_FIGURE_STOCK, E_AID_STOCK, false, "persons",
                          "Fill in how many people are present."},
    [AID_COLUMN_NEED] = {"need", AID_FIGURE_NEED, E_AID_NEED, false, NULL, "Fill in one of them."},
    [AID_COLUMN_COST] = {"unit_cost", AID_FIGURE_UNIT_COST, E_AID_NEED, false, NULL,
                         "Fill in one of them."},
    [AID_COLUMN_FUNDED] = {"funded", AID_FIGURE_FUNDED, E_AID_FUNDED, true, NULL,
                           "Write 0 when nothing is funded yet."},
    [AID_COLUMN_CAP] = {"cap", AID_FIGURE_CAP, E_AID_CAP, false, NULL,
                        "Fill in the most that the host can put to use; its need when nothing else "
                        "limits it."},
    [AID_COLUMN_SEVERITY] = {"severity", AID_FIGURE_SEVERITY, E_AID_SEVERITY, false, "ratio",
                             "Fill it in, or give population and gdp_per_capita for all hosts and "
                             "no column severity."},
    [AID_COLUMN_FLOOR] = {"floor", AID_FIGURE_FLOOR, E_AID_FLOOR, true, NULL, NULL},
    [AID_COLUMN_CEILING] = {"ceiling", AID_FIGURE_CEILING, E_AID_CEILING, false, NULL, NULL},
    [AID_COLUMN_POPULATION] = {"population", AID_FIGURE_POPULATION, E_NUMBER_RANGE, false,
                               "persons", "Fill it in, or give severity."},
    [AID_COLUMN_GDP] = {"gdp_per_capita", AID_FIGURE_GDP, E_NUMBER_RANGE, false, "USD",
                        "Fill it in, or give severity."},
};
static const char *const aid_words[AID_WORDS] = {"host", "name", "unit", "note"};

/* What desks call these columns; for suggestions. */
static const struct {
    const char *word, *column;
} aid_synonyms[] = {
    {"country", "host"},
    {"country_iso3", "host"},
    {"iso3", "host"},
    {"code", "host"},
    {"stock", "stock_persons"},
    {"persons", "stock_persons"},
    {"people", "stock_persons"},
    {"needs", "need"},
    {"requirement", "need"},
    {"requirements", "need"},
    {"funding", "funded"},
    {"received", "funded"},
    {"has", "funded"},
    {"absorption_cap", "cap"},
    {"gdp_per_head", "gdp_per_capita"},
    {"cost_per_person", "unit_cost"},
    {"minimum", "floor"},
    {"maximum", "ceiling"},
    {"currency", "unit"},
};

/* A search through one header. */
struct aid_head {
    const struct csv *csv;
    struct faults *faults;
    struct aid_columns *found;
};

const struct aid_column *aid_column(int column)
{
    return &aid_columns[column];
}

/* A header word as it is compared; "" when it is too long for any. */
static struct text aid_head_word(const struct aid_head *head, size_t at, char to[AID_NAME])
{
    struct text word = text_trim(head->csv->header[at]);
    if (word.n >= AID_NAME) {
        word.n = 0;
    }
    for (size_t i = 0; i < word.n; i++) {
        char c = word.at[i];
        to[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == ' ' || c == '-' ? '_' : c;
    }
    return (struct text){to, word.n};
}

static int aid_head_find(const struct aid_head *head, const char *name)
{
    char room[AID_NAME];
    for (size_t h = 0; h < head->csv->n_columns; h++) {
        if (text_is(aid_head_word(head, h, room), name)) {
            return (int)h;
        }
    }
    return -1;
}

static bool aid_known(struct text word)
{
    for (int c = 0; c < AID_COLUMNS; c++) {
        if (text_is(word, aid_columns[c].name)) {
            return true;
        }
    }
    for (int w = 0; w < AID_WORDS; w++) {
        if (text_is(word, aid_words[w])) {
            return true;
        }
    }
    return false;
}

static bool aid_synonym(struct text word, const char *column)
{
    for (size_t i = 0; i < COUNT_OF(aid_synonyms); i++) {
        if (text_is(word, aid_synonyms[i].word) && strcmp(aid_synonyms[i].column, column) == 0) {
            return true;
        }
    }
    return false;
}

/* For printf's "%.*s". */
static int aid_shown(struct text word)
{
    return (int)text_fit(word, 60);
}

/* A required column that is not there; the suggestion is an unknown one that looks like it. */
static void aid_head_missing(const struct aid_head *head, const char *name, const char * or)
{
    char room[AID_NAME];
    struct ajar_err *fault = faults_add(head->faults);
    err_at(fault, E_AID_COLUMN, head->csv->file, 1, name, TEXT_LIT(""),
           "The column %s%s is missing.", name, or);
    for (size_t h = 0; h < head->csv->n_columns; h++) {
        struct text header = text_trim(head->csv->header[h]), word = aid_head_word(head, h, room);
        if (!aid_known(word) && (aid_synonym(word, name) || text_nearest(word, &name, 1) != NULL)) {
            err_hint(fault, "Is '%.*s' meant?", aid_shown(header), header.at);
        }
    }
}

static bool aid_required(int column)
{
    return column == AID_COLUMN_STOCK || column == AID_COLUMN_FUNDED || column == AID_COLUMN_CAP;
}

static bool aid_head_no_need(const struct aid_columns *found)
{
    return found->number[AID_COLUMN_NEED] < 0 && found->number[AID_COLUMN_COST] < 0;
}

static bool aid_head_no_severity(const struct aid_columns *found)
{
    return found->number[AID_COLUMN_SEVERITY] < 0 &&
           (found->number[AID_COLUMN_POPULATION] < 0 || found->number[AID_COLUMN_GDP] < 0);
}

/* Whether an absent column is told as a missing one. */
static bool aid_head_told(const struct aid_columns *found, int column)
{
    return aid_required(column) || (column == AID_COLUMN_NEED && aid_head_no_need(found)) ||
           (column == AID_COLUMN_SEVERITY && aid_head_no_severity(found));
}

/* An optional column whose name was mistyped would be left out without a word. */
static void aid_head_typos(const struct aid_head *head)
{
    const char *absent[AID_COLUMNS + AID_WORDS];
    size_t n = 0;
    for (int c = 0; c < AID_COLUMNS; c++) {
        if (head->found->number[c] < 0 && !aid_head_told(head->found, c)) {
            absent[n++] = aid_columns[c].name;
        }
    }
    for (int w = AID_WORD_NAME; w < AID_WORDS; w++) {
        if (head->found->word[w] < 0) {
            absent[n++] = aid_words[w];
        }
    }
    for (size_t h = 0; h < head->csv->n_columns; h++) {
        char room[AID_NAME];
        struct text header = text_trim(head->csv->header[h]), word = aid_head_word(head, h, room);
        const char *near = aid_known(word) ? NULL : text_nearest(word, absent, n);
        if (near != NULL) {
            struct ajar_err *fault = faults_add(head->faults);
            err_at(fault, E_AID_COLUMN, head->csv->file, 1, near, header,
                   "The column '%.*s' has no meaning here.", aid_shown(header), header.at);
            err_hint(fault, "Write %s if that is meant, else choose another name.", near);
        }
    }
}

/* The second of two columns with one known name would be left out without a word. */
static void aid_head_twice(const struct aid_head *head)
{
    for (size_t h = 0; h < head->csv->n_columns; h++) {
        char room[AID_NAME], name[AID_NAME];
        struct text header = head->csv->header[h], word = aid_head_word(head, h, room);
        if (!aid_known(word)) {
            continue;
        }
        memcpy(name, word.at, word.n);
        name[word.n] = '\0';
        if ((size_t)aid_head_find(head, name) != h) {
            struct ajar_err *fault = faults_add(head->faults);
            err_at(fault, E_AID_COLUMN, head->csv->file, 1, NULL, header,
                   "The column '%s' stands in the file twice.", name);
            err_hint(fault, "Remove or rename one of the two.");
        }
    }
}

/* One fault for a first line that is no header of ours, instead of one a column. */
static bool aid_head_foreign(const struct aid_head *head)
{
    char room[AID_NAME];
    for (size_t h = 0; h < head->csv->n_columns; h++) {
        struct text word = aid_head_word(head, h, room);
        bool like = aid_known(word);
        for (size_t i = 0; i < COUNT_OF(aid_synonyms) && !like; i++) {
            like = text_is(word, aid_synonyms[i].word);
        }
        if (like) {
            return false;
        }
    }
    struct ajar_err *fault = faults_add(head->faults);
    err_at(fault, E_AID_COLUMN, head->csv->file, 1, NULL, head->csv->header[0],
           "The first line names none of the columns of a split.");
    if (text_starts(head->csv->header[0], "sep=")) {
        err_hint(fault, "Remove this line: it is an instruction to a spreadsheet program.");
    } else {
        err_hint(fault, "Let the file begin with the names of its columns, separated by commas, "
                        "semicolons or tabs: host, stock_persons, need (or unit_cost), funded, "
                        "cap, and severity (or population and gdp_per_capita).");
    }
    return true;
}

static void aid_head_required(const struct aid_head *head)
{
    const struct aid_columns *found = head->found;
    if (found->word[AID_WORD_HOST] < 0) {
        aid_head_missing(head, "host", "");
    }
    for (int c = 0; c < AID_COLUMNS; c++) {
        if (aid_required(c) && found->number[c] < 0) {
            aid_head_missing(head, aid_columns[c].name, "");
        }
    }
    if (aid_head_no_need(found)) {
        aid_head_missing(head, "need", " (or unit_cost)");
    }
    if (aid_head_no_severity(found)) {
        aid_head_missing(head, "severity", " (or population and gdp_per_capita)");
    }
}

void aid_columns_find(const struct csv *csv, struct faults *faults, struct aid_columns *out)
{
    struct aid_head head = {csv, faults, out};
    for (int c = 0; c < AID_COLUMNS; c++) {
        out->number[c] = aid_head_find(&head, aid_columns[c].name);
    }
    for (int w = 0; w < AID_WORDS; w++) {
        out->word[w] = aid_head_find(&head, aid_words[w]);
    }
    if (aid_head_foreign(&head)) {
        return;
    }
    aid_head_required(&head);
    aid_head_typos(&head);
    aid_head_twice(&head);
}
