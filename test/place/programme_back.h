/* Reading a programme from texts in tests, and what was found as one text to compare. */
#ifndef TEST_PROGRAMME_BACK_H
#define TEST_PROGRAMME_BACK_H

#include <stdio.h>

#include "../base/unit.h"
#include "programme.h"

struct programme_back {
    struct arena arena;
    struct faults faults;
    struct programme programme;
    struct ajar_err err;
    int code;
    char said[8000]; /* a line a fault: "FILE:ROW COLUMN 'VALUE' TEXT | HINT" */
};

/* Texts by table; NULL: absent. */
struct programme_texts {
    const char *at[PROGRAMME_TABLES];
    date_days on; /* 0: none is given */
};

static inline void programme_said(struct programme_back *back)
{
    size_t n = 0;
    back->said[0] = '\0';
    for (size_t i = 0; i < back->faults.kept && n < sizeof back->said - 1; i++) {
        const struct ajar_err *fault = &back->faults.at[i];
        n += (size_t)snprintf(back->said + n, sizeof back->said - n, "%s:%ld %s '%s' %s | %s\n",
                              fault->file, fault->row, fault->column, fault->value, fault->text,
                              fault->hint);
    }
}

static inline void programme_bytes(struct programme_back *back,
                                   const struct text bytes[PROGRAMME_TABLES], date_days on,
                                   struct pool *pool)
{
    struct programme_input input = {.on = on};
    for (enum programme_table table = 0; table < PROGRAMME_TABLES; table++) {
        if (bytes[table].at != NULL) {
            input.table[table] = (struct place_table){programme_table_word(table), bytes[table]};
        }
    }
    memset(back, 0, sizeof *back);
    arena_init(&back->arena, "the test", (size_t)1 << 30);
    assert_int_equal(faults_init(&back->faults, &back->arena, 30, NULL), 0);
    back->programme.n_unfit = 77;
    back->code = programme_read(&back->arena, &input, pool, NULL, &back->faults, &back->programme,
                                &back->err);
    assert_int_equal(back->code, back->err.code);
    assert_int_equal(back->code == 0, back->faults.total == 0);
    programme_said(back);
    if (back->code != 0) {
        assert_int_equal(back->code, E_PLACE_FAULTS);
        assert_int_equal(back->programme.n_unfit, 77);
    }
}

static inline void programme_texts(struct programme_back *back, const struct programme_texts *texts)
{
    struct text bytes[PROGRAMME_TABLES] = {{NULL, 0}};
    for (int i = 0; i < PROGRAMME_TABLES; i++) {
        if (texts->at[i] != NULL) {
            bytes[i] = text_of(texts->at[i]);
        }
    }
    programme_bytes(back, bytes, texts->on == 0 ? DATE_NONE : texts->on, NULL);
}

static inline void programme_good(struct programme_back *back, const struct programme_texts *texts)
{
    programme_texts(back, texts);
    if (back->code != 0) {
        fail_msg("%s", back->said);
    }
}

#endif
