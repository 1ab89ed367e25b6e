/* What DOORS says in the languages of the house, for caseworkers and for households. */
#ifndef DESK_DOORS_WORDS_H
#define DESK_DOORS_WORDS_H

#include "decide.h"

enum doors_word {
    WORD_ADVICE,     /* "Not legal advice. The border guard decides." */
    WORD_ON,         /* "On %s, as known on %s." */
    WORD_OPENS_WITH, /* heading of the opening sets */
    WORD_NEEDED,     /* plain: "What is needed:" */
    WORD_OR,         /* between two ways */
    WORD_MISSING,    /* "We still need to know:" */
    WORD_PRACTICE,   /* "In practice:" */
    WORD_UNTIL,      /* "This can change on %s." */
    WORD_STALE,      /* past its review date */
    WORD_PARTIAL,    /* only a part of the act was read */
    WORD_UNREAD,     /* the wording was not read */
    WORD_UNVERIFIED, /* general knowledge, not verified */
    WORD_CONTESTED,  /* "Contested:" */
    WORD_COUNTERFACTUAL,
    WORD_DANGER,        /* contact with the state that one flees */
    WORD_AT_ONCE,       /* no day at all */
    WORD_DAYS,          /* "%d d" */
    WORD_PROTECTION,    /* heading */
    WORD_ASYLUM_CLOSES, /* "Asking for asylum closes these doors:" */
    WORD_NOTHING,       /* no door applies */
    WORD_UNCERTAIN,     /* a fact that the person cannot say */
    WORD_DRAFT,         /* "Law says %s, practice says %s" heading */
    WORD_MORE,          /* "%zu more ways" */
    DOORS_WORDS
};

/* Formats hold the same conversions in every language. */
const char *doors_word(enum doors_word word, enum lang lang);

/* "Open", "An official decides" ...: short, for tables. */
const char *doors_status_short(enum status status, enum lang lang);
/* A sentence to the person: "You can pass." */
const char *doors_status_plain(enum status status, enum lang lang);
/* "Entry", "Leaving Russia" ...: headings of the kinds of door. */
const char *doors_kind_word(enum door_kind kind, enum lang lang);

/* "en", "ru", "de"; false: another word. */
bool doors_lang(struct text word, enum lang *out);

#endif
