package import WirecopyMessages
package import WirecopyMetrics

/// How a delivery ended; closed, so that leased = the sum of these + in flight.
package enum DeliveryEnd: String, Sendable, CaseIterable, Hashable {
    /// The message is finished, by this delivery or another.
    case acked
    /// The worker gave it back, or its acknowledgement did not fit on the disk: another attempt.
    case delayed
    /// The message was given up.
    case dead
    /// The lease ran out or the worker fell silent: another attempt.
    case leaseLost = "lease_lost"
    /// It did not reach its worker or was not begun: ready again, uncounted.
    case returned
}

/// What one stage's queue counts since the broker started.
///
/// Invariant: `leasedTotal` is the sum of `finished` and the deliveries that the queue has open;
/// only `begin` and `end` touch the two, from the one place where states change.
package struct StageMeter: Sendable {
    /// Deliveries that began. An acknowledgement that comes after its lease was lost begins one
    /// again.
    package private(set) var leasedTotal = 0
    /// Most deliveries end so; a plain count is ten times faster than the table.
    private var ackedTotal = 0
    private var otherwise = CountTable<DeliveryEnd>()
    /// Deliveries after which another attempt is made, by reason.
    package private(set) var retried = CountTable<ErrorCode>()
    /// Messages given up, by reason.
    package private(set) var deadLetters = CountTable<ErrorCode>()
    /// Time from ready to leased.
    package var queueTime = Histogram(.work)
    /// Time from leased to acknowledged.
    package var serviceTime = Histogram(.work)

    /// A worker got a message.
    mutating func begin() { leasedTotal += 1 }

    /// A delivery ended.
    mutating func end(_ end: DeliveryEnd) {
        if end == .acked { ackedTotal += 1 } else { otherwise[end] += 1 }
    }

    /// Deliveries that ended, by how.
    package var finished: CountTable<DeliveryEnd> {
        var finished = otherwise
        finished[.acked] = ackedTotal
        return finished
    }

    /// The journal has a failure, and the message stays open.
    mutating func retried(_ code: ErrorCode) { retried[code] += 1 }

    /// The journal has a failure, and the message is given up.
    mutating func buried(_ code: ErrorCode) { deadLetters[code] += 1 }
}
