/* The inputs of the split from a CSV of hosts.  Every fault of the file is listed. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "aid_columns.h"
#include "aid_parts.h"
#include "file.h"
#include "number_guess.h"

#define AID_WORD_LONGEST 24 /* bytes of a word for "total" */

struct aid_csv {
    struct csv csv;
    struct arena *arena;
    struct faults *faults;
    struct aid_job *job;
    const char **code, **name;
    const char *unit;  /* as asked for; NULL: the first row's own */
    struct names seen; /* hosts, in small letters */
    long *line;        /* [hosts + 1] where the host of this id of `seen` stands */
    struct aid_columns at;
};

static struct ajar_err *aid_fault(const struct aid_csv *it, enum err_code code, const char *column,
                                  struct text value, const char *format, const char *word)
{
    struct ajar_err *fault = faults_add(it->faults);
    err_at(fault, code, it->csv.file, it->csv.row, column, value, format, word);
    return fault;
}

static struct text aid_csv_cell(const struct aid_csv *it, int at)
{
    return at < 0 ? TEXT_LIT("") : text_trim(it->csv.cells[at]);
}

static bool aid_csv_filled(const struct aid_csv *it, int column)
{
    return aid_csv_cell(it, it->at.number[column]).n > 0;
}

/* A number that half of the world reads as a thousand times as much.  Severity is a ratio, where
 * three decimals are what one expects. */
static void aid_csv_two_ways(const struct aid_csv *it, const char *column, struct text cell)
{
    char guess[NUMBER_GUESSES][NUM_TEXT];
    struct ajar_err *fault =
        aid_fault(it, E_NUMBER_TWO_WAYS, column, cell,
                  "The number under %s can be read with a decimal point or with a thousands "
                  "separator.",
                  column);
    if (number_guess(cell, guess) == NUMBER_GUESSES) {
        err_hint(fault, "Write %s or %s, whichever is meant.", guess[0], guess[1]);
    }
}

static void aid_csv_number(const struct aid_csv *it, int c, size_t host)
{
    const struct aid_column *column = aid_column(c);
    struct text cell = aid_csv_cell(it, it->at.number[c]);
    struct aid_input *input = &it->job->input[column->figure][host];
    if (cell.n == 0) {
        return;
    }
    input->quality = AID_GIVEN;
    if (!num_parse(cell, &input->value)) {
        number_guess_hint(aid_fault(it, E_NUMBER, column->name, cell,
                                    "The cell %s is not a number.", column->name),
                          cell);
    } else if (!(column->zero ? input->value >= 0 : input->value > 0)) {
        aid_fault(it, column->code, column->name, cell,
                  column->zero ? "The value under %s must be zero or positive."
                               : "The value under %s must be positive.",
                  column->name);
    } else if (input->value > AID_SUM_MOST) {
        aid_fault(it, E_NUMBER_RANGE, column->name, cell,
                  "The value under %s is above " AID_SUM_TEXT ".", column->name);
    } else if (c != AID_COLUMN_SEVERITY && number_two_ways(cell)) {
        aid_csv_two_ways(it, column->name, cell);
    }
}

/* A cell that has to be filled. */
static void aid_csv_demand(const struct aid_csv *it, int c)
{
    const struct aid_column *column = aid_column(c);
    if (it->at.number[c] >= 0 && !aid_csv_filled(it, c)) {
        err_hint(aid_fault(it, E_AID_INPUT_MISSING, column->name, TEXT_LIT(""),
                           "The cell %s is empty.", column->name),
                 "%s", column->empty);
    }
}

/* The code in small letters: "kgz" and "KGZ" are one host. */
static int aid_csv_fold(const struct aid_csv *it, struct text code, struct text *out,
                        struct ajar_err *err)
{
    char *folded;
    TRY_NEW(folded, it->arena, code.n, err);
    for (size_t i = 0; i < code.n; i++) {
        char c = code.at[i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = (struct text){folded, code.n};
    return 0;
}

static int aid_csv_code(struct aid_csv *it, struct text code, struct ajar_err *err)
{
    struct text folded;
    name_id id;
    if (code.n == 0) {
        err_hint(aid_fault(it, E_AID_HOST_EMPTY, "host", code, "The row names no %s.", "host"),
                 "Write the host's code into the column host; remove the row if it is a total.");
        return 0;
    }
    TRY(aid_csv_fold(it, code, &folded, err));
    id = names_find(&it->seen, folded);
    if (id != 0) {
        char line[NUM_TEXT];
        num_format((double)it->line[id], line);
        aid_fault(it, E_AID_HOST_TWICE, "host", code, "The host stands in line %s already.", line);
        return 0;
    }
    TRY(names_put(&it->seen, folded, &id, err));
    it->line[id] = it->csv.row;
    return 0;
}

static int aid_csv_host(struct aid_csv *it, size_t host, struct ajar_err *err)
{
    struct text code = aid_csv_cell(it, it->at.word[AID_WORD_HOST]),
                name = aid_csv_cell(it, it->at.word[AID_WORD_NAME]);
    TRY(aid_csv_code(it, code, err));
    TRY(text_copy(it->arena, code, &it->code[host], err));
    int country = country_find(code);
    if (name.n > 0) {
        return text_copy(it->arena, name, &it->name[host], err);
    }
    it->name[host] = country >= 0 ? country_at((size_t)country)->name : it->code[host];
    return 0;
}

/* "usd" is written "USD"; a unit of the desk's own, such as "million USD", stays as it is. */
static int aid_csv_unit_word(const struct aid_csv *it, struct text cell, const char **out,
                             struct ajar_err *err)
{
    char code[4] = "";
    for (size_t i = 0; cell.n == 3 && i < 3; i++) {
        char c = cell.at[i];
        code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return text_copy(it->arena, cell.n == 3 ? text_of(code) : cell, out, err);
}

static int aid_csv_unit(struct aid_csv *it, struct ajar_err *err)
{
    struct text cell = aid_csv_cell(it, it->at.word[AID_WORD_UNIT]);
    const char *unit;
    if (cell.n == 0) {
        return 0;
    }
    TRY(aid_csv_unit_word(it, cell, &unit, err));
    if (it->unit == NULL) {
        it->unit = unit;
    } else if (strcmp(unit, it->unit) != 0) {
        struct ajar_err *fault = aid_fault(it, E_AID_UNITS, "unit", cell,
                                           "The money of this row is not in %s.", it->unit);
        err_hint(fault, "Convert the row to %.60s, and say the rate in the note.", it->unit);
    }
    return 0;
}

/* What the cells of one row owe each other. */
static void aid_csv_row(const struct aid_csv *it)
{
    aid_csv_demand(it, AID_COLUMN_STOCK);
    aid_csv_demand(it, AID_COLUMN_FUNDED);
    aid_csv_demand(it, AID_COLUMN_CAP);
    bool need = aid_csv_filled(it, AID_COLUMN_NEED), cost = aid_csv_filled(it, AID_COLUMN_COST);
    if (need && cost) {
        struct ajar_err *fault = aid_fault(
            it, E_AID_COLUMN, "unit_cost", aid_csv_cell(it, it->at.number[AID_COLUMN_COST]),
            "The row gives both need and %s; one follows from the other.", "unit_cost");
        err_hint(fault, "Empty one of the two cells.");
    } else if (!need && !cost) {
        err_hint(aid_fault(it, E_AID_INPUT_MISSING, "need", TEXT_LIT(""),
                           "The row gives neither need nor %s.", "unit_cost"),
                 "Fill in one of the two.");
    }
    if (it->at.number[AID_COLUMN_SEVERITY] >= 0) {
        aid_csv_demand(it, AID_COLUMN_SEVERITY);
    } else {
        aid_csv_demand(it, AID_COLUMN_POPULATION);
        aid_csv_demand(it, AID_COLUMN_GDP);
    }
}

/* A floor that its own row makes impossible.  Comparisons with an absent figure (NaN) are false. */
static void aid_csv_floor(const struct aid_csv *it, size_t host)
{
    const struct aid_job *job = it->job;
    double floor = job->input[AID_FIGURE_FLOOR][host].value;
    double stock = job->input[AID_FIGURE_STOCK][host].value;
    double need = job->input[AID_FIGURE_NEED][host].value;
    double cost = job->input[AID_FIGURE_UNIT_COST][host].value;
    double open = (isnan(need) ? stock * cost : need) - job->input[AID_FIGURE_FUNDED][host].value;
    const char *limit = floor > job->input[AID_FIGURE_CEILING][host].value ? "its ceiling"
                        : floor > job->input[AID_FIGURE_CAP][host].value   ? "its absorption cap"
                        : floor > fmax(open, 0) && !isnan(open) ? "the need that is still open"
                                                                : NULL;
    if (limit != NULL) {
        aid_fault(it, E_AID_FLOOR_ABOVE, "floor", aid_csv_cell(it, it->at.number[AID_COLUMN_FLOOR]),
                  "The floor is above %s.", limit);
    }
}

static int aid_csv_texts(const struct aid_csv *it, size_t host, struct ajar_err *err)
{
    const char *note = "", *origin = "";
    struct text cell = aid_csv_cell(it, it->at.word[AID_WORD_NOTE]);
    struct buf buf;
    TRY(text_copy(it->arena, cell, &note, err));
    buf_init(&buf, 64);
    buf_printf(&buf, "line %ld", it->csv.row);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(it->arena, buf_view(&buf), &origin, err);
    }
    buf_free(&buf);
    for (int c = 0; c < AID_COLUMNS; c++) {
        struct aid_input *input = &it->job->input[aid_column(c)->figure][host];
        if (input->quality == AID_GIVEN) {
            input->origin = origin;
            input->note = note;
        }
    }
    return code;
}

static int aid_pass(struct ajar_err *err, const struct ajar_err *from)
{
    if (err != NULL) {
        *err = *from;
    }
    return from->code;
}

/* A row of separators, as spreadsheets leave them below a table. */
static bool aid_csv_blank(const struct aid_csv *it)
{
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        if (text_trim(it->csv.cells[c]).n > 0) {
            return false;
        }
    }
    return true;
}

/* A row of sums would take half of the budget without a word. */
static bool aid_csv_total(const struct aid_csv *it)
{
    static const char *const words[] = {"total",
                                        "totals",
                                        "grand total",
                                        "subtotal",
                                        "sum",
                                        "gesamt",
                                        "summe",
                                        "\u0438\u0442\u043e\u0433\u043e",
                                        "\u0418\u0442\u043e\u0433\u043e",
                                        "\u0418\u0422\u041e\u0413\u041e"};
    struct text code = aid_csv_cell(it, it->at.word[AID_WORD_HOST]);
    char room[AID_WORD_LONGEST + 1];
    if (code.n == 0 || code.n > AID_WORD_LONGEST) {
        return false;
    }
    memcpy(room, code.at, code.n);
    room[code.n] = '\0';
    room[strcspn(room, ":")] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(room, words[i]) == 0) {
            aid_fault(it, E_AID_HOST_TOTAL, "host", code, "This looks like a row of %s.", "sums");
            return true;
        }
    }
    return false;
}

static int aid_csv_host_row(struct aid_csv *it, size_t host, struct ajar_err *err)
{
    uint64_t faults = it->faults->total;
    for (int c = 0; c < AID_COLUMNS; c++) {
        aid_csv_number(it, c, host);
    }
    aid_csv_row(it);
    if (it->faults->total == faults) {
        aid_csv_floor(it, host);
    }
    TRY(aid_csv_host(it, host, err));
    TRY(aid_csv_unit(it, err));
    return aid_csv_texts(it, host, err);
}

/* All rows; *n counts those that were read. */
static int aid_csv_rows(struct aid_csv *it, size_t *n, struct ajar_err *err)
{
    for (;;) {
        bool more = false;
        struct ajar_err broken;
        int code = csv_next(&it->csv, &more, &broken);
        if (code == E_CEILING || code == E_MEMORY) {
            return aid_pass(err, &broken);
        }
        if (code != 0) {
            *faults_add(it->faults) = broken;
            continue;
        }
        if (!more) {
            return 0;
        }
        if (!aid_csv_blank(it) && !aid_csv_total(it)) {
            TRY(aid_csv_host_row(it, (*n)++, err));
        }
    }
}

static int aid_csv_read(struct aid_csv *it, const char *path, struct text bytes,
                        const struct aid_run_options *options, struct aid_job *out,
                        struct ajar_err *err)
{
    struct aid_job job;
    size_t n = 0;
    struct ajar_err broken;
    int code = csv_open(&it->csv, it->arena, path, bytes, 0, &CSV_LIMITS_DEFAULT, &broken);
    if (code != 0) {
        if (code != E_CEILING && code != E_MEMORY) {
            *faults_add(it->faults) = broken;
        }
        return aid_pass(err, &broken);
    }
    TRY(names_init(&it->seen, it->arena, err));
    TRY(aid_job_new(it->arena, (size_t)csv_count_bound(&it->csv), &job, err));
    TRY_NEW(it->code, it->arena, job.n, err);
    TRY_NEW(it->name, it->arena, job.n, err);
    TRY_NEW(it->line, it->arena, job.n + 1, err);
    it->job = &job;
    it->unit = options->unit;
    aid_columns_find(&it->csv, it->faults, &it->at);
    if (it->faults->total == 0) {
        TRY(aid_csv_rows(it, &n, err));
        if (n == 0 && it->faults->total == 0) {
            struct ajar_err *fault = faults_add(it->faults);
            err_at(fault, E_AID_HOSTS, path, 0, NULL, TEXT_LIT(""),
                   "The file has a header and no rows.");
            err_hint(fault, "Add a row for each host.");
        }
    }
    job.n = n;
    job.code = it->code;
    job.name = it->name;
    job.severity_given = it->at.number[AID_COLUMN_SEVERITY] >= 0;
    job.unit = it->unit != NULL ? it->unit : "USD";
    for (int c = 0; c < AID_COLUMNS; c++) {
        for (size_t i = 0; i < n; i++) {
            struct aid_input *input = &job.input[aid_column(c)->figure][i];
            if (input->quality == AID_GIVEN) {
                input->unit = aid_column(c)->unit != NULL ? aid_column(c)->unit : job.unit;
            }
        }
    }
    *out = job;
    return 0;
}

int aid_csv_inputs(struct arena *arena, const char *path, const struct aid_run_options *options,
                   struct faults *faults, struct aid_job *out, struct ajar_err *err)
{
    struct faults own;
    struct file_view view;
    struct aid_job job;
    if (faults == NULL) {
        TRY(faults_init(&own, arena, AID_FAULTS, err));
        faults = &own;
    }
    if (isnan(options->budget)) {
        return err_set(err, E_AID_BUDGET, "A CSV of hosts says no budget, so it has to be given.");
    }
    struct aid_csv it = {.arena = arena, .faults = faults};
    TRY(file_open(&view, path, AID_CSV_CEILING, err));
    int code = aid_csv_read(&it, path, view.bytes, options, &job, err);
    file_close(&view);
    TRY(code);
    if (faults->total > 0) {
        faults_sort(faults);
        return aid_pass(err, &faults->at[0]);
    }
    TRY(text_copy(arena, text_of(path), &job.from, err));
    job.title = job.from;
    job.options.budget = options->budget;
    job.options.alpha = isnan(options->alpha) ? INFINITY : options->alpha;
    job.options.tranche = isnan(options->tranche) ? 0 : options->tranche;
    *out = job;
    return 0;
}
