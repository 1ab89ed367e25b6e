/* Any bytes as a table of scores beside households and localities that stand: pairs that keep their promises and
 * are the same when they are written and read, or faults that say where. */
#include "place_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    fuzz_tables((const struct text[3]){
        text_of("id,need_seats,need_school\nf1,1,0\nf2,3,2\nf10,9,1\n-x,2,2\n\"a,b\",1,1\n"),
        text_of("id,capacity_school,capacity_seats\nl1,1,4\nl2,2,3\nl03,5,8\n"),
        {copy, size}});
    free(copy);
    return 0;
}
