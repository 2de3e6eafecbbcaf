import WirecopyFetch
import WirecopyMessages

/// What inputs would bring in, as `--dry-run` tells it: everything is read, nothing is written.
struct InputPreview: Report {
    /// Addresses that would be fetched.
    var addresses = 0
    /// The inputs that give something, in their order; at most `inputsMax`.
    var inputs: [Input] = []
    /// Inputs beyond those; they are counted in the sums.
    var inputsLeftOut = 0
    /// Pages whose bytes are at hand.
    var pages = 0
    /// Records of web archives that hold no page, by what they are.
    var passedOver: [String: Int] = [:]
    /// Pieces of inputs that would be rejected.
    var rejected = 0
    /// Files and folders that would be passed over, at most `skippedMax`.
    var skipped: [Skipped] = []
    /// How many there are.
    var skippedCount = 0

    /// Files that are told one by one.
    static let inputsMax = 10_000
    /// Files that are passed over and told.
    static let skippedMax = 1000
    /// Reasons that are told of one input.
    static let reasonsMax = 5

    /// One file or address.
    struct Input: Report {
        /// Addresses in it.
        var addresses = 0
        /// What it is taken as; `nil` for an address.
        var kind: String?
        /// Pages in it.
        var pages = 0
        /// The path as it was reached, or the address.
        var path: String
        /// Why pieces of it would be rejected: the first `reasonsMax`.
        var reasons: [String] = []
        /// Pieces that would be rejected.
        var rejected = 0
    }

    /// A file that gives nothing.
    struct Skipped: Report {
        /// The path as it was reached.
        var path: String
        /// A full sentence.
        var reason: String
    }

    /// Reads inputs to their end.
    static func read(_ inputs: [String], _ settings: InputSettings) async -> InputPreview {
        let reader = InputReader(inputs, settings: settings, mint: .system)
        var preview = InputPreview()
        while let slice = await reader.next() { preview.take(slice) }
        preview.passedOver = reader.archiveTally.passedOver
        return preview
    }

    /// Adds a slice.
    mutating func take(_ slice: InputSlice) {
        for (message, place) in zip(slice.messages, slice.places) {
            if inputs.last?.path != place.path { begin(place) }
            count(message, told: inputsLeftOut == 0)
        }
        skippedCount += slice.skipped.count
        for input in slice.skipped.prefix(Self.skippedMax - skipped.count) {
            skipped.append(Skipped(path: input.path, reason: input.reason))
        }
    }

    /// The path of the input that is told last; of those that are not told, only the number.
    private mutating func begin(_ place: InputPlace) {
        guard inputs.count < Self.inputsMax else {
            inputsLeftOut += 1
            return
        }
        inputs.append(Input(kind: place.kind?.rawValue, path: place.path))
    }

    private mutating func count(_ message: Message, told: Bool) {
        let last = inputs.count - 1
        switch message.envelope.kind {
        case .fetchRequest:
            addresses += 1
            if told { inputs[last].addresses += 1 }
        case .fetchedPage:
            pages += 1
            if told { inputs[last].pages += 1 }
        default:
            rejected += 1
            guard told else { return }
            inputs[last].rejected += 1
            let reason = (try? Outcome(json: message.data))?.message ?? message.envelope.subject
            if inputs[last].reasons.count < Self.reasonsMax { inputs[last].reasons.append(reason) }
        }
    }
}

extension InputPreview {
    /// The lines of a screen, none longer than `columns` but for sentences.
    func lines(columns: Int) -> [String] {
        var table = Table([
            ("AS", .left), ("PAGES", .right), ("ADDRESSES", .right), ("REJECTED", .right),
            ("INPUT", .left),
        ])
        for input in inputs {
            table.add([
                input.kind ?? "address", "\(input.pages)", "\(input.addresses)",
                "\(input.rejected)", input.path,
            ])
        }
        let reasons = inputs.flatMap { $0.reasons.map { "rejected  \($0)" } }
        let passed = skipped.map { "skipped  \($0.path): \($0.reason)" }
        let records = passedOver.sorted { $0.key < $1.key }
            .map { "passed over  \($0.value) \($0.key)" }
        return (table.isEmpty ? [] : table.lines(columns: columns))
            + (reasons + passed + records).map(Terminal.safe) + [summary]
    }

    /// How much would come in, in one line.
    private var summary: String {
        let parts = [
            Quantity.count(pages, "page"),
            addresses == 1 ? "1 address to fetch" : "\(addresses) addresses to fetch",
            "\(rejected) rejected", "\(skippedCount) skipped",
        ]
        return parts.joined(separator: "  ") + "; nothing was written"
    }

    /// Shows what inputs would bring in.
    static func show(_ inputs: [String], _ settings: InputSettings, asJSON: Bool) async {
        let preview = await read(inputs, settings)
        if asJSON { return Terminal.printReport(preview) }
        preview.lines(columns: Terminal.columns).forEach(Terminal.print)
    }
}
