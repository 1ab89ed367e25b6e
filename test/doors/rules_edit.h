/* Edits by chance in the text of rules, most of which break them. */
#ifndef TEST_DOORS_RULES_EDIT_H
#define TEST_DOORS_RULES_EDIT_H

#include "rules_random.h"

static inline void buf_splice(struct buf *buf, size_t at, size_t gone, const char *fresh, size_t n)
{
    struct buf out;
    buf_init(&out, 2 * RANDOM_TEXT);
    buf_bytes(&out, buf->at, at);
    buf_bytes(&out, fresh, n);
    buf_bytes(&out, buf->at + at + gone, buf->n - at - gone);
    buf_free(buf);
    *buf = out;
}

/* Another word of the same kind: what comes of it is often still a rule set. */
static inline void random_swap(struct rules_random *it, struct buf *buf)
{
    static const char *const pairs[][2] = {{" and ", " or "},
                                           {" or ", " and "},
                                           {"OPEN", "CLOSED"},
                                           {"CLOSED", "BAR"},
                                           {" = ", " != "},
                                           {"job", "refuses"},
                                           {"salary", "years"},
                                           {"expires", "birth_date"},
                                           {"birth_date", "expires"},
                                           {" >= ", " < "},
                                           {"entry", "365d"},
                                           {"180d", "3m"},
                                           {"any(", "all("},
                                           {"member", "applicant"},
                                           {"count >= 2", "count >= 0"},
                                           {"not (", "("},
                                           {"in {", "not in {"},
                                           {"KAZ", "FIN"},
                                           {"NONE", "SPOUSE"},
                                           {"type: int", "type: date"},
                                           {"  none: yes", "  none: no"},
                                           {"2022", "2021"},
                                           {"2022-", "0002-"},
                                           {"on - ", "on + "},
                                           {"age_on(", "age_on(on) < 9 or age_on("},
                                           {"age:", "aged:"},
                                           {"birth_date:", "born:"},
                                           {"min: 0", "min: 17"},
                                           {"max: 60", "max: 3"},
                                           {"ROAD", "FERRY"},
                                           {"actionable: no", "actionable: yes"},
                                           {"default: CLOSED", "default: OPEN"},
                                           {"y ", "0y "},
                                           {"200", "0"},
                                           {"scope", "default_cite"},
                                           {"full", "unread"},
                                           {"1900", "9999"},
                                           {" 90", " 4000000000"}};
    const char *const *pair = pairs[pick(it, sizeof pairs / sizeof *pairs)];
    size_t from = pick(it, (uint32_t)buf->n), n = strlen(pair[0]);
    const char *at = memmem(buf->at + from, buf->n - from, pair[0], n);
    at = at != NULL ? at : memmem(buf->at, buf->n, pair[0], n);
    if (at != NULL) {
        buf_splice(buf, (size_t)(at - buf->at), n, pair[1], strlen(pair[1]));
    }
}

static inline void random_edit(struct rules_random *it)
{
    static const char *const words[] = {"not ",
                                        "(",
                                        ")",
                                        "\"",
                                        " and ",
                                        " or ",
                                        "NONE",
                                        "yes",
                                        "on",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ":",
                                        ",",
                                        "\n",
                                        "  ",
                                        "- ",
                                        "overrides: all\n",
                                        "2022-02-30",
                                        "9999-12-31",
                                        "0001-01-01",
                                        "99999y",
                                        " - 9999y",
                                        "9223372036854775807",
                                        "-1",
                                        "*",
                                        "C_*",
                                        "list(EU)",
                                        "age",
                                        "birth_date",
                                        "type: set",
                                        "none: yes",
                                        "any(member: ",
                                        "count >= 99999999999 (child: ",
                                        "same_as: v0\n  ",
                                        "remove: [v0r0]\n  ",
                                        "also: \"job = yes\"",
                                        "stay_days(KAZ, 40000d)",
                                        "\xff",
                                        "\xd0\x96",
                                        "'",
                                        "#",
                                        "&a",
                                        "!t",
                                        "|",
                                        "0",
                                        "1"};
    struct buf *buf = &it->text[pick(it, (uint32_t)it->n)];
    if (buf->n < 2) {
        return;
    }
    size_t at = pick(it, (uint32_t)buf->n), left = buf->n - at;
    size_t span = 1 + pick(it, chance(it, 3) ? 40 : 4);
    span = span < left ? span : left;
    const char *word = words[pick(it, sizeof words / sizeof *words)];
    char byte = (char)pick(it, 128), *copy;
    switch (pick(it, 16)) {
    case 0:
        buf_splice(buf, at, span, "", 0);
        break;
    case 1:
        buf_splice(buf, at, 1, &byte, 1);
        break;
    case 2:
        buf_splice(buf, at, 0, word, strlen(word));
        break;
    case 3:
        buf_splice(buf, at, span, word, strlen(word));
        break;
    case 4:
        buf->at[at] = (char)('0' + pick(it, 10));
        break;
    case 5: /* what stands here stands elsewhere as well */
        copy = buf->at + pick(it, (uint32_t)(buf->n - span + 1));
        char kept[64];
        memcpy(kept, copy, span);
        buf_splice(buf, at, 0, kept, span);
        break;
    default:
        random_swap(it, buf);
    }
}

#endif
