#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int hamdel_spawn_reading(char *const argv[], pid_t *child, int *output) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    int code = posix_spawn_file_actions_init(&actions);
    if (code != 0) goto closing;
    code = posix_spawnattr_init(&attributes);
    if (code != 0) goto actions;
    if ((code = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)) == 0 &&
        (code = posix_spawn_file_actions_adddup2(&actions, ends[1], 1)) == 0 &&
        (code = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) == 0 &&
        (code = posix_spawnattr_setsigmask(&attributes, &none)) == 0 &&
        (code = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK)) == 0) {
        code = posix_spawnp(child, argv[0], &actions, &attributes, argv, environ);
    }
    posix_spawnattr_destroy(&attributes);
actions:
    posix_spawn_file_actions_destroy(&actions);
closing:
    close(ends[1]);
    if (code == 0) {
        *output = ends[0];
    } else {
        close(ends[0]);
    }
    return code;
}

/* Steps of urgency (nice(2)) that children are behind us: a busy one must not slow down the daemon. */
enum { CHILD_NICENESS = 5 };

/* Between vfork and exec: calls of the kernel alone, no library that takes locks. Does not return. */
static void become(char *const argv[], char *const environment[], const char *folder, pid_t parent,
                   const int ends[3], volatile int *failure) {
    struct sigaction plain = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &plain, NULL);
    sigset_t none;
    sigemptyset(&none);
    struct rlimit nothing = {0, 0};
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The parent may have died before that was set. */
    if (getppid() != parent) _exit(127);
    setrlimit(RLIMIT_CORE, &nothing);
    setpriority(PRIO_PROCESS, 0, CHILD_NICENESS);
    /* The pipes' ends have numbers above 2: see above_standard. */
    if (dup2(ends[0], 0) < 0 || dup2(ends[1], 1) < 0 || dup2(ends[2], 2) < 0 ||
        syscall(SYS_close_range, 3, ~0U, 0) != 0 || chdir(folder) != 0 ||
        sigprocmask(SIG_SETMASK, &none, NULL) != 0) {
        *failure = errno;
        _exit(127);
    }
    execvpe(argv[0], argv, environment);
    *failure = errno;
    _exit(127);
}

/* The same file under a number above 2, which dup2 to 0, 1 and 2 cannot hit. */
static int above_standard(int *handle) {
    if (*handle > 2) return 0;
    int moved = fcntl(*handle, F_DUPFD_CLOEXEC, 3);
    if (moved < 0) return errno;
    close(*handle);
    *handle = moved;
    return 0;
}

int hamdel_spawn_speaking(char *const argv[], char *const environment[], const char *folder,
                          struct hamdel_child *child) {
    int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int code = 0;
    for (int index = 0; index < 3 && code == 0; index++) {
        if (pipe2(pipes[index], O_CLOEXEC) != 0) code = errno;
        for (int end = 0; end < 2 && code == 0; end++) code = above_standard(&pipes[index][end]);
    }
    volatile int failure = 0;
    pid_t pid = -1;
    if (code == 0) {
        const int ends[3] = {pipes[0][0], pipes[1][1], pipes[2][1]};
        const pid_t parent = getpid();
        /* No handler of ours may run in the child while it shares our memory. */
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        pid = vfork();
        if (pid == 0) become(argv, environment, folder, parent, ends, &failure);
        code = pid < 0 ? errno : failure;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    int handle = -1;
    if (code == 0 && (handle = (int)syscall(SYS_pidfd_open, pid, 0)) < 0) code = errno;
    if (code != 0 && pid > 0) {
        kill(-pid, SIGKILL);
        kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
    }
    if (pipes[0][0] >= 0) close(pipes[0][0]);
    if (pipes[1][1] >= 0) close(pipes[1][1]);
    if (pipes[2][1] >= 0) close(pipes[2][1]);
    const int ours[3] = {pipes[0][1], pipes[1][0], pipes[2][0]};
    for (int index = 0; index < 3; index++) {
        if (ours[index] < 0) continue;
        if (code != 0) {
            close(ours[index]);
        } else {
            fcntl(ours[index], F_SETFL, O_NONBLOCK);
        }
    }
    if (code != 0) return code;
    *child = (struct hamdel_child){pid, ours[0], ours[1], ours[2], handle};
    return 0;
}

int hamdel_wake_handle(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
