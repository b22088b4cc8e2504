/* Starts children: what Swift's view of glibc lacks (pipe2, posix_spawn_file_actions_addclosefrom_np, vfork, prctl, pidfds). */
#ifndef HAMDEL_CPROCESS_H
#define HAMDEL_CPROCESS_H

#include <sys/types.h>

/* Runs argv[0], looked up in PATH, without a shell. Its input is empty, its output is the pipe whose reading end is
 * given in *output, its stderr is ours. No other file of ours is open in it and no signal is blocked.
 * Returns 0, or an errno. */
int hamdel_spawn_reading(char *const argv[], pid_t *child, int *output);

/* A child that we speak with: our ends of its stdin, stdout and stderr (non-blocking, closed in every other child), and a
 * handle that becomes readable when it ends. */
struct hamdel_child {
    pid_t pid;
    int input, output, errors;
    int handle;
};

/* Runs argv[0], looked up in the PATH of `environment`, without a shell, in `folder`, as the leader of a session and
 * process group of its own. It gets SIGKILL when the calling thread ends: call this on a thread that lives as long as
 * the child. No other file of ours is open in it, no signal is blocked or ignored, it dumps no core (its memory holds
 * secrets), and it is a little less urgent than we are. Returns 0, or an errno. */
int hamdel_spawn_speaking(char *const argv[], char *const environment[], const char *folder,
                          struct hamdel_child *child);

/* A counter that wakes a poll(2); -1 when there is none to be had. */
int hamdel_wake_handle(void);

#endif
