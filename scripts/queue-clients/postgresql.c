// PostgreSQL: one COPY of half a window, and DELETE of half a window by SKIP LOCKED; each a durable
// transaction, for which the client waits. Smaller batches would sync more often than the others do.
#include "client.h"
#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>

static PGconn *database;

static PGresult *run(PGresult *result, ExecStatusType expected) {
    if (PQresultStatus(result) != expected) fail(PQerrorMessage(database));
    return result;
}

static char *append(char *place, const void *bytes, size_t count) {
    memcpy(place, bytes, count);
    return place + count;
}

// A row of the binary COPY format: one field of so many bytes.
static char *append_row(char *place, const char *body, long bytes) {
    uint16_t fields = htons(1);
    uint32_t length = htonl((uint32_t)bytes);
    place = append(place, &fields, sizeof fields);
    place = append(place, &length, sizeof length);
    return append(place, body, bytes);
}

static void publish(const struct load *load) {
    char *body = make_body(load->bytes);
    char *rows = malloc(32 + load->batch * (load->bytes + 8));
    static const char header[19] = "PGCOPY\n\377\r\n\0";
    static const char trailer[2] = "\377\377";
    long at = start();
    for (long sent = 0; sent < load->messages;) {
        char *end = append(rows, header, sizeof header);
        for (long count = 0; count < load->batch && sent < load->messages; count++, sent++)
            end = append_row(end, body, load->bytes);
        end = append(end, trailer, sizeof trailer);
        const char *copy = "COPY queue(body) FROM STDIN (FORMAT binary)";
        PQclear(run(PQexec(database, copy), PGRES_COPY_IN));
        PQputCopyData(database, rows, (int)(end - rows));
        PQputCopyEnd(database, NULL);
        PQclear(run(PQgetResult(database), PGRES_COMMAND_OK));
        PQclear(PQgetResult(database));
    }
    report(at);
}

static void consume(const struct load *load) {
    const char *take =
        "DELETE FROM queue WHERE id IN"
        " (SELECT id FROM queue ORDER BY id FOR UPDATE SKIP LOCKED LIMIT $1::int) RETURNING body";
    char limit[16];
    snprintf(limit, sizeof limit, "%ld", load->batch);
    const char *values[] = {limit};
    PQclear(run(PQprepare(database, "take", take, 1, NULL), PGRES_COMMAND_OK));
    start();
    for (long done = 0; done < load->messages;) {
        // Delivered inside the transaction and acknowledged by its end: a worker that dies loses
        // nothing, as with the others.
        PQclear(run(PQexec(database, "BEGIN"), PGRES_COMMAND_OK));
        PGresult *rows = PQexecPrepared(database, "take", 1, values, NULL, NULL, 1);
        done += PQntuples(run(rows, PGRES_TUPLES_OK));
        PQclear(rows);
        PQclear(run(PQexec(database, "COMMIT"), PGRES_COMMAND_OK));
    }
    report(clock_ns(CLOCK_MONOTONIC));
}

int main(int count, char **arguments) {
    struct load load = read_load(count, arguments);
    if (load.batch < load.window / 2) load.batch = load.window / 2;
    char address[128];
    snprintf(address, sizeof address,
             "host=127.0.0.1 port=%d user=postgres dbname=postgres", load.port);
    database = PQconnectdb(address);
    if (PQstatus(database) != CONNECTION_OK) fail(PQerrorMessage(database));
    const char *create =
        "SET client_min_messages = warning;"
        "CREATE TABLE IF NOT EXISTS queue(id bigserial PRIMARY KEY, body bytea NOT NULL);"
        "ALTER TABLE queue ALTER body SET STORAGE EXTERNAL";
    PQclear(run(PQexec(database, create), PGRES_COMMAND_OK));
    if (load.publishes) publish(&load); else consume(&load);
    return 0;
}
