#pragma once
#include <errno.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <zmq.h>

// glibc declares this for _GNU_SOURCE only, which a module map cannot set.
int pthread_setname_np(pthread_t thread, const char *name);
