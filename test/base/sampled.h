/* Long properties: all of their cases in a plain build, every n-th in a build with sanitizers, which is several times
 * slower.  `./run test` runs both (test/all, "long properties in full"). */
#ifndef TEST_BASE_SAMPLED_H
#define TEST_BASE_SAMPLED_H

#include <stdbool.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED true
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* The step through the cases. */
static inline unsigned sampled(unsigned every)
{
    return SANITIZED ? every : 1;
}

#endif
