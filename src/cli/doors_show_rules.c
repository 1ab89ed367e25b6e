/* Lists of doors and facts, spans of time, and what changes between two states. */
#include "country.h"
#include "doors_show.h"
#include "num.h"
#include "table.h"

#define RULES_SHOW_TEXT ((size_t)65536)
#define COMPARED_SHOWN  12 /* groups of one change that are shown, unless all are asked for */
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static int list_row(const struct verb_call *call, const struct rules *rules,
                    const struct doors_question *question, uint32_t door, struct table *table,
                    struct ajar_err *err)
{
    struct instance instance;
    const struct door *is = &rules->doors[door];
    char since[DOORS_TIME];
    TRY(doors_state(call->arena, rules, question, door, &instance, err));
    const struct version *version = instance.arms[0].version;
    table_begin_row(table);
    table_text(table, is->id);
    table_text(table, names_word(rules->names, is->country));
    table_str(table, door_kind_words[is->kind]);
    table_text(table, said_in(&is->title, LANG_EN));
    table_text(table, version == NULL ? text_of("no rule") : version->id);
    table_str(table, version == NULL ? "" : doors_time(doors_since(&instance), since));
    char mark[2] = {version == NULL ? ' ' : version->mark, '\0'};
    table_str(table, mark);
    return 0;
}

int doors_show_list(const struct verb_call *call, const struct rules *rules,
                    const struct doors_question *question, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"door", TABLE_WORD},    {"of", TABLE_WORD},    {"kind", TABLE_WORD}, {"title", TABLE_TEXT},
        {"version", TABLE_WORD}, {"since", TABLE_WORD}, {"mark", TABLE_WORD}};
    struct table table;
    struct doors_question all = *question;
    size_t hidden = 0;
    all.counterfactual = true;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t i = 0; i < rules->n_doors; i++) {
        if (doors_wanted(rules, question, i)) {
            TRY(list_row(call, rules, question, i, &table, err));
        } else if (doors_wanted(rules, &all, i)) {
            hidden++;
        }
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    if (hidden > 0) {
        tell_say(call, "%zu more that no state made: --counterfactual", hidden);
    }
    tell_say(call, "Marks: R read in the act, S official summary, N news or law firm, K general "
                   "knowledge, not verified.");
    return 0;
}

static void facts_values(struct buf *buf, const struct rules *rules, const struct fact *fact)
{
    static const char *const types[] = {"yes or no", "",       "whole number",
                                        "amount",    "a date", "any of "};
    enum { FACTS_SHOWN = 12 };
    buf_str(buf, types[fact->type]);
    if (fact->unit.n > 0) {
        buf_printf(buf, " in %.*s", (int)fact->unit.n, fact->unit.at);
    }
    if (fact->type != FACT_ENUM && fact->type != FACT_SET) {
        return;
    }
    for (size_t i = 0; i < fact->n_values && i < FACTS_SHOWN; i++) {
        buf_str(buf, i == 0 ? "" : ", ");
        buf_text(buf, names_word(rules->names, fact->values[i]));
    }
    if (fact->n_values > FACTS_SHOWN) {
        buf_printf(buf, " and %zu more", fact->n_values - FACTS_SHOWN);
    }
}

int doors_show_facts(const struct verb_call *call, const struct rules *rules, enum lang lang,
                     struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"fact", TABLE_WORD}, {"values", TABLE_TEXT}, {"question", TABLE_TEXT}};
    struct table table;
    struct buf buf;
    buf_init(&buf, RULES_SHOW_TEXT);
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < rules->n_facts; i++) {
        buf.n = 0;
        facts_values(&buf, rules, &rules->facts[i]);
        table_begin_row(&table);
        table_text(&table, rules->facts[i].name);
        table_text(&table, buf_view(&buf));
        table_text(&table, said_in(&rules->facts[i].ask, lang));
    }
    int code = buf_ok(&buf, err);
    buf_free(&buf);
    TRY(code);
    return table_print(&table, call->to, call->width, call->color, err);
}

static void comparison_head(const struct verb_call *call, const struct comparison *comparison)
{
    const struct instance *before = &comparison->before, *after = &comparison->after;
    struct text a = before->rules->doors[before->door].id;
    struct text b = after->rules->doors[after->door].id;
    char from[DOORS_TIME], to[DOORS_TIME];
    char all[NUM_TEXT], changed[NUM_TEXT];
    num_format_grouped(comparison->vectors, 0, all);
    num_format_grouped(comparison->changed, 0, changed);
    tell_heading(call, "%.*s on %s against %.*s on %s", (int)a.n, a.at,
                 doors_time(before->at, from), (int)b.n, b.at, doors_time(after->at, to));
    tell_say(call, "%s of %s kinds of person get another answer. %s", changed, all,
             doors_word(WORD_ADVICE, LANG_EN));
}

static void comparison_group(const struct verb_call *call, const struct comparison *comparison,
                             const struct change *change, struct buf *words)
{
    words->n = 0;
    compare_say(words, comparison, change);
    if (change->rule != NULL) {
        buf_printf(words, " (rule %.*s)", (int)change->rule->id.n, change->rule->id.at);
    }
    fputs("  - ", call->to);
    tell_text(call, buf_view(words), 4);
}

/* The groups that go from one answer to another: changes[from ..]; returns how many. */
static size_t comparison_pair(const struct verb_call *call, const struct comparison *comparison,
                              size_t from, bool all, struct buf *words)
{
    const struct change *first = &comparison->changes[from];
    size_t n = 1;
    while (from + n < comparison->n && first[n].before == first->before &&
           first[n].after == first->after) {
        n++;
    }
    size_t shown = all || n <= COMPARED_SHOWN ? n : COMPARED_SHOWN;
    fprintf(call->to, "  %s to %s\n", outcome_words[first->before], outcome_words[first->after]);
    for (size_t i = 0; i < shown; i++) {
        comparison_group(call, comparison, &first[i], words);
    }
    if (shown < n) {
        fprintf(call->to, "    and %zu more groups: --all\n", n - shown);
    }
    return n;
}

int doors_show_comparison(const struct verb_call *call, const struct comparison *comparison,
                          bool all, struct ajar_err *err)
{
    struct buf words;
    buf_init(&words, (size_t)1 << 20);
    comparison_head(call, comparison);
    compare_say_common(&words, comparison);
    if (comparison->n > 0 && words.n > 0) {
        tell_say(call, "Of those with %.*s; each group as far as nobody in it has another ground:",
                 (int)words.n, words.at);
    }
    for (size_t i = 0; i < comparison->n;) {
        i += comparison_pair(call, comparison, i, all, &words);
    }
    if (comparison->n == 0) {
        tell_say(call, "Nobody gets another answer.");
    }
    int code = buf_ok(&words, err);
    buf_free(&words);
    return code;
}
