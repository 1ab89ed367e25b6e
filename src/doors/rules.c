#include "rules.h"

struct text said_in(const struct said *said, enum lang lang)
{
    return said->in[lang].n > 0 ? said->in[lang] : said->in[LANG_EN];
}

uint32_t rules_fact(const struct rules *rules, struct text name)
{
    size_t low = 0, high = rules->n_facts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_cmp(rules->facts[middle].name, name);
        if (order == 0) {
            return (uint32_t)middle;
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return RULES_NONE;
}

uint32_t rules_door(const struct rules *rules, struct text id)
{
    size_t low = 0, high = rules->n_doors;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_cmp(rules->doors[middle].id, id);
        if (order == 0) {
            return (uint32_t)middle;
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return RULES_NONE;
}

bool rules_is_value(const struct fact *fact, name_id literal)
{
    for (size_t i = 0; i < fact->n_values; i++) {
        if (fact->values[i] == literal) {
            return true;
        }
    }
    return false;
}

static int key_order(name_id a, name_id b, name_id of, name_id key)
{
    return a != of ? (a > of) - (a < of) : (b > key) - (b < key);
}

static bool in_force(date_days from, date_days to, date_days on)
{
    return from <= on && (to == DATE_NONE || on < to);
}

/* Rows of one key do not overlap, so the last that has begun is the only one that may hold. */
bool rules_listed(const struct rules *rules, name_id list, name_id item, date_days on)
{
    size_t low = 0, high = rules->n_lists;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct list_row *row = &rules->lists[middle];
        int order = key_order(row->list, row->item, list, item);
        bool before = order < 0 || (order == 0 && row->from <= on);
        *(before ? &low : &high) = before ? middle + 1 : middle;
    }
    if (low == 0) {
        return false;
    }
    const struct list_row *row = &rules->lists[low - 1];
    return row->list == list && row->item == item && in_force(row->from, row->to, on);
}

const struct param_row *rules_param(const struct rules *rules, name_id param, name_id key,
                                    date_days on)
{
    size_t low = 0, high = rules->n_params;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct param_row *row = &rules->params[middle];
        int order = key_order(row->param, row->key, param, key);
        bool before = order < 0 || (order == 0 && row->from <= on);
        *(before ? &low : &high) = before ? middle + 1 : middle;
    }
    if (low == 0) {
        return NULL;
    }
    const struct param_row *row = &rules->params[low - 1];
    bool same = row->param == param && row->key == key;
    return same && in_force(row->from, row->to, on) ? row : NULL;
}
