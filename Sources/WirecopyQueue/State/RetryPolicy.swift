package import WirecopyMessages

/// Decides what becomes of a message whose delivery ended badly.
///
/// Waits grow exponentially with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015):
/// the wait before attempt n + 1 is uniform in 0 ... min(longest, first * 2^(n - 1)).
package struct RetryPolicy: Sendable, Equatable {
    /// Deliveries of one message; the fifth failure of a page is not the network's fault.
    package var attemptsMax = 5
    /// Deliveries of one message that may be excused because the machine was in trouble; more than
    /// a day of it, even when nothing else waits. One message that alone meets so much of it is not
    /// innocent, and from then on its attempts count.
    package var excusedMax = 10_000
    /// Workers that one message may kill; three of three is no accident.
    package var killsMax = 3
    /// Longest wait that a stage may ask for; a site's `Retry-After` of weeks is no appointment.
    package var retryAfterMax: Duration = .seconds(86_400)

    /// Makes the usual policy.
    package init() {}

    /// The bounds of the wait before the second attempt and before the last.
    package struct Backoff: Sendable, Equatable {
        /// Upper bound of the wait after the first failure.
        package let first: Duration
        /// Upper bound of any wait.
        package let longest: Duration

        /// The lease ran out: at once.
        static let none = Backoff(first: .zero, longest: .zero)
        /// A worker died over it: apart from those that it was lost with.
        static let apart = Backoff(first: .seconds(2), longest: .seconds(60))
        /// Contention that ends within milliseconds.
        static let short = Backoff(first: .milliseconds(200), longest: .seconds(10))
        /// A hiccup of a program on our side.
        static let medium = Backoff(first: .seconds(1), longest: .seconds(60))
        /// A site or the network is down; restarts and reroutings take minutes.
        static let long = Backoff(first: .seconds(5), longest: .seconds(300))
        /// A site asks for patience; coming back early makes it worse.
        static let patient = Backoff(first: .seconds(30), longest: .seconds(900))
    }

    /// Whether a failure spends no attempt of a message that was excused so often before.
    package func excuses(_ failure: StageFailure, excused: Int) -> Bool {
        failure.code.isExcused && failure.disposition != .bury && excused < excusedMax
    }

    /// What becomes of a message after its `attempt`th delivery failed; `excused` says how many of
    /// those before were not its fault.
    package func next(
        after failure: StageFailure,
        attempt: Int,
        excused: Int = 0,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailedDelivery.Next {
        let isExcused = excuses(failure, excused: excused)
        let counted = max(1, attempt - excused)
        guard case .retry(let after) = failure.disposition, isExcused || counted < attemptsMax
        else { return .dead }
        if let after {
            return .delayed(until: now + max(.zero, min(after, retryAfterMax)))
        }
        let bound = wait(
            Self.backoff(of: failure.code),
            attempt: isExcused ? excused + 1 : counted
        ).wholeMilliseconds
        let jittered = Int.random(in: 0...max(0, bound), using: &generator)
        return .delayed(until: now + .milliseconds(jittered))
    }

    /// How long a message waits after so many workers died over it.
    ///
    /// Messages that were lost together come back apart, so that the next death tells more of who
    /// is to blame.
    func pause(afterKills kills: Int, using generator: inout some RandomNumberGenerator) -> Duration
    {
        let bound = wait(.apart, attempt: kills).wholeMilliseconds
        return .milliseconds(Int.random(in: 0...bound, using: &generator))
    }

    private func wait(_ backoff: Backoff, attempt: Int) -> Duration {
        // Sixteen doublings exceed every `longest`; more could overflow.
        min(backoff.longest, backoff.first * (1 << min(max(attempt - 1, 0), 16)))
    }

    /// How long to wait after a failure of this kind.
    package static func backoff(of code: ErrorCode) -> Backoff {
        switch code {
        case .workerLost, .workerKiller, .journalDamaged: .none
        case .storeBusy: .short
        case .stageTimedOut, .stageFailed, .storeFailed, .attachmentInvalid, .dataInvalid,
            .noMainText, .bodyEmpty, .bodyTooLarge, .bodyUndecodable, .contentTypeUnsupported,
            .outputTooLarge, .inputUnreadable:
            .medium
        case .nameNotResolved, .connectionFailed, .connectionTimedOut, .tlsFailed,
            .responseTimedOut, .responseBroken, .tooManyRedirects, .addressRefused, .urlInvalid,
            .httpServerError, .storeFull, .contentUnavailable:
            .long
        case .httpRateLimited, .httpClientError, .httpGone, .robotsForbidden, .robotsUnreachable:
            .patient
        }
    }
}
