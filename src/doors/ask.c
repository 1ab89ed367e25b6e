/* Each question is tried on each door with every answer that it may get.  */
#include "ask.h"

#include <string.h>

#include "decide_parts.h"

/* Expected numbers as whole ones: exact for the numbers of answers that are usual.  */
#define ASK_SCALE ((int64_t)720720 * 64)

/* What may be asked: the facts, then household and stays.  */
struct topic {
    bool wanted;
    int64_t gain; /* expected number of outcomes, less those that are left now */
    size_t settles;
};

struct asking {
    struct arena *scratch;
    const struct rules *rules;
    size_t n_topics;
    struct topic *topics;
};

/* One door, and the parts of one question that it still depends on.  */
struct trial {
    const struct ask_door *door;
    uint64_t mask[DIAGRAM_VARS_MAX];
    void *room;
    size_t n;
    uint32_t vars[DIAGRAM_VARS_MAX];
};

static size_t topic_of(const struct rules *rules, const struct var *var)
{
    switch (var->kind) {
    case VAR_FACT:
    case VAR_HAS:
        return var->fact;
    case VAR_QUANT:
        return rules->n_facts;
    case VAR_STAY_DAYS:
    case VAR_STAY_SINCE:
        break;
    }
    return rules->n_facts + 1;
}

static int outcomes_left(const struct trial *trial)
{
    const struct instance *instance = trial->door->instance;
    return __builtin_popcountll(
        diagram_reach(instance->diagram, instance->outcome, trial->mask, trial->room));
}

/* The next answer: every variable goes through its classes, the last one fastest.  False after the
 * last answer, with the masks as they were.  */
static bool answer_next(struct trial *trial)
{
    for (size_t i = trial->n; i-- > 0;) {
        uint32_t v = trial->vars[i];
        uint64_t left = trial->door->mask[v] & ~(trial->mask[v] | (trial->mask[v] - 1));
        if (left != 0) {
            trial->mask[v] = left & -left;
            return true;
        }
        trial->mask[v] = trial->door->mask[v] & -trial->door->mask[v];
    }
    return false;
}

/* Tries every answer.  */
static void topic_try(struct topic *topic, struct trial *trial, int now)
{
    int64_t sum = 0, answers = 0;
    bool settles = false;
    for (size_t i = 0; i < trial->n; i++) {
        uint32_t v = trial->vars[i];
        trial->mask[v] = trial->door->mask[v] & -trial->door->mask[v];
    }
    do {
        int left = outcomes_left(trial);
        settles |= left == 1;
        sum += left;
        answers++;
    } while (answer_next(trial));
    for (size_t i = 0; i < trial->n; i++) {
        trial->mask[trial->vars[i]] = trial->door->mask[trial->vars[i]];
    }
    topic->wanted = true;
    topic->gain += sum * ASK_SCALE / answers - now * ASK_SCALE;
    topic->settles += settles;
}

/* The variables of the topic that the door still depends on, as long as their answers are not too
 * many.  */
static void trial_vars(struct trial *trial, const struct asking *it, size_t topic,
                       const struct decision *open)
{
    const struct ask_door *door = trial->door;
    size_t answers = 1;
    trial->n = 0;
    for (size_t i = 0; i < open->n_missing; i++) {
        uint32_t v = open->missing[i];
        size_t classes = (size_t)__builtin_popcountll(door->mask[v]);
        bool here = topic_of(it->rules, &door->instance->vars[v]) == topic;
        if (here && door->asked[v] == 1 && answers * classes <= ASK_ANSWERS_MAX) {
            trial->vars[trial->n++] = v;
            answers *= classes;
        }
    }
}

/* Facts on which the outcome depends within the cube.  */
static int door_missing(struct asking *it, const struct ask_door *door, struct decision *out,
                        struct ajar_err *err)
{
    struct before *before;
    size_t n = door->instance->n_vars;
    TRY_NEW(before, it->scratch, 1, err);
    *before =
        (struct before){.arena = it->scratch, .scratch = it->scratch, .instance = door->instance};
    memcpy(before->mask, door->mask, n * sizeof *door->mask);
    memcpy(before->asked, door->asked, n);
    *out = (struct decision){0};
    return decide_missing(before, out, err);
}

static int ask_door(struct asking *it, const struct ask_door *door, struct ajar_err *err)
{
    struct trial *trial;
    struct decision open;
    uint64_t *room;
    TRY_NEW(trial, it->scratch, 1, err);
    TRY_NEW(room, it->scratch, diagram_scratch(door->instance->diagram) / sizeof *room + 1, err);
    trial->door = door;
    trial->room = room;
    memcpy(trial->mask, door->mask, door->instance->n_vars * sizeof *door->mask);
    int now = outcomes_left(trial);
    if (now <= 1) {
        return 0;
    }
    TRY(door_missing(it, door, &open, err));
    for (size_t t = 0; t < it->n_topics; t++) {
        trial_vars(trial, it, t, &open);
        if (trial->n > 0) {
            topic_try(&it->topics[t], trial, now);
        }
    }
    return 0;
}

static bool topic_is_sensitive(const struct rules *rules, size_t topic)
{
    return topic < rules->n_facts && rules->facts[topic].sensitive;
}

/* Whether topic a, which comes first by name, is the better question.  */
static bool topic_beats(const struct asking *it, size_t a, size_t b)
{
    if (it->topics[a].gain != it->topics[b].gain) {
        return it->topics[a].gain < it->topics[b].gain;
    }
    return topic_is_sensitive(it->rules, a) < topic_is_sensitive(it->rules, b);
}

int ask_next(struct arena *scratch, const struct rules *rules, size_t n_doors,
             const struct ask_door doors[], uint32_t *fact, size_t *n_settles, struct ajar_err *err)
{
    struct asking it = {.scratch = scratch, .rules = rules, .n_topics = rules->n_facts + 2};
    size_t best = it.n_topics;
    TRY_NEW(it.topics, scratch, it.n_topics, err);
    for (size_t d = 0; d < n_doors; d++) {
        TRY(ask_door(&it, &doors[d], err));
    }
    for (size_t t = 0; t < it.n_topics; t++) {
        if (it.topics[t].wanted && (best == it.n_topics || topic_beats(&it, t, best))) {
            best = t;
        }
    }
    *n_settles = best == it.n_topics ? 0 : it.topics[best].settles;
    *fact = best == it.n_topics          ? RULES_NONE
            : best == rules->n_facts     ? ASK_HOUSEHOLD
            : best == rules->n_facts + 1 ? ASK_STAYS
                                         : (uint32_t)best;
    return 0;
}
