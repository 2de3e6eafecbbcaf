// Redis Streams: pipelined XADD, XREADGROUP and XACK of many at once; appendfsync always.
#include "client.h"
#include <hiredis/hiredis.h>

static redisReply *answer(redisContext *redis) {
    redisReply *reply = NULL;
    if (redisGetReply(redis, (void **)&reply) != REDIS_OK || !reply) fail("The link broke.");
    if (reply->type == REDIS_REPLY_ERROR) fail(reply->str);
    return reply;
}

static void publish(redisContext *redis, const struct load *load) {
    char *body = make_body(load->bytes);
    long at = start(), sent = 0, done = 0;
    while (done < load->messages) {
        while (sent < load->messages && sent - done < load->window) {
            redisAppendCommand(redis, "XADD bench * b %b", body, (size_t)load->bytes);
            sent++;
        }
        // The buffer is written by the first answer that is waited for; the others lie ready.
        for (long count = 0; count < load->batch && done < sent; count++, done++)
            freeReplyObject(answer(redis));
    }
    report(at);
}

static void acknowledge(redisContext *redis, redisReply *entries) {
    size_t count = entries->elements;
    const char **words = malloc((count + 3) * sizeof *words);
    size_t *lengths = malloc((count + 3) * sizeof *lengths);
    words[0] = "XACK", words[1] = "bench", words[2] = "workers";
    lengths[0] = 4, lengths[1] = 5, lengths[2] = 7;
    for (size_t index = 0; index < count; index++) {
        redisReply *id = entries->element[index]->element[0];
        words[index + 3] = id->str;
        lengths[index + 3] = id->len;
    }
    redisAppendCommandArgv(redis, (int)count + 3, words, lengths);
    free(words);
    free(lengths);
}

static void ask(redisContext *redis, const struct load *load) {
    redisAppendCommand(
        redis, "XREADGROUP GROUP workers one COUNT %d BLOCK 0 STREAMS bench >",
        (int)(load->window / 2));
}

static void consume(redisContext *redis, const struct load *load) {
    long done = 0;
    start();
    ask(redis, load);
    // One answer is under way at a time, so it holds half a window.
    while (done < load->messages) {
        redisReply *reply = answer(redis);
        redisReply *entries = reply->element[0]->element[1];
        done += (long)entries->elements;
        // The acknowledgement and the next question travel together.
        acknowledge(redis, entries);
        if (done < load->messages) ask(redis, load);
        freeReplyObject(reply);
        freeReplyObject(answer(redis));
    }
    report(clock_ns(CLOCK_MONOTONIC));
}

int main(int count, char **arguments) {
    struct load load = read_load(count, arguments);
    redisContext *redis = redisConnect("127.0.0.1", load.port);
    if (!redis || redis->err) fail("No server answers.");
    freeReplyObject(redisCommand(redis, "XGROUP CREATE bench workers 0 MKSTREAM"));
    if (load.publishes) publish(redis, &load); else consume(redis, &load);
    return 0;
}
