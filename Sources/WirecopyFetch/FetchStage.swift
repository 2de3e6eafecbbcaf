import Curl
import Digests
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

    private let follower: RedirectFollower
    private let configuration: FetchConfiguration
    private let mint: MessageMint

    /// Makes the stage; `mint` gives the time and the identities of archive records.
    package init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        mint: MessageMint
    ) {
        self.follower = RedirectFollower(transport: transport, configuration: configuration)
        self.configuration = configuration
        self.mint = mint
    }

    /// Fetches the page: one `FetchedPage` with its record, or an `Outcome` when it holds no text.
    ///
    /// - Throws: what `FetchFailure` becomes as a `StageFailure`.
    package func process(
        _ input: StageInput<FetchRequest>
    ) async throws(StageFailure) -> [StageOutput] {
        do throws(FetchFailure) {
            let address = try address(of: input.payload)
            let answer = try await answer(of: address)
            try checkStatus(of: answer)
            guard answer.response.body.count > 0 else { throw .bodyEmpty(url: answer.finalURL) }
            if let outcome = unsupported(answer) { return [StageOutput(outcome)] }
            return [try await pack(answer, asked: input.payload)]
        } catch {
            throw error.stageFailure
        }
    }

    private func address(of request: FetchRequest) throws(FetchFailure) -> WebAddress {
        guard let address = WebAddress(request.url) else { throw .urlInvalid(request.url) }
        return address
    }

    private func answer(of address: WebAddress) async throws(FetchFailure) -> FollowedAnswer {
        do throws(TransportFailure) {
            return try await follower.fetch(address)
        } catch {
            throw .transport(error)
        }
    }

    private func checkStatus(of answer: FollowedAnswer) throws(FetchFailure) {
        let status = answer.response.status
        guard !(200...299).contains(status) else { return }
        let pause = answer.response.header("Retry-After").flatMap {
            RetryAfter.pause($0, now: mint.now(), limit: configuration.retryAfterMax)
        }
        throw .status(status, url: answer.finalURL, retryAfter: pause)
    }

    /// The outcome of a page of a type that is no text; a page without a type is let through.
    private func unsupported(_ answer: FollowedAnswer) -> Outcome? {
        guard let type = answer.response.header("Content-Type").map(MediaType.init),
            !type.isReadable
        else { return nil }
        return Outcome(
            rejected: .contentTypeUnsupported,
            "\(answer.finalURL) is of type \(type.essence); only HTML and text are read."
        )
    }

    /// Compresses on the shared pool, for a large page takes a tenth of a second.
    @concurrent
    private func pack(
        _ answer: FollowedAnswer,
        asked request: FetchRequest
    ) async throws(FetchFailure) -> StageOutput {
        let response = answer.response
        let now = mint.now()
        let record = PageRecord(
            url: answer.finalURL,
            response: HTTPHead(
                status: response.status,
                reason: response.reason,
                fields: response.headers.map { HeaderField($0.name, $0.value) }
            ),
            body: response.body
        )
        let attachment = record.attachment(as: mint.recordIdentity(at: now))
        guard attachment.count <= MessageLimits.attachmentBytes else {
            throw .pageTooLarge(url: answer.finalURL, bytes: attachment.count)
        }
        var page = FetchedPage(
            url: request.url,
            origin: "http",
            fetchedAt: now,
            bodyBytes: response.body.count,
            bodyDigest: Digest.sha256(of: response.body).labelled
        )
        page.finalURL = answer.finalURL
        page.contentType = record.contentType
        page.status = response.status
        return StageOutput(page, attachments: [attachment])
    }
}
