#include "flow_said.h"

#include <stdarg.h>
#include <stdio.h>

#define SENTENCE 600

int flow_said_init(struct flow_said *said, struct arena *arena, size_t limit, struct ajar_err *err)
{
    struct text *at;
    TRY_NEW(at, arena, limit, err);
    *said = (struct flow_said){.at = at, .limit = limit, .arena = arena};
    return 0;
}

static size_t said_length(int written, size_t room)
{
    size_t n = written < 0 ? 0 : (size_t)written;
    return n < room ? n : room - 1;
}

void flow_say(struct flow_said *said, const char *file, long line, const char *format, ...)
{
    if (said == NULL) {
        return;
    }
    said->total++;
    if (said->n >= said->limit) {
        return;
    }
    char sentence[SENTENCE];
    size_t n = 0;
    if (file != NULL && line > 0) {
        n = said_length(snprintf(sentence, sizeof sentence, "%s, line %ld: ", file, line),
                        sizeof sentence);
    } else if (file != NULL) {
        n = said_length(snprintf(sentence, sizeof sentence, "%s: ", file), sizeof sentence);
    }
    va_list args;
    va_start(args, format);
    n += said_length(vsnprintf(sentence + n, sizeof sentence - n, format, args),
                     sizeof sentence - n);
    va_end(args);
    struct text whole = {sentence, n};
    if (n + 1 == sizeof sentence) {
        whole.n = text_fit(whole, n - 4);
    }
    const char *copy;
    if (text_copy(said->arena, whole, &copy, NULL) == 0) {
        said->at[said->n++] = (struct text){copy, whole.n};
    }
}
