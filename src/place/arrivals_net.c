#include "arrivals_net.h"

#include <math.h>

/* Of the mean best score of the past: what a whole capacity ahead of an even flow costs. */
#define GAMMA_SHARE 1.0

/* At the lowest prices households of the batch are often indifferent: they go where less is charged. */
#define HAIR 1e-4

/* A vote outweighs every difference of net scores within a household. */
enum { VOTE = PLACE_SCORE_MOST / 2 };

static double net_gamma(const struct arrivals_input *input)
{
    const struct place_problem *problem = input->problem;
    double sum = 0;
    for (uint32_t i = 0; i < input->n_past; i++) {
        int32_t top = 0;
        uint32_t h = input->past[i];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        sum += top;
    }
    return input->n_past > 0 ? GAMMA_SHARE * sum / input->n_past : 0;
}

int arrivals_net_new(struct arena *arena, const struct arrivals_futures *futures, double gamma,
                     struct arrivals_net *out, struct ajar_err *err)
{
    struct arrivals_net made = {.futures = futures, .household = PLACE_NONE};
    made.gamma = isnan(gamma) ? net_gamma(futures->input) : gamma;
    TRY_NEW(made.backlog, arena, futures->field.n_prices, err);
    TRY_NEW(made.vote, arena, futures->n, err);
    *out = made;
    return 0;
}

/* The longest queue among the resources that the household needs. */
static double net_backlog(const struct arrivals_net *net, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = net->futures->field.problem;
    double most = 0;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        double backlog = net->backlog[(size_t)locality * problem->n_resources + r];
        most = place_need(problem, household, r) > 0 && backlog > most ? backlog : most;
    }
    return most;
}

/* Where each future sends the household. */
static void net_vote(struct arrivals_net *net, uint32_t household)
{
    const struct arrivals_field *field = &net->futures->field;
    const struct place_problem *problem = field->problem;
    for (uint32_t f = 0; f < net->futures->n; f++) {
        const double *price = net->futures->demand[f].best.price;
        double best = 0;
        net->vote[f] = PLACE_NONE;
        for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1];
             pair++) {
            uint32_t locality = problem->locality[pair];
            double left = problem->score[pair] - arrivals_charge(field, price, household, locality);
            if (left > best) {
                best = left;
                net->vote[f] = locality;
            }
        }
    }
    net->household = household;
}

static double net_discord(struct arrivals_net *net, uint32_t household, uint32_t locality,
                          double plain)
{
    uint32_t votes = 0, n = net->futures->n;
    if (net->household != household) {
        net_vote(net, household);
    }
    for (uint32_t f = 0; f < n; f++) {
        votes += net->vote[f] == locality;
    }
    /* less than half a vote either way, for ties and for places nobody voted for */
    return (double)VOTE * (votes + 0.4 * plain / (fabs(plain) + 1e6)) / n;
}

int32_t arrivals_net(void *arg, uint32_t household, uint64_t pair)
{
    struct arrivals_net *net = arg;
    const struct arrivals_field *field = &net->futures->field;
    uint32_t locality = field->problem->locality[pair], group = arrivals_group(field, household);
    double score = field->problem->score[pair];
    double charge = arrivals_charge(field, net->futures->mean.price, household, locality);
    double plain = (1 + net->futures->mean.factor[group]) * score - (1 + HAIR) * charge;
    if (net->futures->method == ARRIVALS_DISCORD) {
        plain = net_discord(net, household, locality, plain);
    } else if (net->futures->method == ARRIVALS_BALANCE) {
        plain -= net->gamma * net_backlog(net, household, locality);
    }
    plain = score > 0 ? plain : 0;
    return (int32_t)fmax(0, fmin(floor(plain + 0.5), PLACE_SCORE_MOST));
}

void arrivals_net_placed(struct arrivals_net *net, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = net->futures->field.problem;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        int32_t capacity = place_capacity(problem, locality, r);
        if (capacity > 0) {
            net->backlog[(size_t)locality * problem->n_resources + r] +=
                (double)place_need(problem, household, r) / capacity;
        }
    }
}

void arrivals_net_came(struct arrivals_net *net, uint32_t n)
{
    double drift = (double)n / net->futures->input->n_arriving;
    for (size_t k = 0; k < net->futures->field.n_prices; k++) {
        net->backlog[k] = net->backlog[k] > drift ? net->backlog[k] - drift : 0;
    }
}
