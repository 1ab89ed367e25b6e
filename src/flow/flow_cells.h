/* What the two readers share: rows of cells, and what a cell may hold. */
#ifndef FLOW_CELLS_H
#define FLOW_CELLS_H

#include "flow_index.h"
#include "flow_said.h"

struct flow_row {
    long line;
    bool note; /* begins with #: a header or a comment; cells stand without that sign */
    size_t n;
    const struct text *cells; /* [n] trimmed, valid until the next row */
};

/* Cell i, or the empty text. */
struct text flow_cell(const struct flow_row *row, size_t i);

struct flee_file;
struct flow_reader {
    struct arena *arena;   /* of the world */
    struct arena *scratch; /* freed behind the reading */
    const struct flee_file *files;
    size_t n_files;
    struct flow_world world;
    struct flow_index places, uncounted;
    bool dated; /* start and length were read */
    struct flow_said *said;
    struct faults *faults;
};

/* E_FLOW_TOO_LARGE as a fault when n passes most. */
bool flow_fits(struct flow_reader *reader, const char *file, size_t n, size_t most,
               const char *what);

/* Where a cell stands. */
struct flow_spot {
    const char *file;
    const struct flow_row *row;
    size_t i;
    const char *column;
};
void flow_fault(struct flow_reader *reader, struct flow_spot spot, enum err_code code,
                const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A whole number in [least, most]; else a fault, and *out is untouched. */
bool flow_int(struct flow_reader *reader, struct flow_spot spot, enum err_code code, int64_t least,
              int64_t most, int64_t *out);
bool flow_number(struct flow_reader *reader, struct flow_spot spot, enum err_code code,
                 double least, double most, double *out);
/* YYYY-MM-DD, as the reference also with one-digit months and days. */
bool flow_date(struct flow_reader *reader, struct flow_spot spot, date_days *out);
/* The same, at most FLOW_DAYS_MOST from the start. */
bool flow_date_near(struct flow_reader *reader, struct flow_spot spot, date_days *out);
/* The index of a place; else a fault. */
bool flow_find_place(struct flow_reader *reader, struct flow_spot spot, uint32_t *out);

#endif
