#include "kept.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "file_part.h"
#include "kept_code.h"

/* The file: its first line, then for each piece a line "KEY SHA256 BYTES" and so many bytes.  Numbers are as the
 * machine has them: the code that wrote them is part of the key. */
#define KEPT_FIRST   "ajar kept results, 1\n"
#define KEPT_NAME    "kept" /* until it is moved beside the output */
#define KEPT_CEILING ((size_t)1 << 30)
#define KEPT_SIZE    16 /* hexadecimal digits of BYTES */
#define KEPT_LINE    (2 * SHA256_HEX + KEPT_SIZE + 1)

/* ---- The file ---- */

static bool take(struct text *from, size_t n, struct text *out)
{
    if (n > from->n) {
        return false;
    }
    *out = (struct text){from->at, n};
    from->at += n;
    from->n -= n;
    return true;
}

static bool take_piece(struct text *from, struct kept_piece *out)
{
    struct text line, bytes;
    char sum[SHA256_HEX], size[KEPT_SIZE + 1], *end;
    if (!take(from, KEPT_LINE, &line)) {
        return false;
    }
    memcpy(size, line.at + 2 * SHA256_HEX, KEPT_SIZE);
    size[KEPT_SIZE] = '\0';
    unsigned long long n = strtoull(size, &end, 16);
    if (line.at[SHA256_HEX - 1] != ' ' || line.at[2 * SHA256_HEX - 1] != ' ' ||
        line.at[KEPT_LINE - 1] != '\n' || *end != '\0' || n > from->n ||
        !take(from, (size_t)n, &bytes)) {
        return false;
    }
    sha256_hex(bytes, sum);
    if (memcmp(sum, line.at + SHA256_HEX, SHA256_HEX - 1) != 0) {
        return false;
    }
    *out = (struct kept_piece){.bytes = bytes};
    memcpy(out->key, line.at, SHA256_HEX - 1);
    return true;
}

/* As much as is whole. */
static int kept_read(struct kept *kept, struct ajar_err *err)
{
    struct file_view view;
    struct text rest, first;
    char *copy;
    if (!file_exists(kept->path) || file_open(&view, kept->path, KEPT_CEILING, NULL) != 0) {
        return 0;
    }
    rest = view.bytes;
    if (!take(&rest, strlen(KEPT_FIRST), &first) || !text_is(first, KEPT_FIRST)) {
        file_close(&view);
        return 0;
    }
    copy = arena_new(kept->arena, char, rest.n, err);
    if (copy == NULL) {
        file_close(&view);
        return arena_code(err);
    }
    memcpy(copy, rest.at, rest.n);
    rest.at = copy;
    file_close(&view);
    while (kept->n_earlier < KEPT_PIECES && take_piece(&rest, &kept->earlier[kept->n_earlier])) {
        kept->n_earlier++;
    }
    return 0;
}

int kept_open(struct kept *out, struct arena *arena, const struct file_folder *folder, bool anew,
              struct ajar_err *err)
{
    *out = (struct kept){.arena = arena};
    if (!kept_code(out->code)) {
        return 0;
    }
    TRY(file_part_beside(arena, folder->path, ".kept", &out->path, err));
    return anew ? 0 : kept_read(out, err);
}

int kept_write(const struct kept *kept, struct file_folder *folder, struct ajar_err *err)
{
    struct buf buf;
    if (kept->path == NULL) {
        return 0;
    }
    buf_init(&buf, KEPT_CEILING);
    buf_str(&buf, KEPT_FIRST);
    for (size_t i = 0; i < kept->n; i++) {
        const struct kept_piece *piece = &kept->pieces[i];
        char sum[SHA256_HEX];
        sha256_hex(piece->bytes, sum);
        buf_printf(&buf, "%s %s %0*llx\n", piece->key, sum, KEPT_SIZE,
                   (unsigned long long)piece->bytes.n);
        buf_text(&buf, piece->bytes);
    }
    int code = buf_ok(&buf, err);
    code =
        code != 0 ? code : file_folder_write(folder, kept->arena, KEPT_NAME, buf_view(&buf), err);
    code = code != 0 ? code : file_folder_move(folder, kept->arena, KEPT_NAME, kept->path, err);
    buf_free(&buf);
    return code;
}

/* ---- One piece ---- */

void kept_pass_bytes(struct kept_pass *pass, void *at, size_t n)
{
    struct text bytes;
    if (pass->to != NULL) {
        buf_bytes(pass->to, at, n);
    } else if (!pass->fits || !take(&pass->from, n, &bytes)) {
        pass->fits = false;
    } else if (n > 0) {
        memcpy(at, bytes.at, n);
    }
}

void kept_pass_bool(struct kept_pass *pass, bool *at)
{
    uint8_t byte = *at;
    kept_pass_bytes(pass, &byte, 1);
    *at = byte == 1;
}

void kept_pass_check(struct kept_pass *pass, bool good)
{
    pass->fits = pass->fits && good;
}

static const struct kept_piece *kept_find(const struct kept *kept, const char *key)
{
    for (size_t i = 0; i < kept->n_earlier; i++) {
        if (strcmp(kept->earlier[i].key, key) == 0) {
            return &kept->earlier[i];
        }
    }
    return NULL;
}

/* The key of the work, and of the code that does it. */
static void kept_whole_key(const struct kept *kept, const struct kept_key *key,
                           char to[static SHA256_HEX])
{
    struct kept_key whole = *key;
    kept_key_bytes(&whole, kept->code, SHA256_HEX);
    sha256_end(&whole.hash, to);
}

static bool kept_again(const struct kept_piece *earlier, const struct kept_work *work)
{
    struct kept_pass pass = {.from = earlier->bytes, .fits = true};
    work->pass(work->arg, &pass);
    return pass.fits && pass.from.n == 0;
}

static int kept_bytes(struct arena *arena, const struct kept_work *work, struct text *out,
                      struct ajar_err *err)
{
    struct buf buf;
    struct kept_pass pass = {.to = &buf, .fits = true};
    const char *copy;
    buf_init(&buf, KEPT_CEILING);
    work->pass(work->arg, &pass);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    if (code == 0) {
        *out = (struct text){copy, buf.n};
    }
    buf_free(&buf);
    return code;
}

int kept_do(struct kept *kept, const struct kept_work *work, struct ajar_err *err)
{
    struct kept_piece piece = {.title = work->title};
    const struct kept_piece *earlier;
    if (kept == NULL || kept->path == NULL) {
        return work->compute(work->arg, err);
    }
    assert(kept->n < KEPT_PIECES);
    kept_whole_key(kept, work->key, piece.key);
    earlier = kept_find(kept, piece.key);
    if (earlier != NULL && kept_again(earlier, work)) {
        piece.found = true;
        piece.bytes = earlier->bytes;
    } else {
        TRY(work->compute(work->arg, err));
        TRY(kept_bytes(kept->arena, work, &piece.bytes, err));
    }
    kept->pieces[kept->n++] = piece;
    return 0;
}
