#pragma once
#include <sqlite3.h>

/// sqlite3_config is variadic, which Swift does not call.
static inline int sqlite_forgo_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
