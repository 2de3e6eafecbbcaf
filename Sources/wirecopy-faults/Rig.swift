import Foundation
import Glibc
import WirecopyMessages
import WirecopyProgram

/// One installation under test: a site with pages, a broker and workers, all on this machine.
///
/// The rig starts programs again itself, so that a fault can be given to each start. Owned and used
/// by one thread.
final class Rig {
    /// How long a broker may take until it listens, on a machine that builds at the same time.
    private static let startSeconds = 60.0
    /// How long a program may take to stop.
    private static let stopSeconds = 60.0

    /// Everything of the installation.
    let folder: String
    /// The site; its pages are those that must come out in the end.
    let site: PageSite
    /// Port of the broker on 127.0.0.1; it stays the same over restarts.
    let brokerPort: UInt16
    /// How the broker was started last.
    private(set) var broker: RigProgram?
    /// Workers that were started and not replaced.
    private(set) var workers: [WorkerKind: [RigProgram]] = [:]
    /// Programs that ended as no program may.
    private(set) var crashes: [String] = []

    /// Makes folders and serves pages; starts no program.
    init(
        folder parent: String,
        name: String,
        pages: Int,
        _ page: @escaping @Sendable (Int) -> String = PageSite.html
    ) throws {
        folder = "\(parent)/wirecopy-faults-\(name)-\(getpid())-\(UUID().uuidString.prefix(4))"
        site = try PageSite(pages: pages, page)
        brokerPort = try PageSite.freePort()
        for path in [data, logs] {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }
    }

    /// The data folder of the installation.
    var data: String { folder + "/data" }
    /// The folder of the journal.
    var queue: String { data + "/queue" }
    /// Connection string of the database of articles; `nil` for a file in the data folder.
    var storeAddress: String?
    /// The database of articles.
    var store: String { storeAddress ?? data + "/store.sqlite" }
    /// Where the broker listens.
    var endpoint: String { "tcp://127.0.0.1:\(brokerPort)" }
    private var logs: String { folder + "/logs" }

    // MARK: Programs

    /// Starts a program of ours with its output in the logs.
    func start(
        _ name: String,
        _ arguments: [String],
        environment more: [String: String] = [:]
    ) throws -> RigProgram {
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("WIRECOPY_") && !$0.key.hasPrefix("FAULT_")
        }
        environment["WIRECOPY_DATA"] = data
        environment["WIRECOPY_STORE"] = storeAddress
        environment.merge(more) { $1 }
        let path = name.hasPrefix("/") ? name : "\(Self.programs)/\(name)"
        return try RigProgram(path, arguments, environment: environment, logs: logs)
    }

    /// Starts the broker and waits until it listens.
    ///
    /// - Throws: `ProgramFailure` with its last words when it ends instead.
    func startBroker(
        _ more: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        let arguments = ["--listen", endpoint] + more
        let program = try start("wirecopy-broker", arguments, environment: environment)
        broker = program
        let directory = DataDirectory(path: data)
        let isUp = Wait.until(within: Self.startSeconds) {
            BrokerAddress(in: directory)?.pid == program.pid || !program.isRunning
        }
        guard isUp, program.isRunning else {
            program.kill()
            let words = program.end(within: 5)?.lastWords ?? ""
            throw ProgramFailure(.unavailable, "The broker did not start: \(words)")
        }
    }

    /// Starts one worker of each kind.
    func startWorkers(broker endpoint: String? = nil) throws {
        for kind in WorkerKind.allCases { try startWorker(kind, broker: endpoint) }
    }

    /// Starts one worker more.
    @discardableResult
    func startWorker(
        _ kind: WorkerKind,
        broker named: String? = nil,
        environment: [String: String] = [:]
    ) throws -> RigProgram {
        let arguments = ["--broker", named ?? endpoint] + kind.arguments
        let program = try start(kind.program, arguments, environment: environment)
        workers[kind, default: []].append(program)
        return program
    }

    /// Counts a program among the workers of a kind.
    func adopt(_ program: RigProgram, as kind: WorkerKind) {
        workers[kind, default: []].append(program)
    }

    /// Takes a broker that was started otherwise.
    func adopt(broker program: RigProgram) { broker = program }

    /// Forgets workers of a kind that have ended and were noted.
    func forgetEnded(_ kind: WorkerKind) { workers[kind]?.removeAll { !$0.isRunning } }

    /// Starts all workers of a kind again that have ended, and counts those that crashed.
    func restartWorkers(_ kind: WorkerKind, expecting signal: Int32 = SIGKILL) throws {
        let ended = workers[kind, default: []].filter { !$0.isRunning }
        workers[kind]?.removeAll { !$0.isRunning }
        for program in ended {
            note(program, expecting: -signal)
            try startWorker(kind)
        }
    }

    /// Starts workers again that ended because the broker did not understand them, as a supervisor
    /// does; how many.
    func supervise(broker endpoint: String) throws -> Int {
        var count = 0
        for kind in WorkerKind.allCases {
            for program in workers[kind, default: []] where !program.isRunning {
                note(program, expecting: ExitStatus.unavailable.rawValue)
                try startWorker(kind, broker: endpoint)
                count += 1
            }
            forgetEnded(kind)
        }
        return count
    }

    /// Notes how a program ended; anything but a graceful end or what was done to it is a crash.
    func note(_ program: RigProgram, expecting status: Int32? = nil) {
        guard let end = program.end(within: Self.stopSeconds) else {
            crashes.append("\(program.name) did not end within \(Self.stopSeconds) s.")
            program.kill()
            return
        }
        guard end.status != 0, end.status != status || end.isCrash else { return }
        crashes.append("\(program.name) ended with \(end.status): \(end.lastWords)")
    }

    /// Stops workers, then the broker, gracefully, and counts those that did not end well.
    func stopAll() throws {
        let all = workers.values.flatMap { $0 }
        for program in all {
            program.thaw()
            program.terminate()
        }
        for program in all { note(program) }
        workers = [:]
        stopBroker()
    }

    /// Stops the broker gracefully.
    func stopBroker() {
        guard let broker else { return }
        broker.thaw()
        broker.terminate()
        note(broker)
        self.broker = nil
    }

    /// Ends everything at once and the site with it; does nothing when all has ended.
    func endAll() {
        for program in workers.values.flatMap({ $0 }) + [broker].compactMap({ $0 }) {
            program.kill()
        }
        site.stop()
    }

    /// Removes everything of the installation.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The folder of this program, in which the others lie.
    static var programs: String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    }
}

/// The worker programs.
enum WorkerKind: String, CaseIterable {
    case fetcher, parser, extractor = "entity-extractor", storage

    /// Name of the program.
    var program: String { "wirecopy-\(rawValue)" }

    /// What it needs to be told beside the broker.
    var arguments: [String] { self == .fetcher ? ["--allow-private-addresses"] : [] }
}
