/// Watches that a server answers in time and goes on answering; knows no clock.
struct TransferPace {
    /// What is wrong with a server's pace.
    enum Verdict: Equatable {
        case firstByteLate
        case stalled(bytes: Int)
    }

    private let limits: TransferLimits
    private var sentAt: ContinuousClock.Instant?
    private var windowStart: ContinuousClock.Instant?
    private var windowBytes = 0

    init(limits: TransferLimits) {
        self.limits = limits
    }

    /// Whether the request has gone out.
    var wasRequestSent: Bool { sentAt != nil }

    /// Whether nothing of the answer has come yet.
    var isSilent: Bool { windowStart == nil }

    /// When the pace must be judged next; `nil` before the request has gone out.
    var nextJudgement: ContinuousClock.Instant? {
        windowStart.map { $0 + limits.paceWindow } ?? sentAt.map { $0 + limits.firstByteTimeout }
    }

    mutating func noteRequestSent(at now: ContinuousClock.Instant) {
        if sentAt == nil { sentAt = now }
    }

    mutating func noteBytes(_ count: Int, at now: ContinuousClock.Instant) {
        if windowStart == nil { windowStart = now }
        windowBytes += count
    }

    /// What is wrong at this moment, if anything; a window that went well is followed by another.
    mutating func judge(at now: ContinuousClock.Instant) -> Verdict? {
        guard let nextJudgement, now >= nextJudgement else { return nil }
        guard windowStart != nil else { return .firstByteLate }
        guard windowBytes >= limits.paceWindowMinBytes else { return .stalled(bytes: windowBytes) }
        windowStart = now
        windowBytes = 0
        return nil
    }
}
