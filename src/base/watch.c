#include "watch.h"

int watch_tick(const struct watch *watch, const char *what, uint64_t done, uint64_t total,
               const char *unit, struct ajar_err *err)
{
    if (watch == NULL) {
        return 0;
    }
    if (watch->tick != NULL) {
        watch->tick(watch->arg, what, done, total, unit);
    }
    if (watch->cancelled == NULL || !watch->cancelled(watch->arg)) {
        return 0;
    }
    if (total == 0) {
        return err_set(err, E_CANCELLED, "stopped on request while %s, after %llu %s", what,
                       (unsigned long long)done, unit);
    }
    return err_set(err, E_CANCELLED, "stopped on request while %s, after %llu of %llu %s", what,
                   (unsigned long long)done, (unsigned long long)total, unit);
}
