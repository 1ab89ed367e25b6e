/* Any bytes as a date: what is read is written the same; a guess is a day of the calendar. */
#include "fuzz.h"

#include "date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    struct text text = {copy, size};
    char to[DATE_TEXT];
    date_days day = 7, guess = 7;
    struct date_partial partial = {7, 7, DATE_DAY};
    bool whole = date_parse(text, &day), guessed = date_guess(text, &guess);
    if (whole) {
        fuzz_demand(text_is(text, date_format(day, to)));
        fuzz_demand(guessed && guess == day);
    } else {
        fuzz_demand(day == 7);
    }
    if (date_parse_partial(text, &partial)) {
        fuzz_demand(text_is(text, date_format_partial(partial, to)));
        fuzz_demand(partial.first <= partial.last && partial.last - partial.first <= 365);
        fuzz_demand(whole == (partial.precision == DATE_DAY));
    } else {
        fuzz_demand(!whole && partial.first == 7 && partial.last == 7);
    }
    if (guessed) {
        date_days back;
        fuzz_demand(date_parse(text_of(date_format(guess, to)), &back) && back == guess);
    } else {
        fuzz_demand(guess == 7);
    }
    free(copy);
    return 0;
}
