/* The matrix of doors as the page's script reads it. */
#include "report_doors.h"

/* One digit of enum gate for each cell: crossing by crossing, in each the profiles. */
static void put_cells(struct report_json *data, const struct doors_chain *chain, date_days day,
                      const char *key, bool practice)
{
    for (size_t c = 0; c < chain->gates.n_crossings; c++) {
        for (size_t p = 0; p < chain->gates.n_profiles; p++) {
            struct report_gate cell = report_gate_at(chain, day, c, p);
            buf_char(&data->words, (char)('0' + (int)(practice ? cell.practice : cell.law)));
        }
    }
    report_json_words(data, key);
}

/* The state of all cells from this day on. */
static void put_state(struct report_json *data, const struct doors_chain *chain, date_days day)
{
    report_json_date(data, "day", day);
    put_cells(data, chain, day, "law", false);
    put_cells(data, chain, day, "practice", true);
    report_json_array(data, "marks");
    for (size_t c = 0; c < chain->gates.n_crossings; c++) {
        struct doors_marks marks = report_crossing_marks(chain, c, day);
        doors_marks_say(&data->words, &marks);
        json_put_text(&data->json, buf_view(&data->words));
        data->words.n = 0;
    }
    json_end_array(&data->json);
}

static void put_said(struct report_json *data)
{
    json_put_text(&data->json, buf_view(&data->words));
    data->words.n = 0;
}

static void put_day(struct report_json *data, const struct doors_chain *chain,
                    const struct report_gate_day *day)
{
    json_begin_object(&data->json);
    put_state(data, chain, day->day);
    report_json_int(data, "turned", (int64_t)day->n_cells);
    report_json_array(data, "rules");
    for (size_t i = 0; i < day->n_states; i++) {
        report_state_say(&data->words, chain, day->states[i]);
        put_said(data);
    }
    for (size_t i = 0; i < day->n_practices; i++) {
        report_practice_say(&data->words, chain, &day->practices[i]);
        put_said(data);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}

static void put_people(struct report_json *data, const struct doors_chain *chain)
{
    report_json_array(data, "profiles");
    for (size_t i = 0; i < chain->profiles.n; i++) {
        json_put_text(&data->json, said_in(&chain->profiles.profiles[i].title, LANG_EN));
    }
    json_end_array(&data->json);
    report_json_array(data, "crossings");
    for (size_t i = 0; i < chain->profiles.n_crossings; i++) {
        report_crossing(&data->words, &chain->profiles.crossings[i]);
        put_said(data);
    }
    json_end_array(&data->json);
}

void report_doors_data(struct report_json *data, const struct report_doors *doors)
{
    json_key(&data->json, "doors");
    if (doors == NULL || !report_doors_matrix(doors)) {
        json_put_null(&data->json);
        return;
    }
    const struct doors_chain *chain = doors->chain;
    json_begin_object(&data->json);
    report_json_date(data, "from", chain->gates.from);
    report_json_date(data, "to", chain->gates.from + (date_days)chain->gates.n_days - 1);
    put_people(data, chain);
    report_json_object(data, "start");
    put_state(data, chain, chain->gates.from);
    json_end_object(&data->json);
    report_json_array(data, "days");
    for (size_t i = 0; i < doors->n_days; i++) {
        put_day(data, chain, &doors->days[i]);
    }
    json_end_array(&data->json);
    json_end_object(&data->json);
}
