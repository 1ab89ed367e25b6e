#include "answer.h"

#include <stdlib.h>

int answer_begin(struct answer *answer, const struct verb_call *call, struct ajar_err *err)
{
    *answer = (struct answer){.call = *call};
    answer->call.to = open_memstream(&answer->bytes, &answer->n);
    if (answer->call.to == NULL) {
        return err_set(err, E_MEMORY, "No memory is left for the answer.");
    }
    return 0;
}

int answer_made(struct answer *answer, int code, struct ajar_err *err)
{
    bool failed = ferror(answer->call.to) != 0;
    failed = fclose(answer->call.to) != 0 || failed;
    answer->call.to = NULL;
    if (code == 0 && failed) {
        return err_set(err, E_MEMORY, "No memory is left for the answer.");
    }
    return code;
}

void answer_print(struct answer *answer, FILE *to)
{
    fwrite(answer->n == 0 ? "" : answer->bytes, 1, answer->n, to);
    answer_drop(answer);
}

void answer_drop(struct answer *answer)
{
    if (answer->call.to != NULL) {
        fclose(answer->call.to);
    }
    free(answer->bytes);
    *answer = (struct answer){0};
}
