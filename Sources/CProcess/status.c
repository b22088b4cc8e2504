#include "CProcess.h"

#include <sys/stat.h>

static void fill(const struct stat *found, hamdel_file_status *status) {
    status->size = found->st_size;
    status->mode = found->st_mode;
    status->user = found->st_uid;
    status->group = found->st_gid;
    status->device = found->st_dev;
    status->inode = found->st_ino;
}

int hamdel_status_of_path(const char *path, hamdel_file_status *status) {
    struct stat found;
    if (stat(path, &found) != 0) return -1;
    fill(&found, status);
    return 0;
}

int hamdel_status_of_handle(int handle, hamdel_file_status *status) {
    struct stat found;
    if (fstat(handle, &found) != 0) return -1;
    fill(&found, status);
    return 0;
}
