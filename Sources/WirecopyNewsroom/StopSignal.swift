import Glibc

/// SIGINT and SIGTERM as something to wait for.
package enum StopSignal {
    /// Keeps the signals from ending the program; call it before any thread is started.
    package static func hold() {
        var signals = set()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Returns when one of the held signals has come.
    package static func wait() {
        var signals = set()
        var number: Int32 = 0
        _ = unsafe sigwait(&signals, &number)
    }

    private static func set() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        return signals
    }
}
