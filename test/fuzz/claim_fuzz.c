/* Any bytes as a claim: what is read keeps its promises and is held against the shipped scenario. */
#include "fuzz.h"

#include <math.h>

#include "claim.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)

struct fuzz_book {
    struct arena arena;
    struct scenario scenario;
    struct watch_book book;
};

static void fuzz_book_read(struct fuzz_book *out)
{
    struct faults faults;
    arena_init(&out->arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &out->arena, 20, NULL) == 0);
    fuzz_demand(scenario_load(&out->arena, "scenarios/exodus2022", NULL, NULL, &out->scenario,
                              &faults, NULL) == 0);
    fuzz_demand(book_scenario(&out->arena, &out->scenario, &out->book, NULL) == 0);
}

static bool fuzz_within(struct text part, struct text whole)
{
    return part.n == 0 || (part.at >= whole.at && part.at + part.n <= whole.at + whole.n);
}

static void fuzz_claim(const struct claim *claim, struct text text)
{
    fuzz_demand(claim->measure.n > 0 && claim->place.n > 0);
    fuzz_demand(fuzz_within(claim->measure, text) && fuzz_within(claim->place, text));
    fuzz_demand(fuzz_within(claim->whole, text) && fuzz_within(claim->route, text));
    fuzz_demand(claim->from != DATE_NONE && claim->from <= claim->to);
    fuzz_demand(isfinite(claim->figure) && isfinite(claim->tolerance) && claim->tolerance >= 0);
    fuzz_demand((claim->form == CLAIM_SHARE) == (claim->whole.n > 0));
}

static void fuzz_answer(const struct claim_answer *answer)
{
    fuzz_demand((answer->verdict == CLAIM_NO_DATA) == (answer->lead == SIZE_MAX));
    fuzz_demand(answer->lead == SIZE_MAX || answer->lead < answer->n);
    for (size_t i = 0; i < answer->n; i++) {
        const struct claim_evidence *at = &answer->evidence[i];
        fuzz_demand(at->n_values > 0 && at->from <= at->to);
        fuzz_demand(i == 0 || at[-1].stand <= at->stand);
        fuzz_demand(at->stand == CLAIM_OTHER || at->covers);
    }
}

static void fuzz_check(const struct fuzz_book *book, const struct claim *claim, uint8_t pick)
{
    struct arena arena;
    struct claim_answer answer;
    struct claim_options options = {.clock = pick & 1 ? WATCH_NEXT_DAY : WATCH_PUBLISHED,
                                    .as_known = pick & 2 ? 19271 : DATE_NONE,
                                    .rate = 0.00135,
                                    .noise = pick & 4 ? 0.05 : (double)NAN};
    struct ajar_err err = {0};
    arena_init(&arena, "the claim", FUZZ_MEMORY);
    int code = claim_check(&arena, &book->book, &book->scenario, claim, &options, &answer, &err);
    if (code == 0) {
        fuzz_answer(&answer);
    } else {
        fuzz_demand(code == E_WATCH_MEASURE || code == E_WATCH_PLACE || code == E_WATCH_ROUTE);
        fuzz_demand(err.code == code && err.text[0] != '\0');
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz_book book;
    if (book.book.names == NULL) {
        fuzz_book_read(&book);
    }
    char *copy = fuzz_copy(data, size);
    struct text text = {copy, size};
    struct claim claim = {.from = 7};
    struct ajar_err err = {0};
    int code = claim_parse(text, &claim, &err);
    if (code == 0) {
        fuzz_claim(&claim, text);
        fuzz_check(&book, &claim, (uint8_t)size);
    } else {
        fuzz_demand(code == E_WATCH_CLAIM && err.code == code && claim.from == 7);
        fuzz_demand(err.at >= 1 && (size_t)err.at <= size + 1);
    }
    free(copy);
    return 0;
}
