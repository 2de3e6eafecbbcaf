import WirecopyMessages

/// What peers share beside the broker: the pages of the web, the store, and what was found wrong.
struct World: Sendable {
    /// What a page is, and so what must become of it.
    enum PageKind: Sendable {
        /// Ends in the store.
        case article
        /// The fetch stage ends its way.
        case unwanted
        /// Its fetch gives further requests.
        case feed
        /// Kills the worker that fetches or parses it.
        case poison
        /// A stage gives it up.
        case broken

        /// How its way must end.
        var outcome: OutcomeKind {
            switch self {
            case .article: .stored
            case .unwanted, .feed: .rejected
            case .poison, .broken: .dead
            }
        }
    }

    /// One page, by what is known of it outside the broker.
    struct Page: Sendable {
        let number: Int
        let kind: PageKind
        /// A publisher was told that it is on disk.
        var isConfirmed = false
        /// The journal stored it.
        var isJournalled = false
        /// Its messages were opened again by an operator.
        var replays = 0
        /// Messages of it that had their effect in the store.
        var stored: [MessageID] = []
    }

    private(set) var pages: [MessageID: Page] = [:]
    /// Roots in the order of their making.
    private(set) var roots: [MessageID] = []
    /// What must not be, as sentences.
    var findings: [String] = []
    /// What went wrong by the way.
    var faults: [Fault: Int] = [:]
    var generator: SeededGenerator
    var plan: SimulationPlan
    /// False once nothing goes wrong any more.
    var hasFaults = true

    init(_ plan: SimulationPlan, _ generator: SeededGenerator) {
        self.plan = plan
        self.generator = generator
    }

    subscript(root: MessageID) -> Page? {
        get { pages[root] }
        set { pages[root] = newValue }
    }

    /// Makes an identity.
    mutating func makeID(now: Int) -> MessageID {
        MessageID(milliseconds: now, using: &generator)
    }

    /// Makes a page and the request that brings it in.
    mutating func makePage(now: Int, by source: String, isLink: Bool = false) -> Message {
        let id = makeID(now: now)
        let number = roots.count + 1
        let page = Page(number: number, kind: drawKind(isLink: isLink))
        pages[id] = page
        roots.append(id)
        let host = "host\(number % 5).example"
        let url = "https://\(host)/\(number)"
        var envelope = Envelope(
            entering: .fetchRequest,
            id: id,
            subject: url,
            lane: host,
            source: "/" + source,
            madeAt: Instant(milliseconds: now)
        )
        if generator.happens(150) { envelope.key = "key-\(generator.number(1...4))" }
        if generator.happens(150) {
            envelope.notBefore = Instant(milliseconds: now + generator.number(100...20_000))
        }
        return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "url"))
    }

    /// Has a message its effect in the store; once for each message, however often it comes.
    mutating func store(_ message: Message) {
        let root = message.envelope.root
        guard var page = pages[root] else {
            findings.append("A message of the unknown page \(root) reached the store.")
            return
        }
        guard !page.stored.contains(message.envelope.id) else { return }
        page.stored.append(message.envelope.id)
        pages[root] = page
        guard page.stored.count > 1 + page.replays else { return }
        findings.append(
            """
            Page \(page.number) is stored twice: by the messages \(page.stored), with \
            \(page.replays) replays.
            """
        )
    }

    private mutating func drawKind(isLink: Bool) -> PageKind {
        if generator.happens(plan.poisonPermille) { return .poison }
        if generator.happens(plan.finalFailuresPermille) { return .broken }
        if generator.happens(60) { return .unwanted }
        return !isLink && generator.happens(60) ? .feed : .article
    }
}
