import Curl
import WebArchive
import WirecopyMessages

/// Polls a source: what it names and was not seen before enters as pages of their own, and the
/// next poll waits in the queue until it is due.
///
/// A poll does not fail: a source that does not answer is asked again later, and its health says
/// so. What comes out is one transaction of the queue with the end of this poll, so that no page is
/// missed or entered twice, whenever a program dies.
struct PollStep: Sendable {
    let visitor: SiteVisitor
    let configuration: FetchConfiguration
    let archive: ExchangeArchive
    let mint: MessageMint

    /// Pages that enter with one poll; more follow with the next, which comes soon then. Less than
    /// `MessageLimits.outputsPerMessage`.
    private static let pagesMax = 1000
    /// Sitemaps of an index that are watched: those that changed last.
    private static let sitemapsMax = 20
    /// What a sitemap named when it was read first is archive, unless it is younger than this.
    private static let freshSeconds = 48 * 3600
    private static let statusUnchanged = 304
    private static let statusGone = 410
    private static let accept =
        "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,"
        + "text/xml;q=0.9,*/*;q=0.5"

    /// The outputs of a poll.
    ///
    /// - Throws: when the call was cancelled, so that the queue gives the poll to another worker.
    func outputs(
        of input: StageInput<FetchRequest>
    ) async throws(FetchFailure) -> [StageOutput] {
        let request = input.payload
        let poll = request.poll ?? SourcePoll(isOnce: true)
        guard let address = WebAddress(request.url) else { throw .urlInvalid(request.url) }
        let start = mint.now()
        do throws(FetchFailure) {
            let visit = try await visitor.visit(
                address,
                VisitWish(accept: Self.accept, headers: Self.conditions(poll), isPage: false),
                via: request.via,
                isMoving: poll.isMoving ?? true
            )
            let records = await archive.attachments(input.attachments, visit)
            switch visit.end {
            case .forbidden(let sentence, let pause):
                let end = PollEnd(.failed(sentence, status: nil), records, lanePause: pause)
                return finish(request, poll, end)
            case .elsewhere(let redirection): return [redirection.output(of: request, records)]
            case .answer(let answer):
                return await outputs(of: answer, request, poll, records)
            }
        } catch {
            if case .transport(let failure) = error, failure.code == .cancelled { throw error }
            let failure = await visitor.failure(error, of: request.url, since: start)
            let records = await archive.attachments(input.attachments, nil)
            let answer = PollAnswer.failed(failure.message, status: nil)
            return finish(request, poll, PollEnd(answer, records, lanePause: failure.lanePause))
        }
    }

    /// Reads and packs on the shared pool, for a large sitemap takes a tenth of a second.
    @concurrent
    private func outputs(
        of answer: FollowedAnswer,
        _ request: FetchRequest,
        _ poll: SourcePoll,
        _ records: [[UInt8]]
    ) async -> [StageOutput] {
        var poll = poll
        let exchange = Exchange(answer.finalURL, answer.asked, answer.response)
        let packed = archive.pack(exchange, after: poll.archived.map(RecordReference.init))
        poll.archived = packed.reference.map(ArchivedDocument.init)
        return read(answer, request, poll, [packed.bytes + records.flatMap { $0 }])
    }

    /// The outputs of a page that turned out to be a feed or a sitemap: what it names enters once;
    /// `nil` when it is none.
    func outputs(
        of answer: FollowedAnswer,
        _ request: FetchRequest,
        _ records: [[UInt8]]
    ) -> [StageOutput]? {
        guard let document = SourceDocument(answer.response.body, at: answer.finalURL) else {
            return nil
        }
        var request = request
        request.url = answer.finalURL
        let exchange = Exchange(answer.finalURL, answer.asked, answer.response)
        let members = archive.pack(exchange, after: nil).bytes + records.flatMap { $0 }
        return take(document, answer, request, SourcePoll(isOnce: true), [members])
    }

    private static func conditions(_ poll: SourcePoll) -> [HTTPHeader] {
        [
            poll.entityTag.map { HTTPHeader("If-None-Match", $0) },
            poll.lastModified.map { HTTPHeader("If-Modified-Since", $0) },
        ].compactMap { $0 }
    }

    private func read(
        _ answer: FollowedAnswer,
        _ request: FetchRequest,
        _ poll: SourcePoll,
        _ records: [[UInt8]]
    ) -> [StageOutput] {
        var (request, poll) = (request, poll)
        if answer.hasMoved {
            poll.health.movedFrom = request.via.first ?? request.url
            request.url = answer.finalURL
        } else {
            request.url = request.via.first ?? request.url
        }
        let response = answer.response
        var end = PollEnd(.unchanged, records, lanePause: answer.pause)
        switch response.status {
        case Self.statusUnchanged: end.asked = life(response)
        case Self.statusGone: end.answer = .gone
        case 200..<300:
            if let document = SourceDocument(response.body, at: answer.finalURL) {
                poll.entityTag = response.header("ETag")
                poll.lastModified = response.header("Last-Modified")
                return take(document, answer, request, poll, records)
            }
            let sentence =
                "\(answer.finalURL) is neither a feed nor a sitemap. If it is a "
                + "page, wirecopy watch looks for its feeds."
            end.answer = .failed(sentence, status: response.status)
        default:
            let sentence = "\(answer.finalURL) answered with status \(response.status)."
            let asked = response.retryAfter(now: mint.now(), limit: configuration.retryAfterMax)
            end.answer = .failed(sentence, status: response.status)
            end.asked = asked ?? .zero
        }
        return finish(request, poll, end)
    }

    /// How long the server says that its answer holds.
    private func life(_ response: HTTPResponse) -> Duration {
        response.header("Cache-Control").flatMap(CacheLife.maxAge) ?? .zero
    }
}

// What is new.
extension PollStep {
    private func take(
        _ document: SourceDocument,
        _ answer: FollowedAnswer,
        _ request: FetchRequest,
        _ poll: SourcePoll,
        _ records: [[UInt8]]
    ) -> [StageOutput] {
        var poll = poll
        let seen = SeenAddresses(encoded: poll.seen)
        let isFirst = poll.kind == nil
        poll.kind = document.kind
        poll.title = document.title ?? poll.title
        let named = document.kind == .sitemapIndex ? document.sitemaps : document.pages
        let new = named.filter { !seen.contains($0.key) }
        let wanted = wanted(new, of: document.kind, isArchive: isFirst && !poll.isOnce)
        let taken = wanted.prefix(document.kind == .sitemapIndex ? Self.sitemapsMax : Self.pagesMax)
        let left = Set(wanted.dropFirst(taken.count).map(\.key))
        var remembered = SeenAddresses()
        for page in named where document.kind == .sitemapIndex || !left.contains(page.key) {
            remembered.insert(page.key)
        }
        poll.seen = remembered.encoded
        // What is left is asked for again although the document did not change.
        let isCut = !left.isEmpty && document.kind != .sitemapIndex
        if isCut { (poll.entityTag, poll.lastModified) = (nil, nil) }
        let moments = taken.map { $0.moment ?? mint.now() }
        let status = answer.response.status
        var end = PollEnd(
            .read(appeared: isFirst ? [] : moments, status: status),
            records,
            lanePause: answer.pause
        )
        end.asked = max(document.pause, life(answer.response))
        end.found = taken.map { output(of: $0, named: request.url, document.kind, poll) }
        end.isCut = isCut
        return finish(request, poll, end)
    }

    /// New pages that are fetched, the oldest first, of an archive only fresh ones; new sitemaps,
    /// the latest first.
    private func wanted(
        _ new: [SourceDocument.NamedPage],
        of kind: SourceKind,
        isArchive: Bool
    ) -> [SourceDocument.NamedPage] {
        switch kind {
        case .feed: return Array(new.reversed())
        case .sitemap, .page:
            guard isArchive else { return new.sorted(by: Self.isEarlier) }
            let oldest = mint.now() + .seconds(-Self.freshSeconds)
            return new.filter { $0.moment.map { $0 >= oldest } ?? false }.sorted(by: Self.isEarlier)
        case .sitemapIndex:
            return new.sorted { Self.isEarlier($1, $0) }
        }
    }

    private static func isEarlier(
        _ left: SourceDocument.NamedPage,
        _ right: SourceDocument.NamedPage
    ) -> Bool {
        let undated = Instant(milliseconds: 0)
        return (left.moment ?? undated) < (right.moment ?? undated)
    }

    private func output(
        of page: SourceDocument.NamedPage,
        named source: String,
        _ kind: SourceKind,
        _ poll: SourcePoll
    ) -> StageOutput {
        let url = page.address.url
        guard kind == .sitemapIndex else {
            return StageOutput(
                FetchRequest(url: url, origin: source, hints: page.hints),
                entering: .init(subject: url, lane: page.address.host)
            )
        }
        let pace = SourcePace(shortest: poll.pace.shortest, longest: poll.pace.longest)
        let first = SourcePoll(pace: pace, isOnce: poll.isOnce)
        return StageOutput(
            FetchRequest(url: url, origin: source, poll: first),
            entering: .init(subject: url, lane: page.address.host, key: SourcePoll.key(of: url))
        )
    }
}

// How a poll ends.
extension PollStep {
    /// The end of this poll, what it found, and the next one, which follows at once when the
    /// document names more than enters with one poll.
    private func finish(
        _ request: FetchRequest,
        _ poll: SourcePoll,
        _ ended: PollEnd
    ) -> [StageOutput] {
        var (request, poll) = (request, poll)
        let now = mint.now()
        let pause = poll.take(ended.answer, asked: ended.asked, now: now, chance: mint.chance())
        let sentence = Self.sentence(ended.answer, request.url, ended.found.count)
        var end = StageOutput(Outcome(polled: sentence), attachments: ended.records)
        end.lanePause = ended.lanePause
        guard !poll.isOnce || ended.isCut else { return [end] + ended.found }
        poll.isMoving = nil
        request.via = []
        request.poll = poll
        let lane = WebAddress(request.url)?.host ?? ""
        let next = StageOutput(
            request,
            entering: .init(
                subject: request.url,
                lane: lane,
                key: poll.isOnce ? nil : SourcePoll.key(of: request.url),
                notBefore: ended.isCut ? nil : now + pause
            )
        )
        return [end] + ended.found + [next]
    }

    private static func sentence(_ answer: PollAnswer, _ url: String, _ count: Int) -> String {
        switch answer {
        case .read: "\(url) names \(count) \(count == 1 ? "address" : "addresses") to fetch."
        case .unchanged: "\(url) has not changed."
        case .gone: "\(url) is gone for good."
        case .failed(let sentence, _): sentence
        }
    }
}

/// How a poll ended, and what goes with its end.
struct PollEnd: Sendable {
    var answer: PollAnswer
    /// Records of the archive, members of one attachment at most.
    let records: [[UInt8]]
    /// How long the source's host is to be left alone.
    let lanePause: Duration?
    /// The least pause that the source asks for.
    var asked = Duration.zero
    /// Pages and sources that enter.
    var found: [StageOutput] = []
    /// Whether the document names more than enters with one poll.
    var isCut = false

    init(_ answer: PollAnswer, _ records: [[UInt8]], lanePause: Duration?) {
        self.answer = answer
        self.records = records
        self.lanePause = lanePause
    }
}

extension RecordReference {
    /// What a poll has kept of its document's record.
    fileprivate init(_ archived: ArchivedDocument) {
        self.init(
            recordID: archived.record,
            targetURI: archived.url,
            date: archived.date,
            payloadDigest: archived.digest
        )
    }
}

extension ArchivedDocument {
    /// What the next poll is to know of a document's record.
    fileprivate init(_ reference: RecordReference) {
        self.init(
            record: reference.recordID,
            url: reference.targetURI,
            date: reference.date,
            digest: reference.payloadDigest
        )
    }
}
