import Foundation
import Glibc
import PostgreSQL
import SplitMix
import WirecopyProgram

/// A PostgreSQL server that dies and comes back while two storage workers write to it.
enum ServerFault {
    /// Longest wait for progress before the next restart.
    private static let patienceSeconds = 20.0

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let environment = ProcessInfo.processInfo.environment
        guard let server = environment["WIRECOPY_TEST_POSTGRESQL"],
            let restart = environment["WIRECOPY_TEST_POSTGRESQL_RESTART"]
        else {
            throw FaultSkipped(
                "WIRECOPY_TEST_POSTGRESQL names no server that may be restarted; "
                    + "scripts/with-postgresql starts one."
            )
        }
        let pages = plan.pages(short: 300, long: 5000)
        let restarts = plan.isShort ? 3 : 20
        let database = try ServerDatabase(on: server)
        defer { database.remove() }
        try plan.withRig(&result, pages: pages) { rig, result in
            rig.storeAddress = database.address
            var generator = plan.generator
            try rig.startBroker()
            try rig.startWorkers()
            let others = [try rig.startWorker(.storage)]
            let storages = others + (rig.workers[.storage] ?? [])
            let adding = try rig.add(0..<pages)
            for _ in 0..<restarts {
                let count = Int.random(in: 1...(pages / restarts), using: &generator)
                rig.progresses(by: count, within: patienceSeconds)
                // Not by Foundation, which takes a process for running as long as the server that
                // it started has its files open.
                let status = unsafe system(restart)
                result.expect(status == 0, "The server was not restarted: status \(status).")
                result.count("restarts")
            }
            try rig.finish(adding)
            try rig.settle(pages, within: 600)
            let words = storages.map(\.words).joined()
            result.expect(
                words.contains("its PostgreSQL server"),
                "No storage worker said that its server was away."
            )
            result.expect(
                storages.allSatisfy(\.isRunning),
                "A storage worker ended because its server was away."
            )
        }
    }
}

/// A database of a server for one installation.
private struct ServerDatabase {
    let address: String
    private let server: ServerAddress
    private let name: String

    init(on server: String) throws {
        self.server = try ServerAddress(server)
        name = "wirecopy_faults_\(UUID().uuidString.prefix(8).lowercased())"
        address = self.server.database(name).description
        try Connection(self.server, program: "wirecopy-faults")
            .script("CREATE DATABASE \(name) ENCODING 'UTF8' TEMPLATE template0")
    }

    /// Removes it; a server that is gone takes it along.
    func remove() {
        let connection = try? Connection(server, program: "wirecopy-faults")
        try? connection?.script("DROP DATABASE \(name) WITH (FORCE)")
    }
}
