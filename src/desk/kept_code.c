#include "kept_code.h"

#include <elf.h>
#include <link.h>
#include <string.h>

struct code_hash {
    struct sha256 hash;
    bool whole; /* every object has a build id */
};

/* Notes stand one after the other: sizes, type, name and content, each padded to four bytes. */
static bool code_note(struct code_hash *code, const char *at, size_t n)
{
    ElfW(Nhdr) note;
    while (n >= sizeof note) {
        memcpy(&note, at, sizeof note);
        size_t name_n = ((size_t)note.n_namesz + 3) & ~(size_t)3;
        size_t desc_n = ((size_t)note.n_descsz + 3) & ~(size_t)3;
        const char *name = at + sizeof note, *desc = name + name_n;
        if (name_n > n - sizeof note || desc_n > n - sizeof note - name_n) {
            return false;
        }
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU &&
            memcmp(name, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0) {
            sha256_add(&code->hash, (struct text){desc, note.n_descsz});
            return true;
        }
        at = desc + desc_n;
        n -= sizeof note + name_n + desc_n;
    }
    return false;
}

static int code_object(struct dl_phdr_info *object, size_t size, void *arg)
{
    struct code_hash *code = arg;
    bool found = false;
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum && !found; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        found = part->p_type == PT_NOTE &&
                code_note(code, (const char *)(object->dlpi_addr + part->p_vaddr), part->p_memsz);
    }
    code->whole = code->whole && found;
    return 0;
}

bool kept_code(char to[static SHA256_HEX])
{
    struct code_hash code = {.whole = true};
    sha256_begin(&code.hash);
    dl_iterate_phdr(code_object, &code);
    sha256_end(&code.hash, to);
    return code.whole;
}
