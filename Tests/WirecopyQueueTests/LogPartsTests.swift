import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct LogPartsTests {
    @Test func `the checksum is XXH64`() {
        #expect(Checksum.of([UInt8]()) == 0xEF46_DB37_51D8_E999)
        #expect(Checksum.of("a") == 0xD24E_C4F1_A98C_6E5B)
        #expect(Checksum.of("abc") == 0x44BC_2CF5_AD77_0999)
        let text = "Nobody inspects the spammish repetition"
        #expect(Checksum.of(text) == 0xFBCE_A83C_8A37_8BF1)
    }

    @Test func `a set of places finds, counts and forgets`() {
        var set = PositionSet()
        for position in [1, 64, 65_535, 65_536, 200_000] {
            let isNew = (set.insert(position), set.insert(position))
            #expect(isNew == (true, false))
        }
        #expect(set.count == 5)
        var found: [Int] = []
        var place = 0
        while let next = set.next(after: place) {
            found.append(next)
            place = next
        }
        #expect(found == [1, 64, 65_535, 65_536, 200_000])
        let changed = set.takeChanged()
        #expect(changed == [0, 1, 3])
        let wasThere = (set.remove(64), set.remove(64))
        #expect(wasThere == (true, false))
        let last = set.takeChanged()
        #expect(last == [0])
        var copy = PositionSet()
        for chunk in 0...3 {
            if let bytes = set.bytes(ofChunk: chunk) { copy.load(bytes, chunk: chunk) }
        }
        #expect(copy.count == 4)
        #expect(copy.next(after: 1) == 65_535)
        #expect(set.bytes(ofChunk: 2) == nil)
    }

    @Test func `places of steps are read as they were written`() {
        var steps = PageSteps(page: 1000)
        steps.append([1001, 1127, 1300, 70_000, 9_000_000_000])
        let read = PageSteps(page: 1000, steps.bytes)
        #expect(read.positions == [1001, 1127, 1300, 70_000, 9_000_000_000])
    }

    @Test func `a message is read from the log as it was written`() throws {
        var maker = MessageMaker()
        var envelope = maker.poll("feed", notBefore: .ms(1_600_000)).envelope
        envelope.stageVersion = "7"
        let message = Message(envelope: envelope, data: [1, 2, 3], attachments: [[9]])
        let location = SegmentLocation(segment: 3, offset: 4, length: 1)
        let place = AttachmentPlace(location: location, checksum: 5)
        var builder = LogFrameBuilder()
        let end = EndRecord(outcome: "rejected", reason: "no_main_text", article: nil)
        builder.add(message, page: 12, end: end, attachments: [place])
        guard
            case .message(let record) =
                try LogRecord(.message, builder.body, builder.body.indices)
        else {
            Issue.record("It is no message.")
            return
        }
        #expect(record.id == envelope.id)
        #expect(record.page == 12)
        #expect(record.lane == envelope.lane)
        #expect(record.key == "feed")
        #expect(record.notBefore == .ms(1_600_000))
        #expect(record.stageVersion == "7")
        #expect(record.end == end)
        #expect(record.attachments == [place])
        #expect(Array(builder.body[record.envelope]) == message.envelope.json)
        #expect(Array(builder.body[record.data]) == [1, 2, 3])
    }

    @Test func `lanes of every stage that has some are found by an index`() throws {
        var options = LogJournal.Options.small
        options.laneStages = [.parse]
        let journal = try LogJournal(simulatedOn: SimulatedDisk(), options: options)
        var maker = MessageMaker()
        for (number, lane) in ["a.example", "b.example", "a.example"].enumerated() {
            let request = maker.request("https://\(lane)/\(number)", lane: lane)
            let page = maker.page(from: request)
            _ = try journal.commit([.append(request)], now: .ms(1))
            let end = JournalChange.acknowledge(position: 2 * number + 1, outputs: [page])
            _ = try journal.commit([end], now: .ms(1))
        }
        let refill = RefillRequest(
            stage: .parse,
            priority: .live,
            after: 0,
            limit: 9,
            lane: "a.example"
        )
        #expect(try journal.openEntries(refill).map(\.position) == [2, 6])
        let plan = try journal.index.database.read { database in
            try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN \(JournalIndex.positionsOfLane(.parse))",
                arguments: ["a.example", 0, 9]
            ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("message_lane_parse") }, "\(plan)")
    }

    @Test func `a record that is cut is damage, at every byte`() {
        var maker = MessageMaker()
        var builder = LogFrameBuilder()
        builder.add(maker.request(), page: 1, end: nil, attachments: [])
        for length in 0..<builder.body.count {
            #expect(throws: DamagedBytes.self) {
                try LogRecord(.message, builder.body, 0..<length)
            }
        }
    }

    @Test func `the map of frames finds the last one in front of a message`() {
        var places = LogPlaces()
        places.add(firstPosition: 1, at: LogPlace(file: 1, offset: 64))
        places.add(firstPosition: 5, at: LogPlace(file: 1, offset: 128))
        places.add(firstPosition: 90, at: LogPlace(file: 1, offset: 70_000))
        places.add(firstPosition: 95, at: LogPlace(file: 2, offset: 64))
        #expect(places.start(of: 0) == nil)
        #expect(places.start(of: 7) == LogPlace(file: 1, offset: 64))
        #expect(places.start(of: 90) == LogPlace(file: 1, offset: 70_000))
        #expect(places.start(of: 1000) == LogPlace(file: 2, offset: 64))
    }
}
