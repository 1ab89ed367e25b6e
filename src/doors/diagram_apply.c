#include <assert.h>
#include <string.h>

#include "diagram_nodes.h"

#define MEMOS_KEPT ((size_t)1 << 16) /* carried from one operation to the next */
#define MEMOS_MOST ((size_t)1 << 21) /* steps of one operation */

#define REF_BITS    21
#define SERIAL_MOST ((UINT32_C(1) << REF_BITS) - 1)
static_assert(DIAGRAM_NODES_MAX + DIAGRAM_TERMINALS_MAX < (size_t)1 << REF_BITS,
              "a key holds three");

/* choose has three references, the others two and a number of their own under the top bit. */
static uint64_t key_of(diagram_ref a, diagram_ref b, uint32_t c, bool numbered)
{
    return (uint64_t)numbered << 63 | (uint64_t)c << (2 * REF_BITS) | (uint64_t)b << REF_BITS | a;
}

static struct diagram_memo *memo_at(struct diagram_memo *memos, size_t cap, uint64_t key)
{
    size_t at = diagram_mix(diagram_mix(0, key), key >> 32) & (cap - 1);
    while (memos[at].key != 0 && memos[at].key != key) {
        at = (at + 1) & (cap - 1);
    }
    return &memos[at];
}

static void memo_begin(struct diagram *diagram, size_t kept)
{
    if (diagram->n_memos > kept) {
        memset(diagram->memos, 0, diagram->cap_memos * sizeof *diagram->memos);
        diagram->n_memos = 0;
    }
}

/* A number for an operation whose results no later one may take for its own. */
static uint32_t memo_serial(struct diagram *diagram)
{
    if (diagram->serial == SERIAL_MOST) {
        memo_begin(diagram, 0);
        diagram->serial = 0;
    }
    return ++diagram->serial;
}

static bool memo_get(const struct diagram *diagram, uint64_t key, diagram_ref *out)
{
    const struct diagram_memo *memo = memo_at(diagram->memos, diagram->cap_memos, key);
    *out = memo->key == key ? memo->value : *out;
    return memo->key == key;
}

static int memo_put(struct diagram *diagram, uint64_t key, diagram_ref value, struct ajar_err *err)
{
    if (diagram->n_memos == MEMOS_KEPT + MEMOS_MOST) {
        return err_set(err, E_DOORS_TOO_LARGE,
                       "a door needs more than %zu steps to be put together", MEMOS_MOST);
    }
    if (diagram->n_memos * 2 >= diagram->cap_memos) {
        size_t cap = diagram->cap_memos * 2;
        struct diagram_memo *memos;
        TRY_NEW(memos, diagram->arena, cap, err);
        for (size_t i = 0; i < diagram->cap_memos; i++) {
            if (diagram->memos[i].key != 0) {
                *memo_at(memos, cap, diagram->memos[i].key) = diagram->memos[i];
            }
        }
        diagram->memos = memos;
        diagram->cap_memos = cap;
    }
    *memo_at(diagram->memos, diagram->cap_memos, key) = (struct diagram_memo){key, value};
    diagram->n_memos++;
    return 0;
}

static uint32_t first_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static int choose(struct diagram *diagram, diagram_ref condition, diagram_ref then,
                  diagram_ref otherwise, diagram_ref *out, struct ajar_err *err)
{
    if (!diagram_is_node(condition) || then == otherwise) {
        *out = condition != 0 ? then : otherwise;
        return 0;
    }
    if (then == 1 && otherwise == 0) {
        *out = condition;
        return 0;
    }
    uint64_t key = key_of(condition, then, otherwise, false);
    if (memo_get(diagram, key, out)) {
        return 0;
    }
    uint32_t var = first_of(diagram_top(diagram, condition),
                            first_of(diagram_top(diagram, then), diagram_top(diagram, otherwise)));
    diagram_ref kids[DIAGRAM_CLASSES_MAX], made;
    for (unsigned c = 0; c < diagram->classes[var]; c++) {
        TRY(choose(diagram, diagram_kid(diagram, condition, var, c),
                   diagram_kid(diagram, then, var, c), diagram_kid(diagram, otherwise, var, c),
                   &kids[c], err));
    }
    TRY(diagram_make(diagram, var, kids, &made, err));
    TRY(memo_put(diagram, key, made, err));
    *out = made;
    return 0;
}

int diagram_choose(struct diagram *diagram, diagram_ref condition, diagram_ref then,
                   diagram_ref otherwise, diagram_ref *out, struct ajar_err *err)
{
    assert((diagram_takes(diagram, condition) & ~(uint64_t)3) == 0);
    diagram_ref made = 0;
    memo_begin(diagram, MEMOS_KEPT);
    TRY(choose(diagram, condition, then, otherwise, &made, err));
    *out = made;
    return 0;
}

static int values(struct diagram *diagram, diagram_ref f, uint64_t wanted, uint32_t serial,
                  diagram_ref *out, struct ajar_err *err)
{
    uint64_t takes = diagram_takes(diagram, f);
    if ((takes & wanted) == 0 || (takes & ~wanted) == 0) {
        *out = (takes & wanted) != 0;
        return 0;
    }
    uint64_t key = key_of(f, 0, serial, true);
    if (memo_get(diagram, key, out)) {
        return 0;
    }
    uint32_t var = diagram_top(diagram, f);
    diagram_ref kids[DIAGRAM_CLASSES_MAX], made;
    for (unsigned c = 0; c < diagram->classes[var]; c++) {
        TRY(values(diagram, diagram_kid(diagram, f, var, c), wanted, serial, &kids[c], err));
    }
    TRY(diagram_make(diagram, var, kids, &made, err));
    TRY(memo_put(diagram, key, made, err));
    *out = made;
    return 0;
}

int diagram_values(struct diagram *diagram, diagram_ref f, uint64_t wanted, diagram_ref *out,
                   struct ajar_err *err)
{
    diagram_ref made = 0;
    memo_begin(diagram, MEMOS_KEPT);
    TRY(values(diagram, f, wanted, memo_serial(diagram), &made, err));
    *out = made;
    return 0;
}

static int pair(struct diagram *diagram, diagram_ref f, diagram_ref g, const uint8_t table[],
                uint32_t serial, diagram_ref *out, struct ajar_err *err)
{
    if (!diagram_is_node(f) && !diagram_is_node(g)) {
        *out = table[f * 64 + g];
        assert(!diagram_is_node(*out));
        return 0;
    }
    uint64_t key = key_of(f, g, serial, true);
    if (memo_get(diagram, key, out)) {
        return 0;
    }
    uint32_t var = first_of(diagram_top(diagram, f), diagram_top(diagram, g));
    diagram_ref kids[DIAGRAM_CLASSES_MAX], made;
    for (unsigned c = 0; c < diagram->classes[var]; c++) {
        TRY(pair(diagram, diagram_kid(diagram, f, var, c), diagram_kid(diagram, g, var, c), table,
                 serial, &kids[c], err));
    }
    TRY(diagram_make(diagram, var, kids, &made, err));
    TRY(memo_put(diagram, key, made, err));
    *out = made;
    return 0;
}

int diagram_pair(struct diagram *diagram, diagram_ref f, diagram_ref g,
                 const uint8_t table[static 4096], diagram_ref *out, struct ajar_err *err)
{
    diagram_ref made = 0;
    memo_begin(diagram, MEMOS_KEPT);
    TRY(pair(diagram, f, g, table, memo_serial(diagram), &made, err));
    *out = made;
    return 0;
}
