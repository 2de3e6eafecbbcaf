import WirecopyMessages

extension ArticleRecorder {
    /// How long a handled message is remembered; the queue offers a message again within minutes.
    static let memory = Duration.seconds(30 * 24 * 3600)
    /// Most messages that are forgotten in one transaction, so that none takes long.
    static let forgottenMax = 256

    /// The outcome of a message that was handled before.
    mutating func rememberedOutcome(of message: MessageID) throws -> Outcome? {
        if known.isAbsent(message) { return nil }
        var statement = try RowStatement(
            "SELECT outcome FROM handled_message WHERE message = ?",
            db
        )
        statement.add(message.description)
        var json: String?
        try statement.forEachRow { row in json = row.text(0) }
        return try json.map { try Outcome(json: Array($0.utf8)) }
    }

    /// Keeps the outcome of a message for the case that it comes again.
    func remember(_ outcome: Outcome, of message: MessageID, now: Instant) throws {
        try db.run(
            "INSERT INTO handled_message (message, outcome, at_ms) VALUES (?, ?, ?)",
            message.description,
            String(decoding: outcome.json, as: UTF8.self),
            now.milliseconds
        )
    }

    /// Forgets messages that were handled long ago.
    func forget(now: Instant) throws {
        try db.run(
            """
            DELETE FROM handled_message WHERE message IN
                (SELECT message FROM handled_message WHERE at_ms < ? LIMIT \(Self.forgottenMax))
            """,
            now.milliseconds - Self.memory.wholeMilliseconds
        )
    }
}
