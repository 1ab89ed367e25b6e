/* What the tests of ajar.h share: faults that are counted, files that are made. */
#ifndef TEST_DESK_LIBRARY_MADE_H
#define TEST_DESK_LIBRARY_MADE_H

#include "../base/scratch.h"

#include <math.h>
#include <stdbool.h>

#include "ajar.h"

/* The faults of one call: how many, and the first of them. */
struct seen {
    size_t n;
    struct ajar_err first;
};

static inline void seen_fault(void *arg, const struct ajar_err *fault)
{
    struct seen *seen = arg;
    assert_non_null(fault->slug);
    assert_true(fault->text[0] != 0);
    assert_true(ajar_err_advice(fault)[0] != 0);
    assert_true(ajar_err_rule(fault->code)[0] != 0);
    if (seen->n++ == 0) {
        seen->first = *fault;
    }
}

/* DIR/NAME with those bytes. */
static inline void made_file(const char *dir, const char *name, const char *bytes)
{
    char path[SCRATCH_PATH + 64];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline int stop_at_once(void *arg)
{
    ++*(int *)arg;
    return 1;
}

/* The call failed with that slug, and says so in both ways. */
#define assert_fails(call, err, word)                                                              \
    do {                                                                                           \
        int fails_code_ = (call);                                                                  \
        assert_int_not_equal(fails_code_, 0);                                                      \
        assert_int_equal(fails_code_, (err).code);                                                 \
        assert_string_equal((err).slug, word);                                                     \
    } while (0)

#endif
