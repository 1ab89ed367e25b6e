#include "place_trait.h"

#include <string.h>

#define WORD 64 /* bytes; longer words are none of these */

/* A short word must stand alone: "sexual_health" is a service, "trace" and "polar" are others. */
static const char *const whole[] = {"sex", "sexes", "race", "races", "racial", "rasse", "rassen",
                                    "пол", "пола",  "раса", "расы",  "расе",   "ethnos"};

/* A long one is known by how it begins, which covers its forms and leaves out letters with two spellings. */
static const char *const begins[] = {
    "nationalit", "citizenship", "gender",     "religio",    "ethni",      "staatsangeh",
    "staatsb",    "geschlecht",  "konfession", "национальн", "гражданств", "гендер",
    "религи",     "вероисп",     "конфесси",   "этни",       "этнос",      "расов"};

/* One byte, or one Cyrillic letter of two. */
static size_t trait_lower(struct text a, size_t at, char to[2])
{
    unsigned char c = (unsigned char)a.at[at];
    unsigned char next = at + 1 < a.n ? (unsigned char)a.at[at + 1] : 0;
    to[0] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    to[1] = (char)next;
    if (c == 0xd0 && next >= 0x90 && next <= 0x9f) {
        to[1] = (char)(next + 0x20);
    } else if (c == 0xd0 && next >= 0xa0 && next <= 0xaf) {
        to[0] = (char)0xd1;
        to[1] = (char)(next - 0x20);
    }
    return (c == 0xd0 || c == 0xd1) && next != 0 ? 2 : 1;
}

static bool trait_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool trait_large(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool trait_word(struct text word)
{
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (text_is(word, whole[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (text_starts(word, begins[i])) {
            return true;
        }
    }
    return false;
}

/* The end of the word that begins at `at`: at what is no letter, or before a large letter behind a small one. */
static size_t trait_end(struct text a, size_t at)
{
    size_t end = at;
    while (end < a.n && trait_letter((unsigned char)a.at[end])) {
        bool small_before = end > at && !trait_large((unsigned char)a.at[end - 1]);
        if (small_before && trait_large((unsigned char)a.at[end])) {
            break;
        }
        end++;
    }
    return end;
}

bool place_trait(struct text column)
{
    for (size_t at = 0, end; at<column.n; at = end> at ? end : at + 1) {
        char word[WORD], lower[2];
        size_t n = 0;
        end = trait_end(column, at);
        for (size_t i = at, step; i < end && n + 2 <= WORD; i += step) {
            step = trait_lower((struct text){column.at, end}, i, lower);
            memcpy(word + n, lower, step);
            n += step;
        }
        if (trait_word((struct text){word, n})) {
            return true;
        }
    }
    return false;
}
