import Glibc
import Testing
import WirecopyQueue

@testable import WirecopySimulation

struct FaultyDiskTests {
    private let bytes = [UInt8](repeating: 7, count: 4 * FaultyDisk.sectorBytes)

    private func makeFile(on disk: FaultyDisk) throws -> any JournalFile {
        let file = try disk.open("log/1", .creating)
        try disk.syncDirectory("log")
        return file
    }

    private func content(of disk: FaultyDisk) throws -> [UInt8] {
        let file = try disk.open("log/1", .reading)
        return try file.read(at: 0, count: try file.size())
    }

    @Test func `what was synced is there when the power comes back`() throws {
        for seed in 1...20 {
            let disk = FaultyDisk()
            let file = try makeFile(on: disk)
            try file.write([bytes], at: 0)
            try file.sync()
            var generator = SeededGenerator(seed: seed)
            disk.losePower(.sectors, using: &generator)
            #expect(try content(of: disk) == bytes)
        }
    }

    @Test func `what was not synced is lost, torn or there`() throws {
        var found: Set<Int> = []
        for seed in 1...40 {
            let disk = FaultyDisk()
            let file = try makeFile(on: disk)
            try file.write([bytes], at: 0)
            var generator = SeededGenerator(seed: seed)
            disk.losePower(.sectors, using: &generator)
            let sectors = try content(of: disk).filter { $0 == 7 }.count / FaultyDisk.sectorBytes
            found.insert(sectors)
        }
        #expect(found.count >= 4)
    }

    @Test func `a process that dies takes nothing that was written with it`() throws {
        let disk = FaultyDisk()
        let file = try makeFile(on: disk)
        try file.write([bytes], at: 0)
        disk.restart()
        #expect(try content(of: disk) == bytes)
        #expect(throws: DiskFault.self) { try file.write([[1]], at: 0) }
    }

    @Test func `a refused sync shows what no later sync makes durable`() throws {
        let disk = FaultyDisk()
        let file = try makeFile(on: disk)
        try file.write([bytes], at: 0)
        disk.plan(.refuseSync, after: 0)
        #expect(throws: DiskFault("sync", "log/1", EIO)) { try file.sync() }
        try file.sync()
        #expect(try content(of: disk) == bytes)
        var generator = SeededGenerator(seed: 1)
        disk.losePower(.everything, using: &generator)
        #expect(try content(of: disk).allSatisfy { $0 == 0 })
    }

    @Test func `a full disk takes as much as fits`() throws {
        let disk = FaultyDisk()
        let file = try makeFile(on: disk)
        disk.setCapacity(1000)
        #expect(throws: DiskFault("write", "log/1", ENOSPC)) { try file.write([bytes], at: 0) }
        #expect(try file.size() == 1000)
        #expect(disk.freeBytes() == 0)
    }

    @Test func `a death in a write leaves a part of it`() throws {
        let disk = FaultyDisk()
        let file = try makeFile(on: disk)
        disk.plan(.die(donePermille: 500), after: 0)
        #expect(throws: DiskFault.self) { try file.write([bytes], at: 0) }
        #expect(disk.isDead)
        disk.restart()
        #expect(try content(of: disk).count == bytes.count / 2)
    }

    @Test func `a disk that does not honour syncs loses what it promised`() throws {
        let disk = FaultyDisk(honoursSync: false)
        let file = try makeFile(on: disk)
        try file.write([bytes], at: 0)
        try file.sync()
        var generator = SeededGenerator(seed: 1)
        disk.losePower(.nothing, using: &generator)
        // Not even the name was sure to stay.
        let there = try disk.names(in: "log").isEmpty ? [] : content(of: disk)
        #expect(there.allSatisfy { $0 == 0 })
    }
}
