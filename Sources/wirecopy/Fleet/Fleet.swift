import Foundation
import Logging
import WirecopyProgram

/// Starts and supervises a broker and workers on this machine, and stops them in the right order.
///
/// A worker or broker that ends unasked is started again after a growing pause. Workers are stopped
/// before the broker, so that what they finish is still acknowledged.
actor Fleet {
    /// How long a program may take to finish what it has begun.
    static let grace = Duration.seconds(20)
    /// How long a broker may take until it listens: long enough to recover a large journal.
    static let brokerStartMax = Duration.seconds(60)

    /// How long the web page may take until it is served; it opens nothing before.
    static let pageStartMax = Duration.seconds(5)

    private let directory: DataDirectory
    private let plan: FleetPlan
    private let logger: Logger
    private var broker: ProgramProcess?
    private var workers: [ProgramProcess] = []
    private var supervisors: [Task<Void, Never>] = []
    private var isStopping = false

    /// Prepares a fleet; nothing is started yet.
    init(directory: DataDirectory, plan: FleetPlan, logger: Logger) {
        self.directory = directory
        self.plan = plan
        self.logger = logger
    }

    /// Starts the broker, waits until it listens, starts the workers.
    ///
    /// - Parameter listen: endpoint to bind; a port `*` takes a free one.
    /// - Returns: the endpoints at which the broker listens.
    /// - Throws: `ProgramFailure` when the folder cannot be made or a program cannot be started.
    func start(listen: String) async throws(ProgramFailure) -> BrokerAddress {
        try directory.create()
        BrokerAddress.remove(in: directory)
        if plan.pageAddress != nil { WebAddress.remove(in: directory) }
        let address = try await startBroker(["--listen", listen])
        supervisors.append(superviseBroker(address))
        for worker in plan.workers(endpoint: address.endpoint, directory: directory) {
            supervisors.append(try supervise(worker))
        }
        for page in plan.page(directory: directory) { supervisors.append(try supervise(page)) }
        return address
    }

    /// Waits until the web page is served.
    ///
    /// - Returns: its address; `nil` when it was not served in time.
    func pageAddress() async -> String? {
        let deadline = ContinuousClock.now + Self.pageStartMax
        while ContinuousClock.now < deadline {
            if let address = WebAddress.text(in: directory) { return address }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// Stops workers, then the broker; returns when all have ended.
    func stop() async {
        isStopping = true
        await stopAll(workers)
        if let broker { await stopAll([broker]) }
        for supervisor in supervisors { supervisor.cancel() }
    }

    // MARK: Broker

    private func startBroker(
        _ endpoints: [String]
    ) async throws(ProgramFailure) -> BrokerAddress {
        let log = URL(filePath: "\(directory.logs)/wirecopy-broker.log")
        let process = try ProgramProcess(
            "wirecopy-broker",
            arguments: ["--data", directory.path] + endpoints,
            log: log
        )
        broker = process
        let deadline = ContinuousClock.now + Self.brokerStartMax
        while process.isRunning, ContinuousClock.now < deadline {
            if let address = BrokerAddress(in: directory), address.pid == process.pid {
                return address
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        process.kill()
        let end = await process.end()
        throw ProgramFailure(
            end.isSignal ? .unavailable : ExitStatus(rawValue: end.status) ?? .unavailable,
            "The broker did not start. \(Self.lastLine(of: log)) Its log is \(log.path)."
        )
    }

    private func superviseBroker(_ address: BrokerAddress) -> Task<Void, Never> {
        // The ports that it got the first time: workers know no others.
        let listen = ["--listen", address.encryptedEndpoint ?? address.endpoint]
        let local = address.encryptedEndpoint == nil ? [] : ["--local", address.endpoint]
        return Task {
            var pause = RestartPause()
            while let process = broker, !isStopping {
                let end = await process.end()
                guard !isStopping else { return }
                report(process, end)
                try? await Task.sleep(for: pause.next(after: process.startedAt))
                guard !isStopping else { return }
                do throws(ProgramFailure) {
                    _ = try await startBroker(listen + local)
                } catch {
                    logger.error(
                        "The broker cannot be started again.",
                        metadata: ["cause": "\(error.message)"]
                    )
                }
            }
        }
    }

    // MARK: Workers

    private func supervise(_ plan: WorkerPlan) throws(ProgramFailure) -> Task<Void, Never> {
        let first = try launch(plan)
        return Task {
            var process = first
            var pause = RestartPause()
            while !isStopping {
                let end = await process.end()
                guard !isStopping else { return }
                report(process, end)
                try? await Task.sleep(for: pause.next(after: process.startedAt))
                guard !isStopping else { return }
                do throws(ProgramFailure) {
                    process = try launch(plan)
                } catch {
                    logger.error(
                        "A worker cannot be started again.",
                        metadata: ["cause": "\(error.message)"]
                    )
                    return
                }
            }
        }
    }

    private func launch(_ plan: WorkerPlan) throws(ProgramFailure) -> ProgramProcess {
        let log = plan.log(in: directory)
        let process = try ProgramProcess(plan.program, arguments: plan.arguments, log: log)
        workers.removeAll { !$0.isRunning }
        workers.append(process)
        return process
    }

    private func report(_ process: ProgramProcess, _ end: ProgramProcess.End) {
        logger.warning(
            "A program ended unasked and is started again.",
            metadata: [
                "program": "\(process.name)", "pid": "\(process.pid)",
                end.isSignal ? "signal" : "status": "\(end.status)",
            ]
        )
    }

    private func stopAll(_ processes: [ProgramProcess]) async {
        for process in processes where process.isRunning { process.stop() }
        let deadline = ContinuousClock.now + Self.grace
        while processes.contains(where: \.isRunning), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(10))
        }
        for process in processes where process.isRunning {
            logger.warning(
                "A program did not stop in time and is ended.",
                metadata: ["program": "\(process.name)", "grace.s": "\(Self.grace)"]
            )
            process.kill()
        }
    }

    /// The last thing that a program said in its log.
    static func lastLine(of log: URL) -> String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map { "It said: \($0)" } ?? ""
    }
}

/// The pause before a program is started again: doubles from 100 ms to 2 s while it keeps ending
/// within 10 s, so that a program that cannot run does not occupy the machine.
struct RestartPause {
    private var milliseconds = 100

    mutating func next(after start: ContinuousClock.Instant) -> Duration {
        if ContinuousClock.now - start > .seconds(10) { milliseconds = 100 }
        defer { milliseconds = min(milliseconds * 2, 2000) }
        return .milliseconds(milliseconds)
    }
}
