/* facts*.yaml: the vocabulary. */
#include <stdlib.h>
#include <string.h>

#include "country.h"
#include "num.h"
#include "rules_reader.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define WORD_MAX      63                   /* bytes of a literal as written */
#define VALUES_IN_ALL ((size_t)256 * 1024) /* of all facts */

static const char *const type_words[] = {"bool", "enum", "int", "money", "date", "set"};

/* Literals so far, as many as VALUES_MAX. */
struct values {
    name_id *at;
    size_t n;
    bool full;
};

static int values_add(struct reader *reader, struct values *values, struct text prefix,
                      struct text word)
{
    char joined[WORD_MAX + sizeof(((struct country *)NULL)->alpha3)];
    if (values->n == VALUES_MAX) {
        values->full = true;
        return 0;
    }
    memcpy(joined, prefix.at, prefix.n);
    memcpy(joined + prefix.n, word.at, word.n);
    struct text whole = {joined, prefix.n + word.n};
    return names_put(reader->rules->names, whole, &values->at[values->n++], reader->err);
}

static int values_wildcard(struct reader *reader, struct values *values, struct text prefix)
{
    for (size_t i = 0; i < country_count(); i++) {
        if (!country_is_group(COUNTRY_FIRST_NAME + (name_id)i)) {
            TRY(values_add(reader, values, prefix, text_of(country_at(i)->alpha3)));
        }
    }
    return 0;
}

/* One literal, PREFIX_* or *. */
static int values_item(struct reader *reader, const struct spot *spot, struct values *values)
{
    struct text word = spot->node->text;
    if (word.n > WORD_MAX) {
        reader_fault(reader, E_DOORS_FORM, spot, "a value has at most %d letters", WORD_MAX);
        return 0;
    }
    if (word.n > 0 && word.at[word.n - 1] == '*') {
        struct text prefix = {word.at, word.n - 1};
        if (prefix.n == 0 || (expr_is_literal_word(prefix) && prefix.at[prefix.n - 1] == '_')) {
            return values_wildcard(reader, values, prefix);
        }
    } else if (spot->node->kind == YAML_SCALAR && expr_is_literal_word(word)) {
        return values_add(reader, values, (struct text){"", 0}, word);
    }
    struct ajar_err *fault = reader_fault(reader, E_DOORS_FORM, spot,
                                          "a value is a word in capitals, \"PREFIX_*\" or \"*\"");
    err_hint(fault, "Write it like SPOUSE, H_PLUS or \"C_*\".");
    return 0;
}

static int by_id(const void *a, const void *b)
{
    name_id x = *(const name_id *)a, y = *(const name_id *)b;
    return (x > y) - (x < y);
}

static int values_twice(struct reader *reader, const struct spot *spot, const struct values *values)
{
    name_id *sorted;
    TRY_NEW(sorted, reader->arena, values->n, reader->err);
    if (values->n > 0) {
        memcpy(sorted, values->at, values->n * sizeof *sorted);
        qsort(sorted, values->n, sizeof *sorted, by_id);
    }
    for (size_t i = 1; i < values->n; i++) {
        if (sorted[i] == sorted[i - 1]) {
            struct text word = names_word(reader->rules->names, sorted[i]);
            reader_fault(reader, E_DOORS_TWICE, spot, "the value %s stands here twice", word.at);
            return 0;
        }
    }
    return 0;
}

static int read_values(struct reader *reader, const struct spot *spot, const char *key, bool need,
                       size_t *n, name_id **out)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_LIST, need);
    struct values values = {0};
    if (node == NULL) {
        return 0;
    }
    struct spot at = spot_key(spot, node, key);
    size_t room = 0;
    for (size_t i = 0; i < node->n && room < VALUES_MAX; i++) {
        struct text word = node->items[i].text;
        room += word.n > 0 && word.at[word.n - 1] == '*' ? country_count() : 1;
    }
    /* Values past the room are past VALUES_MAX, too. */
    TRY_NEW(values.at, reader->arena, room < VALUES_MAX ? room : VALUES_MAX, reader->err);
    for (size_t i = 0; i < node->n && !values.full; i++) {
        struct spot item = spot_item(spot, &node->items[i], key, i);
        TRY(values_item(reader, &item, &values));
    }
    reader->n_values += values.n;
    if (reader->n_values > VALUES_IN_ALL) {
        reader_fault(reader, E_DOORS_TOO_LARGE, &at, "all facts together have at most %zu values",
                     VALUES_IN_ALL);
    }
    if (values.full) {
        reader_fault(reader, E_DOORS_TOO_LARGE, &at, "a fact has at most %d values", VALUES_MAX);
    }
    if (need && values.n == 0) {
        reader_fault(reader, E_DOORS_FORM, &at, "a fact of words has at least one value");
    }
    *n = values.n;
    *out = values.at;
    return values_twice(reader, &at, &values);
}

/* A whole number, or an amount in cents. */
static int64_t read_number(struct reader *reader, const struct spot *spot, const char *key,
                           bool cents, int64_t otherwise)
{
    const struct yaml_node *node = reader_get(reader, spot, key, YAML_SCALAR, false);
    int64_t value = otherwise;
    if (node != NULL && !expr_number(node->text, cents, &value)) {
        struct spot at = spot_key(spot, node, key);
        reader_fault(reader, E_NUMBER, &at,
                     cents ? "an amount with at most two decimals is expected here"
                           : "a whole number is expected here");
        value = otherwise;
    }
    return value;
}

static bool is_currency(struct text word)
{
    return word.n == 3 && unit_is_money(word);
}

static void proof_sources(struct reader *reader, const struct spot *spot, const struct proof *proof,
                          size_t n_sources)
{
    bool figures = proof->days != 0 || proof->cents != 0;
    if (figures && !proof->illustrative && n_sources == 0) {
        struct ajar_err *fault = reader_fault(reader, E_DOORS_SOURCE, spot,
                                              "days and cost of a paper come from a source");
        err_hint(fault, "Name it under `source:`, or write illustrative: yes.");
    }
}

static int read_proof(struct reader *reader, const struct spot *spot, const struct fact *fact,
                      struct proof *out)
{
    static const char *const keys[] = {"doc",  "issuer",   "days",
                                       "cost", "currency", "contacts_origin_state",
                                       "for",  "source",   "illustrative"};
    if (!reader_map(reader, spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    size_t n_sources;
    struct text *sources;
    reader_said(reader, spot, "doc", true, &out->doc);
    out->issuer = reader_text(reader, spot, "issuer", true);
    int64_t days = read_number(reader, spot, "days", false, 0);
    out->cents = read_number(reader, spot, "cost", true, 0);
    out->currency = reader_text(reader, spot, "currency", out->cents != 0);
    out->contacts_origin = reader_yes(reader, spot, "contacts_origin_state", false);
    out->illustrative = reader_yes(reader, spot, "illustrative", false);
    if (days < 0 || days > 36500 || out->cents < 0) {
        reader_fault(reader, E_DOORS_FORM, spot, "days are 0 to 36500, and a cost is not negative");
        days = 0;
    }
    out->days = (int32_t)days;
    if (out->currency.n > 0 && !is_currency(out->currency)) {
        reader_fault(reader, E_DOORS_FORM, spot, "a currency is a code of three capitals");
    }
    TRY(reader_sources(reader, spot, "source", &n_sources, &sources));
    proof_sources(reader, spot, out, n_sources);
    TRY(read_values(reader, spot, "for", false, &out->n_for, &out->for_values));
    for (size_t i = 0; i < out->n_for; i++) {
        if (!rules_is_value(fact, out->for_values[i])) {
            struct text word = names_word(reader->rules->names, out->for_values[i]);
            reader_fault(reader, E_DOORS_EXPR_LITERAL, spot, "%s is no value of the fact", word.at);
        }
    }
    return 0;
}

static int read_proofs(struct reader *reader, const struct spot *spot, struct fact *out)
{
    const struct yaml_node *node = reader_get(reader, spot, "proofs", YAML_LIST, false);
    if (node == NULL) {
        return 0;
    }
    TRY_NEW(out->proofs, reader->arena, node->n, reader->err);
    out->n_proofs = node->n;
    for (size_t i = 0; i < node->n; i++) {
        struct spot at = spot_item(spot, &node->items[i], "proofs", i);
        TRY(read_proof(reader, &at, out, &out->proofs[i]));
    }
    return 0;
}

/* A key that this type of fact does not have. */
static void refuse_key(struct reader *reader, const struct spot *spot, const char *key,
                       const struct fact *fact)
{
    const struct yaml_node *node = yaml_get(spot->node, key);
    if (node != NULL) {
        struct spot at = spot_key(spot, node, key);
        reader_fault(reader, E_DOORS_FORM, &at, "a fact of type %s has no key '%s'",
                     type_words[fact->type], key);
    }
}

static int fact_words(struct reader *reader, const struct spot *spot, struct fact *out)
{
    if (out->type == FACT_ENUM || out->type == FACT_SET) {
        return read_values(reader, spot, "values", true, &out->n_values, &out->values);
    }
    refuse_key(reader, spot, "values", out);
    if (out->type == FACT_BOOL) {
        TRY_NEW(out->values, reader->arena, 2, reader->err);
        TRY(names_put(reader->rules->names, TEXT_LIT("no"), &out->values[0], reader->err));
        TRY(names_put(reader->rules->names, TEXT_LIT("yes"), &out->values[1], reader->err));
        out->n_values = 2;
    }
    return 0;
}

static void fact_number(struct reader *reader, const struct spot *spot, struct fact *out)
{
    bool number = out->type == FACT_INT || out->type == FACT_MONEY;
    bool money = out->type == FACT_MONEY;
    if (!number) {
        refuse_key(reader, spot, "unit", out);
        refuse_key(reader, spot, "min", out);
        refuse_key(reader, spot, "max", out);
    } else {
        out->unit = reader_text(reader, spot, "unit", true);
        out->min = read_number(reader, spot, "min", money, INT64_MIN);
        out->max = read_number(reader, spot, "max", money, INT64_MAX);
        if (out->unit.n > 0 && unit_is_money(out->unit) != money) {
            reader_fault(reader, E_DOORS_FORM, spot,
                         money ? "the unit of money begins with a currency, like EUR/year"
                               : "a fact in a currency is of type money");
        }
        if (out->min > out->max) {
            reader_fault(reader, E_DOORS_FORM, spot, "min is larger than max");
        }
    }
    if (number || out->type == FACT_DATE) {
        out->none = reader_yes(reader, spot, "none", false);
    } else {
        refuse_key(reader, spot, "none", out);
    }
}

static int read_fact(struct reader *reader, const struct spot *spot, struct fact *out)
{
    static const char *const keys[] = {"type",      "values", "unit", "ask", "actionable",
                                       "sensitive", "none",   "min",  "max", "proofs"};
    *out = (struct fact){
        .name = out->name, .at = reader_at(reader, spot->node), .min = INT64_MIN, .max = INT64_MAX};
    if (!reader_map(reader, spot, keys, COUNT_OF(keys))) {
        return 0;
    }
    out->type = (enum fact_type)reader_word(reader, spot, "type", type_words, COUNT_OF(type_words),
                                            true, FACT_BOOL);
    TRY(fact_words(reader, spot, out));
    fact_number(reader, spot, out);
    reader_said(reader, spot, "ask", true, &out->ask);
    out->actionable = reader_yes(reader, spot, "actionable", false);
    out->sensitive = reader_yes(reader, spot, "sensitive", false);
    return read_proofs(reader, spot, out);
}

static int read_facts_of(struct reader *reader, const struct yaml_node *root)
{
    static const char *const keys[] = {"facts"};
    struct spot top = {.node = root};
    struct rules *rules = reader->rules;
    if (!reader_map(reader, &top, keys, 1)) {
        return 0;
    }
    const struct yaml_node *facts = reader_get(reader, &top, "facts", YAML_MAP, true);
    for (size_t i = 0; facts != NULL && i < facts->n && reader->n_values <= VALUES_IN_ALL; i++) {
        struct text name = facts->keys[i].text;
        struct spot key = spot_id(&top, &facts->keys[i], "facts", name);
        struct spot at = spot_id(&top, &facts->items[i], "facts", name);
        if (!expr_is_fact_word(name) || name.n > WORD_MAX) {
            reader_fault(reader, E_DOORS_FORM, &key,
                         "a fact is called by a word in small letters, which the language does "
                         "not use itself");
            continue;
        }
        if (rules->n_facts == RULES_FACTS_MAX) {
            reader_fault(reader, E_DOORS_TOO_LARGE, &key, "there are more than %d facts",
                         RULES_FACTS_MAX);
            return 0;
        }
        struct fact *out = &rules->facts[rules->n_facts++];
        out->name = name;
        TRY(read_fact(reader, &at, out));
        out->at = reader_at(reader, &facts->keys[i]);
    }
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    int order = text_cmp(x->name, y->name);
    order = order != 0 ? order : strcmp(x->at.file, y->at.file);
    return order != 0 ? order : (x->at.row > y->at.row) - (x->at.row < y->at.row);
}

/* Sorts, and leaves out those that stand twice. */
static int facts_sort(struct reader *reader)
{
    struct rules *rules = reader->rules;
    size_t n = 0;
    if (rules->n_facts > 0) {
        qsort(rules->facts, rules->n_facts, sizeof *rules->facts, by_name);
    }
    for (size_t i = 0; i < rules->n_facts; i++) {
        const struct fact *fact = &rules->facts[i];
        if (n > 0 && text_eq(rules->facts[n - 1].name, fact->name)) {
            const struct rules_at *first = &rules->facts[n - 1].at;
            struct ajar_err *fault = faults_add(reader->faults);
            err_at(fault, E_DOORS_TWICE, fact->at.file, fact->at.row, "facts", fact->name,
                   "this fact is declared already in %s:%ld", first->file, first->row);
            fault->at = fact->at.at;
            continue;
        }
        rules->facts[n++] = *fact;
    }
    rules->n_facts = n;
    TRY_NEW(reader->fact_names, reader->arena, n, reader->err);
    for (size_t i = 0; i < n; i++) {
        reader->fact_names[i] = rules->facts[i].name.at;
    }
    return 0;
}

/* Facts that the language itself reads have their type. */
static uint32_t fact_special(struct reader *reader, const char *name, enum fact_type type)
{
    uint32_t at = rules_fact(reader->rules, text_of(name));
    if (at == RULES_NONE || reader->rules->facts[at].type == type) {
        return at;
    }
    const struct fact *fact = &reader->rules->facts[at];
    struct ajar_err *fault = faults_add(reader->faults);
    err_at(fault, E_DOORS_FORM, fact->at.file, fact->at.row, "facts", fact->name,
           "the fact %s is of type %s", name, type_words[type]);
    fault->at = fact->at.at;
    return RULES_NONE;
}

int read_facts(struct reader *reader, size_t n, const struct rules_part parts[])
{
    struct rules *rules = reader->rules;
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        const struct yaml_node *facts =
            parts[i].root == NULL ? NULL : yaml_get(parts[i].root, "facts");
        most += facts == NULL ? 0 : facts->n;
    }
    TRY_NEW(rules->facts, reader->arena, most < RULES_FACTS_MAX ? most : RULES_FACTS_MAX,
            reader->err);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].root == NULL) {
            reader->blind = true;
            continue;
        }
        reader->file = parts[i].file->name;
        TRY(read_facts_of(reader, parts[i].root));
    }
    TRY(facts_sort(reader));
    rules->fact_crossing = fact_special(reader, "crossing", FACT_ENUM);
    rules->fact_birth_date = fact_special(reader, "birth_date", FACT_DATE);
    rules->fact_age = fact_special(reader, "age", FACT_INT);
    return 0;
}
