#define _GNU_SOURCE
#include "ct_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const steps[] = {
    "fork", "setpgid", "signals", "setgroups", "setgid", "setuid", "prctl", "access", "chdir", "dup2", "close_range", "execve",
};
enum step { FORK, GROUP, SIGNALS, GROUPS, GID, UID, DEATH, FOLDER, DIRECTORY, DESCRIPTORS, CLOSE, EXECUTE };

struct fault {
  enum step step;
  int code;
};

// Only what signal-safety(7) lists, from here to execve.
static enum step become(const struct ct_child *child, pid_t parent) {
  if (setpgid(0, 0) < 0) return GROUP;
  // What is ignored stays ignored by the program, and what is blocked stays blocked.
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  if (sigprocmask(SIG_SETMASK, &none, NULL) < 0) return SIGNALS;
  if (child->changes_user) {
    if (setgroups(child->group_count, child->groups) < 0) return GROUPS;
    if (setgid(child->group) < 0) return GID;
    if (setuid(child->user) < 0) return UID;
  }
  // After the user: changing it takes the setting back (PR_SET_PDEATHSIG(2const)).
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return DEATH;
  if (getppid() != parent) _exit(127);
  struct rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  struct rlimit mark = {child->mark, child->mark};
  setrlimit(RLIMIT_RTTIME, &mark);
  if (access(child->folder, W_OK | X_OK) < 0) return FOLDER;
  if (chdir(child->directory) < 0) return DIRECTORY;
  if (dup2(child->input, 0) < 0 || dup2(child->output, 1) < 0 || dup2(child->error, 2) < 0) return DESCRIPTORS;
  if (syscall(SYS_close_range, 3U, UINT_MAX, CLOSE_RANGE_CLOEXEC) < 0) return CLOSE;
  execve(child->program, child->arguments, child->environment);
  return EXECUTE;
}

int ct_start_child(const struct ct_child *child, const char **step) {
  // Carries the fault of a child that cannot become the program; closed by execve when it can.
  int ends[2];
  *step = steps[FORK];
  if (pipe2(ends, O_CLOEXEC) < 0) return -1;
  pid_t parent = getpid();
  // A signal in the child before its handlers are reset would run the parent's.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t process = fork();
  if (process == 0) {
    struct fault fault = {.step = become(child, parent)};
    fault.code = errno;
    if (write(ends[1], &fault, sizeof fault) < 0) _exit(126);
    _exit(127);
  }
  int code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    errno = code;
    return -1;
  }
  struct fault fault;
  ssize_t count;
  do count = read(ends[0], &fault, sizeof fault);
  while (count < 0 && errno == EINTR);
  close(ends[0]);
  if (count != (ssize_t)sizeof fault) return process;
  while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
  }
  *step = steps[fault.step];
  errno = fault.code;
  return -1;
}

int ct_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int ct_process_descriptor(int process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int ct_wait_ended(int process) {
  siginfo_t information;
  int status;
  do status = waitid(P_PID, (id_t)process, &information, WEXITED | WNOWAIT);
  while (status < 0 && errno == EINTR);
  return status;
}
