// The Linux calls that the Glibc module does not export.
#pragma once
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// `accept4(2)` with `SOCK_NONBLOCK | SOCK_CLOEXEC`. Returns the descriptor, or -1 with `errno` set.
int ct_accept(int listener, struct sockaddr *address, socklen_t *length);

/// `pthread_setname_np(3)`: the name shown by `top -H`, cut to 15 octets.
void ct_name_thread(pthread_t thread, const char *name);

/// Lets a signal write its number, as one octet, into `descriptor`; -1 restores what was there before.
/// Returns 0, or -1 with `errno` set. Not for two threads at once.
int ct_forward_signal(int number, int descriptor);

/// `pipe2(2)`: a pipe that no other program inherits. Returns 0, or -1 with `errno` set.
int ct_pipe(int ends[2]);

/// A program to start, and what it starts with.
struct ct_child {
  /// The program's path; it is not looked for.
  const char *program;
  char *const *arguments;
  char *const *environment;
  const char *directory;
  /// What become its descriptors 0, 1 and 2; above 2 themselves. It gets no others.
  int input, output, error;
  /// Whether it changes to `user`, `group` and the supplementary `groups`; only root can.
  int changes_user;
  unsigned user, group;
  const unsigned *groups;
  size_t group_count;
  /// A folder that it has to be able to write to, with the rights that it gets.
  const char *folder;
  /// By what its processes are known, whatever they do with their groups and their environments: both values of
  /// RLIMIT_RTTIME, which is inherited, and means nothing below SCHED_FIFO. A tower without root that has a smaller limit
  /// itself cannot set it.
  uint64_t mark;
};

/// Starts a program in a process group of its own, with default signal handling, and with SIGKILL for the case that the
/// calling *thread* ends: call it from one that waits for the child. Returns its process id when it has begun to run the
/// program; else -1, with `errno` set and in `step` what failed.
///
/// In C, because between fork(2) and execve(2) a program with threads may only do what signal-safety(7) lists, and
/// posix_spawn(3) neither changes the user nor binds the child's life to its parent's.
int ct_start_child(const struct ct_child *child, const char **step);

/// `pidfd_open(2)`, close-on-exec: readable when the process has ended. Returns -1 with `errno` set.
int ct_process_descriptor(int process);

/// Waits until a child has ended and leaves it as it is, so that its number is not given to another process yet.
/// Returns 0, or -1 with `errno` set.
int ct_wait_ended(int process);

/// Gives back the memory with programs' code that only starting has needed: what the loader has looked at once, above all.
/// It is in the files still, and comes back page by page where it is executed again.
void ct_release_code(void);
