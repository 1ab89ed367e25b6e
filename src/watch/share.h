/* Where: has the split between doors shifted, and which door carries the rise? */
#ifndef WATCH_SHARE_H
#define WATCH_SHARE_H

#include "arena.h"

struct share_shift {
    double g, df, p; /* G-test of the 2 x n table over phi, chi-square upper tail; df = n - 1 */
    double phi;      /* overdispersion used */
    size_t n;
    double *share_before, *share_after; /* [n]; NaN where that span has no counts at all */
    double *
        contribution; /* [n] (after - before) / (sum after - sum before); NaN when the total stood still */
    double *p_door; /* [n] G-test of the door against the rest, over phi; NaN for a door left out */
    double *q_door; /* [n] Benjamini-Hochberg adjusted over the doors that have a p */
};

/* before[n], after[n]: counts >= 0 over equally long spans; phi >= 1 (1: Poisson).  Doors with 0 in both
 * are left out of df.  With one door left, or a span without counts, nothing can shift: g 0, p 1.
 * E_WATCH_OPTION for n < 2, negative or non-finite counts, phi < 1, no counts at all.
 * Cochran's caution (expected below 5) is the caller's to state: *small (may be NULL) gets the number of
 * such cells, doors left out not counted.  G = 2 sum O ln(O / E) (Sokal and Rohlf, Biometry, 17.2).
 * O(n log n). */
int share_shift(struct arena *arena, size_t n, const double *before, const double *after,
                double phi, struct share_shift *out, size_t *small, struct ajar_err *err);

/* Benjamini-Hochberg (1995) adjusted p values, as R's p.adjust(p, "BH"), in the input order; NaN stays
 * NaN and does not count.  q may be p.  E_WATCH_OPTION for a p outside [0, 1].  O(n log n). */
int share_adjust(struct arena *arena, size_t n, const double *p, double *q, struct ajar_err *err);

#endif
