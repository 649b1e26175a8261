// The Linux calls that the Glibc module does not export.
#pragma once
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// `accept4(2)` with `SOCK_NONBLOCK | SOCK_CLOEXEC`. Returns the descriptor, or -1 with `errno` set.
int ct_accept(int listener, struct sockaddr *address, socklen_t *length);
