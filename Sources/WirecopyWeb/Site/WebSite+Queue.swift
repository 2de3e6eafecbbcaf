import WirecopyMessages
import WirecopyStorage

// Pages about the queue.
extension WebSite {
    /// Watched sources with how they do.
    func sources(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try Parameters(request.query, names: ["after"], isStrict: false)
        let after = try values.integer("after", in: 0...Int.max)
        do throws(WebFailure) {
            let (report, next) = try await sources(after: after)
            return SourcesPage(found: .success(report), next: next, now: now()).document
        } catch {
            return SourcesPage(found: .failure(error), next: nil, now: now()).document
        }
    }

    /// A part of the watched sources with how they do, and where the next part begins.
    func sources(after: Int?) async throws(WebFailure) -> (SourceHealthReport, Int?) {
        let now = now()
        let report = try await queue.sources(SourcesRequest(after: after))
        // Without a store sources are judged by their polls alone.
        let yields = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.sourceYields(now: now)
            }
        }
        let health = SourceHealthReport(report.sources, yields: try? yields.get(), now: now)
        return (health, report.next)
    }

    /// Dead letters by cause.
    func deadLetters(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try Parameters(
            request.query,
            names: ["code", "host", "stage"],
            isStrict: false
        )
        let question = DeadLettersPage.Question(
            code: try values.text("code", max: 80),
            host: try values.text("host"),
            stage: try values.stage("stage")
        )
        var asked = DeadLetterRequest(limit: WebLimits.lettersMax, code: question.code)
        asked.host = question.host
        asked.stage = question.stage
        let letters = asked
        return DeadLettersPage(
            question: question,
            found: await found { () throws(WebFailure) in try await queue.deadLetters(letters) },
            mayChange: policy.proof(request) != .none
        ).document
    }

    /// One dead letter.
    func deadLetter(_ position: Int, _ request: WebRequest) async throws(WebFailure) -> Document {
        DeadLetterPage(
            letter: try await letter(position),
            mayChange: policy.proof(request) != .none
        ).document
    }

    /// One dead letter with its input.
    func letter(_ position: Int) async throws(WebFailure) -> DeadLetterReport.Letter {
        let report = try await queue.deadLetters(DeadLetterRequest(limit: 1, position: position))
        guard let letter = report.letters.first else {
            throw WebFailure(.notFound, "There is no dead letter \(position).")
        }
        return letter
    }

    /// Sends dead letters through again, and shows what is left.
    func retry(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        let values = try form(request, ["code", "host", "stage", "letter"])
        var asked = ReplayRequest()
        asked.errorCode = try values.text("code", max: 80)
        asked.host = try values.text("host")
        asked.stage = try values.stage("stage")
        asked.positions = try values.integer("letter", in: 0...Int.max).map { [$0] } ?? []
        _ = try await retry(asked)
        return WebAnswer(seeOther: "/dead-letters")
    }

    /// Sends dead letters through again; at most `WebLimits.replayMax`.
    func retry(_ asked: ReplayRequest) async throws(WebFailure) -> ReplayReport {
        guard
            asked.errorCode != nil || asked.host != nil || asked.stage != nil
                || !asked.positions.isEmpty
        else {
            throw WebFailure(.unprocessable, "Name letters, a reason, a host or a stage.")
        }
        var request = asked
        request.isOfDeadLetters = true
        request.priority = .retry
        request.limit = WebLimits.replayMax
        return try await queue.replay(request)
    }

    /// Counts a selection, or with the token replays it.
    func replay(_ request: WebRequest) async throws(WebFailure) -> Document {
        let names: Set = ["stage", "host", "outcome", "since", "until", "after"]
        let isStart = request.method == "POST"
        let values =
            isStart
            ? try form(request, names)
            : try Parameters(request.query, names: names, isStrict: false)
        let (question, asked) = try selection(values)
        let mayChange = policy.proof(request) != .none
        guard isStart || values.has("stage") else {
            return ReplayPage(question: question, state: .asking, mayChange: mayChange).document
        }
        do throws(WebFailure) {
            let state: ReplayPage.State =
                isStart
                ? .replayed(try await replay(asked))
                : .counted(try await count(asked))
            return ReplayPage(question: question, state: state, mayChange: mayChange).document
        } catch {
            return ReplayPage(question: question, state: .failure(error), mayChange: mayChange)
                .document
        }
    }

    /// What a form of the replay page selects.
    private func selection(
        _ values: Parameters
    ) throws(WebFailure) -> (ReplayPage.Question, ReplayRequest) {
        let (since, until) = (try values.day("since"), try values.day("until"))
        let outcome = try values.text("outcome", max: 40)
        guard let kind = outcome.map({ OutcomeKind(rawValue: $0) }) ?? .some(nil) else {
            throw WebFailure(.badRequest, "There is no outcome of this name.")
        }
        let question = ReplayPage.Question(
            stage: try values.stage("stage"),
            host: try values.text("host"),
            since: since.map { String($0.rfc3339.prefix(10)) },
            until: until.map { String($0.rfc3339.prefix(10)) },
            outcome: kind
        )
        var asked = ReplayRequest()
        asked.stage = question.stage
        asked.host = question.host
        asked.outcome = kind?.rawValue
        asked.sinceMs = since?.milliseconds
        asked.untilMs = until?.milliseconds
        asked.after = try values.integer("after", in: 0...Int.max)
        return (question, asked)
    }

    /// What a replay would select.
    func count(_ asked: ReplayRequest) async throws(WebFailure) -> ReplayReport {
        var request = asked
        request.dryRun = true
        return try await queue.replay(request)
    }

    /// Replays at most `WebLimits.replayMax` messages of a stage.
    func replay(_ asked: ReplayRequest) async throws(WebFailure) -> ReplayReport {
        guard asked.stage != nil else {
            throw WebFailure(.unprocessable, "Name the stage that shall work again.")
        }
        var request = asked
        request.limit = WebLimits.replayMax
        return try await queue.replay(request)
    }

    /// The way of one address.
    func trace(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try Parameters(request.query, names: ["url"], isStrict: false)
        guard let url = try values.text("url", max: WebLimits.addressMax) else {
            throw WebFailure(.badRequest, "Give the address of a page as ?url=ADDRESS.")
        }
        let found = await found { () throws(WebFailure) in
            try await queue.trace(TraceRequest(url: url))
        }
        return TracePage(url: url, found: found).document
    }
}
