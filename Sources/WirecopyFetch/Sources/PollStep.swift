import Curl
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
        of request: FetchRequest,
        _ poll: SourcePoll
    ) async throws(FetchFailure) -> [StageOutput] {
        guard let address = WebAddress(request.url) else { throw .urlInvalid(request.url) }
        do throws(FetchFailure) {
            let end = try await visitor.visit(
                address,
                accept: Self.accept,
                headers: Self.conditions(poll),
                via: request.via,
                isMoving: poll.isMoving ?? true
            )
            switch end {
            case .forbidden(let sentence, let pause):
                return finish(request, poll, .failed(sentence, status: nil), lanePause: pause)
            case .elsewhere(let redirection): return [redirection.output(of: request)]
            case .answer(let answer): return read(answer, request, poll)
            }
        } catch {
            if case .transport(let failure) = error, failure.code == .cancelled { throw error }
            let failure = await visitor.failure(error, of: request.url)
            return finish(
                request,
                poll,
                .failed(failure.message, status: nil),
                lanePause: failure.lanePause
            )
        }
    }

    /// The outputs of a page that turned out to be a feed or a sitemap: what it names enters once;
    /// `nil` when it is none.
    func outputs(of answer: FollowedAnswer, _ request: FetchRequest) -> [StageOutput]? {
        guard let document = SourceDocument(answer.response.body, at: answer.finalURL) else {
            return nil
        }
        var request = request
        request.url = answer.finalURL
        return take(document, answer, request, SourcePoll(isOnce: true))
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
        _ poll: SourcePoll
    ) -> [StageOutput] {
        var (request, poll) = (request, poll)
        if answer.hasMoved {
            poll.health.movedFrom = request.via.first ?? request.url
            request.url = answer.finalURL
        } else {
            request.url = request.via.first ?? request.url
        }
        let response = answer.response
        switch response.status {
        case Self.statusUnchanged:
            return finish(request, poll, .unchanged, asked: life(response), lanePause: answer.pause)
        case Self.statusGone: return finish(request, poll, .gone, lanePause: answer.pause)
        case 200..<300:
            guard let document = SourceDocument(response.body, at: answer.finalURL) else {
                let sentence =
                    "\(answer.finalURL) is neither a feed nor a sitemap. If it is a "
                    + "page, wirecopy watch looks for its feeds."
                return finish(
                    request,
                    poll,
                    .failed(sentence, status: response.status),
                    lanePause: answer.pause
                )
            }
            poll.entityTag = response.header("ETag")
            poll.lastModified = response.header("Last-Modified")
            return take(document, answer, request, poll)
        default:
            let sentence = "\(answer.finalURL) answered with status \(response.status)."
            let asked = response.retryAfter(now: mint.now(), limit: configuration.retryAfterMax)
            return finish(
                request,
                poll,
                .failed(sentence, status: response.status),
                asked: asked ?? .zero,
                lanePause: answer.pause
            )
        }
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
        _ poll: SourcePoll
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
        let pause = max(document.pause, life(answer.response))
        return finish(
            request,
            poll,
            .read(appeared: isFirst ? [] : moments, status: answer.response.status),
            asked: pause,
            found: taken.map { output(of: $0, named: request.url, document.kind, poll) },
            lanePause: answer.pause,
            isCut: isCut
        )
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
        _ answer: PollAnswer,
        asked: Duration = .zero,
        found: [StageOutput] = [],
        lanePause: Duration? = nil,
        isCut: Bool = false
    ) -> [StageOutput] {
        var (request, poll) = (request, poll)
        let now = mint.now()
        let pause = poll.take(answer, asked: asked, now: now, chance: mint.chance())
        var end = StageOutput(Outcome(polled: Self.sentence(answer, request.url, found.count)))
        end.lanePause = lanePause
        guard !poll.isOnce || isCut else { return [end] + found }
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
                notBefore: isCut ? nil : now + pause
            )
        )
        return [end] + found + [next]
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
