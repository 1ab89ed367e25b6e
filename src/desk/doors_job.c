#include "doors_job.h"

#include <stdlib.h>
#include <string.h>

#include "instance_parts.h"

#define JOB_SCRATCH_CEILING ((size_t)1 << 30)
#define TIMELINE_MAX        10000 /* stretches of one door */

bool doors_when_parse(struct text word, struct doors_when *out)
{
    struct doors_when when = {0};
    if (!moment_parse(word, &when.at, &when.has_offset, &when.offset_minutes)) {
        return false;
    }
    *out = when;
    return true;
}

moment doors_when_at(const struct doors_when *when, const struct door *door)
{
    return when->has_offset && door->has_offset
               ? when->at - when->offset_minutes + door->offset_minutes
               : when->at;
}

bool doors_of_country(const struct rules *rules, const struct door *door, name_id country,
                      date_days on)
{
    struct text code = names_word(rules->names, door->country);
    name_id list = names_find(rules->names, text_is(code, "EU27") ? TEXT_LIT("EU") : code);
    if (country == 0 || door->country == country) {
        return true;
    }
    return (text_is(code, "EU27") || text_is(code, "SCHENGEN")) &&
           rules_listed(rules, list, country, on);
}

moment doors_since(const struct instance *instance)
{
    const struct door *door = &instance->rules->doors[instance->door];
    const struct version *version = instance->arms[0].version;
    moment first = MOMENT_NEVER;
    for (size_t way = 0; version != NULL && way < version_ways(instance->rules); way++) {
        moment start = version_start(instance->rules, door, (size_t)(version - door->versions), way,
                                     instance->as_known);
        first = start < first ? start : first;
    }
    return first;
}

static date_days job_known(const struct doors_question *question, moment at)
{
    return question->as_known == DATE_NONE ? moment_day(at) : question->as_known;
}

bool doors_wanted(const struct rules *rules, const struct doors_question *question, uint32_t door)
{
    const struct door *asked = &rules->doors[door];
    if (question->door != RULES_NONE) {
        return door == question->door;
    }
    return (question->counterfactual || !asked->counterfactual) &&
           (question->kinds == 0 || (question->kinds >> asked->kind & 1) != 0) &&
           doors_of_country(rules, asked, question->country, moment_day(question->on.at));
}

static int job_kind_rank(enum door_kind kind)
{
    static const int rank[] = {[DOOR_ENTRY] = 1, [DOOR_EXIT] = 0,    [DOOR_STAY] = 2,
                               [DOOR_VISA] = 3,  [DOOR_PATHWAY] = 4, [DOOR_PROTECTION] = 5};
    return rank[kind];
}

struct job_order {
    const struct rules *rules;
    uint32_t door;
};

/* The way of a person: out of the country, over the border, the stay there, visas, pathways; protection last. */
static int job_compare(const void *a, const void *b)
{
    const struct job_order *x = a, *y = b;
    const struct door *p = &x->rules->doors[x->door], *q = &y->rules->doors[y->door];
    int rank = job_kind_rank(p->kind) - job_kind_rank(q->kind);
    if (rank != 0) {
        return rank;
    }
    int country =
        text_cmp(names_word(x->rules->names, p->country), names_word(x->rules->names, q->country));
    return country != 0 ? country : text_cmp(p->id, q->id);
}

static int job_answer(struct arena *arena, struct arena *scratch, const struct rules *rules,
                      const struct person *person, const struct doors_question *question,
                      struct doors_answer *answer, struct ajar_err *err)
{
    moment at = doors_when_at(&question->on, &rules->doors[answer->door]);
    TRY(instance_build(arena, scratch, rules, answer->door, at, job_known(question, at),
                       &answer->instance, err));
    return decide(arena, scratch, &answer->instance, person, &question->decide, &answer->decision,
                  err);
}

/* The person, with an application for asylum that runs. */
static int job_applicant(struct arena *arena, const struct rules *rules,
                         const struct person *person, bool *able, struct person *out,
                         struct ajar_err *err)
{
    uint32_t fact = rules_fact(rules, TEXT_LIT("asylum_pending"));
    *able = fact != RULES_NONE && rules->facts[fact].type == FACT_BOOL;
    *out = *person;
    if (!*able) {
        return 0;
    }
    TRY_NEW(out->values, arena, rules->n_facts, err);
    memcpy(out->values, person->values, rules->n_facts * sizeof *out->values);
    out->values[fact] =
        (struct fact_value){.known = KNOWN_YES, .literal = rules->facts[fact].values[1]};
    return 0;
}

static bool job_closes(enum status before, enum status after)
{
    return after == STATUS_BARRED && before != STATUS_BARRED && before != STATUS_CLOSED &&
           before != STATUS_NOT_APPLICABLE && before != STATUS_NO_RULE;
}

static bool job_reads(const struct instance *instance, uint32_t fact)
{
    for (size_t v = 0; v < instance->n_vars; v++) {
        if (instance->vars[v].kind == VAR_FACT && instance->vars[v].fact == fact) {
            return true;
        }
    }
    return false;
}

/* The door's answer among those made already, or one made for the purpose. */
static int job_before(struct arena *scratch, const struct person *person,
                      const struct doors_answers *answers, uint32_t door, struct doors_answer *out,
                      struct ajar_err *err)
{
    struct doors_question question = {
        .on = answers->question.on, .as_known = answers->question.as_known, .door = door};
    for (size_t i = 0; i < answers->n; i++) {
        if (answers->answers[i].door == door) {
            *out = answers->answers[i];
            return 0;
        }
    }
    *out = (struct doors_answer){.door = door};
    return job_answer(scratch, scratch, answers->rules, person, &question, out, err);
}

/* Which doors would an application for asylum bar? */
static int job_asylum(struct arena *arena, struct arena *scratch, const struct person *person,
                      struct doors_answers *answers, struct ajar_err *err)
{
    static const struct decide_options options = {0};
    const struct rules *rules = answers->rules;
    uint32_t fact = rules_fact(rules, TEXT_LIT("asylum_pending"));
    struct person applicant;
    bool able;
    TRY(job_applicant(arena, rules, person, &able, &applicant, err));
    TRY_NEW(answers->closes, arena, rules->n_doors, err);
    for (uint32_t door = 0; able && door < rules->n_doors; door++) {
        struct doors_answer before;
        struct decision after;
        if (rules->doors[door].counterfactual || rules->doors[door].kind == DOOR_PROTECTION) {
            continue;
        }
        TRY(job_before(scratch, person, answers, door, &before, err));
        if (!job_reads(&before.instance, fact)) {
            continue;
        }
        TRY(decide(scratch, scratch, &before.instance, &applicant, &options, &after, err));
        if (job_closes(before.decision.status, after.status)) {
            answers->closes[answers->n_closes++] = door;
        }
    }
    return 0;
}

static int job_run(struct arena *arena, struct arena *scratch, const struct person *person,
                   struct doors_answers *answers, struct ajar_err *err)
{
    const struct rules *rules = answers->rules;
    struct job_order *order;
    TRY_NEW(order, scratch, rules->n_doors, err);
    for (uint32_t i = 0; i < rules->n_doors; i++) {
        if (doors_wanted(rules, &answers->question, i)) {
            order[answers->n++] = (struct job_order){rules, i};
        }
    }
    qsort(order, answers->n, sizeof *order, job_compare);
    TRY_NEW(answers->answers, arena, answers->n, err);
    for (size_t i = 0; i < answers->n; i++) {
        answers->answers[i].door = order[i].door;
        TRY(job_answer(arena, scratch, rules, person, &answers->question, &answers->answers[i],
                       err));
    }
    return job_asylum(arena, scratch, person, answers, err);
}

static int job_none(const struct rules *rules, const struct doors_question *question,
                    struct ajar_err *err)
{
    struct doors_question wider = *question;
    wider.counterfactual = true;
    err_set(err, E_DOORS_DOOR, "no door is left by that choice");
    for (uint32_t i = 0; i < rules->n_doors; i++) {
        if (doors_wanted(rules, &wider, i)) {
            err_hint(err, "There are rules that no state made: --counterfactual asks them.");
            break;
        }
    }
    return E_DOORS_DOOR;
}

int doors_evaluate(struct arena *arena, const struct rules *rules, const struct person *person,
                   const struct doors_question *question, struct doors_answers *out,
                   struct ajar_err *err)
{
    struct doors_answers answers = {.rules = rules, .question = *question};
    struct arena scratch;
    arena_init(&scratch, "doors", JOB_SCRATCH_CEILING);
    int code = job_run(arena, &scratch, person, &answers, err);
    arena_free(&scratch);
    TRY(code);
    if (answers.n == 0) {
        return job_none(rules, question, err);
    }
    *out = answers;
    return 0;
}

/* The first day after `at` on which something of the door became known. */
static moment timeline_learns(const struct door *door, moment at)
{
    moment first = MOMENT_NEVER;
    for (size_t v = 0; v < door->n_versions; v++) {
        const struct version *version = &door->versions[v];
        for (size_t e = 0; e <= version->n_ends; e++) {
            moment known = moment_of_day(e == 0 ? version->known : version->ends[e - 1].known);
            first = known > at && known < first ? known : first;
        }
    }
    return first;
}

int doors_state(struct arena *arena, const struct rules *rules,
                const struct doors_question *question, uint32_t door, struct instance *out,
                struct ajar_err *err)
{
    struct arena scratch;
    moment at = doors_when_at(&question->on, &rules->doors[door]);
    arena_init(&scratch, "doors", JOB_SCRATCH_CEILING);
    int code = instance_build(arena, &scratch, rules, door, at, job_known(question, at), out, err);
    arena_free(&scratch);
    return code;
}

static int timeline_at(struct arena *scratch, const struct rules *rules, uint32_t door,
                       const struct person *person, moment at, date_days as_known, moment to,
                       struct doors_span *span, moment *next, struct ajar_err *err)
{
    struct doors_question question = {
        .on = {.at = at}, .as_known = as_known, .door = door, .decide = {.until = true}};
    struct doors_answer answer = {.door = door};
    moment *changes;
    size_t n;
    TRY(job_answer(scratch, scratch, rules, person, &question, &answer, err));
    *span = (struct doors_span){
        .from = at, .status = answer.decision.status, .version = answer.instance.arms[0].version};
    *next = answer.decision.valid_until;
    /* Another version may answer the same. */
    TRY(instance_changes(scratch, rules, door, at, to, answer.instance.as_known, &n, &changes,
                         err));
    if (n > 0 && changes[0] < *next) {
        *next = changes[0];
    }
    if (as_known == DATE_NONE && timeline_learns(&rules->doors[door], at) < *next) {
        *next = timeline_learns(&rules->doors[door], at);
    }
    return 0;
}

int doors_timeline(struct arena *arena, const struct rules *rules, uint32_t door,
                   const struct person *person, moment from, moment to, date_days as_known,
                   size_t *n, struct doors_span **out, struct ajar_err *err)
{
    struct doors_span *spans;
    size_t made = 0;
    moment at = from;
    TRY_NEW(spans, arena, TIMELINE_MAX, err);
    while (at < to && made < TIMELINE_MAX) {
        struct arena scratch;
        struct doors_span span;
        moment next;
        arena_init(&scratch, "timeline", JOB_SCRATCH_CEILING);
        int code = timeline_at(&scratch, rules, door, person, at, as_known, to, &span, &next, err);
        arena_free(&scratch);
        TRY(code);
        span.to = next;
        if (made > 0 && spans[made - 1].status == span.status &&
            spans[made - 1].version == span.version) {
            spans[made - 1].to = next;
        } else {
            spans[made++] = span;
        }
        at = next <= at ? to : next;
    }
    *n = made;
    *out = spans;
    return 0;
}
