/* DOORS' tables of the output folder. */
#include "csv.h"
#include "doors_chain.h"

#define DOORS_FILE_CEILING ((size_t)1 << 30)
#define DOORS_TABLES       3

static void put_heads(struct csv_out *csv, const char *const *heads)
{
    for (; *heads != NULL; heads++) {
        csv_put_str(csv, *heads);
    }
    csv_end_row(csv);
}

static void put_day(struct csv_out *csv, date_days day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(day, text));
}

/* The words gathered, which are none again afterwards. */
static void put_words(struct csv_out *csv, struct buf *words)
{
    csv_put_text(csv, buf_view(words));
    words->n = 0;
}

void doors_marks_say(struct buf *buf, const struct doors_marks *marks)
{
    const struct {
        bool set;
        const char *word;
    } rows[] = {{marks->stale, "STALE"},         {marks->counterfactual, "counterfactual"},
                {marks->contested, "contested"}, {marks->partial, "partial"},
                {marks->unread, "unread"},       {marks->unverified, "unverified"}};
    bool any = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].set) {
            buf_str(buf, any ? ", " : "");
            buf_str(buf, rows[i].word);
            any = true;
        }
    }
}

static void put_change(struct csv_out *csv, struct buf *words, const struct doors_diff *diff,
                       const struct change *change)
{
    csv_put_str(csv, outcome_words[change->before]);
    csv_put_str(csv, outcome_words[change->after]);
    compare_say(words, &diff->comparison, change);
    put_words(csv, words);
    compare_say_common(words, &diff->comparison);
    put_words(csv, words);
    csv_put_text(csv, change->rule == NULL ? (struct text){"", 0} : change->rule->id);
    csv_put_text(csv, change->rule == NULL ? (struct text){"", 0}
                                           : said_in(&change->rule->say, LANG_EN));
    csv_put_number(csv, change->vectors);
}

static void diffs(struct buf *buf, struct buf *words, const struct doors_chain *chain)
{
    static const char *const heads[] = {
        "door", "day_before", "day_after", "before",          "after", "who",
        "all",  "ground",     "ground_en", "kinds_of_person", "marks", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < chain->n_diffs; i++) {
        const struct doors_diff *diff = &chain->diffs[i];
        for (size_t c = 0; c < diff->comparison.n; c++) {
            csv_put_text(&csv, chain->folder->rules.doors[diff->door].id);
            put_day(&csv, diff->before);
            put_day(&csv, diff->after);
            put_change(&csv, words, diff, &diff->comparison.changes[c]);
            doors_marks_say(words, &diff->marks);
            put_words(&csv, words);
            csv_end_row(&csv);
        }
    }
}

static void put_version(struct csv_out *csv, struct buf *words, const struct version *version)
{
    const char *const transcriptions[] = {"full", "partial", "unread"};
    char mark[2] = {version == NULL ? '\0' : version->mark, '\0'};
    csv_put_text(csv, version == NULL ? (struct text){"", 0} : version->id);
    csv_put_text(csv, version == NULL ? (struct text){"", 0} : version->law);
    put_day(csv, version == NULL ? DATE_NONE : version->known);
    csv_put_str(csv, mark);
    csv_put_str(csv, version == NULL ? "" : transcriptions[version->transcription]);
    for (size_t i = 0; version != NULL && i < version->n_sources; i++) {
        buf_str(words, i == 0 ? "" : ";");
        buf_text(words, version->sources[i]);
    }
    put_words(csv, words);
}

static void put_state(struct csv_out *csv, struct buf *words, const struct doors_chain *chain,
                      const struct doors_state *state, const struct version *version)
{
    const struct rules *rules = &chain->folder->rules;
    const struct door *door = &rules->doors[state->door];
    put_day(csv, state->day);
    csv_put_text(csv, door->id);
    csv_put_text(csv, names_word(rules->names, door->country));
    csv_put_str(csv, door_kind_words[door->kind]);
    csv_put_text(csv, said_in(&door->title, LANG_EN));
    put_version(csv, words, version);
    put_day(csv, door->review_by);
    doors_marks_say(words, &state->marks);
    put_words(csv, words);
    csv_end_row(csv);
}

static void states(struct buf *buf, struct buf *words, const struct doors_chain *chain)
{
    static const char *const heads[] = {
        "day",   "door", "country",       "kind",       "title",     "version", "law",
        "known", "mark", "transcription", "source_ids", "review_by", "marks",   NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t i = 0; i < chain->n_states; i++) {
        const struct doors_state *state = &chain->states[i];
        for (size_t v = 0; v < state->n_versions; v++) {
            put_state(&csv, words, chain, state, state->versions[v]);
        }
        if (state->n_versions == 0) {
            put_state(&csv, words, chain, state, NULL);
        }
    }
}

static void gates(struct buf *buf, struct buf *words, const struct doors_chain *chain)
{
    (void)words;
    doors_gates_csv(buf, &chain->gates, false);
}

static int keep(struct arena *arena, const struct doors_chain *chain,
                void (*write)(struct buf *, struct buf *, const struct doors_chain *),
                struct text *out, struct ajar_err *err)
{
    struct buf buf, words;
    const char *copy = NULL;
    buf_init(&buf, DOORS_FILE_CEILING);
    buf_init(&words, DOORS_FILE_CEILING);
    write(&buf, &words, chain);
    int code = buf_ok(&words, err);
    code = code != 0 ? code : buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    if (code == 0) {
        *out = (struct text){copy, buf.n};
    }
    buf_free(&words);
    buf_free(&buf);
    return code;
}

int doors_chain_files(struct arena *arena, const struct doors_chain *chain, struct doors_file **out,
                      size_t *n, struct ajar_err *err)
{
    static const struct {
        const char *name;
        void (*write)(struct buf *, struct buf *, const struct doors_chain *);
    } tables[DOORS_TABLES] = {
        {"doors_gates.csv", gates}, {"doors_diff.csv", diffs}, {"doors_doors.csv", states}};
    struct doors_file *files;
    size_t count = chain->stands ? DOORS_TABLES : 0;
    TRY_NEW(files, arena, count, err);
    for (size_t i = 0; i < count; i++) {
        files[i].name = tables[i].name;
        TRY(keep(arena, chain, tables[i].write, &files[i].bytes, err));
    }
    *out = files;
    *n = count;
    return 0;
}
