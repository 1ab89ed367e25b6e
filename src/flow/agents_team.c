#include "agents_team.h"

/* On a board: the code of a failure, whether the thread has slept too long, whether a rank has failed (on the
 * first one's), and in_place where a capacity is. */
enum { SAID_CODE, SAID_LATE, SAID_STOP, SAID_PEOPLE };

/* ---- Hiring ---- */

/* What one worker writes lies between lines that nobody uses. */
static int keep_apart(struct arena *arena, struct ajar_err *err)
{
    char *unused;
    TRY_NEW(unused, arena, LINE, err);
    return 0;
}

/* Of a share all parts but the first and the last have PART_AGENTS people. */
static int open_parts(struct worker *worker, const struct flow_agents *agents, uint32_t share,
                      struct ajar_err *err)
{
    size_t blocks = (size_t)agents->params->blocks;
    TRY_NEW(worker->parts, agents->arena, share / PART_AGENTS + 3 * blocks, err);
    TRY_NEW(worker->block_part, agents->arena, blocks + 1, err);
    TRY_NEW(worker->active, agents->arena, 2 * blocks, err);
    for (int i = 0; i < 2; i++) {
        TRY_NEW(worker->run[i], agents->arena, blocks, err);
    }
    return 0;
}

static int open_counts(struct worker *worker, const struct flow_agents *agents,
                       struct ajar_err *err)
{
    const struct flow_plan *plan = agents->plan;
    char *legs;
    TRY_NEW(worker->in_place, agents->arena, plan->n_places, err);
    TRY_NEW(worker->people, agents->arena, plan->n_places, err);
    TRY_NEW(worker->link_flow, agents->arena, (size_t)plan->n_links + 1, err);
    TRY_NEW(worker->counts, agents->arena, agents->n_counts, err);
    TRY_NEW(legs, agents->arena, agents_legs_size(), err);
    worker->legs = (struct legs *)(void *)legs;
    return 0;
}

static int open_boards(struct worker *worker, const struct flow_agents *agents,
                       struct ajar_err *err)
{
    for (int i = 0; i < 2; i++) {
        TRY(keep_apart(agents->arena, err));
        TRY_NEW(worker->board[i], agents->arena, SAID_PEOPLE + (size_t)agents->weights.n_limited,
                err);
    }
    return keep_apart(agents->arena, err);
}

/* The i-th of at least i + 1. */
static int open_worker(struct flow_agents *agents, uint32_t i, struct ajar_err *err)
{
    struct worker *worker = &agents->workers[i];
    worker->shelf.pool = &agents->pool;
    worker->weights = &agents->weights;
    TRY(keep_apart(agents->arena, err));
    if (i > 0) {
        TRY_NEW(worker->weights, agents->arena, 1, err);
        TRY(flow_weights_twin(worker->weights, agents->arena, &agents->weights, err));
    }
    TRY(open_counts(worker, agents, err));
    TRY(open_parts(worker, agents, agents->room, err));
    return open_boards(worker, agents, err);
}

int team_open(struct flow_agents *agents, uint32_t n, struct ajar_err *err)
{
    for (uint32_t i = 0; i < n; i++) {
        if (agents->workers[i].board[1] == NULL) {
            TRY(open_worker(agents, i, err));
        }
    }
    return 0;
}

/* ---- Meeting ---- */

static bool is_alone(const struct shift *shift)
{
    return shift->first == 0 && shift->end == shift->team->agents->n_workers;
}

void team_begin(struct shift *shift)
{
    struct flow_agents *agents = shift->team->agents;
    struct worker *worker = &agents->workers[shift->first];
    worker->meetings = 0;
    for (uint32_t k = 0; k < agents->weights.n_limited; k++) {
        worker->people[agents->weights.limited[k]] = agents->in_place[agents->weights.limited[k]];
    }
}

void team_wait(struct shift *shift)
{
    if (!is_alone(shift)) {
        shift->late = pool_meet(shift->team->pool, shift->first);
    }
}

/* All that is said at a meeting stays where it was written until the meeting after the next one begins: before
 * that everybody has been at the next. */
static void write_board(const struct shift *shift, struct worker *worker)
{
    const struct flow_agents *agents = shift->team->agents;
    int64_t *board = worker->board[worker->meetings++ & 1];
    board[SAID_CODE] = shift->code;
    board[SAID_LATE] = shift->late;
    for (uint32_t k = 0; k < agents->weights.n_limited; k++) {
        board[SAID_PEOPLE + k] = worker->in_place[agents->weights.limited[k]];
    }
}

/* The first that is not 0. */
static int64_t said_by_any(const struct flow_agents *agents, int which, int what)
{
    int64_t said = 0;
    for (uint32_t i = 0; said == 0 && i < agents->n_workers; i++) {
        said = agents->workers[i].board[which][what];
    }
    return said;
}

/* What a worker has counted of a place by the last meeting.  Who is alone writes no boards: one who was sent home may
 * still read them. */
static int64_t counted(const struct worker *worker, bool alone, int which, uint32_t k, uint32_t p)
{
    return alone ? worker->in_place[p] : worker->board[which][SAID_PEOPLE + k];
}

static void look_around(const struct shift *shift, bool alone, int which)
{
    struct flow_agents *agents = shift->team->agents;
    for (uint32_t k = 0; k < agents->weights.n_limited; k++) {
        uint32_t p = agents->weights.limited[k];
        int64_t people = agents->in_place[p];
        for (uint32_t i = 0; agents->deal.ranks == 1 && i < agents->n_workers; i++) {
            people += counted(&agents->workers[i], alone, which, k, p);
        }
        for (uint32_t i = shift->first; i < shift->end; i++) {
            agents->workers[i].people[p] = people;
        }
    }
}

/* The first thread tells the other ranks, while all others wait.  Returns whether any rank has failed. */
static bool tell_ranks(struct shift *shift, share_fn *share, int which, int code)
{
    struct team *team = shift->team;
    int64_t *stop = &team->agents->workers[0].board[which][SAID_STOP];
    if (shift->first == 0) {
        team_add_places(team->agents);
        int said = share(team->agents, code, shift->err);
        shift->code = code == 0 ? said : shift->code;
        team->stop = said != 0;
    }
    if (is_alone(shift)) {
        return team->stop;
    }
    if (shift->first == 0) {
        *stop = team->stop;
    }
    team_wait(shift);
    return *stop != 0;
}

bool team_meet(struct shift *shift, share_fn *share)
{
    struct flow_agents *agents = shift->team->agents;
    struct worker *worker = &agents->workers[shift->first];
    bool alone = is_alone(shift), late = false;
    int which = worker->meetings & 1, code = shift->code;
    if (!alone) {
        write_board(shift, worker);
        team_wait(shift);
        code = (int)said_by_any(agents, which, SAID_CODE);
        late = said_by_any(agents, which, SAID_LATE) != 0;
    }
    bool failed = agents->deal.ranks > 1 ? tell_ranks(shift, share, which, code) : code != 0;
    if (failed || (late && shift->first > 0)) {
        return false;
    }
    if (late) {
        shift->team->dismissed = true;
        shift->end = agents->n_workers;
    }
    look_around(shift, alone, which);
    return true;
}

/* ---- What all have counted ---- */

void team_add_places(struct flow_agents *agents)
{
    for (uint32_t i = 0; i < agents->n_workers; i++) {
        int64_t *in_place = agents->workers[i].in_place;
        for (uint32_t p = 0; p < agents->plan->n_places; p++) {
            agents->in_place[p] += in_place[p];
            in_place[p] = 0;
        }
    }
}

void team_add_links(struct flow_agents *agents)
{
    struct worker *first = &agents->workers[0];
    for (uint32_t i = 1; i < agents->n_workers; i++) {
        struct worker *worker = &agents->workers[i];
        for (size_t k = 0; k < agents->n_counts; k++) {
            first->counts[k] += worker->counts[k];
            worker->counts[k] = 0;
        }
        for (uint32_t link = 0; link < agents->plan->n_links; link++) {
            first->link_flow[link] += worker->link_flow[link];
            worker->link_flow[link] = 0;
        }
        first->hops += worker->hops;
        worker->hops = 0;
    }
}
