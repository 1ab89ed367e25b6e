/* Is it a page?  Tags that open and close in order, quoted attributes, ids that are there once, links
 * inside the page that lead somewhere.  Fails the test with the place. */
#ifndef TEST_DESK_PAGE_CHECK_H
#define TEST_DESK_PAGE_CHECK_H

#include "../base/unit.h"
#include "text.h"

#define PAGE_DEPTH 64
#define PAGE_IDS   4096

struct page_check {
    const char *page, *at;
    struct text open[PAGE_DEPTH];
    size_t depth;
    struct text ids[PAGE_IDS], links[PAGE_IDS];
    size_t n_ids, n_links;
};

static inline bool page_is_void(struct text name)
{
    static const char *const names[] = {"meta", "br", "hr", "img", "input", "link", "col"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

static inline void page_fail(const struct page_check *check, const char *what)
{
    fail_msg("%s at byte %zu: %.80s", what, (size_t)(check->at - check->page), check->at);
}

static inline struct text page_word(struct page_check *check)
{
    const char *start = check->at;
    while (*check->at != 0 && strchr(" \n\t/>=\"'<", *check->at) == NULL) {
        check->at++;
    }
    return (struct text){start, (size_t)(check->at - start)};
}

static inline void page_attribute(struct page_check *check)
{
    struct text name = page_word(check), value = {NULL, 0};
    if (name.n == 0) {
        page_fail(check, "no attribute");
    }
    if (*check->at == '=') {
        if (*++check->at != '"') {
            page_fail(check, "an attribute without quotes");
        }
        value.at = ++check->at;
        check->at = strchr(check->at, '"');
        assert_non_null(check->at);
        value.n = (size_t)(check->at++ - value.at);
        if (memchr(value.at, '<', value.n) != NULL) {
            page_fail(check, "a tag inside an attribute");
        }
    }
    if (text_starts(name, "on")) {
        page_fail(check, "a handler");
    }
    if (text_is(name, "id")) {
        assert_true(check->n_ids < PAGE_IDS);
        check->ids[check->n_ids++] = value;
    }
    if (text_is(name, "href") && text_starts(value, "#")) {
        assert_true(check->n_links < PAGE_IDS);
        check->links[check->n_links++] = (struct text){value.at + 1, value.n - 1};
    }
}

/* Behind "<".  Content of script and style is not markup: it is passed over. */
static inline void page_tag(struct page_check *check)
{
    bool closes = *check->at == '/';
    check->at += closes;
    struct text name = page_word(check);
    if (name.n == 0) {
        page_fail(check, "a stray <");
    }
    while (*check->at != '>') {
        if (strchr(" \n", *check->at) == NULL) {
            page_fail(check, "a broken tag");
        }
        check->at++;
        page_attribute(check);
    }
    check->at++;
    if (closes) {
        if (check->depth == 0 || !text_eq(check->open[check->depth - 1], name)) {
            page_fail(check, "closes what is not open");
        }
        check->depth--;
    } else if (!page_is_void(name)) {
        assert_true(check->depth < PAGE_DEPTH);
        check->open[check->depth++] = name;
    }
    if (!closes && (text_is(name, "script") || text_is(name, "style"))) {
        check->at = strstr(check->at, text_is(name, "script") ? "</script" : "</style");
        assert_non_null(check->at);
    }
}

static inline void page_has_ids(const struct page_check *check)
{
    for (size_t i = 0; i < check->n_ids; i++) {
        for (size_t j = 0; j < i; j++) {
            if (text_eq(check->ids[i], check->ids[j])) {
                fail_msg("id %.*s twice", (int)check->ids[i].n, check->ids[i].at);
            }
        }
    }
    for (size_t i = 0; i < check->n_links; i++) {
        bool found = false;
        for (size_t j = 0; j < check->n_ids && !found; j++) {
            found = text_eq(check->links[i], check->ids[j]);
        }
        if (!found) {
            fail_msg("#%.*s leads nowhere", (int)check->links[i].n, check->links[i].at);
        }
    }
}

/* `page` ends in zero. */
static inline void page_is_well_formed(const char *page)
{
    static struct page_check check;
    check = (struct page_check){.page = page};
    assert_true(text_starts(text_of(page), "<!DOCTYPE html>\n"));
    assert_true(text_utf8(text_of(page), &(size_t){0}));
    check.at = page + strlen("<!DOCTYPE html>\n");
    while (*check.at != 0) {
        if (*check.at == '&' && strncmp(check.at, "&amp;", 5) != 0 &&
            strncmp(check.at, "&lt;", 4) != 0 && strncmp(check.at, "&gt;", 4) != 0 &&
            strncmp(check.at, "&quot;", 6) != 0 && strncmp(check.at, "&#39;", 5) != 0) {
            page_fail(&check, "a stray &");
        }
        if (*check.at++ == '<') {
            page_tag(&check);
        }
    }
    assert_int_equal(check.depth, 0);
    page_has_ids(&check);
}

#endif
