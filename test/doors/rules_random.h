/* Folders of rules by chance, as the text of their files. */
#ifndef TEST_DOORS_RULES_RANDOM_H
#define TEST_DOORS_RULES_RANDOM_H

#include "unit.h"

#include "rng.h"
#include "rules_read.h"

#define RANDOM_FILES 6
#define RANDOM_TEXT  ((size_t)1 << 17)
#define SAID         "{en: words, ru: words, de: words}"

struct rules_random {
    struct rng rng;
    struct buf text[RANDOM_FILES];
    struct rules_file files[RANDOM_FILES];
    size_t n;
    int day; /* where the next version starts, in days */
};

static inline uint32_t pick(struct rules_random *it, uint32_t n)
{
    return rng_below(&it->rng, n);
}

static inline bool chance(struct rules_random *it, uint32_t one_of)
{
    return pick(it, one_of) == 0;
}

static inline struct buf *random_file(struct rules_random *it, enum rules_file_kind kind,
                                      const char *name)
{
    assert_true(it->n < RANDOM_FILES);
    it->files[it->n] = (struct rules_file){.kind = kind, .name = name};
    buf_init(&it->text[it->n], RANDOM_TEXT);
    return &it->text[it->n++];
}

static inline const char *yes_no(struct rules_random *it)
{
    return chance(it, 2) ? "yes" : "no";
}

static inline void random_date(struct rules_random *it, struct buf *to, int day)
{
    char text[DATE_TEXT];
    (void)it;
    buf_str(to, date_format((date_days)day, text));
}

/* ---- vocabulary ---- */

static const char *const kin_words[] = {"NONE", "SPOUSE", "PARENT", "CHILD"};
static const char *const visa_words[] = {"NONE",  "C_FIN", "C_ESP", "C_DEU",
                                         "C_KAZ", "D_FIN", "D_DEU"};
static const char *const country_words[] = {"RUS", "ISR", "KAZ", "FIN", "DEU", "UKR"};

static inline void random_fact(struct rules_random *it, struct buf *to, const char *name,
                               const char *rest)
{
    buf_printf(to, "  %s:\n    %s\n    ask: " SAID "\n    actionable: %s\n    sensitive: %s\n",
               name, rest, yes_no(it), yes_no(it));
    if (chance(it, 2)) {
        buf_printf(to,
                   "    proofs:\n    - {doc: " SAID ", issuer: office, days: %u, cost: %u, "
                   "currency: EUR, contacts_origin_state: %s, illustrative: yes}\n",
                   pick(it, 90), pick(it, 300), yes_no(it));
    }
}

static inline void random_facts(struct rules_random *it)
{
    struct buf *to = random_file(it, RULES_FACTS, "facts.yaml");
    buf_str(to, "facts:\n");
    random_fact(it, to, "age", "type: int\n    unit: years\n    min: 0\n    max: 120");
    random_fact(it, to, "birth_date", "type: date");
    random_fact(it, to, "citizenship",
                chance(it, 40) ? "type: set\n    values: [\"*\"]"
                               : "type: set\n    values: [RUS, ISR, KAZ, FIN, DEU, UKR]");
    random_fact(it, to, "crossing", "type: enum\n    values: [ROAD, RAIL, AIR]");
    random_fact(it, to, "expires", chance(it, 2) ? "type: date\n    none: yes" : "type: date");
    random_fact(it, to, "job", "type: bool");
    random_fact(it, to, "refuses", "type: bool");
    random_fact(it, to, "kin", "type: enum\n    values: [NONE, SPOUSE, PARENT, CHILD]");
    random_fact(it, to, "salary",
                chance(it, 2) ? "type: money\n    unit: EUR/year\n    none: yes\n    min: 0"
                              : "type: money\n    unit: EUR/year");
    random_fact(it, to, "visa",
                chance(it, 40)
                    ? "type: enum\n    values: [NONE, \"C_*\", \"D_*\"]"
                    : "type: enum\n    values: [NONE, C_FIN, C_ESP, C_DEU, C_KAZ, D_FIN, D_DEU]");
    random_fact(it, to, "years",
                chance(it, 2) ? "type: int\n    unit: years\n    none: yes\n    min: 0\n    max: 60"
                              : "type: int\n    unit: years\n    none: yes");
}

static inline void random_tables(struct rules_random *it)
{
    struct buf *lists = random_file(it, RULES_LISTS, "lists.csv");
    buf_str(lists, "list,item,from,to,cite,source_id\nEU,FIN,,,Treaty,\n");
    buf_printf(lists, "EU,DEU,,%s,Treaty,\n", chance(it, 2) ? "2023-02-01" : "");
    buf_printf(lists, "EU,ESP,2022-0%u-15,,Treaty,\n", 1 + pick(it, 9));
    buf_str(lists, "EAST,KAZ,,,Treaty,\nEAST,RUS,2022-06-01,2023-06-01,Treaty,\n");
    struct buf *params = random_file(it, RULES_PARAMS, "params.csv");
    buf_str(params, "param,key,value,unit,from,to,cite,source_id\n");
    buf_printf(params, "card,general,%u,EUR/year,2000-01-01,2022-11-01,Notice,\n",
               100 * pick(it, 900));
    buf_printf(params, "card,general,\"5%u,400.5\",EUR/year,2022-11-01,,Notice,\n", pick(it, 9));
    buf_printf(params, "limit,full,%u,years,,,Notice,\n", pick(it, 70));
}

/* ---- conditions ---- */

static inline void random_words(struct rules_random *it, struct buf *to, const char *const words[],
                                uint32_t n, const char *more)
{
    uint32_t taken = 1 + pick(it, (1u << n) - 1);
    bool first = true;
    buf_char(to, '{');
    for (uint32_t i = 0; i < n; i++) {
        if ((taken >> i & 1) != 0) {
            buf_printf(to, "%s%s", first ? "" : ", ", words[i]);
            first = false;
        }
    }
    buf_printf(to, "%s}", chance(it, 3) ? more : "");
}

static inline const char *random_op(struct rules_random *it)
{
    static const char *const ops[] = {"<", "<=", ">", ">=", "=", "!="};
    return ops[pick(it, 6)];
}

static inline void random_day_term(struct rules_random *it, struct buf *to)
{
    static const char units[] = {'d', 'm', 'y'};
    if (chance(it, 2)) {
        buf_str(to, "on");
    } else {
        random_date(it, to, 18900 + (int)pick(it, 900));
    }
    if (chance(it, 2)) {
        buf_printf(to, " %c %u%c", chance(it, 2) ? '-' : '+', 1 + pick(it, 14), units[pick(it, 3)]);
    }
}

static inline void random_stay(struct rules_random *it, struct buf *to)
{
    static const char *const windows[] = {"entry", "year", "180d", "90d", "6m", "1y"};
    const char *country = chance(it, 4) ? "GEO" : "KAZ";
    if (chance(it, 4)) {
        buf_printf(to, "stay_since(%s) %s ", country, random_op(it));
        random_day_term(it, to);
    } else {
        buf_printf(to, "stay_days(%s, %s) %s %u", country, windows[pick(it, 6)], random_op(it),
                   pick(it, 3) * 30 + pick(it, 3));
    }
}

static inline void random_number_leaf(struct rules_random *it, struct buf *to)
{
    switch (pick(it, 7)) {
    case 0:
        buf_printf(to, "salary %s %u%s", random_op(it), 10000 * pick(it, 8),
                   chance(it, 3) ? ".01" : "");
        break;
    case 1:
        buf_printf(to, "salary %s param(card, general)", random_op(it));
        break;
    case 2:
        buf_printf(to, "years %s %u", random_op(it), pick(it, 8));
        break;
    case 3:
        buf_printf(to, "years %s", chance(it, 2) ? "= NONE" : "!= NONE");
        break;
    case 4:
        buf_printf(to, "expires %s ", random_op(it));
        random_day_term(it, to);
        break;
    case 5:
        buf_printf(to, "age %s %u", random_op(it), 10 + pick(it, 60));
        break;
    default:
        if (chance(it, 3)) {
            buf_printf(to, "age %s param(limit, full)", random_op(it));
            break;
        }
        buf_str(to, "age_on(");
        random_day_term(it, to);
        buf_printf(to, ") %s %u", random_op(it), 10 + pick(it, 60));
    }
}

static inline void random_leaf(struct rules_random *it, struct buf *to)
{
    switch (pick(it, 9)) {
    case 0:
        buf_printf(to, "job %s %s", chance(it, 2) ? "=" : "!=", yes_no(it));
        break;
    case 1:
        buf_printf(to, "refuses = %s", yes_no(it));
        break;
    case 2:
        buf_printf(to, "kin %s %s", chance(it, 2) ? "=" : "!=", kin_words[pick(it, 4)]);
        break;
    case 3:
        buf_str(to, chance(it, 2) ? "kin in " : "kin not in ");
        random_words(it, to, kin_words, 4, "");
        break;
    case 4:
        buf_str(to, chance(it, 2) ? "visa in " : "visa not in ");
        random_words(it, to, visa_words, 7, ", C_list(EU)");
        break;
    case 5:
        buf_printf(to, "visa in {%s}",
                   chance(it, 3)   ? "C_*"
                   : chance(it, 2) ? "C_list(EU), D_*"
                                   : "D_list(EU)");
        break;
    case 6:
        buf_printf(to, "citizenship has %s", country_words[pick(it, 6)]);
        break;
    case 7:
        buf_str(to, "citizenship has ");
        random_words(it, to, country_words, 6, chance(it, 2) ? ", list(EU)" : ", list(EAST)");
        break;
    default:
        buf_printf(to, "crossing = %s", chance(it, 2) ? "ROAD" : "AIR");
    }
}

static inline void random_condition(struct rules_random *it, struct buf *to, int depth, bool inside)
{
    static const char *const roles[] = {"member", "spouse",   "child",
                                        "parent", "guardian", "applicant"};
    uint32_t what = pick(it, depth == 0 ? 8 : 16);
    if (what < 3) {
        random_leaf(it, to);
    } else if (what < 6) {
        random_number_leaf(it, to);
    } else if (what == 6 && !inside) {
        random_stay(it, to);
    } else if (what == 7 && !inside && chance(it, 2)) {
        const char *quant = chance(it, 3) ? "all" : chance(it, 2) ? "any" : "count >= 2";
        buf_printf(to, "%s(%s: ", quant, roles[pick(it, 6)]);
        random_condition(it, to, depth > 0 ? depth - 1 : 0, true);
        buf_str(to, ")");
    } else if (what < 8) {
        random_leaf(it, to);
    } else if (what < 10) {
        buf_str(to, "not (");
        random_condition(it, to, depth - 1, inside);
        buf_str(to, ")");
    } else {
        uint32_t n = 2 + pick(it, 2);
        for (uint32_t i = 0; i < n; i++) {
            buf_str(to, i == 0 ? "(" : what < 13 ? " and (" : " or (");
            random_condition(it, to, depth - 1, inside);
            buf_str(to, ")");
        }
    }
}

/* ---- doors ---- */

static inline void random_rule_tail(struct rules_random *it, struct buf *to)
{
    buf_str(to, "    cite: art 1\n    quote: words\n    say: " SAID "\n");
    if (chance(it, 8)) {
        buf_str(to, "    contested: courts differ\n");
    }
    if (chance(it, 8)) {
        buf_str(to, "    transcription: unread\n    mark: K\n");
    }
}

static inline void random_rules(struct rules_random *it, struct buf *to, unsigned v, bool premise)
{
    static const char *const effects[] = {"OPEN", "OPEN", "OPEN", "DISCRETION", "BAR", "CLOSED"};
    unsigned n = pick(it, 7);
    bool all = false;
    if (n > 0) {
        buf_str(to, "  rules:\n");
    }
    for (unsigned r = 0; r < n; r++) {
        buf_printf(to, "  - id: v%ur%u\n    effect: %s\n", v, r, effects[pick(it, 6)]);
        if (premise && chance(it, 3)) {
            buf_str(to, "    premise: papers\n");
        }
        buf_str(to, "    when: \"");
        random_condition(it, to, 2, false);
        buf_str(to, "\"\n");
        if (!all && chance(it, 12)) {
            buf_str(to, "    overrides: all\n");
            all = true;
        } else if (r > 0 && chance(it, 3)) {
            buf_printf(to, "    overrides: [v%ur%u]\n", v, pick(it, r));
        }
        random_rule_tail(it, to);
    }
    if (chance(it, 4)) {
        buf_printf(to, "  superior_law:\n  - id: v%us\n    effect: OPEN\n    when: \"", v);
        random_condition(it, to, 1, false);
        buf_str(to, "\"\n");
        random_rule_tail(it, to);
    }
    if (chance(it, 5)) {
        buf_str(to, "  practice:\n  - {from: 2022-03-01, to: 2023-01-01, effect: CLOSED, note: "
                    "refused, source: src, when: \"");
        random_condition(it, to, 1, false);
        buf_str(to, "\"}\n");
    }
}

/* Versions one after another, in one of the ways in which one may give way to the next. */
struct random_before {
    bool ends, ways;
    int end, from, known;
};

static inline void random_known(struct rules_random *it, struct buf *to, int known)
{
    buf_str(to, "  known: ");
    random_date(it, to, known);
    buf_str(to, "\n  law: Law\n  source: [src]\n  mark: N\n  transcription: full\n");
}

static inline void random_span(struct rules_random *it, struct buf *to, int from, int end,
                               int known)
{
    buf_str(to, "  from: ");
    random_date(it, to, from);
    buf_str(to, "\n  to: ");
    random_date(it, to, end);
    buf_str(to, "\n");
    random_known(it, to, known);
}

static inline struct random_before random_version_head(struct rules_random *it, struct buf *to,
                                                       unsigned v, struct random_before before)
{
    struct random_before out = {.from = it->day};
    int known = it->day - (int)pick(it, 20);
    bool inside = v > 0 && before.ends && before.end > it->day;
    if (v > 0 && known <= before.from - 20) {
        known = before.from - 19;
    }
    buf_printf(to, "- id: v%u\n", v);
    if (v > 0 && !before.ends && !before.ways && chance(it, 6)) {
        /* Heard of later than the last, and over before that one starts. */
        random_span(it, to, before.from - 40, before.from - (int)pick(it, 20), before.known + 3);
        return before;
    }
    if (v > 0 && before.ends && !before.ways && chance(it, 3)) {
        buf_printf(to, "  from: {after: v%u}\n", v - 1);
        it->day = out.from = before.end;
        known = it->day - 1;
        inside = false;
    } else if (chance(it, 6)) {
        out.ways = true;
        buf_str(to, "  from: {road: ");
        random_date(it, to, it->day);
        buf_str(to, ", air: ");
        random_date(it, to, it->day + (int)pick(it, 20));
        buf_str(to, "}\n");
    } else {
        buf_str(to, "  from: ");
        bool hour = chance(it, 6);
        buf_str(to, hour ? "\"" : "");
        random_date(it, to, it->day);
        buf_str(to, hour ? "T20:00\"\n" : "\n");
    }
    if (inside) {
        buf_printf(to, "  replaces: v%u\n", v - 1);
    }
    out.ends = chance(it, 3);
    out.end = it->day + 30 + (int)pick(it, 200);
    if (out.ends && chance(it, 2)) {
        buf_str(to, "  to: [{until: ");
        random_date(it, to, out.end - 1 - (int)pick(it, 5));
        buf_str(to, ", known: ");
        random_date(it, to, known);
        buf_str(to, "}, {until: ");
        random_date(it, to, out.end - 1);
        buf_str(to, ", known: ");
        random_date(it, to, known + (int)pick(it, 30));
        buf_str(to, "}]\n");
    } else if (out.ends) {
        buf_str(to, "  to: ");
        random_date(it, to, out.end);
        buf_str(to, "\n");
    }
    out.known = known;
    random_known(it, to, known);
    it->day += 20 + (int)pick(it, 150);
    return out;
}

static inline void random_door(struct rules_random *it, const char *name, const char *id)
{
    static const char *const defaults[] = {"CLOSED", "CLOSED", "DISCRETION", "OPEN"};
    struct buf *to = random_file(it, RULES_DOOR, name);
    struct random_before before = {0};
    unsigned n = 1 + pick(it, 4);
    buf_printf(to,
               "door: %s\ntitle: " SAID "\ncountry: FIN\nkind: entry\nact: Act\n"
               "review_by: 2024-12-31\nutc_offset: \"+02:00\"\ndefault: %s\n",
               id, defaults[pick(it, 4)]);
    if (chance(it, 2)) {
        buf_str(to, "scope: \"");
        random_condition(it, to, 1, false);
        buf_str(to, "\"\n");
    }
    buf_str(to, "versions:\n");
    it->day = 19000 + (int)pick(it, 100);
    for (unsigned v = 0; v < n; v++) {
        bool premise = chance(it, 2);
        before = random_version_head(it, to, v, before);
        if (v > 0 && chance(it, 3)) {
            buf_printf(to, "  same_as: v%u\n", v - 1);
        }
        if (premise) {
            buf_str(to, "  premises: {papers: \"");
            random_condition(it, to, 1, false);
            buf_str(to, "\"}\n");
        }
        random_rules(it, to, v, premise);
    }
}

static inline void rules_random_open(struct rules_random *it, uint32_t round)
{
    *it = (struct rules_random){.rng = rng_at(91, 0, round, 0)};
    random_facts(it);
    random_tables(it);
    random_door(it, "one.yaml", "one");
    if (chance(it, 2)) {
        random_door(it, "two.yaml", "two");
    }
}

static inline void rules_random_close(struct rules_random *it)
{
    for (size_t i = 0; i < it->n; i++) {
        buf_free(&it->text[i]);
    }
}

static inline void rules_random_files(struct rules_random *it)
{
    for (size_t i = 0; i < it->n; i++) {
        assert_int_equal(it->text[i].failed, 0);
        it->files[i].bytes = buf_view(&it->text[i]);
    }
}

#endif
