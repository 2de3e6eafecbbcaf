import Glibc

/// How many files and connections the process may have open.
package enum DescriptorLimit {
    /// Enough for 10,000 peers and as many who only hold the line; more would let a flood of
    /// callers take memory instead.
    private static let wanted: rlim_t = 65_536

    /// Raises the limit as far as the system lets it, up to what a broker can use.
    ///
    /// A server that has no descriptor left takes nobody, and libzmq spins until it has one; shells
    /// and service managers start programs with 1,024.
    package static func raise() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            limit.rlim_cur < wanted
        else { return }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        // What is refused leaves the limit as it was, which is no worse than not to ask.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
