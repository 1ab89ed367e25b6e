#include "mip.h"

#include <cstdlib>
#include <numeric>
#include <vector>

#include <CbcBranchActual.hpp>
#include <CbcCutGenerator.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicDiveCoefficient.hpp>
#include <CglClique.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglPreProcess.hpp>
#include <CglProbing.hpp>
#include <CglTwomir.hpp>
#include <CglZeroHalf.hpp>

#include "cbc.hpp"

namespace
{

/* Worths are multiples of a step, so a bound less than this part of one over a plan proves it, and a better plan is
 * better by a whole one. */
constexpr double closed = 0.5;
constexpr double better = 0.9;

/* The largest number that all worths are multiples of. */
int64_t step_of(const mip &mip)
{
    int64_t step = 0;
    for (uint32_t c = 0; c < mip.n_columns && step != 1; c++) {
        step = std::gcd(step, mip.worth[c]);
    }
    return step == 0 ? 1 : step;
}

void load(const mip &mip, int64_t step, OsiClpSolverInterface &solver)
{
    std::vector<CoinBigIndex> start(mip.first, mip.first + mip.n_rows + 1);
    std::vector<int> column(mip.column, mip.column + mip.first[mip.n_rows]);
    std::vector<int> length(mip.n_rows);
    std::vector<double> value(mip.value, mip.value + mip.first[mip.n_rows]);
    std::vector<double> cost(mip.n_columns);
    std::vector<double> least(mip.n_rows), most(mip.n_rows);
    for (uint32_t row = 0; row < mip.n_rows; row++) {
        length[row] = static_cast<int>(mip.first[row + 1] - mip.first[row]);
        least[row] =
            mip.least[row] == -MIP_FREE ? -COIN_DBL_MAX : static_cast<double>(mip.least[row]);
        most[row] = mip.most[row] == MIP_FREE ? COIN_DBL_MAX : static_cast<double>(mip.most[row]);
    }
    for (uint32_t c = 0; c < mip.n_columns; c++) {
        cost[c] = -static_cast<double>(mip.worth[c] / step);
    }
    CoinPackedMatrix matrix(false, static_cast<int>(mip.n_columns), static_cast<int>(mip.n_rows),
                            static_cast<CoinBigIndex>(mip.first[mip.n_rows]), value.data(),
                            column.data(), start.data(), length.data());
    cbc::load(solver, matrix, cost, least.data(), most.data());
}

/* The generators and how often they are called that Cbc's own program uses. */
void cut(CbcModel &model)
{
    CglProbing probing;
    probing.setUsingObjective(1);
    probing.setMaxPass(1);
    probing.setMaxPassRoot(1);
    probing.setMaxProbe(10);
    probing.setMaxProbeRoot(50);
    probing.setMaxLook(10);
    probing.setMaxLookRoot(50);
    probing.setMaxElements(200);
    probing.setMaxElementsRoot(300);
    probing.setRowCuts(3);
    CglGomory gomory;
    gomory.setLimitAtRoot(512);
    gomory.setLimit(50);
    CglKnapsackCover cover;
    CglClique clique;
    clique.setStarCliqueReport(false);
    clique.setRowCliqueReport(false);
    CglMixedIntegerRounding2 rounding(1, true, 1);
    CglFlowCover flow;
    CglTwomir twomir;
    twomir.setMaxElements(250);
    CglZeroHalf half;
    model.addCutGenerator(&probing, -98, "probing");
    model.addCutGenerator(&gomory, -98, "gomory");
    model.addCutGenerator(&cover, -98, "cover");
    model.addCutGenerator(&clique, -98, "clique");
    model.addCutGenerator(&rounding, -98, "rounding");
    model.addCutGenerator(&flow, -98, "flow");
    model.addCutGenerator(&twomir, -99, "twomir");
    model.addCutGenerator(&half, -98, "half");
    for (int k = 0; k < model.numberCutGenerators(); k++) {
        model.cutGenerator(k)->setTiming(false);
    }
}

/* Adds a plan up in whole numbers; false when it breaks a row. */
bool add_up(const mip &mip, const double *values, std::vector<bool> &plan, int64_t *worth)
{
    *worth = 0;
    for (uint32_t c = 0; c < mip.n_columns; c++) {
        plan[c] = values[c] > 0.5;
        *worth += plan[c] ? mip.worth[c] : 0;
    }
    for (uint32_t row = 0; row < mip.n_rows; row++) {
        int64_t sum = 0;
        for (uint64_t k = mip.first[row]; k < mip.first[row + 1]; k++) {
            sum += plan[mip.column[k]] ? mip.value[k] : 0;
        }
        if (sum < mip.least[row] || sum > mip.most[row]) {
            return false;
        }
    }
    return true;
}

bool take(const mip &mip, const double *values, bool *chosen, mip_result *out)
{
    std::vector<bool> plan(mip.n_columns);
    int64_t worth;
    if (!add_up(mip, values, plan, &worth)) {
        return false;
    }
    if (!out->found || worth > out->worth) {
        out->found = true;
        out->worth = worth;
        for (uint32_t c = 0; c < mip.n_columns; c++) {
            chosen[c] = plan[c];
        }
    }
    return true;
}

bool sure(const mip &mip, int64_t step)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < mip.n_columns && sum <= MIP_SURE; c++) {
        sum += std::abs(mip.worth[c]) / step;
    }
    return sum <= MIP_SURE;
}

void set_up(const mip_options &options, const mip_result &out, int64_t step, CbcModel &model)
{
    cbc::Asker asker(options.enough, options.arg);
    CbcRounding round(model);
    CbcHeuristicDiveCoefficient dive(model);
    cbc::prepare(model);
    model.setAllowableGap(closed);
    model.setAllowableFractionGap(0.0);
    model.setCutoffIncrement(better);
    if (out.found) {
        model.setCutoff(-static_cast<double>(out.worth / step) - better);
    }
    if (options.nodes > 0) {
        model.setMaximumNodes(static_cast<int>(options.nodes));
    }
    model.passInEventHandler(&asker);
    model.addHeuristic(&round, "rounding");
    model.addHeuristic(&dive, "dive");
    cut(model);
}

/* Whether the linear relaxation alone shows that no plan is better than the one found. */
bool closes(const mip_result &out, int64_t step, const OsiClpSolverInterface &solver)
{
    if (!out.found) {
        return false;
    }
    OsiClpSolverInterface relaxed(solver);
    relaxed.messageHandler()->setLogLevel(0);
    relaxed.initialSolve();
    return relaxed.isProvenOptimal() &&
           relaxed.getObjValue() > -static_cast<double>(out.worth / step) - closed;
}

void run(const mip &mip, const mip_options &options, bool *chosen, mip_result *out)
{
    if (mip.n_columns == 0) {
        take(mip, nullptr, chosen, out);
        out->ended = true;
        return;
    }
    OsiClpSolverInterface solver;
    int64_t step = step_of(mip);
    load(mip, step, solver);
    if (closes(*out, step, solver)) {
        out->ended = sure(mip, step);
        return;
    }
    CglPreProcess process;
    process.messageHandler()->setLogLevel(0);
    CglProbing probing;
    probing.setUsingObjective(0);
    probing.setMaxPass(3);
    probing.setMaxProbe(50);
    probing.setMaxLook(50);
    probing.setRowCuts(3);
    process.addCutGenerator(&probing);
    OsiSolverInterface *small = process.preProcess(solver, false, 5);
    if (small == nullptr) {
        out->ended = !out->found || sure(mip, step);
        return;
    }
    small->messageHandler()->setLogLevel(0);
    CbcModel model(*small);
    set_up(options, *out, step, model);
    model.initialSolve();
    model.branchAndBound();
    out->nodes = static_cast<uint64_t>(model.getNodeCount());
    bool ended = model.status() == 0, held = true;
    if (model.bestSolution() != nullptr) {
        process.postProcess(*model.solver());
        held = take(mip, solver.getColSolution(), chosen, out);
    }
    out->ended = ended && held && (!out->found || sure(mip, step));
}

} // namespace

bool mip_solve(const struct mip *mip, const struct mip_options *options, bool *chosen,
               struct mip_result *out)
{
    mip_result result = {};
    auto work = [&] {
        if (options->started) {
            std::vector<double> values(chosen, chosen + mip->n_columns);
            take(*mip, values.data(), chosen, &result);
        }
        run(*mip, *options, chosen, &result);
    };
    if (!cbc::guard(work, [&] { result.ended = false; })) {
        return false;
    }
    *out = result;
    return true;
}
