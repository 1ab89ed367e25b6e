/* A small rule set as text, and ways to change and read it. */
#ifndef TEST_RULES_TEXT_H
#define TEST_RULES_TEXT_H

#include "unit.h"

#include "rules_read.h"

#define RULES_CEILING ((size_t)256 << 20)
#define RULES_FAULTS  50

#define SAY(word) "{en: " word ", ru: " word ", de: " word "}"

static const char text_facts[] =
    "facts:\n"
    "  visa:\n"
    "    type: enum\n"
    "    values: [NONE, \"C_*\", D_FIN]\n"
    "    ask: " SAY(
        "Visa") "\n"
                "    actionable: yes\n"
                "    proofs:\n"
                "    - {doc: " SAY(
                    "Visa") ", issuer: consulate, days: 45, cost: 80.50, currency: EUR, "
                            "contacts_origin_state: no, illustrative: yes, for: [D_FIN]}\n"
                            "  kin: {type: enum, values: [NONE, SPOUSE, CHILD], ask: " SAY(
                                "Kin") ", sensitive: yes}\n"
                                       "  citizenship: {type: set, values: [\"*\"], ask: " SAY(
                                           "Citizenship") "}\n"
                                                          "  refuses: {type: bool, ask: " SAY(
                                                              "Refuses") "}\n"
                                                                         "  age: {type: int, unit: "
                                                                         "years, min: 0, max: 120, "
                                                                         "ask: " SAY(
                                                                             "Age") "}\n"
                                                                                    "  birth_date: "
                                                                                    "{type: date, "
                                                                                    "ask: " SAY(
                                                                                        "Born") "}"
                                                                                                "\n"
                                                                                                "  "
                                                                                                "de"
                                                                                                "gr"
                                                                                                "ee"
                                                                                                "_d"
                                                                                                "at"
                                                                                                "e:"
                                                                                                " {"
                                                                                                "ty"
                                                                                                "pe"
                                                                                                ": "
                                                                                                "da"
                                                                                                "te"
                                                                                                ", "
                                                                                                "no"
                                                                                                "ne"
                                                                                                ": "
                                                                                                "ye"
                                                                                                "s,"
                                                                                                " a"
                                                                                                "sk"
                                                                                                ":"
                                                                                                " " SAY(
                                                                                                    "Degree") "}\n"
                                                                                                              "  salary: {type: money, unit: EUR/year, none: yes, min: 0, max: 1000.50, ask: " SAY(
                                                                                                                  "Pay") "}\n"
                                                                                                                         "  crossing: {type: enum, values: [ROAD, RAIL, AIR], ask: " SAY(
                                                                                                                             "Crossing") "}\n";

static const char text_lists[] = "list,item,from,to,cite,source_id\n"
                                 "EU,FIN,,,Treaty,src_a\n"
                                 "EU,EST,2022-06-01,,Treaty,\n"
                                 "LATE,FIN,2022-06-01,2023-01-01,Treaty,\n";

static const char text_params[] = "param,key,value,unit,from,to,cite,source_id\n"
                                  "card,general,56400,EUR/year,2022-01-01,2023-01-01,Notice,src_a\n"
                                  "card,general,\"58,400.50\",EUR/year,2023-01-01,,Notice,src_a\n"
                                  "limit,days,90,days,,,Notice,\n";

static const char text_door[] =
    "door: fi.entry\n"
    "title: " SAY(
        "Entry") "\n"
                 "country: FIN\n"
                 "kind: entry\n"
                 "act: Act\n"
                 "review_by: 2024-12-31\n"
                 "utc_offset: \"+02:00\"\n"
                 "protection: [eu.shield]\n"
                 "scope: \"citizenship has RUS\"\n"
                 "default: CLOSED\n"
                 "versions:\n"
                 "- id: first\n"
                 "  from: 2022-01-01\n"
                 "  known: 2021-12-01\n"
                 "  law: Law one\n"
                 "  source: [src_a]\n"
                 "  mark: R\n"
                 "  transcription: full\n"
                 "  premises: {short: \"visa in {C_list(EU)}\"}\n"
                 "  rules:\n"
                 "  - id: kin\n"
                 "    effect: OPEN\n"
                 "    premise: short\n"
                 "    when: \"kin in {SPOUSE, CHILD} or refuses = yes\"\n"
                 "    cite: art 1\n"
                 "    quote: words\n"
                 "    say: " SAY(
                     "Kin") "\n"
                            "  - id: pay\n"
                            "    effect: DISCRETION\n"
                            "    when: \"salary >= param(card, general)\"\n"
                            "    cite: art 2\n"
                            "    quote: words\n"
                            "    mark: N\n"
                            "    source: src_b\n"
                            "    transcription: unread\n"
                            "    contested: courts differ\n"
                            "    say: " SAY(
                                "Pay") "\n"
                                       "  - id: ban\n"
                                       "    effect: CLOSED\n"
                                       "    when: \"visa = NONE\"\n"
                                       "    overrides: [kin]\n"
                                       "    cite: art 3\n"
                                       "    quote: words\n"
                                       "    say: " SAY(
                                           "Ban") "\n"
                                                  "  superior_law:\n"
                                                  "  - {id: free, effect: OPEN, when: \"kin = "
                                                  "SPOUSE\", cite: art 5, quote: words, say: " SAY(
                                                      "Free") "}\n"
                                                              "  practice:\n"
                                                              "  - {from: 2022-09-26, until: "
                                                              "2022-11-30, effect: CLOSED, note: "
                                                              "refused, source: src_a}\n"
                                                              "- id: second\n"
                                                              "  from: 2022-09-30\n"
                                                              "  known: 2022-09-29\n"
                                                              "  law: Law two\n"
                                                              "  source: [src_b]\n"
                                                              "  mark: S\n"
                                                              "  transcription: partial\n"
                                                              "  read: the summary\n"
                                                              "  same_as: first\n"
                                                              "  remove: [pay]\n"
                                                              "  rules:\n"
                                                              "  - {id: kin, also: \"age >= 18\", "
                                                              "cite: art 1a}\n"
                                                              "  - {id: late, effect: OPEN, when: "
                                                              "\"degree_date >= on - 3y\", "
                                                              "overrides: all, cite: art 4, "
                                                              "quote: words, say: " SAY(
                                                                  "Late") "}\n";

static const char text_shield[] = "door: eu.shield\n"
                                  "title: " SAY("Shield") "\n"
                                                          "country: EU27\n"
                                                          "kind: protection\n"
                                                          "act: Act\n"
                                                          "versions:\n"
                                                          "- id: only\n"
                                                          "  from: 2020-01-01\n"
                                                          "  known: 2020-01-01\n"
                                                          "  law: Law\n"
                                                          "  mark: K\n"
                                                          "  transcription: unread\n"
                                                          "  default: OPEN\n";

/* The set, in which any of the texts may be changed. */
struct text_set {
    struct rules_file files[5];
    size_t n;
};

static inline struct text_set text_set_of(void)
{
    return (struct text_set){.n = 5,
                             .files = {{RULES_FACTS, "facts.yaml", text_of(text_facts)},
                                       {RULES_LISTS, "lists.csv", text_of(text_lists)},
                                       {RULES_PARAMS, "params.csv", text_of(text_params)},
                                       {RULES_DOOR, "fi.yaml", text_of(text_door)},
                                       {RULES_DOOR, "shield.yaml", text_of(text_shield)}}};
}

/* The file with the first `from` replaced by `to`; the bytes live in the arena. */
static inline void text_change(struct arena *arena, struct rules_file *file, const char *from,
                               const char *to)
{
    const char *at = memmem(file->bytes.at, file->bytes.n, from, strlen(from));
    if (at == NULL) {
        fail_msg("%s does not hold %s", file->name, from);
        return;
    }
    size_t before = (size_t)(at - file->bytes.at), gone = strlen(from), fresh = strlen(to);
    char *bytes = arena_new(arena, char, file->bytes.n + fresh, NULL);
    assert_non_null(bytes);
    memcpy(bytes, file->bytes.at, before);
    memcpy(bytes + before, to, fresh);
    memcpy(bytes + before + fresh, at + gone, file->bytes.n - before - gone);
    file->bytes = (struct text){bytes, file->bytes.n - gone + fresh};
}

static inline bool text_source(void *arg, struct text id)
{
    (void)arg;
    return text_is(id, "src_a") || text_is(id, "src_b");
}

static inline int text_read(struct arena *arena, const struct text_set *set, struct rules *out,
                            struct faults *faults, struct ajar_err *err)
{
    assert_int_equal(faults_init(faults, arena, RULES_FAULTS, NULL), 0);
    return rules_read(arena, set->n, set->files, text_source, NULL, out, faults, err);
}

static inline void text_faults_show(const struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++) {
        const struct ajar_err *at = &faults->at[i];
        print_message("%s:%ld:%ld %s [%s] '%s' %s | %s\n", at->file, at->row, at->at, at->slug,
                      at->column, at->value, at->text, at->hint);
    }
}

#endif
