/* Rows of one table, gathered until they are sorted into a relation.  Used by programme alone. */
#ifndef PROGRAMME_GATHER_H
#define PROGRAMME_GATHER_H

#include "programme_lists.h"

enum programme_owner {
    PROGRAMME_OF_HOUSEHOLD,
    PROGRAMME_OF_LOT,
    PROGRAMME_OF_PLACE,
    PROGRAMME_OF_STATE
};

struct programme_gather {
    enum programme_table table;
    enum programme_owner owner;
    const char *column; /* of the owner, the first of its table */
    const char *what;   /* of the key: "language" */
    const char *twice;  /* "this lock"; NULL: by the two above */
    struct place_ids *words;
    struct programme_rows rows;
};

/* For programme_list.start: room for every row. */
int programme_gather_start(void *gather, struct programme_sheet *sheet, size_t rows,
                           struct ajar_err *err);

/* The owner that the row names, or PLACE_NONE. */
int programme_gather_owner(const struct programme_gather *gather, struct programme_sheet *sheet,
                           uint32_t *out, struct ajar_err *err);

void programme_gather_add(struct programme_gather *gather, const struct programme_sheet *sheet,
                          uint32_t owner, uint64_t key, uint32_t of);

/* A table of two columns, the owner and a word of `words`; keys are names of words. */
int programme_gather_words(struct programme_reader *reader, struct programme_gather *gather,
                           struct ajar_err *err);

/* Sorted, behind a look at rows that stand twice.  An absent table gives an absent relation, as does one whose
 * owners could not be read. */
int programme_gather_make(struct programme_reader *reader, struct programme_gather *gather,
                          struct programme_relation *out, struct ajar_err *err);

#endif
