/* Starts a child whose output is read: what Swift's view of glibc lacks (pipe2, posix_spawn_file_actions_addclosefrom_np). */
#ifndef HAMDEL_CPROCESS_H
#define HAMDEL_CPROCESS_H

#include <sys/types.h>

/* Runs argv[0], looked up in PATH, without a shell. Its input is empty, its output is the pipe whose reading end is
 * given in *output, its stderr is ours. No other file of ours is open in it and no signal is blocked.
 * Returns 0, or an errno. */
int hamdel_spawn_reading(char *const argv[], pid_t *child, int *output);

#endif
