/* What every cmocka test file includes, in the order that cmocka needs. */
#ifndef TEST_UNIT_H
#define TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Doubles within an absolute tolerance; cmocka's own compares floats only. */
#define assert_near(a, b, tolerance)                                                               \
    do {                                                                                           \
        double near_a_ = (a), near_b_ = (b);                                                       \
        if (!(near_a_ - near_b_ <= (tolerance) && near_b_ - near_a_ <= (tolerance))) {             \
            fail_msg("%s is %.17g, not %.17g within %g", #a, near_a_, near_b_,                     \
                     (double)(tolerance));                                                         \
        }                                                                                          \
    } while (0)

#endif
