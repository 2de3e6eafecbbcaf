import Glibc
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// What a journal shows after a restart must be on the disk before anybody is told of it.
@Suite struct RestartTests {
    private struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test func `a group whose sync was refused is durable once a restart shows it`() throws {
        var shown = 0
        for operation in 1...6 {
            for seed in 1...8 as ClosedRange<UInt64> {
                let disk = SimulatedDisk()
                var maker = MessageMaker()
                do {
                    let journal = try LogJournal(simulatedOn: disk, options: .small)
                    _ = try journal.commit([.append(maker.request())], now: .ms(1))
                    disk.fault = .init(at: operation, number: EIO)
                    _ = try? journal.commit([.append(maker.request())], now: .ms(2))
                    disk.fault = nil
                }
                let before = try LogJournal(simulatedOn: disk, options: .small)
                let open = try before.openEntries(at: [1, 2])
                if open.count == 2 { shown += 1 }
                var generator = SeededGenerator(state: seed)
                disk.crash(using: &generator)
                let after = try LogJournal(simulatedOn: disk, options: .small)
                #expect(try after.openEntries(at: [1, 2]) == open, "operation \(operation)")
                #expect(after.damages.isEmpty)
            }
        }
        // Or the test shows nothing.
        #expect(shown > 0)
    }

    @Test func `half a header that a crash left is made whole`() throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        do {
            let journal = try LogJournal(simulatedOn: disk, options: .small)
            _ = try journal.commit([.append(maker.request())], now: .ms(1))
        }
        let path = "log/00000001.wlog"
        let whole = disk.bytes(of: path)
        var half = whole
        half.replaceSubrange(
            LogFileHeader.bytes / 2 + 10..<LogFileHeader.bytes,
            with: [UInt8](repeating: 0, count: LogFileHeader.bytes / 2 - 10)
        )
        disk.replace(path, with: Array(half.prefix(LogFileHeader.bytes)))
        _ = try LogJournal(simulatedOn: disk, options: .small)
        #expect(
            disk.bytes(of: path).prefix(LogFileHeader.bytes)
                == whole.prefix(LogFileHeader.bytes)
        )
    }

    @Test(arguments: [0, 10, 64])
    func `a file that a crash left when it was begun is no damage`(_ bytes: Int) throws {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        let requests = [maker.request(), maker.request()]
        do {
            let journal = try LogJournal(simulatedOn: disk, options: .small)
            _ = try journal.commit([.append(requests[0])], now: .ms(1))
        }
        disk.replace("log/00000002.wlog", with: [UInt8](repeating: 0, count: bytes))
        for _ in 1...3 {
            let journal = try LogJournal(simulatedOn: disk, options: .small)
            #expect(journal.damages.isEmpty)
            #expect(try journal.message(at: 1) == requests[0])
        }
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let answers = try journal.commit([.append(requests[1])], now: .ms(2))
        let position = try #require(answers[0].entry?.position)
        let again = try LogJournal(simulatedOn: disk, options: .small)
        #expect(again.damages.isEmpty)
        #expect(try again.message(at: position) == requests[1])
    }
}
