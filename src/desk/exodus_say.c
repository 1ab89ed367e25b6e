/* What-ifs in plain sentences. */
#include <math.h>
#include <stdlib.h>

#include "exodus_parts.h"
#include "num.h"

#define SAY_MOST    8
#define SAY_CEILING ((size_t)1 << 16)
#define SAY_LEAST   50.0 /* people; what is smaller is not told */

struct saying {
    struct arena *arena;
    const struct exodus_model *model;
    const struct exodus_effect *effect;
    struct buf buf;
    struct text *out;
    size_t n;
};

double exodus_rounded(double people)
{
    double unit = fabs(people) >= 10000 ? 1000 : fabs(people) >= 1000 ? 100 : 10;
    double rounded = unit * floor(fabs(people) / unit + 0.5);
    return people < 0 ? -rounded : rounded;
}

static void say_people(struct buf *buf, double people)
{
    char digits[NUM_TEXT];
    num_format_grouped(exodus_rounded(people), 0, digits);
    buf_str(buf, digits);
}

/* "1,200 (p5 to p95: 900 to 1,500)", of what is told as a number of people more or fewer. */
static void say_range(struct buf *buf, const struct exodus_change *change)
{
    bool fewer = change->mean < 0;
    say_people(buf, fabs(change->mean));
    buf_str(buf, fewer ? " fewer (p5 to p95: " : " more (p5 to p95: ");
    say_people(buf, fewer ? -change->p95 : change->p5);
    buf_str(buf, " to ");
    say_people(buf, fewer ? -change->p5 : change->p95);
    buf_str(buf, ")");
}

static int say_end(struct saying *saying, struct ajar_err *err)
{
    const char *copy;
    struct text all = buf_view(&saying->buf);
    TRY(buf_ok(&saying->buf, err));
    TRY(text_copy(saying->arena, all, &copy, err));
    saying->out[saying->n++] = (struct text){copy, all.n};
    buf_free(&saying->buf);
    buf_init(&saying->buf, SAY_CEILING);
    return 0;
}

/* Doors by the size of their change, largest first; those that lose, or those that gain. */
static size_t say_order(const struct exodus_effect *effect, uint32_t n_doors, bool lose,
                        uint32_t order[EXODUS_DOORS_MOST])
{
    size_t n = 0;
    for (uint32_t d = 0; d < n_doors; d++) {
        double change = effect->entries[d].mean;
        if (fabs(change) < SAY_LEAST || (change < 0) != lose) {
            continue;
        }
        size_t at = n++;
        while (at > 0 && fabs(effect->entries[order[at - 1]].mean) < fabs(change)) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = d;
    }
    return n;
}

static int say_doors(struct saying *saying, bool lose, struct ajar_err *err)
{
    uint32_t order[EXODUS_DOORS_MOST];
    size_t n = say_order(saying->effect, saying->model->n_doors, lose, order);
    if (n == 0) {
        return 0;
    }
    buf_str(&saying->buf, lose ? "Of those who flee, fewer are admitted: " : "More are admitted: ");
    for (size_t i = 0; i < n && i < 4; i++) {
        buf_str(&saying->buf, i == 0 ? "" : "; ");
        buf_text(&saying->buf, saying->model->doors[order[i]].title);
        buf_str(&saying->buf, " ");
        say_range(&saying->buf, &saying->effect->entries[order[i]]);
    }
    buf_str(&saying->buf, ".");
    return say_end(saying, err);
}

static int say_all(struct saying *saying, struct ajar_err *err)
{
    const struct exodus_change *all = &saying->effect->entries_all;
    if (fabs(all->mean) < SAY_LEAST) {
        buf_str(&saying->buf, "In all as many get out as before: the doors left open take them.");
        return say_end(saying, err);
    }
    buf_str(&saying->buf, "In all ");
    say_range(&saying->buf, all);
    buf_str(&saying->buf, " get out by the last day of the run, of ");
    say_people(&saying->buf, all->as_is);
    buf_str(&saying->buf, " who do with the doors as they were.");
    return say_end(saying, err);
}

static int say_refused(struct saying *saying, struct ajar_err *err)
{
    struct exodus_change sum = {0};
    for (uint32_t d = 0; d < saying->model->n_doors; d++) {
        sum.as_is += saying->effect->refused[d].as_is;
        sum.changed += saying->effect->refused[d].changed;
    }
    buf_str(&saying->buf, "Refused at a door, counted each time: ");
    say_people(&saying->buf, sum.changed);
    buf_str(&saying->buf, " instead of ");
    say_people(&saying->buf, sum.as_is);
    buf_str(&saying->buf, "; gave up for good: ");
    say_range(&saying->buf, &saying->effect->stopped_all);
    buf_str(&saying->buf, ".");
    return say_end(saying, err);
}

static int say_stranded(struct saying *saying, struct ajar_err *err)
{
    const struct exodus_model *model = saying->model;
    const struct exodus_change *most = &saying->effect->stranded_most;
    uint32_t worst = 0;
    if (fabs(most->mean) < SAY_LEAST) {
        buf_str(&saying->buf, "Stranded (14 days or more without a door that is open to them): ");
        say_people(&saying->buf, most->as_is);
        buf_str(&saying->buf, " on the worst day, no more than with the doors as they were.");
        return say_end(saying, err);
    }
    for (uint32_t c = 1; c < model->n_classes; c++) {
        worst = fabs(saying->effect->stranded[c].mean) > fabs(saying->effect->stranded[worst].mean)
                    ? c
                    : worst;
    }
    buf_str(&saying->buf, "Stranded on the worst day: ");
    say_range(&saying->buf, most);
    buf_str(&saying->buf, ", most of them of the class \"");
    buf_text(&saying->buf, model->classes[worst].title);
    buf_str(&saying->buf, "\".");
    return say_end(saying, err);
}

/* Nothing was counted of what people do whose door shuts. */
static int say_priors(struct saying *saying, struct ajar_err *err)
{
    const struct exodus_model *model = saying->model;
    size_t n = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        int32_t pull = model->doors[d].pull.param;
        bool alone = pull != EXODUS_FIXED && !model->params[pull].fitted;
        if (alone && fabs(saying->effect->entries[d].mean) >= SAY_LEAST) {
            buf_str(&saying->buf, n++ == 0 ? "On priors alone: how many take the door \"" : ", \"");
            buf_text(&saying->buf, model->doors[d].title);
            buf_str(&saying->buf, "\"");
        }
    }
    buf_str(&saying->buf, n > 0 ? ", and " : "On priors alone: ");
    buf_str(&saying->buf, "what those do who find a door shut (wait, choose another, give up); no "
                          "figure known on that day says.");
    return say_end(saying, err);
}

static int say_note(struct saying *saying, struct ajar_err *err)
{
    struct text note = saying->model->what_ifs[saying->effect->world - 1].note;
    if (note.n == 0) {
        return 0;
    }
    buf_text(&saying->buf, note);
    return say_end(saying, err);
}

int exodus_chain_say(struct arena *arena, const struct exodus_chain *chain,
                     const struct exodus_effect *effect, struct text **out, size_t *n,
                     struct ajar_err *err)
{
    struct saying saying = {.arena = arena, .model = chain->input->model, .effect = effect};
    TRY_NEW(saying.out, arena, SAY_MOST, err);
    buf_init(&saying.buf, SAY_CEILING);
    int code = say_doors(&saying, true, err);
    code = code != 0 ? code : say_doors(&saying, false, err);
    code = code != 0 ? code : say_all(&saying, err);
    code = code != 0 ? code : say_refused(&saying, err);
    code = code != 0 ? code : say_stranded(&saying, err);
    code = code != 0 ? code : say_priors(&saying, err);
    code = code != 0 ? code : say_note(&saying, err);
    buf_free(&saying.buf);
    if (code == 0) {
        *out = saying.out;
        *n = saying.n;
    }
    return code;
}
