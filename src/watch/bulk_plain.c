#include <math.h>

#include "bulk_lanes.h"

/* Two lanes in the vectors of GNU C, which every processor has in some form. */
#define TARGET
#define WIDTH     2
#define NAMED(x)  x##_plain
#define PATH_TEXT "portable C"

typedef double vec __attribute__((vector_size(16)));
typedef int64_t mask __attribute__((vector_size(16)));

static inline vec v_load(const double *p)
{
    return (vec){p[0], p[1]};
}

static inline void v_store(double *p, vec a)
{
    p[0] = a[0];
    p[1] = a[1];
}

static inline vec v_pick(mask m, vec a, vec b)
{
    return (vec)((m & (mask)a) | (~m & (mask)b));
}

#define v_set(x)      ((vec){(x), (x)})
#define v_above(a, b) ((mask)((a) > (b)))
#define v_known(a)    ((mask)((a) == (a)))
#define v_min(a, b)   v_pick(v_above(b, a), a, b)
#define v_max(a, b)   v_pick(v_above(a, b), a, b)
#define v_sqrt(a)     ((vec){sqrt((a)[0]), sqrt((a)[1])})
#define v_keep(m, a)  ((vec)((m) & (mask)(a)))
#define m_and(a, b)   ((a) & (b))
#define m_bits(m)     ((unsigned)(((m)[0] & 1) | ((m)[1] & 2)))

#include "bulk_day.h"
