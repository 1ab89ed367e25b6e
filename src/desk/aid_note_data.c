/* Sections of the methodology note on what went in: figures, sources, assumptions,
 * contradictions. */
#include <math.h>
#include <string.h>

#include "aid_note.h"

/* Decimals that a figure needs for people: costs and stocks are whole, a severity is not. */
static int aid_note_decimals(enum aid_figure figure, double value)
{
    return figure == AID_FIGURE_SEVERITY ? 3 : fabs(value) < 1000 && value != floor(value) ? 2 : 0;
}

/* The same for all hosts, so that a column lines up. */
static int aid_note_column_decimals(const struct aid_job *job, enum aid_figure figure)
{
    int most = 0;
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[figure][i];
        int decimals = input->quality == AID_ABSENT ? 0 : aid_note_decimals(figure, input->value);
        most = decimals > most ? decimals : most;
    }
    return most;
}

static void aid_note_figure(struct buf *buf, const struct aid_job *job, enum aid_figure figure,
                            size_t host)
{
    const struct aid_input *input = &job->input[figure][host];
    buf_str(buf, "| ");
    if (input->quality != AID_ABSENT) {
        aid_words_number(buf, input->value, aid_note_column_decimals(job, figure));
        bool lent = figure == AID_FIGURE_STOCK && aid_job_lent(job, host);
        buf_str(buf, input->quality == AID_ASSUMED ? " (a) " : lent ? " (c) " : " ");
    }
}

/* A column is shown when at least one host has the figure; of need and cost per person, which
 * follow from each other, the one that was given. */
static bool aid_note_shown(const struct aid_job *job, enum aid_figure figure)
{
    for (size_t i = 0; i < job->n; i++) {
        enum aid_quality quality = job->input[figure][i].quality;
        bool follows =
            quality == AID_DERIVED && (figure == AID_FIGURE_NEED || figure == AID_FIGURE_UNIT_COST);
        if (quality != AID_ABSENT && !follows) {
            return true;
        }
    }
    return false;
}

static const enum aid_figure aid_note_columns[] = {
    AID_FIGURE_STOCK,      AID_FIGURE_UNIT_COST, AID_FIGURE_FUNDED,
    AID_FIGURE_CAP,        AID_FIGURE_FLOOR,     AID_FIGURE_CEILING,
    AID_FIGURE_POPULATION, AID_FIGURE_GDP,       AID_FIGURE_SEVERITY};
enum { AID_NOTE_COLUMNS = sizeof aid_note_columns / sizeof *aid_note_columns };

static void aid_note_table(struct buf *buf, const struct aid_job *job)
{
    buf_str(buf, "| Host ");
    for (size_t c = 0; c < AID_NOTE_COLUMNS; c++) {
        if (aid_note_shown(job, aid_note_columns[c])) {
            const char *word = aid_figure_word(aid_note_columns[c]);
            buf_printf(buf, "| %c%s ", word[0] - ('a' <= word[0] && word[0] <= 'z' ? 32 : 0),
                       word + 1);
        }
    }
    buf_str(buf, "|\n| --- ");
    for (size_t c = 0; c < AID_NOTE_COLUMNS; c++) {
        buf_str(buf, aid_note_shown(job, aid_note_columns[c]) ? "| ---: " : "");
    }
    buf_str(buf, "|\n");
    for (size_t i = 0; i < job->n; i++) {
        buf_str(buf, "| ");
        aid_words_plain(buf, job->name[i]);
        buf_char(buf, ' ');
        for (size_t c = 0; c < AID_NOTE_COLUMNS; c++) {
            if (aid_note_shown(job, aid_note_columns[c])) {
                aid_note_figure(buf, job, aid_note_columns[c], i);
            }
        }
        buf_str(buf, "|\n");
    }
}

/* How each stock was counted: the figure that the split hangs on most. */
static void aid_note_stocks(struct buf *buf, const struct aid_job *job)
{
    bool any = false;
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[AID_FIGURE_STOCK][i];
        if (input->quality != AID_SOURCED) {
            continue;
        }
        buf_str(buf, any ? "" : "\nStocks that a source gives:\n\n");
        any = true;
        buf_str(buf, "- ");
        aid_words_plain(buf, job->name[i]);
        buf_str(buf, ": ");
        aid_words_number(buf, input->value, 0);
        buf_printf(buf, " people on %s, source `%s`", input->date, input->origin);
        if (input->note[0] != '\0') {
            buf_str(buf, " (");
            aid_words_plain(buf, input->note);
            buf_char(buf, ')');
        }
        buf_str(buf, ".\n");
    }
}

/* The stocks that nobody counted: whose forecast they are, and how wide. */
static void aid_note_lent(struct buf *buf, const struct aid_job *job)
{
    bool any = false;
    for (size_t i = 0; i < job->n; i++) {
        const struct aid_input *input = &job->input[AID_FIGURE_STOCK][i];
        if (!aid_job_lent(job, i)) {
            continue;
        }
        buf_str(buf, any ? "" : "\nStocks that are computed (c), which no source gives:\n\n");
        any = true;
        buf_str(buf, "- ");
        aid_words_plain(buf, job->name[i]);
        buf_str(buf, ": ");
        aid_words_number(buf, input->value, 0);
        buf_printf(buf, " people on %s, between ", input->date);
        aid_words_number(buf, input->low, 0);
        buf_str(buf, " and ");
        aid_words_number(buf, input->high, 0);
        buf_str(buf, job->lent_conflict ? " in nine runs of ten; computed by "
                                        : " in nine draws of ten; computed by ");
        aid_words_plain(buf, input->origin);
        buf_str(buf, ". ");
        aid_words_plain(buf, input->note);
        buf_char(buf, '\n');
    }
}

void aid_note_lent_limit(struct buf *buf, const struct aid_job *job)
{
    size_t n = aid_job_n_lent(job);
    if (n > 0 && job->lent_conflict) {
        buf_printf(
            buf,
            "- The stock%s of %zu of the %zu hosts %s computed by runs of the conflict. They "
            "know how many people came in all; the split between countries is that of "
            "their rules, and the range holds chance and four parameters, not wrong "
            "rules.\n",
            n == 1 ? "" : "s", n, job->n, n == 1 ? "is" : "are");
    } else if (n > 0) {
        buf_printf(buf,
                   "- The stock%s of %zu of the %zu hosts %s computed by a forecast of the flight "
                   "and %s no better than its model. Who was there before the flight is not in "
                   "%s.\n",
                   n == 1 ? "" : "s", n, job->n, n == 1 ? "is" : "are", n == 1 ? "is" : "are",
                   n == 1 ? "it" : "them");
    }
}

/* Whether a source is named for the first time by this figure. */
static bool aid_note_first(const struct aid_job *job, int figure, size_t host)
{
    const char *origin = job->input[figure][host].origin;
    for (int f = 0; f <= figure; f++) {
        for (size_t i = 0; i < (f == figure ? host : job->n); i++) {
            if (job->input[f][i].quality == AID_SOURCED &&
                strcmp(job->input[f][i].origin, origin) == 0) {
                return false;
            }
        }
    }
    return true;
}

static void aid_note_source(struct buf *buf, const struct scenario *scenario, const char *id)
{
    uint32_t row = scenario_source(scenario, scenario_word(scenario, id));
    buf_printf(buf, "- `%s`: ", id);
    if (row == SCENARIO_NO_ROW) {
        buf_str(buf, "not in the list of sources.\n");
        return;
    }
    char day[DATE_TEXT];
    const struct sources *sources = &scenario->sources;
    aid_words_text(buf, sources->publisher[row]);
    buf_str(buf, ", ");
    aid_words_text(buf, sources->title[row]);
    if (sources->date[row].first != DATE_NONE) {
        buf_printf(buf, ", %s", date_format_partial(sources->date[row], day));
    }
    if (sources->url[row].n > 0) {
        buf_printf(buf, ", <%.*s>", (int)sources->url[row].n, sources->url[row].at);
    }
    buf_str(buf, "\n");
}

static void aid_note_sources(struct buf *buf, const struct aid_job *job)
{
    bool any = false;
    for (int f = 0; f < AID_FIGURES; f++) {
        for (size_t i = 0; i < job->n && job->scenario != NULL; i++) {
            if (job->input[f][i].quality == AID_SOURCED && aid_note_first(job, f, i)) {
                buf_str(buf, any ? "" : "\nSources of the figures above:\n\n");
                any = true;
                aid_note_source(buf, job->scenario, job->input[f][i].origin);
            }
        }
    }
}

void aid_note_data(struct buf *buf, const struct aid_job *job)
{
    aid_note_head(buf, "3. The data");
    buf_printf(buf, "Stock and population in persons, GDP per head in US dollars, money in %s.",
               job->unit);
    if (job->scenario != NULL) {
        buf_str(buf, " Figures marked (a) are assumptions, with their ranges and reasons in a "
                     "section of their own. ");
        buf_str(buf, aid_job_n_lent(job) == 0 ? ""
                     : job->lent_conflict
                         ? "Stocks marked (c) are computed by runs of the conflict, not counted. "
                         : "Stocks marked (c) are computed by a forecast, not counted. ");
        buf_str(buf, "Every figure with its source, unit, date and note is in "
                     "`aid_inputs.csv`.\n\n");
    } else {
        buf_str(buf, " All of them are taken from ");
        aid_words_plain(buf, job->from);
        buf_str(buf, " as they stand there; `aid_inputs.csv` names the row of each. Who gave them, "
                     "and when, is for the desk to add.\n\n");
    }
    aid_note_table(buf, job);
    aid_note_stocks(buf, job);
    aid_note_lent(buf, job);
    aid_note_sources(buf, job);
}

static void aid_note_assumption(struct buf *buf, const struct aid_job *job, enum aid_figure figure,
                                size_t host)
{
    const struct aid_input *input = &job->input[figure][host];
    buf_str(buf, "| ");
    aid_words_plain(buf, job->name[host]);
    buf_printf(buf, " | %s ", aid_figure_word(figure));
    const double values[3] = {input->low, input->value, input->high};
    for (size_t v = 0; v < 3; v++) {
        buf_str(buf, "| ");
        aid_words_number(buf, values[v], aid_note_decimals(figure, values[v]));
        buf_char(buf, ' ');
    }
    buf_printf(buf, "| %s | ", input->unit);
    aid_words_plain(buf, input->note);
    buf_str(buf, " |\n");
}

void aid_note_assumptions(struct buf *buf, const struct aid_job *job)
{
    bool any = false;
    for (int f = 0; f < AID_FIGURES; f++) {
        for (size_t i = 0; i < job->n; i++) {
            if (job->input[f][i].quality != AID_ASSUMED) {
                continue;
            }
            if (!any) {
                any = true;
                aid_note_head(buf, "Assumptions");
                buf_str(buf, "No source gives these figures. The central value is used; the range "
                             "feeds the sensitivity.\n\n| Host | Figure | Low | Central | High | "
                             "Unit | Reason |\n| --- | --- | ---: | ---: | ---: | --- | --- |\n");
            }
            aid_note_assumption(buf, job, (enum aid_figure)f, i);
        }
    }
}

static bool aid_note_says(struct text text, const char *word)
{
    return memmem(text.at, text.n, word, strlen(word)) != NULL;
}

void aid_note_contradictions(struct buf *buf, const struct aid_job *job)
{
    bool any = false;
    const struct contradictions *rows =
        job->scenario != NULL ? &job->scenario->contradictions : NULL;
    for (size_t i = 0; rows != NULL && i < rows->n; i++) {
        bool touches = false;
        for (size_t h = 0; h < job->n; h++) {
            touches = touches || aid_note_says(rows->used_in[i], job->code[h]);
        }
        if (!touches || !aid_note_says(rows->used_in[i], "aid")) {
            continue;
        }
        if (!any) {
            any = true;
            aid_note_head(buf, "Contradictions that touch the inputs");
            buf_str(buf, "Sources disagree here. The reading that is used, and why:\n\n");
        }
        buf_str(buf, "- **");
        aid_words_text(buf, rows->topic[i]);
        buf_str(buf, ".** ");
        aid_words_text(buf, rows->difference[i]);
        struct text reading = scenario_name(job->scenario, rows->reading[i]);
        buf_str(buf, rows->difference[i].n > 0 &&
                             rows->difference[i].at[rows->difference[i].n - 1] == '.'
                         ? " "
                         : ". ");
        if (text_is(reading, "a") || text_is(reading, "b")) {
            bool first = text_is(reading, "a");
            struct text source =
                scenario_name(job->scenario, first ? rows->source_a[i] : rows->source_b[i]);
            buf_printf(buf, "Used: the %s, source `%.*s`. ", first ? "first" : "second",
                       (int)source.n, source.at);
        } else {
            buf_printf(buf, "Used: %.*s. ", (int)reading.n, reading.at);
        }
        aid_words_text(buf, rows->why[i]);
        buf_char(buf, '\n');
    }
}
