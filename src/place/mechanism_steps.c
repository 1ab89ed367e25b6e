#include "mechanism_steps.h"

#include <stdlib.h>
#include <string.h>

#include "mechanism_parts.h"

static int by_falling_need(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a < b) - (a > b);
}

static uint32_t steps_place(const struct mechanism_tree *tree, int32_t need)
{
    uint32_t from = 0, to = tree->n;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (tree->value[middle] > need) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from + 1;
}

static int steps_make_tree(struct arena *arena, const struct place_problem *problem, size_t r,
                           struct mechanism_tree *tree, struct ajar_err *err)
{
    size_t kept = 0;
    int32_t *value;
    TRY_NEW(value, arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        value[h] = place_need(problem, h, (uint32_t)r);
    }
    qsort(value, problem->n_households, sizeof *value, by_falling_need);
    for (size_t i = 0; i < problem->n_households && value[i] > 0; i++) {
        if (kept == 0 || value[kept - 1] != value[i]) {
            value[kept++] = value[i];
        }
    }
    tree->n = (uint32_t)kept;
    tree->value = value;
    tree->top = kept > 0;
    while (tree->top != 0 && tree->top <= tree->n / 2) {
        tree->top *= 2;
    }
    TRY_NEW(tree->sum, arena, kept + 1, err);
    return 0;
}

int mechanism_steps_make(struct arena *arena, const struct place_problem *problem,
                         struct mechanism_steps *out, struct ajar_err *err)
{
    struct mechanism_steps steps = {.problem = problem};
    size_t n = problem->n_resources;
    TRY_NEW(steps.tree, arena, n, err);
    TRY_NEW(steps.place, arena, problem->n_households * n, err);
    TRY_NEW(steps.in, arena, problem->n_households, err);
    for (size_t r = 0; r < n; r++) {
        TRY(steps_make_tree(arena, problem, r, &steps.tree[r], err));
        for (size_t h = 0; h < problem->n_households; h++) {
            int32_t need = problem->need[h * n + r];
            steps.place[h * n + r] = need > 0 ? steps_place(&steps.tree[r], need) : 0;
        }
    }
    *out = steps;
    return 0;
}

void mechanism_steps_add(struct mechanism_steps *steps, uint32_t household)
{
    size_t n = steps->problem->n_resources;
    steps->in[steps->n_in++] = household;
    for (size_t r = 0; r < n; r++) {
        const struct mechanism_tree *tree = &steps->tree[r];
        uint32_t at = steps->place[household * n + r];
        int32_t need = at > 0 ? tree->value[at - 1] : 0;
        for (; at > 0 && at <= tree->n; at += at & (0 - at)) {
            tree->sum[at].sum += need;
            tree->sum[at].count++;
        }
    }
}

void mechanism_steps_clear(struct mechanism_steps *steps)
{
    size_t n = steps->problem->n_resources;
    for (size_t i = 0; i < steps->n_in; i++) {
        for (size_t r = 0; r < n; r++) {
            const struct mechanism_tree *tree = &steps->tree[r];
            uint32_t at = steps->place[steps->in[i] * n + r];
            for (; at > 0 && at <= tree->n; at += at & (0 - at)) {
                tree->sum[at] = (struct mechanism_step){0, 0};
            }
        }
    }
    steps->n_in = 0;
}

uint64_t mechanism_steps_past(const struct mechanism_steps *steps, size_t resource, int64_t limit)
{
    const struct mechanism_tree *tree = &steps->tree[resource];
    uint64_t count = 0;
    uint32_t at = 0;
    for (uint32_t step = tree->top; step > 0; step /= 2) {
        if (at + step <= tree->n && tree->sum[at + step].sum <= limit) {
            at += step;
            limit -= tree->sum[at].sum;
            count += tree->sum[at].count;
        }
    }
    return at == tree->n ? UINT64_MAX : count + (uint64_t)(limit / tree->value[at]) + 1;
}
