#include "csv.h"
#include "place_tables.h"

static void write_resources(struct csv_out *out, const char *prefix,
                            const struct place_problem *problem, const struct place_names *names)
{
    csv_put_str(out, "id");
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        char column[96];
        size_t n = 0;
        for (; prefix[n] != '\0'; n++) {
            column[n] = prefix[n];
        }
        for (size_t i = 0; i < names->resource[r].n && n < sizeof column; i++) {
            column[n++] = names->resource[r].at[i];
        }
        csv_put_text(out, (struct text){column, n});
    }
    csv_end_row(out);
}

static void write_list(struct buf *buf, const char *prefix, const struct place_problem *problem,
                       const struct place_names *names, const struct text *ids, uint32_t n,
                       const int32_t *amount)
{
    struct csv_out out;
    csv_out_init(&out, buf);
    write_resources(&out, prefix, problem, names);
    for (size_t i = 0; i < n; i++) {
        csv_put_text(&out, ids[i]);
        for (size_t r = 0; r < problem->n_resources; r++) {
            csv_put_int(&out, amount[i * problem->n_resources + r]);
        }
        csv_end_row(&out);
    }
}

void place_write_households(struct buf *buf, const struct place_problem *problem,
                            const struct place_names *names)
{
    write_list(buf, "need_", problem, names, names->household, problem->n_households,
               problem->need);
}

void place_write_localities(struct buf *buf, const struct place_problem *problem,
                            const struct place_names *names)
{
    write_list(buf, "capacity_", problem, names, names->locality, problem->n_localities,
               problem->capacity);
}

void place_write_scores(struct buf *buf, const struct place_problem *problem,
                        const struct place_names *names)
{
    struct csv_out out;
    csv_out_init(&out, buf);
    csv_put_str(&out, "household");
    csv_put_str(&out, "locality");
    csv_put_str(&out, "score_micro");
    csv_end_row(&out);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            csv_put_text(&out, names->household[h]);
            csv_put_text(&out, names->locality[problem->locality[i]]);
            csv_put_int(&out, problem->score[i]);
            csv_end_row(&out);
        }
    }
}

void place_write_plan(struct buf *buf, const struct place_problem *problem,
                      const struct place_names *names, const uint32_t *place)
{
    struct csv_out out;
    csv_out_init(&out, buf);
    csv_put_str(&out, "household");
    csv_put_str(&out, "locality");
    csv_end_row(&out);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        csv_put_text(&out, names->household[h]);
        csv_put_text(&out,
                     place[h] == PLACE_NONE ? (struct text){"", 0} : names->locality[place[h]]);
        csv_end_row(&out);
    }
}
