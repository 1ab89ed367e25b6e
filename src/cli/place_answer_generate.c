/* `ajar place generate`: a made-up placement of a known kind, as bulk tables. */
#include "generate.h"

#include "answer.h"
#include "num.h"
#include "package_out.h"
#include "place_answer.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

#define GENERATE_CEILING ((size_t)4 << 30) /* bytes of a table */

typedef void generate_table(struct buf *buf, const struct place_problem *problem,
                            const struct place_names *names);

static int generate_file(const struct verb_call *call, struct file_folder *folder,
                         struct package_out *package, const char *name, generate_table *write,
                         const struct place_generated *made, const struct place_names *names,
                         struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, GENERATE_CEILING);
    write(&buf, &made->problem, names);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_folder_write(folder, call->arena, name, buf_view(&buf), err);
    code = code != 0 ? code : package_out_add(package, name, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static int generate_fill(const struct verb_call *call, struct file_folder *folder,
                         const struct place_generated *made, const struct place_names *names,
                         struct ajar_err *err)
{
    struct package_out package;
    struct text json;
    TRY(package_out_init(&package, call->arena, err));
    TRY(generate_file(call, folder, &package, "households.csv", place_write_households, made, names,
                      err));
    TRY(generate_file(call, folder, &package, "localities.csv", place_write_localities, made, names,
                      err));
    TRY(generate_file(call, folder, &package, "scores.csv", place_write_scores, made, names, err));
    TRY(package_out_json(&package, TEXT_LIT("A made-up placement: synthetic, no real person"),
                         &json, err));
    return file_folder_write(folder, call->arena, "datapackage.json", json, err);
}

static int generate_folder(const struct verb_call *call, const struct place_generated *made,
                           struct ajar_err *err)
{
    struct file_folder folder;
    struct place_names names;
    TRY(place_generate_names(call->arena, &made->problem, &names, err));
    TRY(call_out_failed(
        call, file_folder_begin(&folder, call->arena, call->out, call_flag(call, "replace"), err),
        err));
    int code = generate_fill(call, &folder, made, &names, err);
    code = code != 0 ? code : file_folder_commit(&folder, err);
    file_folder_abort(&folder);
    return code;
}

static int generate_show(const struct verb_call *call, const struct place_generated *made,
                         struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"resource", TABLE_WORD},
        {"need of all", TABLE_NUMBER},
        {"capacity", TABLE_NUMBER},
    };
    const struct place_problem *problem = &made->problem;
    struct place_names names;
    struct table table;
    char pairs[NUM_TEXT];
    TRY(place_generate_names(call->arena, problem, &names, err));
    num_format_grouped((double)problem->first[problem->n_households], 0, pairs);
    tell_say(call, "Made up, synthetic: %u households, %u localities, %s pairs allowed.",
             problem->n_households, problem->n_localities, pairs);
    fputc('\n', call->to);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t r = 0; r < GENERATE_RESOURCES; r++) {
        table_begin_row(&table);
        table_text(&table, names.resource[r]);
        table_int(&table, made->need[r]);
        table_int(&table, made->capacity[r]);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    fprintf(call->to, "\nTables: %s\n", call->out);
    return 0;
}

static int generate_json(const struct verb_call *call, const struct place_generated *made,
                         struct ajar_err *err)
{
    struct place_names names;
    struct json_out json;
    struct buf buf;
    TRY(place_generate_names(call->arena, &made->problem, &names, err));
    place_json_open(&json, &buf);
    put_str(&json, "out", call->out);
    put_int(&json, "households", made->problem.n_households);
    put_int(&json, "localities", made->problem.n_localities);
    put_int(&json, "pairs", (int64_t)made->problem.first[made->problem.n_households]);
    json_key(&json, "resources");
    json_begin_array(&json);
    for (uint32_t r = 0; r < GENERATE_RESOURCES; r++) {
        json_begin_object(&json);
        put_text(&json, "resource", names.resource[r]);
        put_int(&json, "need", made->need[r]);
        put_int(&json, "capacity", made->capacity[r]);
        json_end_object(&json);
    }
    json_end_array(&json);
    return place_json_close(&json, &buf, call, err);
}

/* The folder is tested before the work. */
static int generate_may_write(const struct verb_call *call, struct ajar_err *err)
{
    struct file_folder folder;
    int code = file_folder_begin(&folder, call->arena, call->out, call_flag(call, "replace"), err);
    if (code == 0) {
        file_folder_abort(&folder);
    }
    return call_out_failed(call, code, err);
}

int place_answer_generate(struct verb_call *call, struct ajar_err *err)
{
    struct place_generate options = {.households = (uint32_t)call_int(call, "households"),
                                     .localities = (uint32_t)call_int(call, "localities"),
                                     .least = (uint32_t)call_int(call, "least"),
                                     .most = (uint32_t)call_int(call, "most"),
                                     .seed = call->seed,
                                     .tight = call_number(call, "tight")};
    struct place_generated made;
    struct answer answer;
    if (!call_given(call, "least")) {
        options.least = options.least > options.most ? options.most : options.least;
    }
    TRY(generate_may_write(call, err));
    TRY(place_generate(call->arena, &options, &made, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? generate_json(&answer.call, &made, err)
                          : generate_show(&answer.call, &made, err);
    code = answer_made(&answer, code, err);
    code = code != 0 ? code : generate_folder(call, &made, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}
