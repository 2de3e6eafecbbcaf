import WirecopyMessages
import WirecopyQueue

/// The files of a journal, from which the journal is opened on a simulated disk.
///
/// Must be true: a journal opens, or says why not; one that lacks messages says that it is damaged;
/// it takes a new message at a place that was never given; and it opens once more as it is. What an
/// index would know is not there: a cut that ends at a whole group looks as if the rest had never
/// been, so cuts need not be told here.
struct LogTarget: FuzzTarget {
    private static let now = Instant(milliseconds: 1_795_000_000_000)
    /// Small, so that a case costs microseconds to copy.
    private static let allocationBytes = 4096

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        let disk = SimulatedDisk()
        var maker = PageMaker(generator: generator)
        let name = maker.id()
        let open = (try? fill(disk, &maker, name)) ?? -1
        generator = maker.generator
        let paths = disk.paths
        var files = paths.map { disk.bytes(of: $0) }
        let isWhole = generator.once(in: 16)
        // Flipped bits must be told; of other damage it is enough that nothing traps.
        let isFlip = generator.once(in: 2)
        if !isWhole {
            let file = generator.below(files.count)
            for _ in 0...generator.below(isFlip ? 1 : 3) {
                if isFlip {
                    flip(&files[file], &generator)
                } else {
                    Mutator.damage(&files[file], using: &generator)
                }
            }
        }
        let head = [Array("\(open) \(isWhole || isFlip)".utf8)]
        let named = zip(paths, files).flatMap { [Array($0.utf8), $1] }
        return FuzzInput(head + named, isWhole: isWhole)
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let words = String(decoding: input.frames.first ?? [], as: UTF8.self).split(separator: " ")
        let disk = SimulatedDisk()
        let frames = Array(input.frames.dropFirst())
        for index in stride(from: 0, to: frames.count - 1, by: 2) {
            disk.replace(String(decoding: frames[index], as: UTF8.self), with: frames[index + 1])
        }
        guard let opened = try open(disk) else { return .refused }
        let expected = words.first.flatMap { Int($0) } ?? 0
        let mustTell = words.count > 1 && words[1] == "true"
        guard opened.open == expected || !opened.damages.isEmpty || !mustTell else {
            throw FuzzFinding("\(expected) messages were open, \(opened.open) are; nobody says so.")
        }
        let again = try open(disk)
        guard let again, again.open == opened.open + 1 else {
            let told = (opened.damages + (again?.damages ?? [])).map(\.sentence)
            throw FuzzFinding(
                """
                \(opened.open + 1) messages were open, then \(again?.open ?? -1). Told: \
                \(told.joined(separator: " "))
                """
            )
        }
        return opened.damages.isEmpty ? .accepted : .refused
    }

    private struct Opened {
        var open: Int
        var damages: [JournalDamage]
        var takesMore = false
    }

    /// Opens the journal, reads every message that is open, and adds one.
    private func open(_ disk: SimulatedDisk) throws(FuzzFinding) -> Opened? {
        let journal: LogJournal
        var opened: Opened
        do throws(QueueFailure) {
            journal = try LogJournal(simulatedOn: disk, options: Self.options(Self.otherName))
            let counts = try journal.state().openCounts
            opened = Opened(
                open: counts.reduce(0) { $0 + $1.messages },
                damages: journal.damages
            )
        } catch {
            guard error.message.hasSuffix(".") else {
                throw FuzzFinding("No sentence says why a journal does not open: \(error.message)")
            }
            return nil
        }
        do throws(QueueFailure) {
            for stage in StageName.allCases { try readAll(stage, journal) }
            var maker = PageMaker(generator: SeededGenerator(seed: UInt64(opened.open), case: 1))
            maker.milliseconds += 1_000_000
            let answers = try journal.commit([.append(maker.request())], now: Self.now)
            if case .appended(_?) = answers.first { opened.takesMore = true }
            try journal.close()
        } catch {
            throw FuzzFinding("A journal that was opened cannot be used: \(error.message)")
        }
        guard opened.takesMore else {
            throw FuzzFinding("A journal that was opened takes no message.")
        }
        return opened
    }

    /// Contents that were damaged are named; anything else breaks the journal.
    private func readAll(_ stage: StageName, _ journal: LogJournal) throws(QueueFailure) {
        for priority in MessageClass.allCases {
            let request = RefillRequest(stage: stage, priority: priority, after: 0, limit: 100)
            for entry in try journal.openEntries(request) {
                do throws(QueueFailure) {
                    _ = try journal.message(at: entry.position)
                } catch {
                    guard error.code == .contentUnreadable else { throw error }
                }
            }
        }
    }

    /// A journal with messages in several states; how many of them are open.
    private func fill(
        _ disk: SimulatedDisk,
        _ maker: inout PageMaker,
        _ name: MessageID
    ) throws(QueueFailure) -> Int {
        let journal = try LogJournal(simulatedOn: disk, options: Self.options(name))
        var open = 0
        for _ in 0...maker.generator.below(4) {
            let request = maker.request()
            let answers = try journal.commit([.append(request)], now: Self.now)
            open += 1
            guard maker.generator.once(in: 2), case .appended(let entry?) = answers[0] else {
                continue
            }
            let page = maker.page(from: request)
            _ = try journal.commit(
                [.acknowledge(position: entry.position, outputs: [page])],
                now: Self.now
            )
        }
        try journal.close()
        return open
    }

    private func flip(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8))
    }

    /// The name of a journal that is begun where the other one's can no longer be read.
    private static let otherName = MessageID(words: (0x7000, 1 << 63))

    private static func options(_ name: MessageID) -> LogJournal.Options {
        var options = LogJournal.Options()
        options.now = { now }
        options.makeName = { name }
        options.logAllocationBytes = allocationBytes
        options.logReserveBytes = 0
        return options
    }
}

/// Makes messages that enter and what the fetcher makes of them.
private struct PageMaker {
    var generator: SeededGenerator
    var milliseconds = 1_794_000_000_000

    init(generator: SeededGenerator) { self.generator = generator }

    mutating func request() -> Message {
        let id = id()
        let envelope = Envelope(
            entering: .fetchRequest,
            id: id,
            subject: "https://tide.example/\(id)",
            lane: "tide.example",
            source: "/fuzz/log",
            madeAt: Instant(milliseconds: milliseconds)
        )
        return Message(envelope: envelope, payload: FetchRequest(url: "a", origin: "url"))
    }

    mutating func page(from parent: Message) -> Message {
        let envelope = Envelope(
            of: .fetchedPage,
            id: id(),
            madeFrom: parent.envelope,
            source: "/fuzz/log",
            madeAt: Instant(milliseconds: milliseconds)
        )
        let body = [UInt8](repeating: 0x1F, count: 1 + generator.below(600))
        return Message(envelope: envelope, data: Array("{}".utf8), attachments: [body])
    }

    mutating func id() -> MessageID {
        milliseconds += 1
        return MessageID(milliseconds: milliseconds, using: &generator)
    }
}
