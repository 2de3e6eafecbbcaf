import WirecopyMessages
import WirecopyMetrics

/// What the broker counts beyond its queues, since it started.
struct BrokerMeter: Sendable {
    /// Commands, and messages of publishers, that were refused.
    private(set) var refused = CountTable<RefusalCode>()
    /// What people were told of, by kind.
    private var notices = CountTable<BrokerNotice.Kind>()
    /// Bytes of content that came to rest.
    private(set) var receivedBytes = 0
    /// Bytes of content handed out.
    private(set) var sentBytes = 0
    /// Pages that entered.
    private(set) var pagesEntered = 0
    /// Pages whose way ended.
    private(set) var pagesEnded = CountTable<OutcomeKind>()
    /// From the moment in a page's identifier to its end; of dead ones only the outcome counts.
    private(set) var pageAge = OutcomeKind.allCases.map { _ in Histogram(.age) }

    /// A command or a message was refused.
    mutating func refuse(_ code: RefusalCode) { refused[code] += 1 }

    /// People are told of something.
    mutating func note(_ notice: BrokerNotice) { notices[notice.kind] += 1 }

    /// A publisher's message came to rest.
    mutating func entered(_ message: Message) {
        receivedBytes += message.contentBytes
        if message.envelope.parent == nil { pagesEntered += 1 }
    }

    /// A worker's output came to rest.
    mutating func made(_ output: Message, now: Instant) {
        receivedBytes += output.contentBytes
        if output.isOwnRoot { pagesEntered += 1 }
        guard output.envelope.kind == .outcome else { return }
        // The journal has read it before: one that is none was refused.
        guard let outcome = try? Outcome(json: output.data).outcome else { return }
        pagesEnded[outcome] += 1
        let entered = Instant(milliseconds: output.envelope.root.milliseconds)
        guard let index = OutcomeKind.allCases.firstIndex(of: outcome) else { return }
        pageAge[index].add(now - entered)
    }

    /// A message was given up, and its page with it.
    mutating func died() { pagesEnded[.dead] += 1 }

    /// Messages were handed out.
    mutating func delivered(bytes: Int) { sentBytes += bytes }

    /// Writes what is counted here.
    func write(to page: inout MetricPage) {
        page.add(.brokerRefused, refused.samples())
        page.add(.brokerEvents, notices.samples())
        page.add(.brokerReceivedBytes, receivedBytes)
        page.add(.brokerSentBytes, sentBytes)
        page.add(.pagesEntered, pagesEntered)
        page.add(.pagesEnded, pagesEnded.samples())
        page.add(
            .pageAge,
            zip(OutcomeKind.allCases, pageAge).map { .init([$0.rawValue], $1) }
        )
    }
}
