// The Linux calls that the Glibc module does not export.
#pragma once
#include <pthread.h>
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
