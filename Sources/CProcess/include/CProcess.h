/* What Swift's view of glibc lacks: starting children (pipe2, posix_spawn_file_actions_addclosefrom_np, vfork, prctl, pidfds), and
 * what a process measures of itself and its machine. */
#ifndef HAMDEL_CPROCESS_H
#define HAMDEL_CPROCESS_H

#include <sys/types.h>

/* Runs argv[0], looked up in PATH, without a shell. Its input is empty, its output is the pipe whose reading end is
 * given in *output, its stderr is ours. No other file of ours is open in it and no signal is blocked.
 * Returns 0, or an errno. */
int hamdel_spawn_reading(char *const argv[], pid_t *child, int *output);

/* What is known of a file. Of our own making: whose struct stat is, Glibc's or Dispatch's, depends for the compiler on what it
 * loads first. */
typedef struct {
    long long size;
    unsigned int mode, user, group;
    unsigned long long device, inode;
} hamdel_file_status;

/* 0, or -1 with errno. */
int hamdel_status_of_path(const char *path, hamdel_file_status *status);
int hamdel_status_of_handle(int handle, hamdel_file_status *status);

/* What the process used of processors so far. */
double hamdel_processor_seconds(void);

/* What of it is in memory; -1 when that cannot be read. */
long long hamdel_resident_bytes(void);

/* -1 when that cannot be read. */
long long hamdel_open_files_allowed(void);

/* 1 while something (NTP) keeps the system's clock right. */
int hamdel_clock_is_kept(void);

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
