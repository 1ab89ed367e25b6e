/* Any bytes as YAML: a tree that keeps its promises, or an error with a place. */
#include "fuzz.h"

#include "yaml.h"

#define FUZZ_MEMORY ((size_t)64 * 1024 * 1024)
#define FUZZ_LEVELS 33 /* 32 lists or maps, and the scalar inside */

/* The byte at a line and character; NULL when there is none. */
static const char *fuzz_place(struct text bytes, long row, long at)
{
    long r = 1, c = 1;
    for (size_t i = 0; i < bytes.n; i++) {
        bool inside = ((unsigned char)bytes.at[i] & 0xc0) == 0x80;
        if (r == row && c == at && !inside) {
            return bytes.at + i;
        }
        if (bytes.at[i] == '\n') {
            r++;
            c = 1;
        } else if (i + 1 < bytes.n) {
            c += ((unsigned char)bytes.at[i + 1] & 0xc0) != 0x80;
        }
    }
    return NULL;
}

static void fuzz_node(struct text bytes, const struct yaml_node *node, int level)
{
    fuzz_demand(level <= FUZZ_LEVELS);
    fuzz_demand(node->row >= 1 && node->at >= 1);
    if (node->kind == YAML_SCALAR) {
        size_t bad;
        fuzz_demand(node->n == 0 && node->items == NULL && node->keys == NULL);
        fuzz_demand(text_utf8(node->text, &bad));
        fuzz_demand(node->text.at[node->text.n] == '\0');
        if (node->quoted && bytes.n < 2000) {
            const char *quote = fuzz_place(bytes, node->row, node->at);
            fuzz_demand(quote != NULL && (*quote == '\'' || *quote == '"'));
        }
        return;
    }
    fuzz_demand(node->text.n == 0 && (node->keys != NULL) == (node->kind == YAML_MAP));
    for (size_t i = 0; i < node->n; i++) {
        fuzz_node(bytes, &node->items[i], level + 1);
        for (size_t k = 0; node->kind == YAML_MAP && k < i && node->n < 100; k++) {
            fuzz_demand(!text_eq(node->keys[i].text, node->keys[k].text));
        }
        if (node->kind == YAML_MAP) {
            fuzz_demand(node->keys[i].kind == YAML_SCALAR);
            fuzz_node(bytes, &node->keys[i], level + 1);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    struct text bytes = {copy, size};
    struct arena arena;
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    const struct yaml_node *root = NULL;
    struct ajar_err err = {0};
    int code = yaml_parse(&arena, "fuzz.yaml", bytes, size, &root, &err);
    fuzz_demand(code == err.code);
    fuzz_demand((code == 0) == (root != NULL));
    if (code != 0) {
        fuzz_demand(code == E_UTF8 || strncmp(err.slug, "yaml.", 5) == 0);
        fuzz_demand(err.row >= 1 && err.at >= 1);
    } else {
        struct text body =
            text_starts(bytes, "\xef\xbb\xbf") ? (struct text){bytes.at + 3, bytes.n - 3} : bytes;
        fuzz_node(body, root, 1);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
