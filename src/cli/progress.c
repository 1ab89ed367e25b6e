#include "progress.h"

#include <string.h>
#include <time.h>

#include "num.h"

#define BAR_AFTER_S   0.3 /* shorter jobs show nothing */
#define BAR_EVERY_S   0.1
#define PLAIN_EVERY_S 5.0
#define RATE_AFTER_S  1.0 /* earlier, the rate says little */
#define BAR_MOST      30  /* columns */
#define LINE_MOST     512 /* bytes of one line */

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void progress_put_time(struct buf *buf, double seconds)
{
    uint64_t s = (uint64_t)(seconds + 0.5);
    if (s < 60) {
        buf_printf(buf, "%llu s left", (unsigned long long)s);
    } else if (s < 3600) {
        buf_printf(buf, "%llu min %llu s left", (unsigned long long)(s / 60),
                   (unsigned long long)(s % 60));
    } else {
        buf_printf(buf, "%llu h %llu min left", (unsigned long long)(s / 3600),
                   (unsigned long long)(s / 60 % 60));
    }
}

/* "45 %  1,200 of 2,400 rows  300 rows/s  4 s left", as far as it is known. */
static void progress_put_facts(struct buf *buf, const struct progress *progress, uint64_t done,
                               uint64_t total, const char *unit)
{
    char a[NUM_TEXT], b[NUM_TEXT];
    num_format_grouped((double)done, 0, a);
    if (total > 0) {
        uint64_t capped = done < total ? done : total;
        num_format_grouped((double)total, 0, b);
        buf_printf(buf, "%3d %%  %s of %s %s", (int)(100.0 * (double)capped / (double)total), a, b,
                   unit);
    } else {
        buf_printf(buf, "%s %s", a, unit);
    }
    double elapsed = progress->now() - progress->began;
    if (elapsed < RATE_AFTER_S || done <= progress->done_at_begin) {
        return;
    }
    double rate = (double)(done - progress->done_at_begin) / elapsed;
    num_format_grouped(rate, rate < 10 ? 1 : 0, a);
    buf_printf(buf, "  %s %s/s", a, unit);
    if (total > done) {
        buf_str(buf, "  ");
        progress_put_time(buf, (double)(total - done) / rate);
    }
}

static void progress_put_bar(struct buf *buf, const struct progress *progress, uint64_t done,
                             uint64_t total, size_t facts)
{
    /* six for blanks and brackets, one that stays free so that no terminal breaks the line */
    size_t taken = text_width(text_of(progress->what)) + facts + 7;
    if (total == 0 || taken + 5 > progress->width) {
        return;
    }
    size_t columns = progress->width - taken;
    columns = columns > BAR_MOST ? BAR_MOST : columns;
    uint64_t capped = done < total ? done : total;
    size_t full = (size_t)((double)columns * (double)capped / (double)total);
    buf_char(buf, '[');
    buf_pad(buf, '#', full);
    buf_pad(buf, '.', columns - full);
    buf_str(buf, "]  ");
}

static void progress_draw(struct progress *progress, uint64_t done, uint64_t total,
                          const char *unit)
{
    struct buf facts, line;
    buf_init(&facts, LINE_MOST);
    buf_init(&line, LINE_MOST);
    progress_put_facts(&facts, progress, done, total, unit);
    buf_str(&line, progress->what);
    buf_str(&line, progress->kind == PROGRESS_PLAIN ? ": " : "  ");
    if (progress->kind == PROGRESS_BAR) {
        progress_put_bar(&line, progress, done, total, text_width(buf_view(&facts)));
    }
    buf_text(&line,
             progress->kind == PROGRESS_PLAIN ? text_trim(buf_view(&facts)) : buf_view(&facts));
    if (buf_ok(&line, NULL) == 0 && buf_ok(&facts, NULL) == 0) {
        size_t n = line.n;
        while (progress->kind == PROGRESS_BAR && n > 0 &&
               text_width((struct text){line.at, n}) >= progress->width) {
            n--;
            while (n > 0 && ((unsigned char)line.at[n] & 0xc0) == 0x80) {
                n--;
            }
        }
        fprintf(progress->say, progress->kind == PROGRESS_BAR ? "\r\033[K%.*s" : "%.*s\n", (int)n,
                line.at);
        fflush(progress->say);
        progress->shown = progress->kind == PROGRESS_BAR;
    }
    buf_free(&facts);
    buf_free(&line);
}

/* What stands behind ": " is news of the phase, not another one. */
static size_t progress_phase(const char *what)
{
    const char *news = strstr(what, ": ");
    return news == NULL ? strlen(what) : (size_t)(news - what);
}

static bool progress_same(const struct progress *progress, const char *what)
{
    size_t n = progress_phase(progress->what);
    return progress->what[0] != '\0' && n == progress_phase(what) &&
           strncmp(progress->what, what, n) == 0;
}

static void progress_tick(void *arg, const char *what, uint64_t done, uint64_t total,
                          const char *unit)
{
    struct progress *progress = arg;
    if (progress->kind == PROGRESS_SILENT) {
        return;
    }
    double now = progress->now();
    bool same = progress_same(progress, what);
    snprintf(progress->what, sizeof progress->what, "%s", what);
    if (!same) {
        progress->began = now;
        progress->done_at_begin = done;
        if (progress->kind == PROGRESS_PLAIN) {
            progress->drawn = now;
        }
    }
    bool bar = progress->kind == PROGRESS_BAR;
    bool early = bar && !progress->shown && now - progress->started < BAR_AFTER_S;
    if (early || now - progress->drawn < (bar ? BAR_EVERY_S : PLAIN_EVERY_S)) {
        return;
    }
    progress->drawn = now;
    progress_draw(progress, done, total, unit);
}

static bool progress_cancelled(void *arg)
{
    const struct progress *progress = arg;
    return progress->stopped != NULL && progress->stopped();
}

void progress_init(struct progress *progress, FILE *say, enum progress_kind kind, size_t width,
                   double (*now)(void), bool (*stopped)(void))
{
    *progress =
        (struct progress){.say = say, .kind = kind, .width = width, .now = now, .stopped = stopped};
    progress->started = now();
    progress->drawn = progress->started - BAR_EVERY_S;
}

struct watch progress_watch(struct progress *progress)
{
    return (struct watch){progress_tick, progress_cancelled, progress};
}

void progress_end(struct progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", progress->say);
        fflush(progress->say);
        progress->shown = false;
    }
}
