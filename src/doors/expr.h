/* The expressions of a rule: one line of text, parsed into a tree whose nodes know their place.
 *
 * The language is total: no loops, no calls, no defaults (grammar in docs/rules.md).  Here is syntax
 * alone; whether a fact exists and what its type is belongs to the reader of rules (rules_read.h). */
#ifndef DOORS_EXPR_H
#define DOORS_EXPR_H

#include "arena.h"
#include "date.h"

#define EXPR_TEXT_MAX  4096 /* bytes of one expression */
#define EXPR_DEPTH_MAX 32   /* brackets and nots within each other */

/* Where a text was written.  Nodes of one tree may have different ones: a rule's `when` is and-ed
 * from a premise, its own condition and later narrowings. */
struct expr_source {
    const char *file, *column;
    long row, at; /* of the first character of `text`; row 0: no file */
    struct text text;
};

enum expr_kind {
    EXPR_AND, /* [n] kids, n >= 2; no kid is itself an EXPR_AND.  n 0: a rule without a condition, true */
    EXPR_OR,  /* [n] kids, n >= 2; no kid is itself an EXPR_OR */
    EXPR_NOT, /* one kid */
    EXPR_QUANT,
    EXPR_COMPARE, /* fact op term */
    EXPR_IN,      /* fact in set; also `=` and `!=` with a literal, as a set of one */
    EXPR_HAS      /* fact has literal or set */
};

enum expr_op {
    EXPR_LESS,
    EXPR_LESS_EQUAL,
    EXPR_EQUAL,
    EXPR_NOT_EQUAL,
    EXPR_GREATER_EQUAL,
    EXPR_GREATER
};

enum expr_fact_kind { EXPR_FACT, EXPR_AGE_ON, EXPR_STAY_DAYS, EXPR_STAY_SINCE };
enum expr_window { EXPR_ENTRY, EXPR_YEAR, EXPR_DAYS, EXPR_MONTHS, EXPR_YEARS };

/* `on`, a date, either with a shift. */
struct expr_date {
    bool on;               /* counted from the day asked about */
    date_days date;        /* else this one */
    int32_t shift;         /* -N, +N or 0 */
    enum expr_window unit; /* EXPR_DAYS, EXPR_MONTHS, EXPR_YEARS */
};

struct expr_fact {
    enum expr_fact_kind kind;
    struct text name;        /* of the fact; of the country for stay_days and stay_since */
    struct expr_date date;   /* age_on */
    enum expr_window window; /* stay_days */
    int32_t length;          /* of a window in days, months or years */
};

enum expr_term_kind { EXPR_NUMBER, EXPR_DATE_TERM, EXPR_PARAM, EXPR_LITERAL_TERM };
struct expr_term {
    enum expr_term_kind kind;
    struct text text; /* as written: number, literal, the name of the parameter */
    struct text key;  /* of the parameter */
    struct expr_date date;
    uint32_t at;
};

/* One member of { }: LITERAL; PREFIX_*; list(NAME); PREFIX_list(NAME). */
struct expr_item {
    bool every;         /* PREFIX_* */
    bool list;          /* list(...) */
    struct text prefix; /* "C_" with its underscore; empty for none */
    struct text name;   /* the literal, or the list's name */
    uint32_t at;        /* character where it starts, 1-based */
    uint32_t end;       /* character behind its last */
};

enum expr_quant { EXPR_ANY, EXPR_ALL, EXPR_COUNT };

struct expr {
    enum expr_kind kind;
    const struct expr_source *source;
    uint32_t at, end; /* characters of the source's text that it covers: [at, end), 1-based */
    size_t n;
    struct expr **kids; /* AND, OR, NOT, QUANT (one) */
    /* EXPR_COMPARE, EXPR_IN, EXPR_HAS */
    struct expr_fact fact;
    enum expr_op op;       /* EXPR_COMPARE */
    struct expr_term term; /* EXPR_COMPARE */
    bool negated;          /* EXPR_IN: `not in` or `!=` */
    bool braces;           /* EXPR_IN, EXPR_HAS: written as a set */
    size_t n_items;
    struct expr_item *items;
    /* EXPR_QUANT */
    enum expr_quant quant;
    int32_t at_least; /* EXPR_COUNT */
    struct text role; /* member, spouse, child, parent, guardian, applicant */
    uint32_t role_at;
};

/* Parses the whole text.  `file` (which must outlive the tree), `row` and `column` ("when") are for
 * messages, `at_file` is the character of the file's line where the text starts (1-based), so that an
 * error points at the character.  Texts in the tree point into `text`, which must outlive it.  Errors:
 * doors.expr.syntax, doors.expr.limit with file, row, column, at, value (the word that stands there)
 * and a suggestion; E_CEILING.  O(bytes). */
int expr_parse(struct arena *arena, const char *file, long row, long at_file, const char *column,
               struct text text, const struct expr **out, struct ajar_err *err);

/* Writes the tree as text that parses back to the same tree (single blanks, no needless brackets);
 * nothing for a condition that is always true. */
void expr_print(struct buf *buf, const struct expr *expr);

/* `kids` without the NULLs, and-ed: the one that there is, or an EXPR_AND of them all with those that are
 * EXPR_ANDs dissolved.  Its place is that of the last kid.  None: true. */
int expr_and(struct arena *arena, size_t n, const struct expr *const kids[],
             const struct expr **out, struct ajar_err *err);

/* The number of an EXPR_NUMBER as written: digits, commas between thousands, at most two decimals.
 * In cents, or whole (then a fraction is false, as is what passes 10^15). */
bool expr_number(struct text written, bool cents, int64_t *out);

/* An error at character `at` of a source. */
int expr_err(struct ajar_err *err, enum err_code code, const struct expr_source *source,
             uint32_t at, struct text value, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Forms of words, which the vocabulary has to keep to. */
bool expr_is_fact_word(struct text word);    /* [a-z][a-z0-9_]*, no word of the language */
bool expr_is_literal_word(struct text word); /* [A-Z][A-Z0-9_]*, yes, no */
bool expr_is_name(struct text word);         /* of lists, parameters, keys: [A-Za-z0-9_.-]+ */

#endif
