// RabbitMQ: a quorum queue, publisher confirms, acknowledgements of many at once.
#include "client.h"
#include <amqp.h>
#include <amqp_tcp_socket.h>

static amqp_connection_state_t connection;

static void check_reply(amqp_rpc_reply_t reply, const char *what) {
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) fail(what);
}

static void check(const char *what) { check_reply(amqp_get_rpc_reply(connection), what); }

static void declare(const struct load *load) {
    amqp_table_entry_t entry = {
        .key = amqp_cstring_bytes("x-queue-type"),
        .value = {.kind = AMQP_FIELD_KIND_UTF8, .value = {.bytes = amqp_cstring_bytes("quorum")}},
    };
    amqp_table_t table = {.num_entries = 1, .entries = &entry};
    amqp_queue_declare(connection, 1, amqp_cstring_bytes("bench"), 0, 1, 0, 0, table);
    check("The queue could not be declared.");
    if (load->publishes) {
        amqp_confirm_select(connection, 1);
    } else {
        amqp_basic_qos(connection, 1, 0, (uint16_t)load->window, 0);
    }
    check("The channel could not be set up.");
}

static void connect_to(const struct load *load) {
    connection = amqp_new_connection();
    amqp_socket_t *socket = amqp_tcp_socket_new(connection);
    if (amqp_socket_open(socket, "127.0.0.1", load->port)) fail("No broker answers.");
    check_reply(
        amqp_login(connection, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest"),
        "The broker did not take the login.");
    amqp_channel_open(connection, 1);
    check("The channel could not be opened.");
    declare(load);
}

// Waits for one confirm and gives the number of the last message that it confirms.
static long confirmed(long before) {
    amqp_frame_t frame;
    amqp_maybe_release_buffers(connection);
    if (amqp_simple_wait_frame(connection, &frame) != AMQP_STATUS_OK) fail("The link broke.");
    if (frame.frame_type != AMQP_FRAME_METHOD) return before;
    if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) fail("A message was not confirmed.");
    amqp_basic_ack_t *ack = frame.payload.method.decoded;
    // Quorum queues confirm in order, so single confirms count up too.
    return (long)ack->delivery_tag > before ? (long)ack->delivery_tag : before;
}

static void publish(const struct load *load) {
    amqp_bytes_t body = {.len = load->bytes, .bytes = make_body(load->bytes)};
    amqp_basic_properties_t properties = {
        ._flags = AMQP_BASIC_DELIVERY_MODE_FLAG, .delivery_mode = 2,
    };
    long at = start(), done = 0;
    for (long sent = 0; sent < load->messages; sent++) {
        while (sent - done >= load->window) done = confirmed(done);
        int status = amqp_basic_publish(
            connection, 1, amqp_empty_bytes, amqp_cstring_bytes("bench"), 0, 0, &properties, body);
        if (status != AMQP_STATUS_OK) fail("A message could not be sent.");
    }
    while (done < load->messages) done = confirmed(done);
    report(at);
}

static void consume(const struct load *load) {
    start();
    amqp_basic_consume(
        connection, 1, amqp_cstring_bytes("bench"), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    check("The queue could not be consumed.");
    for (long count = 1; count <= load->messages; count++) {
        amqp_envelope_t envelope;
        amqp_maybe_release_buffers(connection);
        check_reply(amqp_consume_message(connection, &envelope, NULL, 0), "No message came.");
        if (count % load->batch == 0 || count == load->messages)
            amqp_basic_ack(connection, 1, envelope.delivery_tag, 1);
        amqp_destroy_envelope(&envelope);
    }
    // The broker answers this after it has taken the acknowledgements.
    amqp_channel_close(connection, 1, AMQP_REPLY_SUCCESS);
    report(clock_ns(CLOCK_MONOTONIC));
}

int main(int count, char **arguments) {
    struct load load = read_load(count, arguments);
    connect_to(&load);
    if (load.publishes) publish(&load); else consume(&load);
    return 0;
}
