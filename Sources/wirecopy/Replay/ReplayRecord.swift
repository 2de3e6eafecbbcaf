import WirecopyMessages

/// What is known of one replay: what it selects and how far it came.
struct ReplayRecord: Report {
    /// Where a replay stands.
    enum State: String, Codable {
        /// A command works on it, or was ended while it did.
        case running
        /// An operator held it.
        case paused
        /// Everything that was selected was sent through again.
        case finished
    }

    /// Bytes of the messages that were selected.
    var bytes: Int
    /// Messages that were selected when it began.
    var count: Int
    /// Number by which people name it.
    var id: Int
    /// Messages that were sent through again so far.
    var replayed = 0
    /// The selection; its `after` and `through` bound what is left.
    var request: ReplayRequest
    /// When it began.
    var startedAtMs: Int
    /// Where it stands.
    var state = State.running
    /// When it last went on.
    var updatedAtMs: Int

    /// Makes the record of a replay that begins: nothing that enters later is part of it.
    init(id: Int, request: ReplayRequest, counted: ReplayReport, now: Instant) {
        self.id = id
        bytes = counted.bytes
        count = counted.count
        startedAtMs = now.milliseconds
        updatedAtMs = now.milliseconds
        self.request = request
        self.request.through = counted.through
        self.request.after = request.after ?? 0
    }

    /// Notes that a slice was sent through again.
    mutating func advance(_ slice: ReplayReport, now: Instant) {
        replayed += slice.replayed
        updatedAtMs = now.milliseconds
        guard let next = slice.next else {
            state = .finished
            return
        }
        request.after = next
    }

    /// The selection in words: `parse, host tide.example, since 2026-11-20T00:00:00Z`.
    var selection: String {
        var parts = [request.stage?.rawValue ?? "all stages"]
        let named: [(String, String?)] = [
            ("host", request.host), ("url", request.url), ("outcome", request.outcome),
            ("code", request.errorCode), ("reason", request.reason),
            ("version", request.stageVersion), ("where", request.condition),
            ("since", request.sinceMs.map { Instant(milliseconds: $0).rfc3339 }),
            ("until", request.untilMs.map { Instant(milliseconds: $0).rfc3339 }),
        ]
        for (name, value) in named {
            if let value { parts.append("\(name) \(value)") }
        }
        if !request.positions.isEmpty {
            parts.append(Quantity.count(request.positions.count, "place"))
        }
        return parts.joined(separator: ", ")
    }
}

/// Every replay of a folder, oldest first, as `replay ls --json` tells them.
struct ReplayListReport: Report {
    /// The replays.
    var replays: [ReplayRecord]
}
