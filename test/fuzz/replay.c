/* Runs a fuzz target over the files of a corpus, without libFuzzer, so that every build does it.
 *   replay FOLDER */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define REPLAY_MOST ((size_t)1 << 20) /* bytes of a file */

static int replay_file(const char *folder, const char *name, uint8_t *bytes)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "replay: %s cannot be opened\n", name);
        return 1;
    }
    size_t size = fread(bytes, 1, REPLAY_MOST, file);
    int bad = ferror(file) != 0 || fgetc(file) != EOF;
    fclose(file);
    if (bad) {
        fprintf(stderr, "replay: %s cannot be read whole\n", name);
        return 1;
    }
    fprintf(stderr, "%s\n", name); /* the last name stands above the report of a crash */
    LLVMFuzzerTestOneInput(bytes, size);
    return 0;
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    uint8_t *bytes = malloc(REPLAY_MOST);
    int n = argc == 2 ? scandir(argv[1], &entries, NULL, alphasort) : -1;
    if (n < 0 || bytes == NULL) {
        fprintf(stderr, "usage: replay FOLDER\n");
        free(bytes);
        return 2;
    }
    int passed = 0, failed = 0;
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            int bad = replay_file(argv[1], entries[i]->d_name, bytes);
            failed += bad;
            passed += 1 - bad;
        }
        free(entries[i]);
    }
    free(entries);
    free(bytes);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
