/* One person after another: what exodus_people says of cells, said of each.  exodus.h has the order of a day. */
#include <math.h>
#include <string.h>

#include "exodus.h"
#include "rng.h"
#include "steady.h"

#define WALK_MOST 100000000 /* people in all */

/* What a draw is for. */
enum walk_stream {
    WALK_STOCK = 0x77780000,
    WALK_SET_OUT,
    WALK_TRAFFIC,
    WALK_LEAVES_COUNTRY,
    WALK_LEAVES_QUEUE,
    WALK_DECIDES,
    WALK_GIVES_UP,
    WALK_CHOOSES,
    WALK_TRIES,
    WALK_CAPACITY,
    WALK_SERVED,
    WALK_ADMITTED,
    WALK_RETURNS
};

enum walk_where { WALK_POOL, WALK_QUEUE, WALK_THERE, WALK_GONE };

struct walker {
    enum exodus_kind kind;
    enum walk_where where;
    uint32_t id, class, region, door; /* door: of the queue, or of where they are */
    uint32_t since;                   /* day of coming into the pool */
    bool will_return;
};

struct walk {
    const struct exodus_model *model;
    const struct exodus_setting *setting;
    const uint8_t *gates;
    struct exodus_result *out;
    uint64_t seed;
    uint32_t day, n, ids; /* people now, people ever */
    struct walker *people;
    uint32_t *line; /* who waits for one door */
    double dislike[EXODUS_DOORS_MOST];
};

/* ---- Chance ---- */

static bool happens(const struct walk *walk, enum walk_stream stream, const struct walker *person,
                    double chance)
{
    struct rng rng = rng_at(walk->seed, (uint32_t)stream, person->id, walk->day);
    return rng_uniform(&rng) < chance;
}

static int64_t number_of(const struct walk *walk, enum walk_stream stream, uint32_t entity,
                         uint32_t day, double mean)
{
    struct rng rng = rng_at(walk->seed, (uint32_t)stream, entity, day);
    int64_t n = rng_poisson(&rng, mean);
    return n >= 0 ? n : WALK_MOST + 1; /* a mean that is no mean is too many */
}

static int64_t number_stock(const struct walk *walk, uint32_t d)
{
    return number_of(walk, WALK_STOCK, d, 0, walk->setting->stock[d]);
}

static int64_t number_set_out(const struct walk *walk, uint32_t day, uint32_t c, uint32_t r)
{
    double mean = walk->setting->departs[day] * walk->setting->class_of[c];
    return number_of(walk, WALK_SET_OUT, c * EXODUS_REGIONS_MOST + r, day,
                     mean * walk->model->regions[r].weight);
}

static int64_t number_traffic(const struct walk *walk, uint32_t day, uint32_t d, uint32_t c)
{
    size_t at = ((size_t)day * walk->model->n_doors + d) * walk->model->n_classes + c;
    return number_of(walk, WALK_TRAFFIC, d * EXODUS_CLASSES_MOST + c, day,
                     walk->setting->traffic[at]);
}

/* ---- What happens to one person ---- */

static uint8_t gate_of(const struct walk *walk, uint32_t day, uint32_t door, uint32_t class)
{
    return walk
        ->gates[((size_t)day * walk->model->n_doors + door) * walk->model->n_classes + class];
}

static bool is_open(const struct walk *walk, const struct walker *person, uint32_t door)
{
    return exodus_passes(gate_of(walk, walk->day, door, person->class));
}

static void count(const struct walk *walk, double *cells, const struct walker *person)
{
    cells[exodus_cell(walk->model, walk->day, person->door, person->class, person->kind)]++;
}

static void count_class(const struct walk *walk, double *days, const struct walker *person)
{
    days[(size_t)walk->day * walk->model->n_classes + person->class]++;
}

static void go_home(const struct walk *walk, struct walker *person)
{
    person->where = person->kind == EXODUS_FLIGHT ? WALK_POOL : WALK_GONE;
    person->since = walk->day;
}

static void ask(const struct walk *walk, struct walker *person)
{
    count(walk, walk->out->asked, person);
    if (is_open(walk, person, person->door)) {
        person->where = WALK_QUEUE;
    } else {
        count(walk, walk->out->refused, person);
        go_home(walk, person);
    }
}

/* False when there is no door to choose. */
static bool choose(const struct walk *walk, struct walker *person, bool known_shut)
{
    const struct exodus_model *model = walk->model;
    double weights[EXODUS_DOORS_MOST];
    struct rng rng = rng_at(walk->seed, WALK_CHOOSES, person->id, walk->day);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        bool counts = is_open(walk, person, d) ||
                      (!known_shut && exodus_passes(gate_of(walk, 0, d, person->class)));
        weights[d] =
            counts ? walk->setting->weight[person->region * model->n_doors + d] * walk->dislike[d]
                   : 0;
    }
    person->door = (uint32_t)rng_categorical(&rng, weights, model->n_doors);
    return person->door < model->n_doors;
}

static void leave_country(const struct walk *walk, struct walker *person)
{
    const struct exodus_setting *setting = walk->setting;
    bool onward = person->kind == EXODUS_FLIGHT && !person->will_return;
    double chance = onward                           ? setting->onward
                    : person->kind == EXODUS_TRAFFIC ? setting->traffic_goes
                                                     : setting->flight_goes;
    size_t at = (size_t)walk->day * walk->model->n_doors + person->door;
    if (happens(walk, WALK_LEAVES_COUNTRY, person, chance)) {
        (onward ? walk->out->onward : walk->out->exits[person->kind])[at]++;
        person->where = WALK_GONE;
    }
}

static void leave_queue(const struct walk *walk, struct walker *person)
{
    if (!is_open(walk, person, person->door)) {
        count(walk, walk->out->refused, person);
        go_home(walk, person);
    } else if (happens(walk, WALK_LEAVES_QUEUE, person, walk->setting->queue_leaves)) {
        count(walk, walk->out->gave_up, person);
        go_home(walk, person);
    }
}

static void decide(const struct walk *walk, struct walker *person)
{
    if (!happens(walk, WALK_DECIDES, person, walk->setting->decides)) {
        return;
    }
    if (happens(walk, WALK_GIVES_UP, person, walk->setting->gives_up)) {
        count_class(walk, walk->out->stopped, person);
        person->where = WALK_GONE;
    } else if (choose(walk, person, true)) {
        ask(walk, person);
    }
}

static void serve(struct walk *walk, struct walker *person)
{
    bool free = gate_of(walk, walk->day, person->door, person->class) != GATE_DISCRETION;
    if (free || happens(walk, WALK_ADMITTED, person, walk->setting->discretion)) {
        count(walk, walk->out->admitted, person);
        person->where = WALK_THERE;
        person->will_return = happens(walk, WALK_RETURNS, person, walk->setting->returns);
    } else {
        count(walk, walk->out->refused, person);
        go_home(walk, person);
    }
}

/* ---- The day ---- */

static struct walker *add(struct walk *walk, enum exodus_kind kind, uint32_t class, uint32_t region,
                          uint32_t door)
{
    struct walker *person = &walk->people[walk->n++];
    *person = (struct walker){
        .kind = kind, .id = walk->ids++, .class = class, .region = region, .door = door};
    return person;
}

static void set_out(struct walk *walk, uint32_t c, uint32_t r)
{
    int64_t n = number_set_out(walk, walk->day, c, r);
    for (int64_t i = 0; i < n; i++) {
        struct walker *person = add(walk, EXODUS_FLIGHT, c, r, 0);
        count_class(walk, walk->out->set_out, person);
        if (choose(walk, person, false) &&
            (is_open(walk, person, person->door) ||
             happens(walk, WALK_TRIES, person, walk->setting->tries_shut))) {
            ask(walk, person);
        } else {
            count_class(walk, walk->out->deterred, person);
            go_home(walk, person);
        }
    }
}

static void traffic(struct walk *walk, uint32_t d, uint32_t c)
{
    int64_t n = number_traffic(walk, walk->day, d, c);
    for (int64_t i = 0; i < n; i++) {
        struct walker *person = add(walk, EXODUS_TRAFFIC, c, 0, d);
        if (is_open(walk, person, d) ||
            happens(walk, WALK_TRIES, person, walk->setting->tries_shut)) {
            ask(walk, person);
        } else {
            go_home(walk, person);
        }
    }
}

/* Whoever is drawn next from the line, until the door has had enough. */
static void serve_line(struct walk *walk, uint32_t d)
{
    uint32_t waiting = 0;
    double capacity = walk->setting->capacity[d];
    for (uint32_t i = 0; i < walk->n; i++) {
        if (walk->people[i].where == WALK_QUEUE && walk->people[i].door == d) {
            walk->line[waiting++] = i;
        }
    }
    double served = waiting;
    if (served > capacity) {
        struct rng rng = rng_at(walk->seed, WALK_CAPACITY, d, walk->day);
        served = floor(capacity) + (rng_uniform(&rng) < capacity - floor(capacity));
    }
    struct rng rng = rng_at(walk->seed, WALK_SERVED, d, walk->day);
    for (; served > 0; served--) {
        uint32_t next = rng_below(&rng, waiting);
        serve(walk, &walk->people[walk->line[next]]);
        walk->line[next] = walk->line[--waiting];
    }
    walk->dislike[d] =
        waiting > 0 ? steady_exp(-walk->setting->wait_dislike * waiting / capacity) : 1;
}

/* Counts who is where; who is gone is forgotten. */
static void evening(struct walk *walk)
{
    const struct exodus_model *model = walk->model;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < walk->n; i++) {
        struct walker person = walk->people[i];
        bool open = false;
        for (uint32_t d = 0; d < model->n_doors; d++) {
            open = open || is_open(walk, &person, d);
        }
        if (person.where == WALK_QUEUE) {
            count(walk, walk->out->waiting, &person);
        } else if (person.where == WALK_THERE) {
            walk->out->present[person.kind][(size_t)walk->day * model->n_doors + person.door]++;
        } else if (person.where == WALK_POOL) {
            count_class(walk, walk->out->pool, &person);
            if (!open && walk->day - person.since >= EXODUS_AGES - 1) {
                count_class(walk, walk->out->stranded, &person);
            }
        }
        if (person.where != WALK_GONE) {
            walk->people[kept++] = person;
        }
    }
    walk->n = kept;
}

static void walk_day(struct walk *walk)
{
    const struct exodus_model *model = walk->model;
    for (uint32_t i = 0; i < walk->n; i++) {
        struct walker *person = &walk->people[i];
        if (person->where == WALK_THERE) {
            leave_country(walk, person);
        } else if (person->where == WALK_QUEUE) {
            leave_queue(walk, person);
        } else if (person->where == WALK_POOL) {
            decide(walk, person);
        }
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        for (uint32_t r = 0; r < model->n_regions; r++) {
            set_out(walk, c, r);
        }
        for (uint32_t d = 0; d < model->n_doors; d++) {
            traffic(walk, d, c);
        }
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        serve_line(walk, d);
    }
    evening(walk);
}

/* ---- The run ---- */

/* Everybody who will ever be there; the numbers are drawn again, the same, when they come. */
static double count_people(const struct walk *walk)
{
    const struct exodus_model *model = walk->model;
    double sum = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        sum += (double)number_stock(walk, d);
    }
    for (uint32_t day = 0; day < model->n_days; day++) {
        for (uint32_t c = 0; c < model->n_classes; c++) {
            for (uint32_t r = 0; r < model->n_regions; r++) {
                sum += (double)number_set_out(walk, day, c, r);
            }
            for (uint32_t d = 0; d < model->n_doors; d++) {
                sum += (double)number_traffic(walk, day, d, c);
            }
        }
    }
    return sum;
}

static void clear(const struct exodus_model *model, struct exodus_result *out)
{
    size_t by_door = (size_t)model->n_days * model->n_doors;
    size_t cells = by_door * model->n_classes * EXODUS_KINDS;
    size_t by_class = (size_t)model->n_days * model->n_classes;
    double *of_cells[] = {out->asked, out->admitted, out->refused, out->gave_up, out->waiting};
    double *of_doors[] = {out->exits[EXODUS_TRAFFIC], out->exits[EXODUS_FLIGHT], out->onward,
                          out->present[EXODUS_TRAFFIC], out->present[EXODUS_FLIGHT]};
    double *of_classes[] = {out->set_out, out->deterred, out->stopped, out->pool, out->stranded};
    for (size_t i = 0; i < 5; i++) {
        memset(of_cells[i], 0, cells * sizeof(double));
        memset(of_doors[i], 0, by_door * sizeof(double));
        memset(of_classes[i], 0, by_class * sizeof(double));
    }
}

int exodus_walk(struct arena *scratch, const struct exodus_model *model,
                const struct exodus_setting *setting, const struct exodus_gates *gates,
                uint64_t seed, struct exodus_result *out, struct ajar_err *err)
{
    struct walk walk = {
        .model = model, .setting = setting, .gates = gates->at, .out = out, .seed = seed};
    double all = count_people(&walk);
    if (!(all >= 0 && all <= WALK_MOST)) {
        return err_set(err, E_FLOW_TOO_LARGE, "%.0f people; one after another at most %d", all,
                       WALK_MOST);
    }
    TRY_NEW(walk.people, scratch, (size_t)all, err);
    TRY_NEW(walk.line, scratch, (size_t)all, err);
    clear(model, out);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        walk.dislike[d] = 1;
        for (int64_t i = number_stock(&walk, d); i > 0; i--) {
            add(&walk, EXODUS_TRAFFIC, 0, 0, d)->where = WALK_THERE;
        }
    }
    for (; walk.day < model->n_days; walk.day++) {
        walk_day(&walk);
    }
    return 0;
}
