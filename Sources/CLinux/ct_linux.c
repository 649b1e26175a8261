#define _GNU_SOURCE
#include "ct_linux.h"

#include <errno.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int ct_accept(int listener, struct sockaddr *address, socklen_t *length) {
  return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void ct_name_thread(pthread_t thread, const char *name) {
  char cut[16] = {0};
  strncpy(cut, name, sizeof cut - 1);
  pthread_setname_np(thread, cut);
}

// A handler may only do what signal-safety(7) lists: write(2) is on it, and a lock-free atomic is allowed.
static atomic_int forward_to = -1;
static struct sigaction before[NSIG];

static void forward(int number) {
  int saved = errno;
  unsigned char octet = (unsigned char)number;
  int descriptor = atomic_load(&forward_to);
  if (descriptor >= 0 && write(descriptor, &octet, 1) < 0) {
    // The pipe is full of signals that nobody has taken yet: one more changes nothing.
  }
  errno = saved;
}

int ct_forward_signal(int number, int descriptor) {
  if (number <= 0 || number >= NSIG) {
    errno = EINVAL;
    return -1;
  }
  if (descriptor < 0) return sigaction(number, &before[number], NULL);
  atomic_store(&forward_to, descriptor);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = forward;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  return sigaction(number, &action, &before[number]);
}

static int release_code(struct dl_phdr_info *image, size_t size, void *context) {
  (void)size;
  (void)context;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
    // Never what can be written: that is nowhere else.
    if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X) || segment->p_flags & PF_W) continue;
    uintptr_t start = (image->dlpi_addr + segment->p_vaddr) & -page;
    uintptr_t end = (image->dlpi_addr + segment->p_vaddr + segment->p_memsz + page - 1) & -page;
    madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 0;
}

void ct_release_code(void) { dl_iterate_phdr(release_code, NULL); }
