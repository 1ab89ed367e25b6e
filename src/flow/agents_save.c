#include <endian.h>
#include <stdlib.h>

#include "agents_hash.h"
#include "agents_team.h"

/* Little-endian: the magic; inputs, seed, rank and ranks, day, n, movers, hops, agent_days (8 bytes each);
 * place and memory of everybody here (2 each), class when there are gates (1), home when people return (2);
 * movers by agent (16 each), those in queues among them; a checksum (8).  Who is away without a mover has
 * left the flow.  hops and agent_days are of all ranks, the rest is of this one. */
#define SAVE_MAGIC "AJARFLW3"
enum { MAGIC = sizeof SAVE_MAGIC - 1, HEAD_WORDS = 8, WORD = 8, MOVER = 16, FEW = 4096 };

/* ---- Writing ---- */

struct saver {
    struct buf *buf;
    uint64_t hash;
};

static void save_bytes(struct saver *saver, const void *bytes, size_t n)
{
    saver->hash = hash_bytes(saver->hash, bytes, n);
    buf_bytes(saver->buf, bytes, n);
}

static void save_u64(struct saver *saver, uint64_t value)
{
    value = htole64(value);
    save_bytes(saver, &value, sizeof value);
}

static void save_u32(struct saver *saver, uint32_t value)
{
    value = htole32(value);
    save_bytes(saver, &value, sizeof value);
}

static void save_u16s(struct saver *saver, const uint16_t *values, size_t n)
{
    uint16_t few[FEW];
    for (size_t from = 0; from < n; from += FEW) {
        size_t m = n - from < FEW ? n - from : FEW;
        for (size_t i = 0; i < m; i++) {
            few[i] = htole16(values[from + i]);
        }
        save_bytes(saver, few, m * sizeof *few);
    }
}

static int by_agent(const void *a, const void *b)
{
    uint32_t x = ((const struct mover *)a)->agent, y = ((const struct mover *)b)->agent;
    return (x > y) - (x < y);
}

static size_t count_movers(const struct flow_agents *agents)
{
    size_t n = 0;
    for (const struct chunk *chunk = agents->movers; chunk != NULL; chunk = chunk->next) {
        n += chunk->n;
    }
    return n;
}

/* Sorted, so that the bytes do not tell how people were dealt out. */
static void save_movers(struct saver *saver, const struct flow_agents *agents, struct mover *movers,
                        size_t n)
{
    size_t k = 0;
    for (const struct chunk *chunk = agents->movers; chunk != NULL; chunk = chunk->next) {
        for (uint32_t i = 0; i < chunk->n; i++) {
            movers[k++] = chunk->at[i];
        }
    }
    qsort(movers, n, sizeof *movers, by_agent);
    for (size_t i = 0; i < n; i++) {
        save_u32(saver, movers[i].agent);
        save_u32(saver, movers[i].link);
        save_u32(saver, movers[i].trail);
        save_u32(saver, movers[i].left | (uint32_t)movers[i].budget << 16);
    }
}

/* Whose part it is. */
static uint64_t share_word(const struct flow_agents *agents)
{
    return agents->deal.rank | (uint64_t)agents->deal.ranks << 32;
}

int flow_agents_save(const struct flow_agents *agents, struct buf *buf, struct ajar_err *err)
{
    if (agents->broken) {
        return err_set(err, E_FLOW_OPTION, "this run failed earlier and has no whole state");
    }
    struct saver saver = {buf, HASH_START};
    size_t n = count_movers(agents);
    struct arena scratch;
    arena_init(&scratch, "a snapshot", n * sizeof(struct mover) + FEW);
    struct mover *movers = arena_new(&scratch, struct mover, n, err);
    if (movers == NULL) {
        arena_free(&scratch);
        return arena_code(err);
    }
    save_bytes(&saver, SAVE_MAGIC, MAGIC);
    save_u64(&saver, hash_inputs(agents->plan, agents->params, &agents->options));
    save_u64(&saver, agents->options.seed);
    save_u64(&saver, share_word(agents));
    save_u64(&saver, (uint64_t)agents->day);
    save_u64(&saver, agents->n);
    save_u64(&saver, n);
    save_u64(&saver, agents->hops);
    save_u64(&saver, agents->agent_days);
    save_u16s(&saver, agents->place, agents->n);
    save_u16s(&saver, agents->memory, agents->n);
    if (agents->class != NULL) {
        save_bytes(&saver, agents->class, agents->n);
    }
    if (agents->home != NULL) {
        save_u16s(&saver, agents->home, agents->n);
    }
    save_movers(&saver, agents, movers, n);
    save_u64(&saver, saver.hash);
    arena_free(&scratch);
    return buf_ok(buf, err);
}

/* ---- Reading ---- */

struct loader {
    const uint8_t *at;
    uint64_t inputs, seed, share, day, n, movers, hops, agent_days;
};

static uint64_t load_u64(struct loader *loader)
{
    uint64_t value;
    memcpy(&value, loader->at, sizeof value);
    loader->at += sizeof value;
    return le64toh(value);
}

static uint32_t load_u32(struct loader *loader)
{
    uint32_t value;
    memcpy(&value, loader->at, sizeof value);
    loader->at += sizeof value;
    return le32toh(value);
}

static void load_u16s(struct loader *loader, uint16_t *values, size_t n)
{
    memcpy(values, loader->at, n * sizeof *values);
    loader->at += n * sizeof *values;
    for (size_t i = 0; i < n; i++) {
        values[i] = le16toh(values[i]);
    }
}

static int refuse(struct ajar_err *err, const char *why)
{
    return err_set(err, E_FLOW_SNAPSHOT, "the snapshot %s", why);
}

static int load_head(struct loader *loader, struct text bytes, struct ajar_err *err)
{
    enum { HEAD = MAGIC + HEAD_WORDS * WORD };
    if (bytes.n < HEAD + WORD || memcmp(bytes.at, SAVE_MAGIC, MAGIC) != 0) {
        return refuse(err, "is none, or of another version");
    }
    struct loader end = {.at = (const uint8_t *)bytes.at + bytes.n - WORD};
    if (load_u64(&end) != hash_bytes(HASH_START, bytes.at, bytes.n - WORD)) {
        return refuse(err, "is damaged");
    }
    *loader = (struct loader){.at = (const uint8_t *)bytes.at + MAGIC};
    loader->inputs = load_u64(loader);
    loader->seed = load_u64(loader);
    loader->share = load_u64(loader);
    loader->day = load_u64(loader);
    loader->n = load_u64(loader);
    loader->movers = load_u64(loader);
    loader->hops = load_u64(loader);
    loader->agent_days = load_u64(loader);
    return 0;
}

/* People on all ranks before a day. */
static uint32_t people_before(const struct flow_agents *agents, int32_t day)
{
    uint64_t n = 0;
    for (uint32_t p = 0; p < agents->plan->n_places; p++) {
        n += (uint64_t)agents->plan->day0[p];
    }
    for (int32_t i = agents->options.from; i < day; i++) {
        n += (uint64_t)agents->plan->spawn[i];
    }
    return (uint32_t)n;
}

static int check_head(const struct loader *loader, const struct flow_agents *agents,
                      struct text bytes, struct ajar_err *err)
{
    const struct flow_run_options *options = &agents->options;
    if (loader->inputs != hash_inputs(agents->plan, agents->params, options)) {
        return refuse(err, "was made with other inputs or parameters");
    }
    if (loader->seed != options->seed) {
        return refuse(err, "was made with another seed");
    }
    if (loader->share != share_word(agents)) {
        return refuse(err, "is the part of another rank, or of another number of ranks");
    }
    if (loader->day < (uint64_t)options->from || loader->day > (uint64_t)options->to) {
        return refuse(err, "is of a day outside the run");
    }
    uint64_t n = deal_count(agents->deal, people_before(agents, (int32_t)loader->day));
    uint64_t each = 2 * sizeof(uint16_t) + (agents->class != NULL ? 1 : 0) +
                    (agents->home != NULL ? sizeof(uint16_t) : 0);
    uint64_t size = MAGIC + HEAD_WORDS * WORD + n * each + WORD;
    if (loader->n != n || loader->movers > n || bytes.n != size + loader->movers * MOVER) {
        return refuse(err, "does not hold the people of its day");
    }
    return 0;
}

/* Of one in a queue: the link had a limit on the day of joining. */
static bool sound_in_queue(const struct flow_agents *agents, const struct mover *mover)
{
    const struct flow_queues *queues = agents->options.queues;
    const struct flow_plan *plan = agents->plan;
    uint32_t link = mover->link ^ MOVER_QUEUE;
    return queues != NULL && link < plan->n_links && mover->left >= agents->options.from &&
           mover->left < agents->day && mover->budget == 0 &&
           queues->admits[(size_t)mover->left * plan->n_links + link] >= 0;
}

/* A mover that the engine can go on with. */
static bool sound(const struct flow_agents *agents, const struct mover *mover, int64_t before)
{
    const struct flow_plan *plan = agents->plan;
    uint32_t link = mover->link & MOVER_LINK;
    bool waits = (mover->link & MOVER_PLACE) != 0;
    if ((int64_t)mover->agent <= before || mover->agent >= agents->n ||
        agents->place[mover->agent] != plan->n_places || mover->trail >= agents->weights.n_steps) {
        return false;
    }
    if ((mover->link & MOVER_QUEUE) != 0) {
        return sound_in_queue(agents, mover);
    }
    return (!waits || mover->trail != 0) && link < (waits ? plan->n_places : plan->n_links) &&
           (mover->left < agents->day || waits);
}

/* Those who wait stand somewhere. */
static void count_waiting(struct flow_agents *agents, const struct mover *mover)
{
    uint32_t at = mover->link & MOVER_LINK;
    if ((mover->link & MOVER_QUEUE) != 0) {
        agents->in_place[agents->plan->from[at]]++;
        agents->queues.waiting[at]++;
    } else if ((mover->link & MOVER_PLACE) != 0) {
        agents->in_place[at]++;
    }
}

/* As movers of the day before, in the first worker's hands. */
static int load_movers(struct loader *loader, struct flow_agents *agents, struct ajar_err *err)
{
    int64_t before = -1;
    int32_t block = 0;
    for (uint64_t i = 0; i < loader->movers; i++) {
        struct mover mover = {.agent = load_u32(loader)};
        mover.link = load_u32(loader);
        mover.trail = load_u32(loader);
        uint32_t both = load_u32(loader);
        mover.left = (uint16_t)both;
        mover.budget = (uint16_t)(both >> 16);
        if (!sound(agents, &mover, before)) {
            return refuse(err, "holds a traveller who cannot be");
        }
        count_waiting(agents, &mover);
        before = mover.agent;
        while (mover.agent >= agents_block(agents, block + 1)) {
            block++;
        }
        TRY(cut_put(agents, block, &mover, err));
    }
    cut_link(agents, 0, agents->day - 1);
    cut_head(agents, agents->day - 1);
    return 0;
}

static int load_people(struct loader *loader, struct flow_agents *agents, struct ajar_err *err)
{
    const struct flow_plan *plan = agents->plan;
    uint64_t away = 0;
    load_u16s(loader, agents->place, agents->n);
    load_u16s(loader, agents->memory, agents->n);
    if (agents->class != NULL) {
        memcpy(agents->class, loader->at, agents->n);
        loader->at += agents->n;
    }
    if (agents->home != NULL) {
        load_u16s(loader, agents->home, agents->n);
    }
    for (uint32_t i = 0; i < agents->n; i++) {
        if (agents->place[i] > plan->n_places ||
            (agents->class != NULL && agents->class[i] >= agents->weights.n_classes) ||
            (agents->home != NULL && agents->home[i] >= plan->n_places)) {
            return refuse(err, "holds a person who is nowhere");
        }
        if (agents->place[i] == plan->n_places) {
            away++;
        } else {
            agents->in_place[agents->place[i]]++;
        }
    }
    bool may_leave = agents->removal[REMOVED] != NULL && away >= loader->movers;
    agents->gone = may_leave ? (uint32_t)(away - loader->movers) : 0;
    return away == loader->movers || may_leave ? 0 : refuse(err, "has lost a traveller");
}

static int load(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                const struct flow_params *params, const struct flow_run_options *options,
                struct text bytes, struct ajar_err *err)
{
    struct loader loader = {0};
    struct flow_agents *agents;
    TRY(load_head(&loader, bytes, err));
    TRY(agents_open(&agents, arena, plan, params, options, agents_path_best(), err));
    TRY(check_head(&loader, agents, bytes, err));
    agents->day = (int32_t)loader.day;
    agents->n = (uint32_t)loader.n;
    agents->people = people_before(agents, agents->day);
    agents->hops = loader.hops;
    agents->agent_days = loader.agent_days;
    TRY(load_people(&loader, agents, err));
    TRY(load_movers(&loader, agents, err));
    *out = agents;
    return 0;
}

int flow_agents_load(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                     const struct flow_params *params, const struct flow_run_options *options,
                     struct text bytes, struct ajar_err *err)
{
    struct flow_agents *agents = NULL;
    TRY(share_check(options->share, err));
    int code = load(&agents, arena, plan, params, options, bytes, err);
    TRY(share_agree(options->share, code, agents == NULL ? 0 : agents->day, E_FLOW_SNAPSHOT, err));
    TRY(share_load(agents, err));
    *out = agents;
    return 0;
}
