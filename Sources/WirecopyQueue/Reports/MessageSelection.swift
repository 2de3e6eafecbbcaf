import GRDB
package import WirecopyMessages

/// Which messages an operator means; all given parts must hold.
package struct MessageSelection: Sendable {
    /// Where a message must stand.
    enum Standing {
        case anywhere
        /// Done or dead.
        case closed
        case dead
    }

    /// One part: on a message `m` and its page `p` of the index, and on the view `queue_message`.
    struct Part {
        let onIndex: String
        let onView: String
        let argument: DatabaseValue?
        /// Whether it asks for the page.
        var isOfPage = false
    }

    private(set) var parts: [Part] = []
    /// Where a message must stand.
    private(set) var standing = Standing.anywhere
    /// The queue; `nil` for every one.
    let stage: StageName?
    /// The only page that is meant.
    let url: String?
    /// The version that must have finished a message.
    let doneVersion: String?
    /// The places that are meant, ascending; empty for any.
    let places: [Int]
    /// What an operator wrote.
    let condition: SelectionExpression?

    /// Messages that are done or dead and go through a stage again.
    ///
    /// - Throws: `requestInvalid` when neither stage, places nor dead letters are named.
    init(replayOf request: ReplayRequest) throws(QueueFailure) {
        let isOfDead =
            request.outcome == OutcomeKind.dead.rawValue || request.isOfDeadLetters == true
        guard request.stage != nil || !request.positions.isEmpty || isOfDead else {
            throw QueueFailure(
                .requestInvalid,
                "Name the stage that shall work again, or places, or the outcome dead."
            )
        }
        try self.init(request)
        let isOnlyOfDead =
            request.isOfDeadLetters == true || request.stage == nil && request.positions.isEmpty
        standing = isOnlyOfDead ? .dead : .closed
    }

    /// Messages that stand anywhere; without a stage, of every queue.
    ///
    /// - Throws: `requestInvalid` for a condition that is none, or too many places.
    package init(_ request: ReplayRequest) throws(QueueFailure) {
        guard request.positions.count <= Self.placesMax else {
            throw QueueFailure(
                .requestInvalid,
                "\(request.positions.count) places were named, the limit is \(Self.placesMax); "
                    + "write a condition such as position BETWEEN 1 AND 5000."
            )
        }
        stage = request.stage
        url = request.url
        doneVersion = request.stageVersion
        places = request.positions.sorted()
        condition = try request.condition.map { (text) throws(QueueFailure) in
            try SelectionExpression(text)
        }
        // The kind stands in the text: only so the partial index of fetches is considered.
        let kind = request.stage.map { "= \($0.number)" } ?? "< \(StageName.allCases.count)"
        parts.append(Part(onIndex: "m.kind \(kind)", onView: "kind_number \(kind)", argument: nil))
        add("m.lane = (SELECT id FROM word WHERE text = ?)", "host = ?", request.host)
        add("m.queued_at_ms >= ?", "queued_at_ms >= ?", request.sinceMs)
        add("m.queued_at_ms < ?", "queued_at_ms < ?", request.untilMs)
        add("m.position <= ?", "position <= ?", request.through)
        add("\(QueueMessageView.errorCode) = ?", "error_code = ?", request.errorCode)
        add("p.outcome = ?", "outcome = ?", request.outcome, isOfPage: true)
        add("p.reason = ?", "reason = ?", request.reason, isOfPage: true)
    }

    /// More places than a person names; a longer list is a condition.
    static let placesMax = 10_000

    private mutating func add(
        _ onIndex: String,
        _ onView: String,
        _ argument: (any DatabaseValueConvertible)?,
        isOfPage: Bool = false
    ) {
        guard let argument else { return }
        let value = argument.databaseValue
        parts.append(
            Part(onIndex: onIndex, onView: onView, argument: value, isOfPage: isOfPage)
        )
    }

    /// The query for candidates behind a place, in the order of places: position, bytes, lane,
    /// kind, page.
    func query(places: [Int]?, limit: Int) -> String {
        let list = places.map { " IN (\($0.map(String.init).joined(separator: ", ")))" }
        guard let condition else {
            let conditions = parts.map(\.onIndex) + (list.map { ["m.position\($0)"] } ?? [])
            let page = parts.contains(where: \.isOfPage)
            return """
                SELECT m.position, m.bytes, m.lane, m.kind, m.page FROM message AS m
                \(page ? "CROSS JOIN page AS p ON p.position = m.page" : "")
                WHERE \(conditions.joined(separator: " AND ")) AND m.position > ?
                ORDER BY m.position LIMIT \(limit)
                """
        }
        let conditions = parts.map(\.onView) + (list.map { ["position\($0)"] } ?? [])
        return """
            SELECT position, bytes, lane_number, kind_number, page
            FROM \(QueueMessageView.name)
            WHERE \(conditions.joined(separator: " AND ")) AND (\(condition.sql)) AND position > ?
            ORDER BY position LIMIT \(limit)
            """
    }
}
