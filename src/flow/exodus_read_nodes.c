#include <stdio.h>
#include <string.h>

#include "exodus_read_parts.h"
#include "num.h"

struct ajar_err *exodus_fault(struct exodus_reader *reader, enum err_code code,
                              const struct yaml_node *node, const char *key, const char *format,
                              ...)
{
    char sentence[300];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    struct ajar_err *fault = faults_add(reader->faults);
    err_at(fault, code, EXODUS_MODEL_FILE, node->row, key, node->text, "%s", sentence);
    fault->at = node->at;
    return fault;
}

void exodus_hint_near(struct ajar_err *fault, struct text value, const struct exodus_words *words)
{
    unsigned least = 1 + (unsigned)(value.n < 64 ? value.n : 64) / 4;
    const struct text *nearest = NULL;
    for (size_t i = 0; i < words->n; i++) {
        unsigned distance = text_distance(value, words->at[i]);
        if (words->at[i].n > 0 && distance <= least && (nearest == NULL || distance < least)) {
            nearest = &words->at[i];
            least = distance;
        }
    }
    if (nearest != NULL) {
        err_hint(fault, "Did you mean %.*s?", (int)text_fit(*nearest, 80), nearest->at);
    }
}

static void hint_word(struct ajar_err *fault, struct text value, const char *const *words, size_t n)
{
    const char *nearest = text_nearest(value, words, n);
    if (nearest != NULL) {
        err_hint(fault, "Did you mean %s?", nearest);
    }
}

bool exodus_only(struct exodus_reader *reader, const struct yaml_node *map, const char *key,
                 const char *const *known, size_t n)
{
    if (map->kind != YAML_MAP) {
        exodus_fault(reader, E_YAML_KIND, map, key, "a map (key: value) is expected here");
        return false;
    }
    for (size_t i = 0; i < map->n; i++) {
        size_t k = 0;
        while (k < n && !text_is(map->keys[i].text, known[k])) {
            k++;
        }
        if (k == n) {
            hint_word(exodus_fault(reader, E_YAML_KEY_UNKNOWN, &map->keys[i], key,
                                   "this key is not known here"),
                      map->keys[i].text, known, n);
        }
    }
    return true;
}

const struct yaml_node *exodus_may(struct exodus_reader *reader, const struct yaml_node *map,
                                   const char *key, enum yaml_kind kind)
{
    static const char *const words[] = {[YAML_SCALAR] = "a single value",
                                        [YAML_LIST] = "a list",
                                        [YAML_MAP] = "a map (key: value)"};
    const struct yaml_node *node = yaml_get(map, key);
    if (node != NULL && node->kind != kind) {
        exodus_fault(reader, E_YAML_KIND, node, key, "%s is expected here", words[kind]);
        return NULL;
    }
    return node;
}

const struct yaml_node *exodus_need(struct exodus_reader *reader, const struct yaml_node *map,
                                    const char *key, enum yaml_kind kind)
{
    if (yaml_get(map, key) == NULL) {
        exodus_fault(reader, E_EXODUS_KEY, map, key, "this key is missing");
        return NULL;
    }
    return exodus_may(reader, map, key, kind);
}

const struct yaml_node *exodus_list(struct exodus_reader *reader, const struct yaml_node *map,
                                    const char *key, size_t most)
{
    const struct yaml_node *list = exodus_need(reader, map, key, YAML_LIST);
    if (list != NULL && list->n == 0) {
        exodus_fault(reader, E_EXODUS_KEY, list, key, "this list is empty");
        return NULL;
    }
    if (list != NULL && list->n > most) {
        exodus_fault(reader, E_EXODUS_MANY, list, key,
                     "this list has %zu items, and at most %zu are read", list->n, most);
        return NULL;
    }
    return list;
}

void exodus_text(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 size_t most, struct text *out)
{
    if (node == NULL) {
        return;
    }
    bool plain = node->text.n <= most;
    for (size_t i = 0; plain && i < node->text.n; i++) {
        plain = (unsigned char)node->text.at[i] >= 0x20 && node->text.at[i] != 0x7f;
    }
    if (node->text.n == 0 || !plain) {
        exodus_fault(reader, E_EXODUS_TEXT, node, key,
                     "a text of 1 to %zu bytes on one line is expected here", most);
        return;
    }
    *out = node->text;
}

bool exodus_date(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 date_days *out)
{
    struct ajar_err problem = {0};
    if (node != NULL && yaml_date(node, EXODUS_MODEL_FILE, key, out, &problem) != 0) {
        *faults_add(reader->faults) = problem;
        return false;
    }
    return node != NULL;
}

static bool number_fits(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                        double least, double most, double value)
{
    char low[NUM_TEXT], high[NUM_TEXT];
    if (value >= least && value <= most) {
        return true;
    }
    num_format(least, low);
    num_format(most, high);
    exodus_fault(reader, E_NUMBER_RANGE, node, key, "this is not between %s and %s", low, high);
    return false;
}

bool exodus_number(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                   double least, double most, double *out)
{
    struct ajar_err problem = {0};
    double value;
    if (node == NULL) {
        return false;
    }
    if (yaml_number(node, EXODUS_MODEL_FILE, key, &value, &problem) != 0) {
        *faults_add(reader->faults) = problem;
        return false;
    }
    if (!number_fits(reader, node, key, least, most, value)) {
        return false;
    }
    *out = value + 0.0; /* no -0 */
    return true;
}

void exodus_value(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                  double least, double most, struct exodus_value *out)
{
    double value;
    if (node == NULL) {
        return;
    }
    if (node->kind == YAML_SCALAR && num_parse(node->text, &value)) {
        if (number_fits(reader, node, key, least, most, value)) {
            *out = (struct exodus_value){EXODUS_FIXED, value + 0.0};
        }
        return;
    }
    for (size_t i = 0; node->text.n > 0 && i < reader->params.n; i++) {
        if (text_eq(reader->params.at[i], node->text)) {
            *out = (struct exodus_value){(int32_t)i, 0};
            return;
        }
    }
    exodus_hint_near(exodus_fault(reader, E_EXODUS_UNKNOWN, node, key,
                                  "this is neither a number nor the id of a parameter"),
                     node->text, &reader->params);
}

void exodus_country(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                    struct text *out)
{
    if (node == NULL) {
        return;
    }
    if (country_find(node->text) >= 0) {
        *out = node->text;
        return;
    }
    struct ajar_err *fault =
        exodus_fault(reader, E_EXODUS_UNKNOWN, node, key, "this is no country");
    const char *guess = country_guess(node->text);
    if (guess != NULL) {
        err_hint(fault, "Did you mean %s?", guess);
    }
}

bool exodus_choice(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                   const char *const *words, size_t n, size_t *out)
{
    char list[200] = "";
    for (size_t i = 0; node != NULL && i < n; i++) {
        size_t at = strlen(list);
        snprintf(list + at, sizeof list - at, "%s%s", i == 0 ? "" : ", ", words[i]);
        if (text_is(node->text, words[i])) {
            *out = i;
            return true;
        }
    }
    if (node != NULL) {
        hint_word(exodus_fault(reader, E_EXODUS_UNKNOWN, node, key, "this is none of %s", list),
                  node->text, words, n);
    }
    return false;
}

bool exodus_find(struct exodus_reader *reader, const struct yaml_node *node, const char *key,
                 const struct exodus_words *words, const char *what, uint32_t *out)
{
    if (node == NULL || words->at == NULL) {
        return false;
    }
    for (size_t i = 0; node->text.n > 0 && i < words->n; i++) {
        if (text_eq(words->at[i], node->text)) {
            *out = (uint32_t)i;
            return true;
        }
    }
    exodus_hint_near(exodus_fault(reader, E_EXODUS_UNKNOWN, node, key, "no %s has this id", what),
                     node->text, words);
    return false;
}

static bool id_good(struct text id)
{
    bool good = id.n > 0 && id.n <= 40;
    for (size_t i = 0; good && i < id.n; i++) {
        char c = id.at[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    return good;
}

void exodus_id(struct exodus_reader *reader, const struct yaml_node *map,
               struct exodus_words *words, struct text *out)
{
    const struct yaml_node *node =
        map->kind == YAML_MAP ? exodus_need(reader, map, "id", YAML_SCALAR) : NULL;
    struct text id = {"", 0};
    double number;
    if (node != NULL &&
        (!id_good(node->text) || num_parse(node->text, &number) || text_is(node->text, "rest"))) {
        exodus_fault(reader, E_EXODUS_TEXT, node, "id",
                     "an id is 1 to 40 of a-z, 0-9 and _, no number and not the word rest");
    } else if (node != NULL) {
        id = node->text;
    }
    for (size_t i = 0; id.n > 0 && i < words->n; i++) {
        if (text_eq(words->at[i], id)) {
            exodus_fault(reader, E_EXODUS_TWICE, node, "id", "this id stands already");
            break;
        }
    }
    words->at[words->n++] = id;
    *out = id;
}

void exodus_texts(struct exodus_reader *reader, const struct yaml_node *list, const char *key,
                  struct text *out, size_t *n)
{
    *n = 0;
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        struct text word = {"", 0};
        exodus_text(reader, &list->items[i], key, EXODUS_TITLE_MOST, &word);
        for (size_t j = 0; word.n > 0 && j < *n; j++) {
            if (text_eq(out[j], word)) {
                exodus_fault(reader, E_EXODUS_TWICE, &list->items[i], key,
                             "this stands in the list already");
            }
        }
        out[(*n)++] = word;
    }
}

bool exodus_yes(struct exodus_reader *reader, const struct yaml_node *map, const char *key,
                bool fallback)
{
    static const char *const answers[] = {"no", "yes"};
    size_t answer = fallback;
    exodus_choice(reader, exodus_may(reader, map, key, YAML_SCALAR), key, answers, 2, &answer);
    return answer == 1;
}
