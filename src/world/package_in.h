/* datapackage.json: that it says of the tables what they are.  Internal to world/. */
#ifndef WORLD_PACKAGE_IN_H
#define WORLD_PACKAGE_IN_H

#include "checker.h"

/* dir: the folder, for resources that are no table of a scenario. */
int package_check(struct checker *checker, const char *dir, const char *path, struct ajar_err *err);

#endif
