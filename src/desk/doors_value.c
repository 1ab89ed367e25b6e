#include "doors_value.h"

#include <string.h>

#include "country.h"
#include "num.h"

#define VALUE_NEAREST_MAX 4096 /* words looked at for a suggestion */
#define CENTS             100

/* What is shown of a word: nothing behind a colon.  Where a quote or bracket is missing, the word may have
 * swallowed the lines that follow, and what stands there may be sensitive. */
static struct text value_shown(struct text word)
{
    struct text rest;
    return text_split(word, ':', &rest);
}

/* And of a name nothing behind its first blank: a colon may be missing. */
static struct text name_shown(struct text name)
{
    struct text rest;
    return text_split(value_shown(name), ' ', &rest);
}

static int value_fault(enum err_code code, const struct rules *rules, uint32_t fact,
                       struct text word, const struct doors_place *place, const char *what,
                       struct ajar_err *err)
{
    char name[128];
    const struct fact *declared = &rules->facts[fact];
    size_t n = declared->name.n < sizeof name ? declared->name.n : sizeof name - 1;
    memcpy(name, declared->name.at, n);
    name[n] = '\0';
    /* Messages are logs, and what is sensitive stays out of them. */
    err_at(err, code, place->file, place->row, name,
           declared->sensitive ? (struct text){"", 0} : value_shown(word), "%s", what);
    if (err != NULL) {
        err->at = place->at;
    }
    return (int)code;
}

/* Digits, and for money a point and one or two decimals: in cents then. */
static bool value_number(struct text word, bool money, int64_t *out)
{
    struct text decimals = {"", 0}, whole = word;
    int64_t number, cents = 0;
    const char *point = money ? memchr(word.at, '.', word.n) : NULL;
    if (point != NULL) {
        whole.n = (size_t)(point - word.at);
        decimals = (struct text){point + 1, word.n - whole.n - 1};
        if (decimals.n < 1 || decimals.n > 2 || !num_parse_int(decimals, &cents) ||
            decimals.at[0] < '0' || decimals.at[0] > '9') {
            return false;
        }
        cents *= decimals.n == 1 ? 10 : 1;
    }
    if (!num_parse_int(whole, &number) || number < -INT64_C(1000000000000) ||
        number > INT64_C(1000000000000)) {
        return false;
    }
    *out = money ? number * CENTS + (whole.at[0] == '-' ? -cents : cents) : number;
    return true;
}

static int value_numeric(const struct rules *rules, uint32_t fact, struct text word,
                         const struct doors_place *place, struct fact_value *value,
                         struct ajar_err *err)
{
    const struct fact *declared = &rules->facts[fact];
    bool money = declared->type == FACT_MONEY;
    if (!value_number(word, money, &value->number)) {
        value_fault(E_DOORS_FACTS_TYPE, rules, fact, word, place,
                    money ? "an amount is digits, with at most two decimals behind a point"
                          : "this is no whole number",
                    err);
        return err_hint(
            err, money ? "Write it like 39682.80, without separators; unknown when it is not known."
                       : "Write it like 30; unknown when it is not known.");
    }
    if (value->number < declared->min || value->number > declared->max) {
        char low[NUM_TEXT], high[NUM_TEXT];
        double unit = money ? CENTS : 1;
        value_fault(E_DOORS_FACTS_RANGE, rules, fact, word, place, "the number is out of range",
                    err);
        num_format((double)declared->min / unit, low);
        num_format((double)declared->max / unit, high);
        return err_hint(err, "A value of this fact lies between %s and %s.",
                        declared->min == INT64_MIN ? "minus infinity" : low,
                        declared->max == INT64_MAX ? "infinity" : high);
    }
    return 0;
}

static int value_date(const struct rules *rules, uint32_t fact, struct text word,
                      const struct doors_place *place, struct fact_value *value,
                      struct ajar_err *err)
{
    date_days day;
    char meant[DATE_TEXT];
    if (date_parse(word, &day)) {
        value->number = day;
        return 0;
    }
    value_fault(E_DOORS_FACTS_TYPE, rules, fact, word, place, "this is no date", err);
    if (!rules->facts[fact].sensitive && date_guess(word, &day)) {
        return err_hint(err, "Perhaps %s is meant; a date is written YYYY-MM-DD.",
                        date_format(day, meant));
    }
    return err_hint(err, "Write it like 2022-09-21; unknown when it is not known.");
}

static int value_nearest(struct arena *scratch, const struct rules *rules, uint32_t fact,
                         struct text word, const char **out, struct ajar_err *err)
{
    const struct fact *declared = &rules->facts[fact];
    size_t n = declared->n_values < VALUE_NEAREST_MAX ? declared->n_values : VALUE_NEAREST_MAX;
    const char **words;
    TRY_NEW(words, scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        TRY(text_copy(scratch, names_word(rules->names, declared->values[i]), &words[i], err));
    }
    *out = text_nearest(word, words, n);
    return 0;
}

static int value_literal(struct arena *arena, const struct rules *rules, uint32_t fact,
                         struct text word, const struct doors_place *place, name_id *out,
                         struct ajar_err *err)
{
    const struct fact *declared = &rules->facts[fact];
    name_id literal = names_find(rules->names, word);
    if (literal != 0 && rules_is_value(declared, literal)) {
        *out = literal;
        return 0;
    }
    const char *near = NULL, *country = NULL;
    /* What is near a word tells the word. */
    if (!declared->sensitive) {
        country = country_guess(word);
        TRY(value_nearest(arena, rules, fact, word, &near, err));
    }
    value_fault(E_DOORS_FACTS_VALUE, rules, fact, word, place, "this is no value of the fact", err);
    if (country != NULL && rules_is_value(declared, names_find(rules->names, text_of(country)))) {
        return err_hint(err, "Write %s; countries are ISO 3166 alpha-3 codes.", country);
    }
    if (near != NULL) {
        return err_hint(err, "Perhaps %s is meant.", near);
    }
    return err_hint(err,
                    "`ajar doors list --facts` shows the values; unknown when it is not known.");
}

static int value_bool(const struct rules *rules, uint32_t fact, struct text word,
                      const struct doors_place *place, struct fact_value *value,
                      struct ajar_err *err)
{
    bool yes = text_is(word, "yes") || text_is(word, "true");
    if (!yes && !text_is(word, "no") && !text_is(word, "false")) {
        value_fault(E_DOORS_FACTS_TYPE, rules, fact, word, place, "this is neither yes nor no",
                    err);
        return err_hint(err, "Write yes, no, unknown (not asked) or uncertain (cannot say).");
    }
    value->literal = rules->facts[fact].values[yes];
    return 0;
}

static int value_set(struct arena *arena, const struct rules *rules, uint32_t fact,
                     struct text word, const struct doors_place *place, struct fact_value *value,
                     struct ajar_err *err)
{
    name_id *set;
    size_t n = 1;
    for (size_t i = 0; i < word.n; i++) {
        n += word.at[i] == '+';
    }
    value->n_set = 0;
    value->set = NULL;
    if (word.n == 0 || text_is(word, "NONE")) {
        return 0;
    }
    TRY_NEW(set, arena, n, err);
    struct text rest = word;
    while (value->n_set < n) {
        struct text item = text_split(rest, '+', &rest);
        TRY(value_literal(arena, rules, fact, item, place, &set[value->n_set], err));
        for (size_t i = 0; i < value->n_set; i++) {
            if (set[i] == set[value->n_set]) {
                value_fault(E_DOORS_FACTS_CONTRADICT, rules, fact, item, place,
                            "the set holds the value twice", err);
                return err_hint(err, "Remove one of the two.");
            }
        }
        value->n_set++;
    }
    value->set = set;
    return 0;
}

static int value_stated(struct arena *arena, const struct rules *rules, uint32_t fact,
                        struct text word, const struct doors_place *place, struct fact_value *value,
                        struct ajar_err *err)
{
    const struct fact *declared = &rules->facts[fact];
    if (declared->none && text_is(word, "NONE")) {
        value->none = true;
        return 0;
    }
    switch (declared->type) {
    case FACT_BOOL:
        return value_bool(rules, fact, word, place, value, err);
    case FACT_ENUM:
        return value_literal(arena, rules, fact, word, place, &value->literal, err);
    case FACT_INT:
    case FACT_MONEY:
        return value_numeric(rules, fact, word, place, value, err);
    case FACT_DATE:
        return value_date(rules, fact, word, place, value, err);
    case FACT_SET:
        break;
    }
    return value_set(arena, rules, fact, word, place, value, err);
}

int doors_value_read(struct arena *arena, const struct rules *rules, uint32_t fact,
                     struct text word, const struct doors_place *place, struct fact_value *out,
                     struct ajar_err *err)
{
    struct fact_value value = {.known = KNOWN_YES};
    if (text_is(word, "unknown") || text_is(word, "?")) {
        value.known = KNOWN_NOT;
    } else if (text_is(word, "uncertain") || text_is(word, "?"
                                                           "?")) {
        value.known = KNOWN_UNCERTAIN;
    } else {
        TRY(value_stated(arena, rules, fact, word, place, &value, err));
    }
    *out = value;
    return 0;
}

/* Birth and age are one thing: where one is stated, silence on the other says nothing. */
static void value_settle_birth(const struct rules *rules, uint32_t fact, struct fact_value values[])
{
    uint32_t other = fact == rules->fact_age          ? rules->fact_birth_date
                     : fact == rules->fact_birth_date ? rules->fact_age
                                                      : RULES_NONE;
    if (other != RULES_NONE && values[fact].known == KNOWN_YES && !values[fact].none &&
        values[other].none) {
        values[other] = (struct fact_value){.known = KNOWN_NOT};
    }
}

int doors_value_state(struct arena *arena, const struct rules *rules, uint32_t fact,
                      struct text word, const struct doors_place *place, struct fact_value values[],
                      struct ajar_err *err)
{
    TRY(doors_value_read(arena, rules, fact, word, place, &values[fact], err));
    value_settle_birth(rules, fact, values);
    return 0;
}

int doors_fact_find(const struct rules *rules, struct text name, const struct doors_place *place,
                    struct arena *scratch, uint32_t *out, struct ajar_err *err)
{
    uint32_t fact = rules_fact(rules, name);
    if (fact != RULES_NONE) {
        *out = fact;
        return 0;
    }
    const char **words, *near;
    TRY_NEW(words, scratch, rules->n_facts, err);
    for (size_t i = 0; i < rules->n_facts; i++) {
        TRY(text_copy(scratch, rules->facts[i].name, &words[i], err));
    }
    near = text_nearest(name, words, rules->n_facts);
    err_at(err, E_DOORS_FACTS_NAME, place->file, place->row, NULL, name_shown(name),
           "no fact has this name");
    if (err != NULL) {
        err->at = place->at;
    }
    return near == NULL ? E_DOORS_FACTS_NAME : err_hint(err, "Perhaps %s is meant.", near);
}

bool doors_is_role(struct text word)
{
    return text_is(word, "spouse") || text_is(word, "child") || text_is(word, "parent") ||
           text_is(word, "guardian");
}

static int stay_fault(enum err_code code, const struct doors_place *place, struct text word,
                      const char *what, const char *hint, struct ajar_err *err)
{
    err_at(err, code, place->file, place->row, "stays", value_shown(word), "%s", what);
    if (err != NULL) {
        err->at = place->at;
    }
    return err_hint(err, "%s", hint);
}

int doors_stay_add(struct arena *arena, const struct rules *rules, struct person *person,
                   struct text country, date_days from, date_days to,
                   const struct doors_place *place, struct ajar_err *err)
{
    name_id code = country_find(country) < 0 ? 0 : names_find(rules->names, country);
    struct stay *stays;
    size_t at = 0;
    if (country_find(country) < 0) {
        return stay_fault(E_DOORS_FACTS_VALUE, place, country, "this is no country",
                          "Use an ISO 3166 alpha-3 code such as KAZ.", err);
    }
    if (to != DATE_NONE && to < from) {
        return stay_fault(E_DOORS_FACTS_CONTRADICT, place, country,
                          "the stay ends before it begins", "Correct or swap the two days.", err);
    }
    for (size_t i = 0; i < person->n_stays; i++) {
        const struct stay *other = &person->stays[i];
        at += other->from <= from;
        if (code != 0 && other->country == code && (other->to == DATE_NONE || other->to >= from) &&
            (to == DATE_NONE || other->from <= to)) {
            return stay_fault(E_DOORS_FACTS_CONTRADICT, place, country,
                              "two stays in one country overlap",
                              "The day of leaving and of coming back may not be in both; give the "
                              "later stay from the next day.",
                              err);
        }
    }
    TRY_NEW(stays, arena, person->n_stays + 1, err);
    stays[at] = (struct stay){.country = code, .from = from, .to = to};
    for (size_t i = 0; i < person->n_stays; i++) {
        stays[i < at ? i : i + 1] = person->stays[i];
    }
    person->stays = stays;
    person->n_stays++;
    person->stays_known = true;
    return 0;
}

static void value_say_set(struct buf *buf, const struct rules *rules,
                          const struct fact_value *value)
{
    for (size_t i = 0; i < value->n_set; i++) {
        buf_str(buf, i == 0 ? "" : " and ");
        buf_text(buf, names_word(rules->names, value->set[i]));
    }
    if (value->n_set == 0) {
        buf_str(buf, "none");
    }
}

void doors_value_say(struct buf *buf, const struct rules *rules, uint32_t fact,
                     const struct fact_value *value)
{
    const struct fact *declared = &rules->facts[fact];
    char day[DATE_TEXT], number[NUM_TEXT];
    if (value->known != KNOWN_YES) {
        buf_str(buf, value->known == KNOWN_UNCERTAIN ? "uncertain" : "not known");
        return;
    }
    if (value->none) {
        buf_str(buf, "NONE");
        return;
    }
    switch (declared->type) {
    case FACT_BOOL:
    case FACT_ENUM:
        buf_text(buf, names_word(rules->names, value->literal));
        break;
    case FACT_INT:
    case FACT_MONEY:
        num_format((double)value->number / (declared->type == FACT_MONEY ? CENTS : 1), number);
        buf_printf(buf, "%s %.*s", number, (int)declared->unit.n, declared->unit.at);
        break;
    case FACT_DATE:
        buf_str(buf, date_format((date_days)value->number, day));
        break;
    case FACT_SET:
        value_say_set(buf, rules, value);
        break;
    }
}

int doors_absorb(struct faults *faults, int code, const struct ajar_err *problem, bool *sound,
                 struct ajar_err *err)
{
    if (code == 0) {
        return 0;
    }
    if (code == E_MEMORY || code == E_CEILING) {
        if (err != NULL) {
            *err = *problem;
        }
        return code;
    }
    *faults_add(faults) = *problem;
    if (sound != NULL) {
        *sound = false;
    }
    return 0;
}
