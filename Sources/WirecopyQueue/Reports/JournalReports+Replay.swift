package import WirecopyMessages

// What a replay would send.
extension JournalReports {
    /// Counts the messages that a replay would make ready again; changes nothing.
    ///
    /// - Throws: `requestInvalid` when the selection would mean every stage at once, or its
    ///   condition is none.
    package func replay(_ request: ReplayRequest) throws(QueueFailure) -> ReplayReport {
        let selection = try MessageSelection(replayOf: request)
        return try count(selection)
    }

    /// The next places that a replay selects, ascending; a selection that `isCounted` is known to
    /// the index as a whole, so that this need not be brought up to date for each slice.
    ///
    /// - Throws: as `replay`.
    package func replayPositions(
        _ request: ReplayRequest,
        after position: Int,
        limit: Int,
        isCounted: Bool = false
    ) throws(QueueFailure) -> [Int] {
        let selection = try MessageSelection(replayOf: request)
        if !isCounted { try follower?.catchUp() }
        return try positions(selection, after: position, limit: limit)
    }
}
