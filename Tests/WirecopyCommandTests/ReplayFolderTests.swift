import Foundation
import Testing
import WirecopyMessages
import WirecopyProgram

@testable import wirecopy

@Suite struct ReplayFolderTests {
    private let scratch: ScratchFolder
    private let folder: ReplayFolder

    init() throws {
        scratch = try ScratchFolder()
        folder = ReplayFolder(DataDirectory(path: scratch.path))
    }

    private func begin() throws -> (ReplayRecord, ReplayLock) {
        var request = ReplayRequest()
        (request.stage, request.host) = (.parse, "tide.example")
        var counted = ReplayReport(count: 7, bytes: 90, hosts: [:], replayed: 0)
        counted.through = 70
        return try folder.begin(request, counted: counted, now: Instant(milliseconds: 1000))
    }

    @Test func `replays are numbered and kept as they were`() throws {
        #expect(try folder.records().isEmpty)
        let (first, _) = try begin()
        let (second, _) = try begin()
        #expect(first.id == 1)
        #expect(second.id == 2)
        #expect(try folder.records() == [first, second])
        #expect(first.request.through == 70)
        #expect(first.selection == "parse, host tide.example")
    }

    @Test func `a replay is worked on by one command at a time`() throws {
        let (record, lock) = try begin()
        #expect(try folder.isTaken(record.id))
        let failure = #expect(throws: ProgramFailure.self) { try folder.take(record.id) }
        #expect(failure?.status == .unavailable)
        withExtendedLifetime(lock) {}
    }

    @Test func `a replay whose command is gone can be taken`() throws {
        let id = try begin().0.id
        #expect(try !folder.isTaken(id))
        #expect(try folder.take(id).0.id == id)
    }

    @Test func `a slice moves the place at which a replay goes on`() throws {
        var (record, _) = try begin()
        var slice = ReplayReport(count: 3, bytes: 0, hosts: [:], replayed: 2)
        slice.next = 33
        record.advance(slice, now: Instant(milliseconds: 2000))
        #expect(record.request.after == 33)
        #expect(record.replayed == 2)
        #expect(record.state == .running)
        slice.next = nil
        record.advance(slice, now: Instant(milliseconds: 3000))
        #expect(record.state == .finished)
        #expect(record.updatedAtMs == 3000)
        try folder.save(record)
        #expect(try folder.record(record.id) == record)
    }

    @Test func `a record that cannot be read is named`() throws {
        let id = try begin().0.id
        let path = "\(scratch.path)/replays/\(id).json"
        try Data("{".utf8).write(to: URL(filePath: path))
        let failure = #expect(throws: ProgramFailure.self) { try folder.record(id) }
        #expect(failure?.status == .dataError)
        #expect(failure?.message.contains("\(id).json") == true)
        #expect(throws: ProgramFailure.self) { try folder.record(99) }
    }

    @Test func `old finished replays are forgotten`() throws {
        for _ in 0..<(ReplayFolder.finishedMax + 3) {
            var (record, _) = try begin()
            record.state = .finished
            try folder.save(record)
        }
        let (open, _) = try begin()
        let records = try folder.records()
        #expect(records.count == ReplayFolder.finishedMax + 1)
        #expect(records.last == open)
    }
}
