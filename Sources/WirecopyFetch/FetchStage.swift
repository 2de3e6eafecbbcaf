import Curl
import Digests
import RobotsFile
import WebArchive
package import WirecopyMessages

/// Stage one: fetches a page and packs it as a record of the web archive.
///
/// Every page that comes back readable goes on; what it says is for the parser to judge.
package struct FetchStage: Stage {
    /// Addresses come in.
    package typealias Input = FetchRequest

    package let name = StageName.fetch
    package let version = "1.0"

    private let visitor: SiteVisitor
    private let polling: PollStep
    private let archive: ExchangeArchive
    private let configuration: FetchConfiguration
    private let mint: MessageMint

    /// Makes the stage; `mint` gives the time and the identities of archive records.
    package init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        mint: MessageMint
    ) {
        visitor = SiteVisitor(transport: transport, configuration: configuration, now: mint.now)
        archive = ExchangeArchive(visitor: visitor, mint: mint)
        polling = PollStep(
            visitor: visitor,
            configuration: configuration,
            archive: archive,
            mint: mint
        )
        self.configuration = configuration
        self.mint = mint
    }

    /// Fetches a page: one `FetchedPage` with its record; an `Outcome` when it holds no text or may
    /// not be fetched; or the request again, when it leads to another host, whose turn it is to
    /// wait for. Polls a source: its outcome, what it found, and the next poll.
    ///
    /// - Throws: what `FetchFailure` becomes as a `StageFailure`.
    package func process(
        _ input: StageInput<FetchRequest>
    ) async throws(StageFailure) -> [StageOutput] {
        let request = input.payload
        let start = mint.now()
        do throws(FetchFailure) {
            if request.poll != nil { return try await polling.outputs(of: input) }
            let visit = try await visitor.visit(try address(of: request), via: request.via)
            if case .answer(let answer) = visit.end { try check(answer) }
            let records = await archive.attachments(input.attachments, visit)
            switch visit.end {
            case .forbidden(let sentence, let pause):
                let outcome = Outcome(rejected: .robotsForbidden, sentence)
                var output = StageOutput(outcome, attachments: records)
                output.lanePause = pause
                return [output]
            case .elsewhere(let redirection): return [redirection.output(of: request, records)]
            case .answer(let answer):
                return try await outputs(of: answer, asked: request, records)
            }
        } catch {
            throw await visitor.failure(error, of: request.url, since: start)
        }
    }

    private func address(of request: FetchRequest) throws(FetchFailure) -> WebAddress {
        guard let address = WebAddress(request.url) else { throw .urlInvalid(request.url) }
        return address
    }

    private func outputs(
        of answer: FollowedAnswer,
        asked request: FetchRequest,
        _ records: [[UInt8]]
    ) async throws(FetchFailure) -> [StageOutput] {
        var output: StageOutput
        if let outcome = unsupported(answer) {
            if let outputs = polling.outputs(of: answer, request, records) { return outputs }
            output = StageOutput(outcome, attachments: records)
        } else {
            output = try await pack(answer, asked: request, records)
        }
        output.lanePause = answer.pause
        return [output]
    }

    /// Whether an answer has something to read.
    private func check(_ answer: FollowedAnswer) throws(FetchFailure) {
        let status = answer.response.status
        guard !(200...299).contains(status) else {
            guard answer.response.body.isEmpty else { return }
            throw .bodyEmpty(url: answer.finalURL)
        }
        let pause = answer.response.retryAfter(now: mint.now(), limit: configuration.retryAfterMax)
        throw .status(status, url: answer.finalURL, retryAfter: pause)
    }

    /// The outcome of a page of a type that is no text; a page without a type is let through.
    private func unsupported(_ answer: FollowedAnswer) -> Outcome? {
        guard let type = answer.response.header("Content-Type").map(MediaType.init),
            !type.isReadable
        else { return nil }
        return Outcome(
            rejected: .contentTypeUnsupported,
            "\(answer.finalURL) is of type \(type.essence), which is not read: HTML, text, feeds "
                + "and sitemaps are."
        )
    }

    /// Compresses on the shared pool, for a large page takes a tenth of a second.
    @concurrent
    private func pack(
        _ answer: FollowedAnswer,
        asked request: FetchRequest,
        _ records: [[UInt8]]
    ) async throws(FetchFailure) -> StageOutput {
        let response = answer.response
        let now = mint.now()
        let record = PageRecord(
            url: answer.finalURL,
            response: HTTPHead(response),
            body: response.body
        )
        let identity = mint.recordIdentity(at: now)
        let attachment = record.attachment(as: identity)
        guard attachment.count <= MessageLimits.attachmentBytes else {
            throw .pageTooLarge(url: answer.finalURL, bytes: attachment.count)
        }
        var page = FetchedPage(
            url: request.via.first ?? request.url,
            origin: "http",
            fetchedAt: now,
            bodyBytes: response.body.count,
            bodyDigest: Digest.sha256(of: response.body).labelled
        )
        page.finalURL = answer.finalURL
        page.contentType = record.contentType
        page.status = response.status
        page.hints = request.hints
        page.source = request.source
        page.usage = [UsageNote](
            distinct: UsageReader.notes(
                inHeaders: record.httpHead?.fields ?? [],
                for: configuration.productToken
            ) + answer.usage.map(UsageNote.init)
        )
        let companions = companions(of: page, answer, asked: request).attachment(
            beside: identity,
            url: answer.finalURL,
            as: (mint.recordIdentity(at: now), mint.recordIdentity(at: now))
        )
        let beside = (companions ?? []) + records.flatMap { $0 }
        return StageOutput(page, attachments: [attachment] + (beside.isEmpty ? [] : [beside]))
    }

    /// What was asked for the page, and how it was found.
    private func companions(
        of page: FetchedPage,
        _ answer: FollowedAnswer,
        asked request: FetchRequest
    ) -> PageCompanions {
        let milliseconds = answer.response.elapsed / .milliseconds(1)
        return PageCompanions(
            request: PageCompanions.Request(answer.finalURL, answer.asked),
            discovery: Discovery(page).fields
                + [HeaderField("fetchTimeMs", String(Int(milliseconds)))]
        )
    }
}
