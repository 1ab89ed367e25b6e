/* Does a door answer as a test says? */
#include <string.h>

#include "doors_case_sets.h"
#include "doors_cases.h"
#include "rules_read.h"

#define CASE_TEXT     ((size_t)4096)
#define CASE_OPENINGS 1000 /* found sets that a row's are looked for in */

static const char *const flag_words[] = {"contested",  "partial", "unread",
                                         "unverified", "stale",   "counterfactual"};

struct case_check {
    struct arena *arena, *scratch;
    const struct instance *instance;
    const struct doors_case *test;
    struct doors_verdict *verdict;
};

static int case_differs(struct case_check *check, struct ajar_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int case_differs(struct case_check *check, struct ajar_err *err, const char *format, ...)
{
    struct buf buf;
    va_list args;
    if (!check->verdict->passed) {
        return 0;
    }
    buf_init(&buf, CASE_TEXT);
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    int code = buf_ok(&buf, err);
    code =
        code != 0 ? code : text_copy(check->arena, buf_view(&buf), &check->verdict->differs, err);
    buf_free(&buf);
    check->verdict->passed = false;
    return code;
}

static const struct rule *case_rule(const struct case_check *check, const struct fired *fired)
{
    const struct version *version = check->instance->arms[fired->arm].version;
    return fired->superior ? &version->superior[fired->rule] : &version->rules[fired->rule];
}

static bool case_fires(const struct case_check *check, struct text id)
{
    const struct decision *decision = &check->verdict->decision;
    for (size_t i = 0; i < decision->n_fired; i++) {
        if (decision->fired[i].certain && text_eq(case_rule(check, &decision->fired[i])->id, id)) {
            return true;
        }
    }
    return false;
}

/* "p2;!p5": p2 fires, p5 does not. */
static int case_check_rules(struct case_check *check, struct ajar_err *err)
{
    struct text rest = check->test->rules;
    while (rest.n > 0) {
        struct text id = text_trim(text_split(rest, ';', &rest));
        bool fires = id.n == 0 || id.at[0] != '!';
        if (!fires) {
            id = (struct text){id.at + 1, id.n - 1};
        }
        if (case_fires(check, id) != fires) {
            TRY(case_differs(check, err, "rule %.*s %s", (int)id.n, id.at,
                             fires ? "does not fire" : "fires"));
        }
    }
    return 0;
}

static bool case_practice(const struct decision *decision, struct text effect)
{
    for (size_t i = 0; i < decision->n_practice; i++) {
        if (text_is(effect, effect_words[decision->practice[i]->effect])) {
            return true;
        }
    }
    return false;
}

static bool case_flag(const struct decision *decision, struct text flag)
{
    const bool flags[] = {decision->contested,  decision->partial, decision->unread,
                          decision->unverified, decision->stale,   decision->counterfactual};
    static const char practice[] = "practice:";
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (text_is(flag, flag_words[i])) {
            return flags[i];
        }
    }
    size_t n = sizeof practice - 1;
    return flag.n > n && memcmp(flag.at, practice, n) == 0 &&
           case_practice(decision, (struct text){flag.at + n, flag.n - n});
}

static int case_check_flags(struct case_check *check, struct ajar_err *err)
{
    struct text rest = check->test->flags;
    while (rest.n > 0) {
        struct text flag = text_trim(text_split(rest, ';', &rest));
        if (!case_flag(&check->verdict->decision, flag)) {
            TRY(case_differs(check, err, "the answer is not marked %.*s", (int)flag.n, flag.at));
        }
    }
    return 0;
}

/* Whether the condition's limit is one of the door's own: no class is on both of its sides. */
static int case_on_cut(struct case_check *check, const struct expr *expr, uint64_t mask, bool *is,
                       struct ajar_err *err)
{
    static const enum expr_op opposite[] = {
        [EXPR_LESS] = EXPR_GREATER_EQUAL, [EXPR_LESS_EQUAL] = EXPR_GREATER,
        [EXPR_EQUAL] = EXPR_NOT_EQUAL,    [EXPR_NOT_EQUAL] = EXPR_EQUAL,
        [EXPR_GREATER_EQUAL] = EXPR_LESS, [EXPR_GREATER] = EXPR_LESS_EQUAL};
    struct expr other = *expr;
    uint32_t var;
    uint64_t against;
    if (expr->kind != EXPR_COMPARE) {
        *is = true;
        return 0;
    }
    other.op = opposite[expr->op];
    TRY(instance_mask(check->scratch, check->instance, &other, &var, &against, err));
    *is = (mask & against) == 0;
    return 0;
}

/* Whether one of the set's steps is met by the condition: for words one of the step's values will do,
 * a cut-point has to be the step's own. */
static int case_step(struct case_check *check, const struct opening *opening, struct text word,
                     bool *met, struct ajar_err *err)
{
    const struct instance *instance = check->instance;
    const struct expr *expr;
    uint32_t var;
    uint64_t mask;
    bool on_cut;
    TRY(rules_expr(check->scratch, instance->rules, check->test->at.file, word, &expr, err));
    TRY(instance_mask(check->scratch, instance, expr, &var, &mask, err));
    TRY(case_on_cut(check, expr, mask, &on_cut, err));
    *met = false;
    for (size_t i = 0; i < opening->n && var != RULES_NONE; i++) {
        const struct opening_step *step = &opening->steps[i];
        bool cut = instance->vars[var].n_cuts > 0;
        if (step->var == var) {
            *met = mask != 0 && (cut ? on_cut && mask == step->mask : (mask & ~step->mask) == 0);
        }
    }
    return 0;
}

/* "{onward = NONE; purpose = WORK}" against one found set: every condition met, and as many. */
static int case_set(struct case_check *check, const struct opening *opening, struct text set,
                    bool *same, struct ajar_err *err)
{
    struct text rest = set;
    size_t n = 0;
    *same = true;
    while (rest.n > 0 && *same) {
        struct text word = text_trim(text_split(rest, ';', &rest));
        n++;
        TRY(case_step(check, opening, word, same, err));
    }
    *same = *same && n == opening->n;
    return 0;
}

static int case_check_set(struct case_check *check, struct text set, struct ajar_err *err)
{
    const struct decision *decision = &check->verdict->decision;
    bool found = false;
    for (size_t i = 0; i < decision->n_openings && !found; i++) {
        TRY(case_set(check, &decision->openings[i], set, &found, err));
    }
    return found ? 0 : case_differs(check, err, "no opening set is {%.*s}", (int)set.n, set.at);
}

/* The cell was read with the row (doors_cases.c): all of it is sets. */
static int case_check_opens(struct case_check *check, struct ajar_err *err)
{
    struct text rest = check->test->opens_with, set;
    while (doors_case_set(&rest, &set)) {
        TRY(case_check_set(check, set, err));
    }
    return 0;
}

static int case_check_until(struct case_check *check, struct ajar_err *err)
{
    char got[MOMENT_TEXT], wanted[MOMENT_TEXT];
    moment until = check->verdict->decision.valid_until;
    if (!check->test->has_until || until == check->test->until) {
        return 0;
    }
    moment_format(until, got);
    return case_differs(check, err, "it can change on %s, not on %s",
                        until == MOMENT_NEVER ? "no day known" : got,
                        moment_format(check->test->until, wanted));
}

int doors_case_run(struct arena *arena, struct arena *scratch, const struct instance *instance,
                   const struct doors_case *test, struct doors_verdict *out, struct ajar_err *err)
{
    struct doors_verdict verdict = {.passed = true};
    struct case_check check = {.arena = arena,
                               .scratch = scratch,
                               .instance = instance,
                               .test = test,
                               .verdict = &verdict};
    struct decide_options options = {.openings = test->opens_with.n > 0,
                                     .openings_most = CASE_OPENINGS,
                                     .until = test->has_until};
    TRY(decide(arena, scratch, instance, &test->person, &options, &verdict.decision, err));
    if (verdict.decision.status != test->expect) {
        TRY(case_differs(&check, err, "the status is %s, not %s",
                         status_words[verdict.decision.status], status_words[test->expect]));
    }
    TRY(case_check_rules(&check, err));
    TRY(case_check_flags(&check, err));
    TRY(case_check_opens(&check, err));
    TRY(case_check_until(&check, err));
    *out = verdict;
    return 0;
}
