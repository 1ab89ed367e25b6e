/* Any bytes as tables of households and localities, parted by the line "==>": a problem that keeps its promises
 * and is the same when it is written and read, or faults that say where. */
#include "place_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mark[] = "==>\n";
    char *copy = fuzz_copy(data, size);
    const char *at = memmem(copy, size, mark, sizeof mark - 1);
    size_t n = at == NULL ? size : (size_t)(at - copy), rest = size - n;
    rest = rest < sizeof mark - 1 ? 0 : rest - (sizeof mark - 1);
    fuzz_tables((const struct text[3]){
        {copy, n}, {copy + size - rest, rest}, text_of("household,locality,score_micro\n")});
    free(copy);
    return 0;
}
