#pragma once
// Parts of the system's C library that Swift's module of it leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// The bits of an event as plain numbers: Swift sees an enumeration without a common type.
static inline uint32_t shim_epoll_in(void) { return EPOLLIN; }
static inline uint32_t shim_epoll_out(void) { return EPOLLOUT; }
// Set by the kernel when a peer is gone or a socket is broken, whether it is asked for or not.
static inline uint32_t shim_epoll_broken(void) { return EPOLLERR | EPOLLHUP; }
