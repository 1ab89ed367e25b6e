/* What a thread does between two looks for another one. */
#ifndef BASE_RELAX_H
#define BASE_RELAX_H

static inline void relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

#endif
