#pragma once

// Debian keeps the header in a folder of its own, others do not.
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

// Macros of libpq that Swift does not import.
static const int shim_diagnostic_state = PG_DIAG_SQLSTATE;
static const int shim_diagnostic_message = PG_DIAG_MESSAGE_PRIMARY;

static inline void shim_ignore_notice(void *context, const char *message) {
    (void)context;
    (void)message;
}

// Notices would be written to the standard error of the program.
static inline void shim_ignore_notices(PGconn *connection) {
    PQsetNoticeProcessor(connection, shim_ignore_notice, NULL);
}
