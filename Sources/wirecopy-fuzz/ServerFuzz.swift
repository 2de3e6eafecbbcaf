import Foundation
import HTTPServer
import WirecopyProgram

/// Sends the cases of `http-request` to a server of metrics and health that runs, each over a
/// connection of its own: in pieces, some slowly, some by clients that leave at once.
///
/// Must be true: the server answers what the reader reads, in order, and nothing else, and closes;
/// also while connections that say nothing hang on it.
struct ServerFuzz {
    /// One case in so many sends its pieces with pauses.
    private static let slowOnceIn = 64
    private static let pauseMicroseconds: UInt32 = 2000
    /// One client in so many leaves without reading.
    private static let rudeOnceIn = 32
    /// Cases that may fail before the run is given up.
    private static let contradictionsMax = 20

    /// Where the server listens, on 127.0.0.1.
    let port: UInt16
    /// Which cases, and where to those go that fail.
    let cases: FuzzCases
    /// Connections that say nothing all the while.
    var idle = 0

    /// What became of it; printed as one JSON line.
    struct Report: Encodable {
        var fuzz = "http-request-to-server"
        var seed: UInt64
        var cases = 0
        var answered = 0
        var refused = 0
        var unavailable = 0
        var idle = 0
        var idleClosed = 0
        var contradictions = 0
        var slowestMilliseconds = 0
        var seconds = 0.0

        /// The report on one line.
        func line() throws -> String {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// Sends cases until they are all sent.
    ///
    /// - Throws: `ProgramFailure` when the server is gone, or a finding cannot be written.
    func run(_ numbers: Range<Int>) throws(ProgramFailure) -> Report {
        var report = Report(seed: cases.seed)
        let start = ContinuousClock.now
        var silent: [RawClient] = []
        for _ in 0..<idle { silent.append(try RawClient(port: port)) }
        report.idle = silent.count
        for number in numbers where report.contradictions < Self.contradictionsMax {
            let input = cases.input(number)
            let begun = ContinuousClock.now
            do throws(FuzzFinding) {
                try send(number, input, &report)
            } catch {
                report.contradictions += 1
                try cases.write(number, input, error.sentence)
            }
            report.cases += 1
            let milliseconds = Int((ContinuousClock.now - begun) / .milliseconds(1))
            report.slowestMilliseconds = max(report.slowestMilliseconds, milliseconds)
        }
        report.idleClosed = silent.count(where: \.isClosed)
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private func send(
        _ number: Int,
        _ input: FuzzInput,
        _ report: inout Report
    ) throws(FuzzFinding) {
        let client: RawClient
        do { client = try RawClient(port: port) } catch { throw FuzzFinding(error.message) }
        let isSlow = number % Self.slowOnceIn == 0
        for piece in input.frames {
            guard client.send(piece) else { break }
            if isSlow { usleep(Self.pauseMicroseconds) }
        }
        if number % Self.rudeOnceIn == 1 { return }
        client.finish()
        guard let bytes = client.readToEnd() else {
            throw FuzzFinding("The server does not end a connection whose client has.")
        }
        let expected = Self.expected(try HTTPRequestTarget().read(input.frames))
        guard let statuses = Self.statuses(of: bytes, to: expected.map(\.method)) else {
            throw FuzzFinding("The server sends what is no answer.")
        }
        let isRight =
            statuses.count == expected.count
            && zip(statuses, expected).allSatisfy { $1.statuses.contains($0) }
        guard isRight else {
            throw FuzzFinding("The server answers \(statuses) instead of \(expected).")
        }
        report.answered += statuses.count
        report.refused += expected.count { $0.method == nil }
        report.unavailable += statuses.count { $0 == 503 }
    }

    /// What a server of metrics and health answers to a request; the method of what is none is
    /// `nil`.
    private typealias Expected = (method: String?, statuses: [Int])

    private static func expected(_ steps: [HTTPRequestReader.Step]) -> [Expected] {
        var all: [Expected] = []
        for step in steps {
            switch step {
            case .needsMore: continue
            case .malformed(let status): return all + [(nil, [status])]
            case .request(let request):
                all.append((request.method, statuses(of: request)))
                if !request.keepsAlive { return all }
            }
        }
        return all
    }

    private static func statuses(of request: HTTPRequest) -> [Int] {
        guard ["GET", "HEAD"].contains(request.method) else { return [405] }
        // A program that is busy or stops says 503, as it should.
        return ["/metrics", "/healthz", "/readyz"].contains(request.path) ? [200, 503] : [404]
    }

    /// The statuses of answers one after the other; `nil` when the bytes are anything else.
    private static func statuses(of bytes: [UInt8], to methods: [String?]) -> [Int]? {
        var rest = bytes[...]
        var all: [Int] = []
        while !rest.isEmpty {
            guard let end = rest.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) else { return nil }
            let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            let lines = head.components(separatedBy: "\r\n")
            let words = lines[0].split(separator: " ")
            let prefix = "Content-Length: "
            let length = lines.first { $0.hasPrefix(prefix) }.flatMap {
                Int($0.dropFirst(prefix.count))
            }
            guard words.count > 2, words[0] == "HTTP/1.1", let status = Int(words[1]), let length
            else { return nil }
            let isHead = all.count < methods.count && methods[all.count] == "HEAD"
            rest = rest[end.upperBound...]
            guard isHead || length <= rest.count else { return nil }
            if !isHead { rest = rest.dropFirst(length) }
            all.append(status)
        }
        return all
    }
}
