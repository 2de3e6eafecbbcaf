// What the clients of scripts/bench-queues share: the load, the dialogue with the script, clocks.
//
// A client connects, says "ready", waits for a line, works, and says one line of JSON: the
// monotonic clock at its first publication or its last acknowledgement, and its processor time, both in
// nanoseconds. `wirecopy-bench queue-publisher` and `queue-worker` do the same.
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct load {
    int publishes;
    int acknowledges_each;
    int port;
    long messages;
    long bytes;
    long batch;
    long window;
};

static long clock_ns(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

__attribute__((noreturn)) static void fail(const char *what) {
    fprintf(stderr, "%s (%s)\n", what, strerror(errno));
    exit(1);
}

// Roles: publish, consume, consume-each. Arguments: ROLE PORT MESSAGES BYTES BATCH WINDOW.
static struct load read_load(int count, char **arguments) {
    if (count != 7) fail("The arguments are ROLE PORT MESSAGES BYTES BATCH WINDOW.");
    struct load load = {
        .publishes = strcmp(arguments[1], "publish") == 0,
        .acknowledges_each = strcmp(arguments[1], "consume-each") == 0,
        .port = atoi(arguments[2]),
        .messages = atol(arguments[3]),
        .bytes = atol(arguments[4]),
        .batch = atol(arguments[5]),
        .window = atol(arguments[6]),
    };
    return load;
}

// A body that nothing could make smaller, as a compressed page is.
static char *make_body(long bytes) {
    char *body = malloc(bytes + 1);
    unsigned long random = 88172645463325252UL;
    for (long index = 0; index < bytes; index++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        body[index] = (char)random;
    }
    return body;
}

static long cpu_at_start;

static long start(void) {
    char line[16];
    puts("ready");
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) fail("The script has ended.");
    cpu_at_start = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    return clock_ns(CLOCK_MONOTONIC);
}

static void report(long at) {
    long cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_at_start;
    printf("{\"at_ns\":%ld,\"cpu_ns\":%ld}\n", at, cpu);
    fflush(stdout);
}
