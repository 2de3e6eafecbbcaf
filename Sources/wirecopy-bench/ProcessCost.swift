import Foundation
import Glibc

/// What this process has cost so far.
enum ProcessCost {
    /// CPU seconds of all threads: on a machine that is shared they say more than the clock.
    static var cpuSeconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// CPU seconds that some work takes.
    static func cpuSeconds(of work: () throws -> Void) rethrows -> Double {
        let start = cpuSeconds
        try work()
        return cpuSeconds - start
    }

    /// Bytes that lie in memory now; nil where the system does not tell.
    static var residentBytes: Int? { bytes("VmRSS:") }

    /// The most bytes that ever lay in memory since the start, or since `forgetResidentBytesMax`;
    /// nil where the system does not tell.
    static var residentBytesMax: Int? { bytes("VmHWM:") }

    /// Lets `residentBytesMax` begin anew at what lies in memory now; false where the system cannot
    /// (proc(5), `/proc/pid/clear_refs`).
    static func forgetResidentBytesMax() -> Bool {
        (try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))) != nil
    }

    private static func bytes(_ key: String) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
        else { return nil }
        return Int(kilobytes).map { $0 * 1024 }
    }
}
