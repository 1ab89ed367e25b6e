/* `ajar trace`: how a figure of a report came about. */
#include <string.h>

#include "json.h"
#include "nouns.h"
#include "tell.h"
#include "trail_read.h"

#define TRACE_CEILING ((size_t)64 << 20)
#define TRACE_LABEL   12 /* columns */

static void put_line(const struct verb_call *call, const struct trail_line *line)
{
    struct buf words;
    buf_init(&words, TRACE_CEILING);
    buf_text(&words, line->value);
    fprintf(call->to, "%-*s", TRACE_LABEL, line->label);
    tell_text(call, buf_view(&words), TRACE_LABEL);
    buf_free(&words);
}

static void put_json_line(struct json_out *json, const struct trail_line *line)
{
    json_begin_object(json);
    json_key(json, "label");
    json_put_str(json, line->label);
    json_key(json, "value");
    json_put_text(json, line->value);
    json_end_object(json);
}

static int trace_json(const struct verb_call *call, const char *id, const struct trail_line *lines,
                      size_t n, struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, TRACE_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "figure");
    json_put_str(&json, id);
    json_key(&json, "trail");
    json_begin_array(&json);
    for (size_t i = 0; i < n; i++) {
        put_json_line(&json, &lines[i]);
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static int trace_figure(const struct verb_call *call, const struct trail_book *book, const char *id,
                        struct ajar_err *err)
{
    struct trail_line *lines;
    size_t figure, n;
    TRY(trail_find(book, id, &figure, err));
    TRY(trail_lines(book, figure, &lines, &n, err));
    if (call->json) {
        return trace_json(call, id, lines, n, err);
    }
    fprintf(call->to, "%s\n\n", id);
    for (size_t i = 0; i < n; i++) {
        put_line(call, &lines[i]);
    }
    return 0;
}

static bool is_listed(const struct verb_call *call, const struct trail_book *book, size_t i)
{
    const char *prefix = call_text(call, "prefix"), *part = call_text(call, "part");
    const char *own = json_string_value(json_object_get(book->at[i].family, "part"));
    return (prefix == NULL || trail_fits(book->ids[i], prefix)) &&
           (part == NULL || (own != NULL && strcasecmp(part, own) == 0));
}

static const char *shown_of(const struct trail_at *at)
{
    const char *shown =
        json_string_value(json_object_get(json_object_get(at->row, "shown"), at->column));
    return shown == NULL ? "" : shown;
}

static int list_json(const struct verb_call *call, const struct trail_book *book,
                     struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, TRACE_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "figures");
    json_begin_array(&json);
    for (size_t i = 0; i < book->n; i++) {
        if (is_listed(call, book, i)) {
            json_begin_object(&json);
            json_key(&json, "id");
            json_put_str(&json, book->ids[i]);
            json_key(&json, "number");
            json_put_str(&json, shown_of(&book->at[i]));
            json_end_object(&json);
        }
    }
    json_end_array(&json);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static int trace_list(const struct verb_call *call, const struct trail_book *book,
                      struct ajar_err *err)
{
    size_t n = 0;
    if (call->json) {
        return list_json(call, book, err);
    }
    for (size_t i = 0; i < book->n; i++) {
        if (is_listed(call, book, i)) {
            fprintf(call->to, "%s  %s\n", book->ids[i], shown_of(&book->at[i]));
            n++;
        }
    }
    call_note(call, "%zu of %zu figures", n, book->n);
    return 0;
}

static int trace(struct verb_call *call, struct ajar_err *err)
{
    struct trail_book book = {0};
    int code = trail_open(&book, call->arena, call->words[0], err);
    if (code == 0) {
        code = call->words[1] != NULL ? trace_figure(call, &book, call->words[1], err)
                                      : trace_list(call, &book, err);
    }
    trail_close(&book);
    return code;
}

static const struct verb_arg trace_args[] = {
    {.name = "DIR", .help = "A folder that `ajar run` made.", .path = true},
    {.name = "FIGURE_ID",
     .help = "The figure, as the page's dialog and the list have it: aid.GEO.gets. Without it, the "
             "figures are listed.",
     .optional = true},
};

static const char *const trace_parts[] = {"REPORT", "SCENARIO", "WATCH", "DOORS",
                                          "FLOW",   "PLACE",    "AID",   NULL};

static const struct verb_option trace_options[] = {
    {.name = "prefix",
     .type = OPT_TEXT,
     .value = "ID",
     .help = "List figures whose ids begin so: \"aid\", \"inputs.GEO\"."},
    {.name = "part",
     .type = OPT_CHOICE,
     .value = "PART",
     .choices = trace_parts,
     .help = "List figures that this part made."},
};

static const struct verb_example trace_examples[] = {
    {.say = "What does the amount for Georgia rest on?",
     .command = "ajar run scenarios/exodus2022 --out $OUT/exodus2022 --replace && "
                "ajar trace $OUT/exodus2022 aid.GEO.gets"},
    {.say = "All figures of a conflict's scores.",
     .command = "ajar run scenarios/mali2012 --out $OUT/mali2012 --replace && "
                "ajar trace $OUT/mali2012 --prefix flow.forecast"},
};

const struct verb trace_verbs[] = {{
    .noun = "",
    .name = "trace",
    .summary = "Show how a figure came about: row, source, rule, parameters, assumption",
    .description =
        "Every figure of report.html has an id and a trail: the number as shown, what it is and of "
        "what kind (observed, computed, predicted, assumed), the part and the version that made "
        "it, its parameters, the table and the row that hold it, the rows and sources that it "
        "rests on, the rule and its version, the assumptions with their reasons, and the figures "
        "that it was made from, which have trails of their own.\n\n"
        "The folder has to be as the run left it: every file is compared with the hash that "
        "trail.json holds of it. docs/decisions/0008-trace.md says how ids are made.",
    .args = trace_args,
    .n_args = sizeof trace_args / sizeof *trace_args,
    .options = trace_options,
    .n_options = sizeof trace_options / sizeof *trace_options,
    .examples = trace_examples,
    .n_examples = sizeof trace_examples / sizeof *trace_examples,
    .run = trace,
    .lacks = COMMON_OUT | COMMON_SEED | COMMON_THREADS | COMMON_PROGRESS,
}};
const size_t n_trace_verbs = sizeof trace_verbs / sizeof *trace_verbs;
