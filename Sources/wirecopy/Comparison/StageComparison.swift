import Foundation
import WirecopyEntities
import WirecopyFetch
import WirecopyMessages
import WirecopyParse
import WirecopyProgram
import WirecopyQueue

/// Runs a stage of this program on recorded inputs and compares what it makes with what is
/// recorded; reads the journal and writes nothing.
struct StageComparison: Sendable {
    /// Places that are asked for at a time.
    private static let sliceMax = 512
    /// Messages in memory at a time: one a processor keeps all of them busy.
    private static var width: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    private let stage: StageName
    private let runner: StageRun
    private let reports: JournalReports

    /// Prepares a comparison of `parse` or `extract`.
    ///
    /// - Throws: `ProgramFailure` for other stages: they fetch or store.
    init(stage name: String, reports: JournalReports) throws(ProgramFailure) {
        guard let stage = StageName(rawValue: name), stage == .parse || stage == .extract else {
            throw ProgramFailure(
                .usage,
                "Only parse and extract can be compared: \(name) fetches or stores something."
            )
        }
        self.stage = stage
        self.reports = reports
        runner = try StageRun()
    }

    /// Compares at most `limit` of the selected messages, oldest first.
    func run(
        _ request: ReplayRequest,
        limit: Int
    ) async throws(ProgramFailure) -> ComparisonReport {
        let stop = StopFlag()
        let signals = StopSignals { stop.raise() }
        defer { withExtendedLifetime(signals) {} }
        var tally = ComparisonTally(stage: stage, version: runner.version(of: stage))
        var (after, left) = (0, limit)
        while left > 0, !stop.isRaised {
            let places = try read { () throws(QueueFailure) in
                try reports.replayPositions(
                    request,
                    after: after,
                    limit: min(left, Self.sliceMax)
                )
            }
            guard let last = places.last else { break }
            (after, left) = (last, left - places.count)
            for start in stride(from: 0, to: places.count, by: Self.width) where !stop.isRaised {
                let batch = places[start..<min(places.count, start + Self.width)]
                for result in await results(of: Array(batch)) { tally.add(result) }
            }
            if Terminal.showsProgress {
                Terminal.write("\r\u{1B}[K\(tally.report.pages) compared", to: .standardError)
            }
        }
        if Terminal.showsProgress { Terminal.write("\r\u{1B}[K", to: .standardError) }
        return tally.finished()
    }

    /// What became of one message.
    enum Result: Sendable {
        case compared(Compared)
        case unreadable(String)
    }

    /// Both sides of one page.
    struct Compared: Sendable {
        let url: String
        let site: String
        let recorded: [ComparedField]
        let version: String?
        let computed: [ComparedField]
    }

    private func results(of places: [Int]) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, place) in places.enumerated() {
                group.addTask { (index, await result(at: place)) }
            }
            var results: [(Int, Result)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    @concurrent
    private func result(at place: Int) async -> Result {
        do {
            let input = try reports.message(at: place)
            let output = try reports.output(ofMessageAt: place)
            let recorded = try recorded(output, at: place)
            let computed = await computed(input)
            return .compared(
                Compared(
                    url: input.envelope.subject,
                    site: Site.name(input.envelope, recorded, computed),
                    recorded: recorded.fields,
                    version: output?.envelope.stageVersion,
                    computed: computed.fields
                )
            )
        } catch let failure as QueueFailure {
            return .unreadable(failure.message)
        } catch let failure as JSONFailure {
            return .unreadable(failure.message)
        } catch {
            return .unreadable("The message at place \(place) cannot be compared: \(error).")
        }
    }

    private func recorded(_ output: Message?, at place: Int) throws -> ComparedOutput {
        let letters = try reports.deadLetters(DeadLetterRequest(limit: 1, position: place)).letters
        if let letter = letters.first { return .failed(letter.code) }
        guard let output else { return .nothing }
        return .payload(try StageRun.payload(of: output))
    }

    private func computed(_ input: Message) async -> ComparedOutput {
        do throws(StageFailure) {
            return .payload(try await runner.output(of: input))
        } catch {
            return .failed(error.code.rawValue)
        }
    }

    private func read<Answer>(
        _ query: () throws(QueueFailure) -> Answer
    ) throws(ProgramFailure) -> Answer {
        do {
            return try query()
        } catch {
            let status: ExitStatus = error.code == .requestInvalid ? .usage : .inputOutputError
            throw ProgramFailure(status, error.message)
        }
    }
}

extension ComparisonTally {
    /// Counts what became of one message.
    mutating func add(_ result: StageComparison.Result) {
        switch result {
        case .unreadable(let cause): addUnreadable(cause)
        case .compared(let page):
            add(
                url: page.url,
                host: page.site,
                recorded: page.recorded,
                version: page.version,
                computed: page.computed
            )
        }
    }
}

/// The site to which a page is counted.
private enum Site {
    /// The host of the address; of a saved page the host or the name that it states.
    static func name(
        _ envelope: Envelope,
        _ recorded: ComparedOutput,
        _ computed: ComparedOutput
    ) -> String {
        guard WebAddress(envelope.subject) == nil else { return envelope.lane }
        let articles = [computed.article, recorded.article].compactMap { $0 }
        let addresses = articles.flatMap { [$0.canonicalURL?.value, $0.finalURL] }
        let hosts = addresses.compactMap { $0.flatMap { WebAddress($0)?.host } }
        let names = articles.compactMap { $0.siteName?.value }
        return hosts.first ?? names.first ?? envelope.lane
    }
}
