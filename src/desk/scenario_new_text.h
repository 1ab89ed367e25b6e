/* The written part of a new scenario: lines of its README and settings, and the made-up rows. */
#ifndef DESK_SCENARIO_NEW_TEXT_H
#define DESK_SCENARIO_NEW_TEXT_H

#include "schema.h"

#define SCENARIO_NEW_TITLE   "Example: an imagined ash cloud over Iceland"
#define SCENARIO_NEW_SUMMARY "A made-up exercise. Replace every row and every figure."

/* Lines without their line ends. */
extern const char *const scenario_new_readme[];
extern const size_t scenario_new_n_readme;
extern const char *const scenario_new_settings[];
extern const size_t scenario_new_n_settings;

/* One row: column, cell, column, cell, ... ended by NULL.  Columns that are not named are empty. */
#define SCENARIO_NEW_CELLS 64
struct scenario_new_row {
    enum schema_name table;
    const char *cells[SCENARIO_NEW_CELLS];
};
extern const struct scenario_new_row scenario_new_rows[];
extern const size_t scenario_new_n_rows;

#endif
