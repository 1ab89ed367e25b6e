/* One table of a scenario, read by its schema.  Internal to world/. */
#ifndef WORLD_TABLE_READ_H
#define WORLD_TABLE_READ_H

#include "checker.h"

/* Reads the file of the table into checker->scenario and marks it in checker->read.  Faults of the
 * file, its header and its cells are reported; errors are memory and cancelling. */
int table_read(struct checker *checker, enum schema_name name, struct ajar_err *err);

#endif
