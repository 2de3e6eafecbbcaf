import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// What a disk may do to bytes of a file.
private enum Damage: CustomStringConvertible {
    case flip(Int)
    /// 64 bytes, of which frames begin at multiples.
    case zero(Int), remove(Int), double(Int)
    case cut(Int)

    static let blockBytes = 64

    func spoil(_ bytes: inout [UInt8]) {
        switch self {
        case .flip(let at):
            guard bytes.indices ~= at else { return }
            bytes[at] ^= 4
        case .zero(let at):
            for index in Self.block(at, bytes) { bytes[index] = 0 }
        case .remove(let at): bytes.removeSubrange(Self.block(at, bytes))
        case .double(let at):
            let block = Self.block(at, bytes)
            bytes.insert(contentsOf: Array(bytes[block]), at: block.lowerBound)
        case .cut(let at): bytes.removeLast(max(0, bytes.count - at))
        }
    }

    var description: String {
        switch self {
        case .flip(let at): "flip \(at)"
        case .zero(let at): "zero \(at)"
        case .remove(let at): "remove \(at)"
        case .double(let at): "double \(at)"
        case .cut(let at): "cut \(at)"
        }
    }

    private static func block(_ start: Int, _ bytes: [UInt8]) -> Range<Int> {
        min(start, bytes.count)..<min(start + blockBytes, bytes.count)
    }
}

@Suite struct LogRecoveryTests {
    private static let path = "log/00000001.wlog"

    /// A journal of two messages, each a group.
    private static func prepared() throws -> (disk: SimulatedDisk, ends: [Int]) {
        let disk = SimulatedDisk()
        var maker = MessageMaker()
        var ends = [LogFileHeader.bytes]
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        for number in 1...2 {
            _ = try journal.commit([.append(maker.request())], now: .ms(number))
            ends.append(disk.bytes(of: path).lastIndex { $0 != 0 } ?? 0)
        }
        try journal.close()
        return (disk, ends)
    }

    /// Opens a journal and adds a message.
    private static func openAndAppend(
        _ disk: SimulatedDisk,
        seed: UInt64
    ) throws -> (open: [Int], damages: [JournalDamage]) {
        let journal = try LogJournal(simulatedOn: disk, options: .small)
        let request = RefillRequest(stage: .fetch, priority: .live, after: 0, limit: 100)
        let open = try journal.openEntries(request).map(\.position)
        for position in open where position > 2 {
            #expect(try journal.message(at: position).isOwnRoot)
        }
        var maker = MessageMaker(seed: seed)
        let entry = try journal.commit([.append(maker.request())], now: .ms(9))[0].entry
        let position = try #require(entry).position
        #expect(try journal.message(at: position).isOwnRoot)
        return (open + [position], journal.damages)
    }

    private static func expectKept(_ disk: SimulatedDisk, _ remark: String) throws {
        let first = try openAndAppend(disk, seed: 1)
        let second = try openAndAppend(disk, seed: 2)
        #expect(second.open.dropLast() == first.open[...], "\(remark): \(first) \(second)")
    }

    @Test func `no pair of damages hides what is appended later`() throws {
        let (original, ends) = try Self.prepared()
        let starts = Array(stride(from: 0, to: ends[2] + 64, by: Damage.blockBytes))
        let damages =
            starts.flatMap { [.flip($0 + 9), .remove($0), .zero($0)] as [Damage] }
            + starts.indices.filter { $0 % 4 == 1 }.flatMap { index in
                [.double(starts[index]), .cut(starts[index] + 30)] as [Damage]
            }
        for (number, first) in damages.enumerated() {
            // All pairs take minutes; each damage meets every twelfth of the others.
            for second in stride(from: number % 12, to: damages.count, by: 12) {
                let disk = original.copy()
                var bytes = disk.bytes(of: Self.path)
                first.spoil(&bytes)
                damages[second].spoil(&bytes)
                disk.replace(Self.path, with: bytes)
                try Self.expectKept(disk, "\(first), \(damages[second])")
            }
        }
    }

    @Test func `a bit that turns over in the last group is told`() throws {
        let (original, ends) = try Self.prepared()
        for byte in (LogFileHeader.bytes + 1)..<ends[2] {
            let disk = original.copy()
            disk.flip(Self.path, byte: byte, bit: byte)
            let (open, damages) = try Self.openAndAppend(disk, seed: 1)
            // Between the groups are zeros, which nobody misses.
            #expect(!damages.isEmpty || open.count == 3, "\(byte)")
        }
    }

    @Test func `a group that was not written whole is forgotten without a word`() throws {
        let (original, ends) = try Self.prepared()
        let start = (ends[1] / 64 + 1) * 64
        for length in stride(from: start, to: ends[2], by: 7) {
            for isCut in [true, false] {
                let disk = original.copy()
                let bytes = disk.bytes(of: Self.path)
                let rest = [UInt8](repeating: 0, count: isCut ? 0 : 4096 - length)
                disk.replace(Self.path, with: Array(bytes[..<length]) + rest)
                let (open, damages) = try Self.openAndAppend(disk, seed: 1)
                #expect(damages.isEmpty, "\(length): \(damages)")
                #expect(open.count == 2, "\(length)")
            }
        }
    }

    @Test func `what is found damaged carries the time`() throws {
        let (disk, _) = try Self.prepared()
        disk.flip(Self.path, byte: LogFileHeader.bytes + 80, bit: 1)
        disk.flip(Self.path, byte: 3, bit: 1)
        var options = LogJournal.Options.small
        options.now = { .ms(1234) }
        let journal = try LogJournal(simulatedOn: disk, options: options)
        let times = try journal.index.database.read { database in
            try Int.fetchAll(database, sql: "SELECT at_ms FROM damage")
        }
        #expect(times == [1234, 1234])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a journal whose files are gone ends, and says so`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        var journal: LogJournal? = try LogJournal(directory: directory.path)
        // The index has not opened the log yet, and finds nothing when it does.
        try FileManager.default.removeItem(atPath: directory.path)
        _ = try journal?.commit([.append(maker.request())], now: .ms(2))
        let failure = #expect(throws: QueueFailure.self) { try journal?.reports.ledger() }
        #expect(failure?.code == .journalBroken)
        journal = nil
    }
}
