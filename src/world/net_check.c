#include "net_check.h"

#include <math.h>
#include <stdlib.h>

#include "num.h"

/* Pairs of flows of one nationality, and rows of one flow, that a net figure is compared with. */
#define NET_PARTS_MAX   ((size_t)64)
#define NET_SOURCES_MAX ((size_t)64)

/* Two measures that a net figure is the difference of. */
struct net_parts {
    uint32_t in, out; /* rows of measures */
    name_id nationality;
};

struct net_checker {
    struct checker *checker;
    const struct arrivals_index *index;
    const struct contradiction_pairs *pairs;
    struct net_parts *parts; /* [n_parts] by nationality */
    size_t n_parts;
};

/* A measure of gross flow by what must be alike in the two directions. */
struct net_flow {
    name_id nationality, table, unit;
    struct text ending; /* "entries_persons_rus" gives "persons_rus" */
    bool out;
    uint32_t row;
};

static int net_alike(const struct net_flow *a, const struct net_flow *b)
{
    if (a->nationality != b->nationality) {
        return a->nationality < b->nationality ? -1 : 1;
    }
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    if (a->unit != b->unit) {
        return a->unit < b->unit ? -1 : 1;
    }
    return text_cmp(a->ending, b->ending);
}

static int net_flow_compare(const void *a, const void *b)
{
    const struct net_flow *x = a, *y = b;
    int order = net_alike(x, y);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int net_flows(const struct checker *checker, struct net_flow **out, size_t *n,
                     struct ajar_err *err)
{
    const struct measures *measures = &checker->scenario->measures;
    struct net_flow *flow;
    *n = 0;
    TRY_NEW(flow, checker->scratch, measures->n, err);
    for (uint32_t i = 0; i < measures->n; i++) {
        bool is_out = measures->kind[i] == KIND_GROSS_OUT;
        struct text ending;
        if (!is_out && measures->kind[i] != KIND_GROSS_IN) {
            continue;
        }
        text_split(names_word(checker->names, measures->id[i]), '_', &ending);
        flow[(*n)++] = (struct net_flow){.nationality = measures->nationality[i],
                                         .table = measures->table[i],
                                         .unit = measures->unit[i],
                                         .ending = ending,
                                         .out = is_out,
                                         .row = i};
    }
    qsort(flow, *n, sizeof *flow, net_flow_compare);
    *out = flow;
    return 0;
}

/* Pairs of flows that are alike, at most NET_PARTS_MAX of one nationality. */
static int net_find_parts(struct net_checker *of, struct ajar_err *err)
{
    struct net_flow *flow;
    size_t n, taken = 0;
    TRY(net_flows(of->checker, &flow, &n, err));
    TRY_NEW(of->parts, of->checker->scratch, (country_count() + 1) * NET_PARTS_MAX, err);
    for (size_t i = 0; i < n; i++) {
        taken = i > 0 && flow[i].nationality == flow[i - 1].nationality ? taken : 0;
        size_t first = i;
        while (first > 0 && i - first < NET_PARTS_MAX &&
               net_alike(&flow[first - 1], &flow[i]) == 0) {
            first--;
        }
        for (size_t k = first; k < i && taken < NET_PARTS_MAX; k++) {
            if (flow[k].out != flow[i].out) {
                uint32_t in = flow[i].out ? flow[k].row : flow[i].row;
                uint32_t out = flow[i].out ? flow[i].row : flow[k].row;
                of->parts[of->n_parts++] = (struct net_parts){in, out, flow[i].nationality};
                taken++;
            }
        }
    }
    return 0;
}

/* Half of the last place that a figure seems to be given to: 200,000 may be 250,000. */
static double net_rounding(double value)
{
    double place = 1;
    while (value != 0 && place < 1e15 && fmod(value, place * 10) == 0) {
        place *= 10;
    }
    while (place > 1e-6 && fabs(value / place - nearbyint(value / place)) > 1e-6) {
        place /= 10;
    }
    return place / 2;
}

static bool net_agrees(double net, double in, double out)
{
    double slack = net_rounding(net) + net_rounding(in) + net_rounding(out);
    return !(fabs(in - out - net) > slack * (1 + 1e-9));
}

/* The figures of one span that a pair of measures gives; *seen tells whether there are any. */
static bool net_parts_agree(const struct net_checker *of, const struct radix_item *item,
                            const struct net_parts *parts, bool *seen, double nearest[2])
{
    const struct arrivals *arrivals = &of->checker->scenario->arrivals;
    const uint32_t *key = &of->index->key[3 * (size_t)item->series];
    uint32_t series[2] = {arrivals_index_series(of->index, key[0], key[1], parts->in),
                          arrivals_index_series(of->index, key[0], key[1], parts->out)};
    size_t first[2] = {0, 0}, n[2] = {0, 0};
    for (size_t side = 0; side < 2; side++) {
        if (series[side] == SCENARIO_NO_ROW) {
            return false;
        }
        n[side] = arrivals_index_find(of->index, series[side], arrivals_index_from(of->index, item),
                                      arrivals_index_to(of->index, item), &first[side]);
        n[side] = n[side] < NET_SOURCES_MAX ? n[side] : NET_SOURCES_MAX;
    }
    for (size_t i = 0; i < n[0]; i++) {
        for (size_t o = 0; o < n[1]; o++) {
            double in = arrivals->value[of->index->at[first[0] + i].row];
            double out = arrivals->value[of->index->at[first[1] + o].row];
            if (net_agrees(arrivals->value[item->row], in, out)) {
                return true;
            }
            nearest[0] = in;
            nearest[1] = out;
            *seen = true;
        }
    }
    return false;
}

static void net_row(const struct net_checker *of, const struct radix_item *item,
                    const struct net_parts *parts, size_t n_parts)
{
    const struct arrivals *arrivals = &of->checker->scenario->arrivals;
    bool seen = false;
    double nearest[2];
    for (size_t i = 0; i < n_parts; i++) {
        if (net_parts_agree(of, item, &parts[i], &seen, nearest)) {
            return;
        }
    }
    if (!seen || contradiction_names(of->pairs, SCHEMA_ARRIVALS, item->row)) {
        return;
    }
    char net[NUM_TEXT], in[NUM_TEXT], out[NUM_TEXT], difference[NUM_TEXT];
    num_format(arrivals->value[item->row], net);
    num_format(nearest[0], in);
    num_format(nearest[1], out);
    num_format(nearest[0] - nearest[1], difference);
    checker_fault(of->checker, E_SCENARIO_NET, SCHEMA_ARRIVALS, arrivals->line[item->row], "value",
                  text_of(net), "%s is not %s in minus %s out, which is %s", net, in, out,
                  difference);
}

/* The net figures of one series against the flows of its nationality. */
static void net_series(const struct net_checker *of, uint32_t s, name_id nationality)
{
    size_t first = 0, n = 0;
    while (first < of->n_parts && of->parts[first].nationality != nationality) {
        first++;
    }
    while (first + n < of->n_parts && of->parts[first + n].nationality == nationality) {
        n++;
    }
    for (uint32_t i = of->index->start[s]; n > 0 && i < of->index->start[s + 1]; i++) {
        net_row(of, &of->index->at[i], &of->parts[first], n);
    }
}

int net_check(struct checker *checker, const struct arrivals_index *index,
              const struct contradiction_pairs *pairs, struct ajar_err *err)
{
    struct net_checker of = {.checker = checker, .index = index, .pairs = pairs};
    const struct measures *measures = &checker->scenario->measures;
    TRY(net_find_parts(&of, err));
    for (uint32_t s = 0; s < index->n_series; s++) {
        uint32_t measure = index->key[3 * (size_t)s + 2];
        if (measures->kind[measure] == KIND_NET) {
            net_series(&of, s, measures->nationality[measure]);
        }
    }
    return 0;
}
