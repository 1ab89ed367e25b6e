#include "kernel_cut.h"

#include <cmath>
#include <vector>

#include <CbcHeuristic.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglZeroHalf.hpp>

#include "cbc.hpp"

namespace
{

/* Rounds of cuts before columns are left out; of cuts at the root after that; the most columns in a Gomory cut. */
constexpr int passes = 15, root_passes = 3, gomory_columns = 300, gomory_in_tree = 100;
constexpr double tiny = 1e-6;

/* What stays of the model, and the columns' numbers in it. */
struct rest {
    OsiClpSolverInterface solver;
    std::vector<int> column;
    std::vector<double> chosen;
};

/* Tells of every better plan too. */
class Listener : public cbc::Asker
{
  public:
    Listener(const kernel_search *search, const rest *kept, std::vector<double> *all, double best)
        : Asker(search->enough, search->arg), search_(search), rest_(kept), all_(all), best_(best)
    {
    }
    CbcAction event(CbcEvent which) override
    {
        if (model_->parentModel() != nullptr) {
            return noAction;
        }
        if (model_->bestSolution() != nullptr && model_->getObjValue() < best_ - tiny / 2) {
            best_ = model_->getObjValue();
            for (std::size_t k = 0; k < rest_->column.size(); k++) {
                (*all_)[static_cast<std::size_t>(rest_->column[k])] = model_->bestSolution()[k];
            }
            search_->better(search_->arg, all_->data());
        }
        return Asker::event(which);
    }
    CbcEventHandler *clone() const override
    {
        return new Listener(*this);
    }

  private:
    const kernel_search *search_;
    const rest *rest_;
    std::vector<double> *all_; /* [n_columns] of the caller's model */
    double best_;
};

void load(const kernel_model &model, OsiClpSolverInterface &solver)
{
    auto n = static_cast<std::size_t>(model.n_columns), m = static_cast<std::size_t>(model.n_rows);
    std::vector<CoinBigIndex> start(model.start, model.start + n + 1);
    CoinPackedMatrix matrix(true, model.n_rows, model.n_columns, start[n], model.value, model.row,
                            start.data(), nullptr);
    std::vector<double> least(m, -COIN_DBL_MAX), cost(n);
    for (std::size_t k = 0; k < n; k++) {
        cost[k] = -model.worth[k];
    }
    cbc::load(solver, matrix, cost, least.data(), model.most);
}

void drop_slack_cuts(OsiClpSolverInterface &solver, int n_rows)
{
    std::vector<int> slack;
    for (int row = n_rows; row < solver.getNumRows(); row++) {
        if (std::fabs(solver.getRowPrice()[row]) < tiny * tiny) {
            slack.push_back(row);
        }
    }
    if (!slack.empty()) {
        solver.deleteRows(static_cast<int>(slack.size()), slack.data());
        solver.resolve();
    }
}

void add_cuts(OsiClpSolverInterface &solver, int n_rows)
{
    CglKnapsackCover cover;
    CglGomory gomory;
    CglZeroHalf half;
    gomory.setLimit(gomory_columns);
    gomory.setLimitAtRoot(gomory_columns);
    for (int pass = 0; pass < passes; pass++) {
        OsiCuts cuts;
        CglTreeInfo info;
        info.level = 0;
        info.pass = pass;
        info.inTree = false;
        info.formulation_rows = n_rows;
        cover.generateCuts(solver, cuts, info);
        gomory.generateCuts(solver, cuts, info);
        half.refreshSolver(&solver);
        half.generateCuts(solver, cuts, info);
        if (cuts.sizeRowCuts() == 0) {
            return;
        }
        solver.applyCuts(cuts);
        solver.resolve();
        drop_slack_cuts(solver, n_rows);
    }
}

/* Columns far behind go, and then the rows that can hold all that stays. */
void leave_out(const kernel_model &model, double behind, rest &kept)
{
    OsiClpSolverInterface &solver = kept.solver;
    std::vector<int> columns, rows;
    for (int k = 0; k < model.n_columns; k++) {
        if (model.chosen[k] < 0.5 && solver.getColSolution()[k] < tiny &&
            solver.getReducedCost()[k] > behind) {
            columns.push_back(k);
        } else {
            kept.column.push_back(k);
            kept.chosen.push_back(model.chosen[k] > 0.5 ? 1 : 0);
        }
    }
    solver.deleteCols(static_cast<int>(columns.size()), columns.data());
    const CoinPackedMatrix *matrix = solver.getMatrixByRow();
    for (int row = 0; row < model.n_rows; row++) {
        double sum = 0;
        CoinBigIndex from = matrix->getVectorStarts()[row];
        for (CoinBigIndex k = from; k < from + matrix->getVectorLengths()[row]; k++) {
            sum += matrix->getElements()[k];
        }
        if (sum <= model.most[row]) {
            rows.push_back(row);
        }
    }
    solver.deleteRows(static_cast<int>(rows.size()), rows.data());
}

void branch(const kernel_model &model, const kernel_search &search, const rest &kept)
{
    CbcModel tree(kept.solver);
    CglKnapsackCover cover;
    CglGomory gomory;
    double cost = 0;
    std::vector<double> all(model.chosen, model.chosen + model.n_columns);
    gomory.setLimit(gomory_in_tree);
    cbc::prepare(tree);
    tree.addCutGenerator(&cover, -1, "cover");
    tree.addCutGenerator(&gomory, -1, "gomory");
    CbcRounding rounding(tree);
    tree.addHeuristic(&rounding, "rounding");
    tree.setMaximumCutPassesAtRoot(root_passes);
    tree.setMaximumCutPasses(1);
    tree.setMinimumDrop(1e-5);
    tree.setAllowableGap(tiny / 10);
    tree.setCutoffIncrement(tiny / 10);
    tree.setMaximumNodes(search.nodes);
    for (int k = 0; k < model.n_columns; k++) {
        cost -= model.chosen[k] > 0.5 ? model.worth[k] : 0;
    }
    Listener listener(&search, &kept, &all, cost);
    tree.passInEventHandler(&listener);
    tree.initialSolve();
    tree.setBestSolution(kept.chosen.data(), static_cast<int>(kept.chosen.size()), cost, true);
    tree.branchAndBound();
}

} // namespace

bool kernel_cut(const kernel_model *model, const kernel_search *search)
{
    auto work = [&] {
        rest kept;
        load(*model, kept.solver);
        kept.solver.initialSolve();
        if (!kept.solver.isProvenOptimal()) {
            return;
        }
        add_cuts(kept.solver, model->n_rows);
        if (kept.solver.isProvenOptimal()) {
            leave_out(*model, search->behind, kept);
            branch(*model, *search, kept);
        }
    };
    return cbc::guard(work, [] {});
}
