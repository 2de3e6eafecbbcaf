import Foundation
import Glibc
import WirecopyProgram

/// Broker and workers in two network namespaces of the kernel; the cable between them is pulled for
/// 1 to 60 seconds, or one side loses its way to the other.
enum CableFault {
    private static let ip = "/usr/sbin/ip"
    private static let brokerAddress = "10.203.78.1"
    private static let workerAddress = "10.203.78.2"

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let lengths = plan.isShort ? [2, 8] : [1, 3, 8, 15, 30, 45, 60]
        let perRound = plan.isShort ? 30 : 200
        let pages = lengths.count * perRound
        try plan.withRig(&result, pages: pages) { rig, result in
            let cable = try Cable()
            defer { cable.remove() }
            let endpoint = "tcp://\(brokerAddress):\(rig.brokerPort)"
            try start(rig, cable, endpoint)
            for (round, seconds) in lengths.enumerated() {
                let numbers = round * perRound..<(round + 1) * perRound
                let folder = "\(rig.folder)/pages-\(round)"
                try write(numbers, to: folder)
                let adding = try run(rig, cable.broker, "wirecopy", ["add", folder], endpoint)
                try rig.finish(adding)
                rig.progresses(by: 2, within: 60)
                // Odd rounds lose one direction only: the link is half open.
                let isHalf = !round.isMultiple(of: 2)
                if isHalf { cable.loseWay() } else { cable.pull() }
                Wait.pass(Double(seconds))
                if isHalf { cable.findWay() } else { cable.plug() }
                result.count(isHalf ? "half_open" : "pulled")
                let goal = (round + 1) * perRound
                let isDone = Wait.until(within: 180) { rig.handled >= goal }
                result.expect(isDone, "\(rig.handled) of \(goal) pages came through.")
            }
            try rig.stopAll()
        }
    }

    private static func start(_ rig: Rig, _ cable: Cable, _ endpoint: String) throws {
        let broker = try run(rig, cable.broker, "wirecopy-broker", [], nil, listen: endpoint)
        rig.adopt(broker: broker)
        let directory = DataDirectory(path: rig.data)
        guard Wait.until(within: 60, { BrokerAddress(in: directory) != nil }) else {
            throw ProgramFailure(.unavailable, "The broker did not start: \(broker.words)")
        }
        for kind in WorkerKind.allCases {
            let worker = try run(rig, cable.workers, kind.program, kind.arguments, endpoint)
            rig.adopt(worker, as: kind)
        }
    }

    private static func run(
        _ rig: Rig,
        _ namespace: String,
        _ program: String,
        _ arguments: [String],
        _ broker: String?,
        listen: String? = nil
    ) throws -> RigProgram {
        let at = broker.map { ["--broker", $0] } ?? ["--listen", listen ?? ""]
        let path = "\(Rig.programs)/\(program)"
        let all = ["netns", "exec", namespace, path] + arguments + at
        return try rig.start(ip, all, environment: ["WIRECOPY_ALLOW_PLAINTEXT": "yes"])
    }

    private static func write(_ numbers: Range<Int>, to folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for number in numbers {
            let url = URL(filePath: "\(folder)/\(number).html")
            try Data(PageSite.html(number).utf8).write(to: url)
        }
    }

    /// Two namespaces with a cable.
    private struct Cable {
        let broker = "wcf\(getpid())b"
        let workers = "wcf\(getpid())w"

        init() throws {
            let isMade = [
                ["netns", "add", broker], ["netns", "add", workers],
                ["-netns", broker, "link", "set", "lo", "up"],
                ["-netns", workers, "link", "set", "lo", "up"],
                [
                    "-netns", broker, "link", "add", broker, "type", "veth", "peer", "name",
                    workers, "netns", workers,
                ],
                ["-netns", broker, "address", "add", "\(brokerAddress)/30", "dev", broker],
                ["-netns", workers, "address", "add", "\(workerAddress)/30", "dev", workers],
                ["-netns", broker, "link", "set", broker, "up"],
                ["-netns", workers, "link", "set", workers, "up"],
            ].allSatisfy { Self.configure($0) }
            guard isMade else {
                remove()
                throw FaultSkipped("Network namespaces need root and iproute2.")
            }
        }

        func pull() { _ = Self.configure(["-netns", broker, "link", "set", broker, "down"]) }
        func plug() { _ = Self.configure(["-netns", broker, "link", "set", broker, "up"]) }

        /// What the workers send is thrown away; what the broker sends arrives.
        func loseWay() {
            let route = ["route", "add", "blackhole", "\(brokerAddress)/32"]
            _ = Self.configure(["-netns", workers] + route)
        }

        func findWay() {
            let route = ["route", "del", "blackhole", "\(brokerAddress)/32"]
            _ = Self.configure(["-netns", workers] + route)
        }

        func remove() {
            for name in [broker, workers] { _ = Self.configure(["netns", "delete", name]) }
        }

        private static func configure(_ arguments: [String]) -> Bool {
            Tool.succeeds(ip, arguments)
        }
    }
}
