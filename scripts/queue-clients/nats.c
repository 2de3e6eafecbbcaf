// NATS JetStream, by its text protocol: asynchronous publications; file storage.
//
// `consume` acknowledges all before at once, which one consumer alone can do; `consume-each` each
// message, as a queue of work does.
#include "client.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 4 << 20 };

static int link_fd;
// Where answers come; each client has its own.
static const char *inbox;
static char output[BUFFER_BYTES], input[BUFFER_BYTES];
static size_t output_count, input_count, input_start;

struct message {
    char reply[256];
    char *body;
    size_t bytes;
};

static void flush(void) {
    for (size_t sent = 0; sent < output_count;) {
        ssize_t count = write(link_fd, output + sent, output_count - sent);
        if (count <= 0) fail("The link broke.");
        sent += (size_t)count;
    }
    output_count = 0;
}

static void put(const char *bytes, size_t count) {
    if (output_count + count > BUFFER_BYTES) flush();
    memcpy(output + output_count, bytes, count);
    output_count += count;
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    char line[2048];
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    put(line, (size_t)count);
}

static void fill(void) {
    if (input_start > 0) memmove(input, input + input_start, input_count - input_start);
    input_count -= input_start;
    input_start = 0;
    ssize_t count = read(link_fd, input + input_count, BUFFER_BYTES - input_count);
    if (count <= 0) fail("The link broke.");
    input_count += (size_t)count;
}

// Gives the next line, without its end; it stays valid until the next call.
static char *next_line(void) {
    while (1) {
        char *end = memchr(input + input_start, '\n', input_count - input_start);
        if (!end) {
            fill();
            continue;
        }
        char *line = input + input_start;
        end[-1] = 0;
        input_start = (size_t)(end + 1 - input);
        return line;
    }
}

// Waits for the next message; whatever else the server says is answered or passed over.
static struct message next_message(void) {
    while (1) {
        char *line = next_line();
        if (strncmp(line, "PING", 4) == 0) {
            put("PONG\r\n", 6);
            flush();
        }
        if (strncmp(line, "-ERR", 4) == 0) fail(line);
        if (strncmp(line, "MSG ", 4) != 0) continue;
        struct message message = {.reply = ""};
        char subject[256], second[256], third[32];
        int words = sscanf(line, "MSG %255s %*s %255s %31s", subject, second, third);
        if (words == 3) strcpy(message.reply, second);
        message.bytes = strtoul(words == 3 ? third : second, NULL, 10);
        while (input_count - input_start < message.bytes + 2) fill();
        message.body = input + input_start;
        input_start += message.bytes + 2;
        return message;
    }
}

static void ask(const char *subject, const char *body) {
    say("PUB $JS.API.%s %s %zu\r\n%s\r\n", subject, inbox, strlen(body), body);
    flush();
    struct message answer = next_message();
    answer.body[answer.bytes] = 0;
    if (strstr(answer.body, "\"error\"")) fail(answer.body);
}

static void connect_to(const struct load *load) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    link_fd = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(link_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(link_fd, (struct sockaddr *)&address, sizeof address)) fail("No server answers.");
    inbox = load->publishes ? "publisher" : "consumer";
    say("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB %s 1\r\n", inbox);
    ask("STREAM.CREATE.BENCH",
        "{\"name\":\"BENCH\",\"subjects\":[\"bench\"],\"storage\":\"file\",\"num_replicas\":1,"
        "\"retention\":\"limits\",\"discard\":\"old\"}");
}

static void publish(const struct load *load) {
    char *body = make_body(load->bytes), line[64];
    size_t line_bytes =
        (size_t)snprintf(line, sizeof line, "PUB bench %s %ld\r\n", inbox, load->bytes);
    long at = start();
    for (long sent = 0, done = 0; done < load->messages;) {
        for (; sent < load->messages && sent - done < load->window; sent++) {
            put(line, line_bytes);
            put(body, (size_t)load->bytes);
            put("\r\n", 2);
        }
        flush();
        for (long count = 0; count < load->batch && done < sent; count++, done++) next_message();
    }
    report(at);
}

static void consume(const struct load *load) {
    char consumer[512];
    snprintf(consumer, sizeof consumer,
             "{\"stream_name\":\"BENCH\",\"config\":{\"durable_name\":\"one\","
             "\"deliver_subject\":\"work\",\"deliver_policy\":\"all\",\"ack_policy\":\"%s\","
             "\"max_ack_pending\":%ld}}", load->acknowledges_each ? "explicit" : "all",
             load->window);
    say("SUB work 2\r\n");
    ask("CONSUMER.DURABLE.CREATE.BENCH.one", consumer);
    start();
    for (long count = 1; count <= load->messages; count++) {
        struct message message = next_message();
        int is_last = count == load->messages, ends_batch = count % load->batch == 0;
        // With a reply: the server answers when it has taken the acknowledgement.
        if (is_last) say("PUB %s %s 4\r\n+ACK\r\n", message.reply, inbox);
        else if (ends_batch || load->acknowledges_each) say("PUB %s 4\r\n+ACK\r\n", message.reply);
        if (is_last || ends_batch) flush();
    }
    next_message();
    report(clock_ns(CLOCK_MONOTONIC));
}

int main(int count, char **arguments) {
    struct load load = read_load(count, arguments);
    connect_to(&load);
    if (load.publishes) publish(&load); else consume(&load);
    return 0;
}
