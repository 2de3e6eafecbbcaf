package import WirecopyClient
package import WirecopyMessages

/// How much a worker takes on while its machine is in trouble: a store that is locked, a full disk.
///
/// Whatever comes next would meet the same trouble, so the worker rests: it begins nothing and asks
/// for nothing. After a pause that grows it tries one message, and works as before once one is
/// done. Without this it would hand every message of its queue back, one after the other.
///
/// Pure: no clock or timer.
package struct Easing: Sendable {
    /// What the worker is about.
    package enum State: Sendable, Equatable {
        case working
        /// Nothing is begun, for this reason.
        case resting(StageFailure)
        /// One message is tried.
        case trying
    }

    /// Pauses before a try. Half a minute of a machine's trouble is over soon after it ends, and
    /// one try each few seconds costs nothing.
    package static let pauses = Backoff(first: .seconds(1), limit: .seconds(15))

    /// What the worker is about.
    package private(set) var state = State.working
    private var pauses: Backoff

    /// Makes a worker that works.
    package init(_ pauses: Backoff = Self.pauses) { self.pauses = pauses }

    /// Why the worker rests; `nil` when it does not.
    package var reason: StageFailure? {
        if case .resting(let failure) = state { failure } else { nil }
    }

    /// Messages that may be in work, or be asked for; `Int.max` for as many as there is room for.
    package var messagesMax: Int {
        switch state {
        case .working: .max
        case .resting: 0
        case .trying: 1
        }
    }

    /// A message failed.
    ///
    /// - Returns: how long to rest before `wake`; `nil` when there is no new reason to rest.
    package mutating func failed(
        _ failure: StageFailure,
        using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        guard failure.code.isExcused, failure.disposition != .bury, reason == nil else {
            return nil
        }
        state = .resting(failure)
        return pauses.next(using: &generator)
    }

    /// The pause is over.
    package mutating func wake() { if reason != nil { state = .trying } }

    /// A message is done.
    ///
    /// - Returns: whether the worker goes on with all its slots, and did not before.
    package mutating func succeeded() -> Bool {
        pauses.reset()
        defer { state = .working }
        return state != .working
    }
}
