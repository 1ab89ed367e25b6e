#include "say_items.h"

#include <string.h>

#include "rules_read.h"

#define COUNTRY_LEN 3
#define ITEM_LEAST  3 /* literals that a list or family stands for */
#define ITEM_SPARE  8 /* of a list that one literal is spared of */
#define WORD_MAX    128
#define ITEM_SLOTS  (2 * RULES_VALUES_MAX) /* a power of two */

struct items {
    struct buf *buf;
    const struct rules *rules;
    const struct fact *fact;
    const uint8_t *said;
    date_days on;
    uint8_t left[RULES_VALUES_MAX]; /* said, and in no item yet */
    uint8_t *except;                /* said by an item though it is not to be; NULL: none may be */
    size_t n;
    uint16_t slots[ITEM_SLOTS]; /* value + 1 by its literal, the next free place on; 0: none */
};

/* One way to say several: a family ("C_"), of which all, or those of a list. */
struct item {
    struct text family;
    name_id list; /* 0: all of the family */
    size_t n;     /* literals of what is left */
};

static struct text item_word(const struct items *it, size_t value)
{
    return names_word(it->rules->names, it->fact->values[value]);
}

/* "C_" of C_ESP; empty where the word has no country behind a prefix. */
static struct text item_family(struct text word)
{
    size_t n = word.n > COUNTRY_LEN ? word.n - COUNTRY_LEN : 0;
    return (struct text){word.at, n > 1 && word.at[n - 1] == '_' ? n : 0};
}

static bool item_begins(struct text word, struct text family)
{
    return word.n > family.n && memcmp(word.at, family.at, family.n) == 0;
}

static void items_index(struct items *it)
{
    for (size_t i = 0; i < it->fact->n_values; i++) {
        size_t slot = it->fact->values[i] % ITEM_SLOTS;
        while (it->slots[slot] != 0) {
            slot = (slot + 1) % ITEM_SLOTS;
        }
        it->slots[slot] = (uint16_t)(i + 1);
    }
}

/* The value that is this literal; the fact's number of values when it has none. */
static size_t literal_value(const struct items *it, name_id literal)
{
    size_t slot = literal % ITEM_SLOTS;
    while (it->slots[slot] != 0 && it->fact->values[it->slots[slot] - 1] != literal) {
        slot = (slot + 1) % ITEM_SLOTS;
    }
    return it->slots[slot] == 0 ? it->fact->n_values : it->slots[slot] - 1u;
}

/* The value that is family + item; the fact's number of values when it has none. */
static size_t item_value(const struct items *it, struct text family, name_id item)
{
    char word[WORD_MAX];
    struct text end = names_word(it->rules->names, item);
    if (family.n == 0) {
        return literal_value(it, item);
    }
    if (family.n + end.n > sizeof word) {
        return it->fact->n_values;
    }
    memcpy(word, family.at, family.n);
    memcpy(word + family.n, end.at, end.n);
    return literal_value(it, names_find(it->rules->names, (struct text){word, family.n + end.n}));
}

/* What an item says of what is left, and how much it says too much. */
struct weight {
    size_t n, spare, spared; /* spared: the last literal too much */
};

static void weigh(struct items *it, size_t value, bool take, struct weight *weight)
{
    if (it->said[value] == 0) {
        weight->spare++;
        weight->spared = value;
    } else {
        weight->n += it->left[value];
        it->left[value] = take ? 0 : it->left[value];
    }
}

/* What counts of it: nothing when it says too much, less when one has to be taken out again. */
static size_t weight_of(struct items *it, const struct weight *weight, bool take)
{
    if (weight->spare == 0) {
        return weight->n;
    }
    if (weight->spare > 1 || it->except == NULL || weight->n < ITEM_SPARE) {
        return 0;
    }
    if (take) {
        it->except[weight->spared] = 1;
    }
    return weight->n - ITEM_LEAST;
}

static size_t family_left(struct items *it, struct text family, bool take)
{
    struct weight weight = {0};
    for (size_t i = 0; family.n > 0 && i < it->fact->n_values; i++) {
        if (item_begins(item_word(it, i), family)) {
            weigh(it, i, take, &weight);
        }
    }
    return weight_of(it, &weight, take);
}

/* The same of a list: rows[0 .. n_rows - 1] are its. */
static size_t list_left(struct items *it, struct text family, const struct list_row *rows,
                        size_t n_rows, bool take)
{
    struct weight weight = {0};
    size_t spare = it->except == NULL ? 0 : 1; /* with more it counts nothing */
    for (size_t r = 0; r < n_rows && (take || weight.spare <= spare); r++) {
        bool now = rows[r].from <= it->on && (rows[r].to == DATE_NONE || rows[r].to > it->on);
        size_t i = now ? item_value(it, family, rows[r].item) : it->fact->n_values;
        if (i < it->fact->n_values) {
            weigh(it, i, take, &weight);
        }
    }
    return weight_of(it, &weight, take);
}

static size_t list_length(const struct rules *rules, size_t first)
{
    size_t n = 1;
    while (first + n < rules->n_lists && rules->lists[first + n].list == rules->lists[first].list) {
        n++;
    }
    return n;
}

/* Better: says more; a family before a list of as many. */
static void item_better(struct item *best, struct text family, name_id list, size_t n)
{
    if (n > best->n) {
        *best = (struct item){family, list, n};
    }
}

/* No list says more than what is left of its family: it holds an item once on a day. */
static size_t family_most(const struct items *it, struct text family)
{
    size_t n = 0;
    for (size_t i = 0; i < it->fact->n_values; i++) {
        n += it->left[i] != 0 && item_begins(item_word(it, i), family);
    }
    return n;
}

static void items_of_family(struct items *it, struct text family, struct item *best)
{
    size_t most = family_most(it, family);
    item_better(best, family, 0, family_left(it, family, false));
    for (size_t l = 0; l < it->rules->n_lists && best->n < most; l += list_length(it->rules, l)) {
        item_better(best, family, it->rules->lists[l].list,
                    list_left(it, family, &it->rules->lists[l], list_length(it->rules, l), false));
    }
}

/* The item that says most of what is left: families are met at their first word. */
static struct item items_best(struct items *it)
{
    struct item best = {0};
    struct text last = {"", 0};
    items_of_family(it, (struct text){"", 0}, &best);
    for (size_t i = 0; i < it->fact->n_values; i++) {
        struct text family = item_family(item_word(it, i));
        if (it->left[i] != 0 && family.n > 0 && !text_eq(family, last)) {
            items_of_family(it, family, &best);
            last = family;
        }
    }
    return best;
}

static void items_comma(struct items *it)
{
    if (it->buf != NULL && it->n > 0) {
        buf_str(it->buf, ", ");
    }
    it->n++;
}

static void item_take(struct items *it, const struct item *item)
{
    items_comma(it);
    if (it->buf != NULL) {
        buf_text(it->buf, item->family);
    }
    if (item->list == 0) {
        family_left(it, item->family, true);
        if (it->buf != NULL) {
            buf_str(it->buf, "*");
        }
        return;
    }
    for (size_t l = 0; l < it->rules->n_lists; l += list_length(it->rules, l)) {
        if (it->rules->lists[l].list == item->list) {
            list_left(it, item->family, &it->rules->lists[l], list_length(it->rules, l), true);
        }
    }
    if (it->buf != NULL) {
        struct text name = names_word(it->rules->names, item->list);
        buf_printf(it->buf, "list(%.*s)", (int)name.n, name.at);
    }
}

size_t say_items(struct buf *buf, const struct rules *rules, const struct fact *fact,
                 const uint8_t said[], date_days on, bool *one, uint8_t except[])
{
    struct items it = {
        .buf = buf, .rules = rules, .fact = fact, .said = said, .on = on, .except = except};
    size_t singles = 0;
    items_index(&it);
    for (size_t i = 0; i < fact->n_values; i++) {
        it.left[i] = said[i] != 0;
        if (except != NULL) {
            except[i] = 0;
        }
    }
    for (struct item best = items_best(&it); best.n >= ITEM_LEAST; best = items_best(&it)) {
        item_take(&it, &best);
    }
    for (size_t i = 0; i < fact->n_values; i++) {
        if (it.left[i] != 0) {
            items_comma(&it);
            singles++;
            if (buf != NULL) {
                buf_text(buf, item_word(&it, i));
            }
        }
    }
    *one = it.n == 1 && singles == 1;
    return it.n;
}
