// Lets a program's disk and clock fail at a chosen moment; built and preloaded by wirecopy-faults.
//
//   FAULT_PATH   only files whose path holds this text are touched
//   FAULT_CALL   sync or write: the calls that are counted
//   FAULT_AT     the number of the first call that fails, from 1
//   FAULT_ARM    calls are counted only while this file is there; from the start if not given
//   FAULT_FOR    how many fail, 1 if not given
//   FAULT_DO     eio, enospc, kill-before or kill-after the call
//   FAULT_CLOCK  a file with one signed 64-bit number: seconds added to the wall clock
//
// The steady clock is left alone, as it is when an operator or NTP sets a machine's clock.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, FAIL_EIO, FAIL_ENOSPC, KILL_BEFORE, KILL_AFTER };

static atomic_long calls;
static const volatile int64_t *clock_offset;

static int matches(int descriptor) {
    const char *wanted = getenv("FAULT_PATH");
    char link[64], path[4096];
    if (wanted == NULL) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, wanted) != NULL;
}

static int fault(const char *call, int descriptor) {
    const char *wanted = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *count = getenv("FAULT_FOR");
    const char *what = getenv("FAULT_DO");
    if (wanted == NULL || at == NULL || what == NULL || strcmp(wanted, call) != 0) return NOTHING;
    const char *arm = getenv("FAULT_ARM");
    if (!matches(descriptor) || (arm != NULL && access(arm, F_OK) != 0)) return NOTHING;
    long number = atomic_fetch_add(&calls, 1) + 1, first = atol(at);
    if (number < first || number >= first + (count ? atol(count) : 1)) return NOTHING;
    if (strcmp(what, "eio") == 0) return FAIL_EIO;
    if (strcmp(what, "enospc") == 0) return FAIL_ENOSPC;
    return strcmp(what, "kill-after") == 0 ? KILL_AFTER : KILL_BEFORE;
}

static int fails(int what) {
    if (what == KILL_BEFORE) syscall(SYS_kill, getpid(), SIGKILL);
    if (what != FAIL_EIO && what != FAIL_ENOSPC) return 0;
    errno = what == FAIL_EIO ? EIO : ENOSPC;
    return 1;
}

static long ended(int what, long result) {
    if (what == KILL_AFTER) syscall(SYS_kill, getpid(), SIGKILL);
    return result;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(call, type, name, parameters, arguments)       \
    type name parameters {                                  \
        int what = fault(call, descriptor);                 \
        if (fails(what)) return -1;                         \
        return (type)ended(what, (long)NEXT(name) arguments); \
    }

WRAP("sync", int, fsync, (int descriptor), (descriptor))
WRAP("sync", int, fdatasync, (int descriptor), (descriptor))
WRAP("write", ssize_t, write, (int descriptor, const void *bytes, size_t count),
     (descriptor, bytes, count))
WRAP("write", ssize_t, pwrite, (int descriptor, const void *bytes, size_t count, off_t at),
     (descriptor, bytes, count, at))
WRAP("write", ssize_t, pwrite64, (int descriptor, const void *bytes, size_t count, off64_t at),
     (descriptor, bytes, count, at))
WRAP("write", ssize_t, writev, (int descriptor, const struct iovec *parts, int count),
     (descriptor, parts, count))
WRAP("write", ssize_t, pwritev, (int descriptor, const struct iovec *parts, int count, off_t at),
     (descriptor, parts, count, at))
WRAP("write", ssize_t, pwritev64, (int descriptor, const struct iovec *parts, int count, off64_t at),
     (descriptor, parts, count, at))

__attribute__((constructor)) static void map_clock(void) {
    const char *path = getenv("FAULT_CLOCK");
    int descriptor = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor < 0) return;
    void *memory = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (memory != MAP_FAILED) clock_offset = memory;
}

static int64_t offset(void) { return clock_offset ? *clock_offset : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
    long result = syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset();
    return (int)result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    long result = syscall(SYS_gettimeofday, now, zone);
    if (result == 0) now->tv_sec += offset();
    return (int)result;
}

time_t time(time_t *now) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    if (now != NULL) *now = moment.tv_sec;
    return moment.tv_sec;
}
