import WirecopyClient
import WirecopyMessages

/// What a page shows of the queue and may change each second: short texts by their places.
///
/// A page has a place as `data-live="stage.parse.out"`; a script of ours puts the text there. The
/// same texts stand in the page when it is made, so they are written in one place.
struct LiveEvent: Report {
    /// Texts by the names of their places.
    var text: [String: String]
    /// Points of small lines (SVG `points`) by the names of their places.
    var line: [String: String]

    /// The event of a look; `articles` is the number of stored articles, when it is known.
    init(_ look: QueueLook) {
        text = [:]
        line = [:]
        text["health"] = look.health.sentence
        text["health.state"] = look.health.word
        guard let status = look.history.latest else { return }
        for stage in status.stages { tell(stage, look) }
        let ledger = status.ledger
        text["ledger"] = Self.sentence(ledger)
        text["entered"] = Figure.count(ledger.entered)
        text["in_flight"] = Figure.count(ledger.inFlight)
        text["drain"] = look.history.drain.text
        for kind in OutcomeKind.allCases {
            text["outcome.\(kind.rawValue)"] = Figure.count(ledger.count(kind))
        }
    }

    private mutating func tell(_ stage: StageReport, _ look: QueueLook) {
        let name = "stage.\(stage.stage.rawValue)"
        let workers = (look.history.latest?.workers ?? []).filter { $0.stage == stage.stage }
        let present = workers.count { !$0.hasFallenSilent }
        text["\(name).out"] = Self.rate(look.history.outRate(stage.stage))
        text["\(name).in"] = Self.rate(look.history.inRate(stage.stage))
        text["\(name).backlog"] = Figure.count(stage.backlog)
        text["\(name).p50"] = Quantity.duration(milliseconds: stage.serviceMsP50)
        text["\(name).dead"] = Figure.count(stage.dead)
        text["\(name).workers"] = Figure.count(present)
        text["\(name).state"] = Self.state(stage, workers: present)
        line["\(name).rates"] = Self.points(look.history.outRates(stage.stage))
    }

    private static func rate(_ rate: Double) -> String { rate > 0 ? Quantity.rate(rate) : "0" }

    /// What a reader should know of a stage, in a few words.
    private static func state(_ stage: StageReport, workers: Int) -> String {
        if stage.isPaused { return "paused" }
        if workers == 0 { return stage.backlog > 0 ? "nobody works" : "no worker" }
        return stage.backlog == 0 ? "idle" : "working"
    }

    /// `entered 63 = 60 stored + 2 unchanged + 1 dead + 0 in flight; 0 lost`.
    private static func sentence(_ ledger: LedgerReport) -> String {
        let outcomes = OutcomeKind.allCases.filter { ledger.count($0) > 0 }
            .map { "\(Figure.count(ledger.count($0))) \($0.rawValue)" }
        let standing = ledger.standing > 0 ? ["\(Figure.count(ledger.standing)) standing"] : []
        let parts = outcomes + standing + ["\(Figure.count(ledger.inFlight)) in flight"]
        return "entered \(Figure.count(ledger.entered)) = \(parts.joined(separator: " + ")); "
            + "\(Figure.count(ledger.lost)) lost"
    }

    /// Width of a line in its own units, one a look.
    static let lineWidth = StatusHistory.looksMax
    /// Height of a line in its own units.
    static let lineHeight = 24

    /// Rates as the points of a line, the newest at the right; the highest touches the top.
    static func points(_ rates: [Double]) -> String {
        let top = rates.max() ?? 0
        let first = lineWidth - rates.count
        return rates.enumerated().map { index, rate in
            let share = top > 0 ? rate / top : 0
            let y = Double(lineHeight - 1) - share * Double(lineHeight - 2)
            return "\(first + index),\((y * 10).rounded() / 10)"
        }.joined(separator: " ")
    }

    /// The bytes that are sent: `event: look`, one line of data, an empty line.
    func bytes() throws(WebFailure) -> [UInt8] {
        Array("event: look\ndata: ".utf8) + (try APIJSON.bytes(self)) + Array("\n\n".utf8)
    }

    /// A comment, which readers pass over; it shows that the connection is alive.
    static let silence = Array(": still here\n\n".utf8)
}
