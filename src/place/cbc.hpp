/* What the two doors to Cbc share (mip.h, kernel_cut.h): a model of 0/1 columns to be maximised, silence, the question
 * whether to stop, and what becomes of Coin's errors.  Private to mip.cpp and kernel_cut.cpp. */
#ifndef PLACE_CBC_HPP
#define PLACE_CBC_HPP

#include <cstddef>
#include <new>
#include <vector>

#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>

namespace cbc
{

/* Rows from least to most; columns are 0 or 1 and cost what they cost, to be minimised.  Nothing is printed. */
inline void load(OsiClpSolverInterface &solver, const CoinPackedMatrix &matrix,
                 const std::vector<double> &cost, const double *least, const double *most)
{
    std::vector<double> zero(cost.size(), 0.0), one(cost.size(), 1.0);
    solver.messageHandler()->setLogLevel(0);
    solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
    solver.loadProblem(matrix, zero.data(), one.data(), cost.data(), least, most);
    for (std::size_t k = 0; k < cost.size(); k++) {
        solver.setInteger(static_cast<int>(k));
    }
}

/* A tree that prints nothing and branches as both doors do. */
inline void prepare(CbcModel &tree)
{
    tree.setLogLevel(0);
    tree.solver()->messageHandler()->setLogLevel(0);
    tree.setNumberStrong(5);
    tree.setNumberBeforeTrust(10);
}

/* Asks at every node whether to stop; `enough` may be NULL. */
class Asker : public CbcEventHandler
{
  public:
    Asker(bool (*enough)(void *arg), void *arg) : enough_(enough), arg_(arg)
    {
    }
    CbcAction event(CbcEvent which) override
    {
        return which == node && enough_ != nullptr && enough_(arg_) ? stop : noAction;
    }
    CbcEventHandler *clone() const override
    {
        return new Asker(*this);
    }

  private:
    bool (*enough_)(void *arg);
    void *arg_;
};

/* False: no memory.  Coin's own errors end the work: what was found before holds, and `broken` is called. */
template <class Work, class Broken> bool guard(const Work &work, const Broken &broken)
{
    try {
        work();
    } catch (const std::bad_alloc &) {
        return false;
    } catch (...) {
        broken();
    }
    return true;
}

} // namespace cbc

#endif
