import Foundation
import Glibc
import WirecopyProgram

/// Runs cases in a child process, so that a case which traps or hangs costs itself only.
struct FuzzRun {
    /// A run of a day; more would be a slip of the keyboard.
    static let countMax = 1_000_000_000
    /// Cases that may crash or hang before the run is given up; one fault can hit often.
    private static let lossesMax = 20
    /// A case takes microseconds, a large page a second; one that costs so much CPU time hangs. On
    /// a machine with other work the clock says little.
    private static let hangCPUSeconds = 20.0
    /// One at which the child stays so long waits for something that never comes.
    private static let hangSeconds = 600.0

    /// The cases.
    let cases: FuzzCases
    /// Number of the first.
    let first: Int
    /// How many.
    let count: Int

    /// What became of a run; printed as one JSON line.
    struct Report: Encodable {
        let fuzz: String
        let seed: UInt64
        var cases = 0
        var accepted = 0
        var refused = 0
        var crashes = 0
        var hangs = 0
        var contradictions = 0
        var seconds = 0.0

        /// Whether no case failed.
        var isClean: Bool { crashes + hangs + contradictions == 0 }

        /// The report on one line.
        func line() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// Runs all cases.
    func run() throws -> Report {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-fuzz-\(getpid())").path
        let progress = try FuzzProgress(path: file)
        defer { _ = unsafe unlink(file) }
        var report = Report(fuzz: cases.name.rawValue, seed: cases.seed)
        let start = ContinuousClock.now
        var next = first
        let end = first + count
        while next < end, report.crashes + report.hangs < Self.lossesMax {
            let ending = try runChild(next, end - next, progress, file)
            next = progress.current
            guard ending != .finished else { break }
            try cases.write(next, cases.input(next), "The process ended: \(ending).")
            if ending == .hung { report.hangs += 1 } else { report.crashes += 1 }
            next += 1
        }
        report.cases = next - first
        (report.accepted, report.refused) = (progress.accepted, progress.refused)
        report.contradictions = progress.contradictions
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private enum Ending: Equatable {
        case finished, hung
        case status(Int32)
        case signal(Int32)
    }

    private func runChild(
        _ next: Int,
        _ count: Int,
        _ progress: FuzzProgress,
        _ file: String
    ) throws -> Ending {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = [
            cases.name.rawValue, "--seed", "\(cases.seed)", "--first", "\(next)",
            "--count", "\(count)", "--findings", cases.findings, "--progress", file,
        ]
        // A trap would otherwise be described for seconds, with symbols that nobody reads here.
        child.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        progress.begin(next)
        try child.run()
        guard wait(for: child, progress) else { return .hung }
        if child.terminationReason == .uncaughtSignal { return .signal(child.terminationStatus) }
        return child.terminationStatus == 0 ? .finished : .status(child.terminationStatus)
    }

    /// Waits for the end; false when the child stayed at one case and was killed.
    private func wait(for child: Process, _ progress: FuzzProgress) -> Bool {
        let clock = Self.clock(of: child)
        var number = progress.current
        var (start, startCPU) = (ContinuousClock.now, Self.seconds(on: clock))
        while child.isRunning {
            usleep(20_000)
            if progress.current != number {
                number = progress.current
                (start, startCPU) = (ContinuousClock.now, Self.seconds(on: clock))
            }
            guard
                Self.seconds(on: clock) - startCPU > Self.hangCPUSeconds
                    || ContinuousClock.now - start > .seconds(Self.hangSeconds)
            else { continue }
            kill(child.processIdentifier, SIGKILL)
            child.waitUntilExit()
            return false
        }
        return true
    }

    /// The clock of a child's CPU time; that of this process, which hardly moves, without one.
    private static func clock(of child: Process) -> clockid_t {
        var clock = CLOCK_PROCESS_CPUTIME_ID
        unsafe clock_getcpuclockid(child.processIdentifier, &clock)
        return clock
    }

    private static func seconds(on clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
