/* What Swift's view of glibc lacks: starting a child whose output is read (pipe2, posix_spawn_file_actions_addclosefrom_np), and
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

#endif
