/* Results kept from an earlier run, so that a run on changed inputs computes only what the change reaches.
 *
 * Beside the output folder NAME lies the hidden file ".NAME.kept".  It holds the results of the few pieces of work
 * that take long, each under the SHA-256 of everything that it depends on: the code (build ids of the program and
 * of its libraries), the options and the inputs.  A piece whose key is found again with whole bytes is read back,
 * which gives what computing would; anything else in the file is passed over.  docs/decisions/0009 says why.
 *
 * The file holds numbers alone, no name and no text of a scenario. */
#ifndef DESK_KEPT_H
#define DESK_KEPT_H

#include "arena.h"
#include "file.h"
#include "sha256.h"

#define KEPT_PIECES 8

struct kept_piece {
    const char *title; /* "the runs of the exodus", as people are told */
    bool found;        /* read back; else computed */
    char key[SHA256_HEX];
    struct text bytes;
};

struct kept {
    struct arena *arena;
    const char *path;      /* NULL: nothing can be kept, for the code does not say which it is */
    char code[SHA256_HEX]; /* which code computes */
    size_t n_earlier, n;   /* pieces of the earlier run; of this one */
    struct kept_piece earlier[KEPT_PIECES], pieces[KEPT_PIECES];
};

/* What was kept beside the output that `folder` will be; `anew`: as if there were nothing.  A file that cannot be read, or is none of
 * Ajar's, is as none.  Errors: memory only. */
int kept_open(struct kept *out, struct arena *arena, const struct file_folder *folder, bool anew,
              struct ajar_err *err);

/* Writes the pieces of this run in place of the earlier ones, for a run whose output stands whole in `folder` but
 * for its commit.  O(bytes).  Errors: file.write. */
int kept_write(const struct kept *kept, struct file_folder *folder, struct ajar_err *err);

/* What a piece depends on, part by part; each counts with its length, so that no two lists are alike. */
struct kept_key {
    struct sha256 hash;
};
void kept_key_begin(struct kept_key *key, const char *title);
void kept_key_bytes(struct kept_key *key, const void *bytes, size_t n);
void kept_key_number(struct kept_key *key, uint64_t number);
/* The bytes of dir/name; a file that is not there counts as such. */
int kept_key_file(struct kept_key *key, struct arena *arena, const char *dir, const char *name,
                  struct ajar_err *err);
/* Every file of dir/inside, with its name. */
int kept_key_folder(struct kept_key *key, struct arena *arena, const char *dir, const char *inside,
                    struct ajar_err *err);

/* A result on its way into the file or out of it: one description serves both, so they cannot differ. */
struct kept_pass {
    struct buf *to; /* NULL: on its way out, from `from` */
    struct text from;
    bool fits; /* on its way out: so far the bytes are what was described */
};
void kept_pass_bytes(struct kept_pass *pass, void *at, size_t n);
void kept_pass_bool(struct kept_pass *pass, bool *at);
#define KEPT_PASS(pass, at, n) kept_pass_bytes(pass, at, (n) * sizeof *(at))

/* On its way out a value from a file: what it says must be true, or the piece is computed. */
void kept_pass_check(struct kept_pass *pass, bool good);

/* A piece of work: `pass` describes the result, whose arrays stand before; `compute` fills them. */
struct kept_work {
    const char *title;
    const struct kept_key *key;
    int (*compute)(void *arg, struct ajar_err *err);
    void (*pass)(void *arg, struct kept_pass *pass);
    void *arg;
};
/* Reads the result back, or computes it, and keeps it either way.  kept NULL: computes.  Errors: those of
 * `compute`; memory. */
int kept_do(struct kept *kept, const struct kept_work *work, struct ajar_err *err);

#endif
