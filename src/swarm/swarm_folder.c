#include "swarm_folder.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

int folder_make(const char *folder, struct ajar_err *err)
{
    if (mkdir(folder, 0777) == 0 || file_is_folder(folder)) {
        return 0;
    }
    int cause = errno;
    bool denied = cause == EACCES || cause == EPERM || cause == EROFS;
    return err_at(err, denied ? E_FILE_DENIED : E_FILE_PLACE, folder, 0, NULL, text_of(NULL),
                  "the folder cannot be created: %s", strerror(cause));
}

void folder_clean(const char *folder, bool (*needless)(void *arg, const char *name), void *arg)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        if (needless(arg, entry->d_name)) {
            unlinkat(dirfd(open), entry->d_name, 0);
        }
    }
    if (open != NULL) {
        closedir(open);
    }
}
