#pragma once
#include <sqlite3.h>

/// sqlite3_config is variadic, which Swift does not call.
static inline int sqlite_forgo_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// The same; statements keep so many bytes of what they may have to undo in memory, not in a file.
static inline int sqlite_keep_statement_journals_in_memory(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

/// sqlite3_db_config is variadic, which Swift does not call.
static inline int sqlite_keep_log_when_closed(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Syncs a file of a connection through the descriptor that SQLite has.
static inline int sqlite_sync_file(sqlite3 *connection, int pointer) {
    sqlite3_file *file = 0;
    int code = sqlite3_file_control(connection, "main", pointer, &file);
    if (code != SQLITE_OK) return code;
    if (file == 0 || file->pMethods == 0) return SQLITE_ERROR;
    return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

/// Syncs the database's file. Closing a descriptor of one's own would drop the locks that this
/// process holds on the file.
static inline int sqlite_sync_database(sqlite3 *connection) {
    return sqlite_sync_file(connection, SQLITE_FCNTL_FILE_POINTER);
}

/// Syncs the write-ahead log; SQLITE_ERROR when the connection has not opened it yet.
static inline int sqlite_sync_log(sqlite3 *connection) {
    return sqlite_sync_file(connection, SQLITE_FCNTL_JOURNAL_POINTER);
}
