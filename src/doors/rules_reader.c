#include "rules_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "country.h"

static const char *const reader_forms[] = {
    [YAML_SCALAR] = "a single value belongs here",
    [YAML_LIST] = "a list belongs here",
    [YAML_MAP] = "a map of keys and values belongs here",
};

struct spot spot_key(const struct spot *spot, const struct yaml_node *node, const char *key)
{
    struct spot out = {.node = node};
    snprintf(out.path, sizeof out.path, "%.*s%s%.*s", READER_PATH - READER_KEY - 2, spot->path,
             spot->path[0] != '\0' ? "." : "", READER_KEY, key);
    return out;
}

struct spot spot_item(const struct spot *spot, const struct yaml_node *node, const char *key,
                      size_t index)
{
    char item[40];
    snprintf(item, sizeof item, "%.16s[%zu]", key, index);
    return spot_key(spot, node, item);
}

struct spot spot_id(const struct spot *spot, const struct yaml_node *node, const char *key,
                    struct text id)
{
    char item[60];
    snprintf(item, sizeof item, "%.16s[%.*s]", key, id.n < 40 ? (int)id.n : 40, id.at);
    return spot_key(spot, node, item);
}

struct rules_at reader_at(const struct reader *reader, const struct yaml_node *node)
{
    return (struct rules_at){reader->file, node->row, node->at};
}

struct ajar_err *reader_fault(struct reader *reader, enum err_code code, const struct spot *spot,
                              const char *format, ...)
{
    struct ajar_err *fault = faults_add(reader->faults);
    char sentence[sizeof fault->text];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    err_at(fault, code, reader->file, spot->node->row, spot->path, spot->node->text, "%s",
           sentence);
    fault->at = spot->node->at;
    return fault;
}

void reader_no_such(struct reader *reader, enum err_code code, const struct spot *spot,
                    const char *what, const char *const candidates[], size_t n)
{
    struct ajar_err *fault = reader_fault(reader, code, spot, "%s", what);
    const char *nearest = fault == &reader->faults->spill
                              ? NULL /* only counted */
                              : text_nearest(spot->node->text, candidates, n);
    if (nearest != NULL) {
        err_hint(fault, "Did you mean %s?", nearest);
    }
}

int reader_absorb(struct reader *reader, int code, const struct ajar_err *problem)
{
    if (code == E_MEMORY || code == E_CEILING || code == E_INTERNAL) {
        if (reader->err != NULL) {
            *reader->err = *problem;
        }
        return code;
    }
    if (code != 0) {
        *faults_add(reader->faults) = *problem;
    }
    return 0;
}

bool reader_map(struct reader *reader, const struct spot *spot, const char *const keys[], size_t n)
{
    if (spot->node->kind != YAML_MAP) {
        reader_fault(reader, E_YAML_KIND, spot, "%s", reader_forms[YAML_MAP]);
        return false;
    }
    for (size_t i = 0; i < spot->node->n; i++) {
        struct yaml_node pair = *spot->node;
        struct ajar_err problem = {0};
        pair.n = 1;
        pair.keys = &spot->node->keys[i];
        pair.items = &spot->node->items[i];
        if (yaml_only(&pair, reader->file, spot->path, keys, n, &problem) != 0) {
            *faults_add(reader->faults) = problem;
        }
    }
    return true;
}

const struct yaml_node *reader_get(struct reader *reader, const struct spot *spot, const char *key,
                                   enum yaml_kind kind, bool need)
{
    const struct yaml_node *node = yaml_get(spot->node, key);
    struct spot at = spot_key(spot, node != NULL ? node : spot->node, key);
    if (node == NULL) {
        if (need) {
            struct yaml_node bare = *spot->node;
            bare.text = (struct text){"", 0};
            at.node = &bare;
            reader_fault(reader, E_DOORS_KEY_MISSING, &at, "the key '%s' is missing", key);
        }
        return NULL;
    }
    bool empty = kind == YAML_SCALAR ? text_trim(node->text).n == 0 : false;
    if (node->kind != kind || empty) {
        reader_fault(reader, node->kind != kind ? E_YAML_KIND : E_DOORS_FORM, &at, "%s",
                     reader_forms[kind]);
        return NULL;
    }
    return node;
}

struct text reader_text(struct reader *reader, const struct spot *spot, const char *key, bool need)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_SCALAR, need);
    if (node == NULL) {
        return (struct text){"", 0};
    }
    if (node->text.n > CITE_MAX) {
        struct spot at = spot_key(spot, node, key);
        reader_fault(reader, E_DOORS_FORM, &at, "a text has at most %d bytes", CITE_MAX);
    }
    return node->text;
}

bool reader_yes(struct reader *reader, const struct spot *spot, const char *key, bool otherwise)
{
    static const char *const words[] = {"no", "yes"};
    return reader_word(reader, spot, key, words, 2, false, otherwise) != 0;
}

date_days reader_date(struct reader *reader, const struct spot *spot, const char *key, bool need)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_SCALAR, need);
    date_days out = DATE_NONE;
    if (node != NULL) {
        struct spot at = spot_key(spot, node, key);
        struct ajar_err problem = {0};
        if (yaml_date(node, reader->file, at.path, &out, &problem) != 0) {
            *faults_add(reader->faults) = problem;
            return DATE_NONE;
        }
    }
    return out;
}

int reader_word(struct reader *reader, const struct spot *spot, const char *key,
                const char *const words[], size_t n, bool need, int otherwise)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_SCALAR, need);
    if (node == NULL) {
        return otherwise;
    }
    for (size_t i = 0; i < n; i++) {
        if (text_is(node->text, words[i])) {
            return (int)i;
        }
    }
    char list[200] = "";
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    struct spot at = spot_key(spot, node, key);
    struct ajar_err *fault = reader_fault(reader, E_DOORS_FORM, &at, "this is none of %s", list);
    const char *nearest = text_nearest(node->text, words, n);
    if (nearest != NULL) {
        err_hint(fault, "Did you mean %s?", nearest);
    }
    return otherwise;
}

void reader_said(struct reader *reader, const struct spot *spot, const char *key, bool need,
                 struct said *out)
{
    static const char *const langs[LANG_COUNT] = {"en", "ru", "de"};
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_MAP, need);
    if (node == NULL) {
        return;
    }
    struct spot at = spot_key(spot, node, key);
    reader_map(reader, &at, langs, LANG_COUNT);
    for (size_t i = 0; i < LANG_COUNT; i++) {
        out->in[i] = reader_text(reader, &at, langs[i], true);
    }
}

static bool texts_item(struct reader *reader, const struct spot *at)
{
    if (at->node->kind == YAML_SCALAR && text_trim(at->node->text).n > 0) {
        return true;
    }
    reader_fault(reader, E_YAML_KIND, at, "%s", reader_forms[YAML_SCALAR]);
    return false;
}

int reader_texts(struct reader *reader, const struct spot *spot, const char *key, size_t *n,
                 struct text **out)
{
    const struct yaml_node *node = yaml_get(spot->node, key);
    size_t count = node == NULL ? 0 : node->kind == YAML_LIST ? node->n : 1, kept = 0;
    struct text *texts;
    TRY_NEW(texts, reader->arena, count, reader->err);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = node->kind == YAML_LIST ? &node->items[i] : node;
        struct spot at = spot_key(spot, item, key);
        if (texts_item(reader, &at)) {
            texts[kept++] = item->text;
        }
    }
    *n = kept;
    *out = texts;
    return 0;
}

void reader_source(struct reader *reader, const struct spot *spot, struct text id)
{
    if (reader->known_source != NULL && !reader->known_source(reader->arg, id)) {
        struct yaml_node node = *spot->node;
        struct spot at = *spot;
        node.text = id;
        at.node = &node;
        reader_fault(reader, E_DOORS_SOURCE, &at, "this source is not in sources.csv");
    }
}

int reader_sources(struct reader *reader, const struct spot *spot, const char *key, size_t *n,
                   struct text **out)
{
    const struct yaml_node *node = yaml_get(spot->node, key);
    TRY(reader_texts(reader, spot, key, n, out));
    for (size_t i = 0; i < *n; i++) {
        bool list = node->kind == YAML_LIST && i < node->n;
        struct spot at = spot_key(spot, list ? &node->items[i] : node, key);
        reader_source(reader, &at, (*out)[i]);
    }
    return 0;
}

int reader_expr(struct reader *reader, const struct spot *spot, const char *key,
                const struct expr **out)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_SCALAR, false);
    const struct expr *expr;
    struct ajar_err problem = {0};
    if (node == NULL) {
        return 0;
    }
    struct spot at = spot_key(spot, node, key);
    int code = expr_parse(reader->arena, reader->file, node->row, node->at + node->quoted, at.path,
                          node->text, &expr, &problem);
    if (code != 0) {
        return reader_absorb(reader, code, &problem);
    }
    if (!reader->blind) {
        TRY(rules_bind(reader->arena, reader->rules, reader->fact_names, expr, reader->faults,
                       reader->err));
    }
    *out = expr;
    return 0;
}

bool reader_moment(struct reader *reader, const struct spot *spot, moment *out, bool *timed,
                   bool *has_offset)
{
    const struct yaml_node *node = spot->node;
    int minutes;
    date_days guess;
    char shown[DATE_TEXT];
    if (node->kind == YAML_SCALAR && moment_parse(node->text, out, has_offset, &minutes)) {
        *timed = node->text.n > 10;
        return true;
    }
    struct ajar_err *fault =
        reader_fault(reader, E_DATE, spot, "a date, or a date with a time, is expected here");
    err_hint(fault, "Write it like 2022-09-30 or 2022-09-30T20:00.");
    if (node->kind == YAML_SCALAR && date_guess(node->text, &guess)) {
        err_hint(fault, "Did you mean %s?", date_format(guess, shown));
    }
    return false;
}

bool reader_is_id(struct text id)
{
    for (size_t i = 0; i < id.n; i++) {
        char c = id.at[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("_.-", c) != NULL;
        if (!good || c == '\0') {
            return false;
        }
    }
    return id.n > 0 && id.n <= 100;
}

bool unit_is_money(struct text unit)
{
    for (size_t i = 0; i < 3; i++) {
        if (unit.n < 3 || unit.at[i] < 'A' || unit.at[i] > 'Z') {
            return false;
        }
    }
    return unit.n == 3 || unit.at[3] == '/';
}
