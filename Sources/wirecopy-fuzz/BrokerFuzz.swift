import Foundation
import WirecopyMessages
import WirecopyProgram
import ZeroMQ

/// Says damaged commands to a broker that runs, as fast as it answers.
struct BrokerFuzz {
    /// Cases of one connection; the next says HELLO anew, or does not.
    private static let casesPerConnection = 500
    /// A broker that does not answer for so long is gone.
    private static let patienceSeconds = 30.0
    private static let limit = Socket.ReceiveLimit(frames: 10_000, bytes: 1 << 30)

    /// The broker.
    let endpoint: String
    /// Which cases.
    let seed: UInt64

    /// What became of it; printed as one JSON line.
    struct Report: Encodable {
        var fuzz = "frames-to-broker"
        var seed: UInt64
        var cases = 0
        var connections = 0
        var answered = 0
        var refusedByBroker = 0
        var isAlive = true
        var seconds = 0.0

        /// The report on one line.
        func line() throws -> String {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// Sends cases until they are all sent or the broker is gone.
    func run(_ numbers: Range<Int>) throws -> Report {
        var report = Report(seed: seed)
        let start = ContinuousClock.now
        let context = try Context()
        var number = numbers.lowerBound
        while number < numbers.upperBound, report.isAlive {
            let end = min(number + Self.casesPerConnection, numbers.upperBound)
            report.isAlive = try sendOverOneConnection(number..<end, context, &report)
            number = end
        }
        context.terminate()
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    /// Says cases and then a greeting in order, which must be answered; false when it is not.
    private func sendOverOneConnection(
        _ numbers: Range<Int>,
        _ context: Context,
        _ report: inout Report
    ) throws -> Bool {
        var options = SocketOptions()
        options.linger = .zero
        options.sendLimit = 0
        let socket = try Socket(.dealer, in: context, options: options)
        defer { socket.close() }
        try socket.connect(endpoint)
        report.connections += 1
        // Every other connection is greeted, or most verbs would be refused for that alone.
        if report.connections.isMultiple(of: 2) { try greet(socket, "fuzz/\(numbers.lowerBound)") }
        let target = FramesTarget(isForBroker: true)
        for number in numbers {
            var generator = SeededGenerator(seed: seed, case: number)
            let frames = target.input(using: &generator).frames
            guard !frames.isEmpty else { continue }
            _ = try socket.send(frames)
            report.cases += 1
        }
        let last = QueueCommand.admin(
            request: 77_777_777,
            operation: "ledger",
            arguments: Array("{}".utf8)
        )
        try greet(socket, "fuzz/end-\(numbers.lowerBound)")
        _ = try socket.send(last.frames)
        return try hearEnd(socket, &report)
    }

    private func greet(_ socket: Socket, _ peer: String) throws {
        _ = try socket.send(QueueCommand.hello(.init(peer: peer)).frames)
    }

    /// Counts replies until the last question is answered, one way or the other.
    private func hearEnd(_ socket: Socket, _ report: inout Report) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(Self.patienceSeconds)
        while ContinuousClock.now < deadline {
            guard case .message(let frames) = try socket.receive(Self.limit) else {
                usleep(500)
                continue
            }
            report.answered += 1
            switch try BrokerReply(frames: frames) {
            case .refuse: report.refusedByBroker += 1
            case .adminReply(request: 77_777_777, _, _): return true
            default: continue
            }
        }
        return false
    }
}
