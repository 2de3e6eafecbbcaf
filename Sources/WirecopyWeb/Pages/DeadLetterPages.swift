import WirecopyMessages

/// Messages that were given up, grouped by cause.
struct DeadLettersPage {
    /// What is shown.
    struct Question: Sendable {
        var code: String?
        var host: String?
        var stage: StageName?
        /// Whether all are shown.
        var isWide: Bool { code == nil && host == nil && stage == nil }
    }

    /// Letters of a group that are listed.
    private static let lettersShown = 10

    let question: Question
    let found: Result<DeadLetterReport, WebFailure>
    /// Whether the reader has shown the token.
    let mayChange: Bool

    /// The page.
    var document: Document {
        Document(title: "Dead letters", part: .deadLetters, main: main)
    }

    private var main: HTML {
        """
        <h1>Dead letters</h1>
        <p class="hint">Messages that were given up, with the reason, their history and their \
        input. A retry sends them through their stage again, ahead of replays.</p>
        \(form)
        \(list)
        """
    }

    private var form: HTML {
        let stages = StageName.allCases.map { stage -> HTML in
            let chosen: HTML = stage == question.stage ? " selected" : ""
            return "<option\(chosen)>\(stage.rawValue)</option>"
        }
        return """
            <form class="ask" action="/dead-letters" method="get">
            <p><label for="code">Reason</label>
            <input id="code" name="code" maxlength="80" value="\(question.code ?? "")"></p>
            <p><label for="host">Host</label>
            <input id="host" name="host" maxlength="253" value="\(question.host ?? "")"></p>
            <p><label for="stage">Stage</label>
            <select id="stage" name="stage"><option value="">any</option>\
            \(stages.joined())</select></p>
            <p><button>Show</button></p>
            </form>
            """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.letters.isEmpty else {
                return Parts.nothing(question.isWide ? "Nothing was given up." : "None like this.")
            }
            let isPart = report.letters.count >= WebLimits.lettersMax
            let rest = isPart ? "; the latest \(WebLimits.lettersMax) are grouped here" : ""
            let count: HTML =
                "<p class=\"count\">\(Figure.count(report.total, "letter")) in all\(rest)</p>"
            return count + groups(report.letters).map(group).joined(separator: "\n")
        }
    }

    /// Letters of one cause: the same reason in the same stage.
    private struct Group {
        let code: String
        let stage: StageName
        var letters: [DeadLetterReport.Letter]
    }

    private func groups(_ letters: [DeadLetterReport.Letter]) -> [Group] {
        Dictionary(grouping: letters) { "\($0.stage.rawValue) \($0.code)" }
            .values
            .compactMap { letters in
                letters.first.map { Group(code: $0.code, stage: $0.stage, letters: letters) }
            }
            .sorted { ($1.letters.count, $0.code) < ($0.letters.count, $1.code) }
    }

    private func group(_ group: Group) -> HTML {
        let stage = group.stage.rawValue
        let id = "g-\(stage)-\(group.code)"
        let rows = group.letters.prefix(Self.lettersShown).map { letter -> HTML in
            """
            <tr><th scope="row"><a href="/dead-letters/\(letter.position)">\
            \(letter.position)</a></th>\
            <td>\(Figure.moment(letter.atMs))</td>\
            <td>\(Parts.name(letter.subject, max: 140))</td>\
            <td dir="auto">\(Parts.cut(letter.message, 200))</td></tr>
            """
        }
        let rest = group.letters.count - rows.count
        let more: HTML = rest > 0 ? "<p class=\"more\">and \(rest) more</p>" : .empty
        return Parts.section(
            id,
            "<code>\(group.code)</code> in \(stage) <small>\(group.letters.count)</small>",
            Parts.table(
                "Letters of \(group.code) in \(stage)",
                [.init("Letter"), .init("Given up"), .init("Page"), .init("Why")],
                rows
            ) + more + retry(group)
        )
    }

    private func retry(_ group: Group) -> HTML {
        RetryForm(
            fields: [
                ("code", group.code), ("stage", group.stage.rawValue),
                ("host", question.host ?? ""),
            ],
            label: "Retry all of \(group.code)",
            mayChange: mayChange
        ).html
    }
}

/// A button that sends dead letters through again, for those who may.
struct RetryForm {
    let fields: [(String, String)]
    let label: String
    let mayChange: Bool

    var html: HTML {
        guard mayChange else {
            return "<p class=\"hint\"><a href=\"/sign-in\">Sign in</a> to retry these.</p>"
        }
        let hidden = fields.filter { !$0.1.isEmpty }.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return """
            <form action="/dead-letters/retry" method="post">\(hidden.joined())
            <button class="act">\(label)</button></form>
            """
    }
}

/// One dead letter with its history and its input.
struct DeadLetterPage {
    /// Characters of the input that are shown; `wirecopy dead show` has all.
    private static let inputMax = 20_000
    private static let attemptsMax = 50

    let letter: DeadLetterReport.Letter
    let mayChange: Bool

    /// The page.
    var document: Document {
        Document(title: "Letter \(letter.position)", part: .deadLetters, main: main)
    }

    private var main: HTML {
        let trace = Parts.link("/trace", [("url", letter.subject)])
        return """
            <header>
            <p class="eyebrow">Dead letter \(letter.position)</p>
            <h1><code>\(letter.code)</code> in \(letter.stage.rawValue)</h1>
            <p dir="auto">\(Parts.cut(letter.message, 1000))</p>
            </header>
            \(Parts.facts([
                ("Page", Parts.outside(letter.subject)),
                ("Given up", Figure.moment(letter.atMs)),
                ("Way", "<a href=\"\(trace)\">every step through the stages</a>"),
            ]))
            \(RetryForm(
                fields: [("letter", String(letter.position))],
                label: "Retry this letter",
                mayChange: mayChange
            ).html)
            \(Parts.section("attempts", "Attempts", AttemptList(letter.attempts).html))
            \(Parts.section("input", "Input", input))
            """
    }

    private var input: HTML {
        guard let input = letter.input, !input.isEmpty else { return .empty }
        return """
            <pre tabindex="0" dir="auto"><code>\(Parts.cut(input, Self.inputMax))</code></pre>
            """
    }
}

/// Deliveries that ended badly.
struct AttemptList {
    private static let attemptsMax = 50

    private let attempts: [TraceReport.Attempt]

    /// Prepares attempts.
    init(_ attempts: [TraceReport.Attempt]) { self.attempts = attempts }

    /// The table; empty when there are none.
    var html: HTML {
        guard !attempts.isEmpty else { return .empty }
        let rows = attempts.suffix(Self.attemptsMax).map { attempt -> HTML in
            """
            <tr><th scope="row">\(attempt.attempt)</th><td>\(Figure.moment(attempt.atMs))</td>\
            <td><code>\(attempt.code)</code></td><td>\(Parts.name(attempt.worker, max: 80))</td>\
            <td dir="auto">\(Parts.cut(attempt.message))</td></tr>
            """
        }
        return Parts.table(
            "Deliveries that ended badly",
            [
                .init("Attempt"), .init("Ended"), .init("Reason"), .init("Worker"),
                .init("What happened"),
            ],
            Array(rows)
        )
    }
}
