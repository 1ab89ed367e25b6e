/* The scores of a conflict, as they are kept between runs. */
#include "flow_score.h"

static void pass_error(struct forecast_error *at, struct kept_pass *pass)
{
    KEPT_PASS(pass, &at->n, 1);
    KEPT_PASS(pass, &at->error, 1);
    KEPT_PASS(pass, &at->persistence, 1);
    KEPT_PASS(pass, &at->skill, 1);
}

static void pass_cover(struct forecast_cover *at, struct kept_pass *pass)
{
    KEPT_PASS(pass, &at->n, 1);
    KEPT_PASS(pass, &at->inside, 1);
    KEPT_PASS(pass, &at->score, 1);
}

void flow_score_pass(struct flow_score_answer *answer, struct kept_pass *pass)
{
    for (size_t i = 0; i < answer->n_hindsight; i++) {
        KEPT_PASS(pass, answer->hindsight[i].scores, 2);
        KEPT_PASS(pass, answer->hindsight[i].sd, 2);
    }
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        struct flow_horizon *at = &answer->horizons[h];
        KEPT_PASS(pass, &at->least, 1);
        KEPT_PASS(pass, &at->days, 1);
        KEPT_PASS(pass, &at->most, 1);
        pass_error(&at->error, pass);
        pass_error(&at->total, pass);
        pass_error(&at->allocation, pass);
        pass_cover(&at->cover, pass);
        pass_cover(&at->plain, pass);
    }
}
