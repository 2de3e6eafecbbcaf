import WirecopyMessages

/// Sends pages through a stage again: first a count, then, with the token, the replay.
struct ReplayPage {
    /// What was selected.
    struct Question: Sendable {
        var stage: StageName?
        var host: String?
        /// Days as they were given.
        var since: String?
        var until: String?
        var outcome: OutcomeKind?
    }

    /// How far it came.
    enum State {
        /// Nothing was asked yet.
        case asking
        /// So much is selected.
        case counted(ReplayReport)
        /// So much was sent through again just now.
        case replayed(ReplayReport)
        case failure(WebFailure)
    }

    let question: Question
    let state: State
    let mayChange: Bool

    /// The page.
    var document: Document {
        Document(title: "Replay", part: .replay, main: main)
    }

    private var main: HTML {
        """
        <h1>Replay</h1>
        <p class="hint">Sends pages through a stage again, from the journal; nothing is fetched \
        anew, and running it twice changes nothing.</p>
        \(form)
        \(answer)
        """
    }

    private var form: HTML {
        let stages = StageName.allCases.map { stage -> HTML in
            let chosen: HTML = stage == (question.stage ?? .parse) ? " selected" : ""
            return "<option\(chosen)>\(stage.rawValue)</option>"
        }
        let outcomes = OutcomeKind.allCases.map { outcome -> HTML in
            let chosen: HTML = outcome == question.outcome ? " selected" : ""
            return "<option\(chosen)>\(outcome.rawValue)</option>"
        }
        return """
            <form class="ask" action="/replay" method="get">
            <p><label for="stage">Stage</label>
            <select id="stage" name="stage">\(stages.joined())</select></p>
            <p><label for="host">Host</label>
            <input id="host" name="host" maxlength="253" value="\(question.host ?? "")"></p>
            <p><label for="outcome">Ended as</label>
            <select id="outcome" name="outcome"><option value="">any</option>\
            \(outcomes.joined())</select></p>
            <p><label for="since">Queued since</label>
            <input id="since" name="since" type="date" value="\(question.since ?? "")"></p>
            <p><label for="until">and before</label>
            <input id="until" name="until" type="date" value="\(question.until ?? "")"></p>
            <p><button>Count</button></p>
            </form>
            """
    }

    private var answer: HTML {
        switch state {
        case .asking: return .empty
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .counted(let report):
            let hosts = report.hosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { host, count -> HTML in
                    "<tr><th scope=\"row\"><bdi>\(Parts.cut(host, 100))</bdi></th>"
                        + "<td class=\"number\">\(Figure.count(count))</td></tr>"
                }
            return """
                <p class="count" role="status">\(Figure.count(report.count, "message")) selected, \
                \(Quantity.bytes(report.bytes)).</p>
                \(hosts.isEmpty ? .empty : Parts.table(
                    "Selected messages by host",
                    [.init("Host"), .init("Messages", isNumber: true)],
                    hosts
                ))
                \(report.count > 0 ? start(after: nil, "Replay them") : .empty)
                """
        case .replayed(let report):
            let more = report.next.map { start(after: $0, "Go on with the next") }
            return """
                <p class="count" role="status">\(Figure.count(report.replayed, "message")) sent \
                through again\(report.next == nil ? "; that was all." : ".")</p>
                \(more ?? .empty)
                """
        }
    }

    private func start(after: Int?, _ label: String) -> HTML {
        guard mayChange else {
            return "<p class=\"hint\"><a href=\"/sign-in\">Sign in</a> to replay these.</p>"
        }
        let fields: [(String, String?)] = [
            ("stage", question.stage?.rawValue), ("host", question.host),
            ("outcome", question.outcome?.rawValue), ("since", question.since),
            ("until", question.until), ("after", after.map { String($0) }),
        ]
        let hidden = fields.compactMap { name, value -> HTML? in
            guard let value, !value.isEmpty else { return nil }
            return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return """
            <form action="/replay" method="post">\(hidden.joined())
            <button class="act">\(label)</button>
            <small>at most \(Figure.count(WebLimits.replayMax)) at a time</small></form>
            """
    }
}
