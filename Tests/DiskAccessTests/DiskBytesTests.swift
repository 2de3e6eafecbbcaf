import Foundation
import Glibc
import Testing

@testable import DiskAccess

@Suite struct DiskBytesTests {
    private static func withFile(_ body: (Int32) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-bytes-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        try body(descriptor)
    }

    @Test func `what was written is read, and no more than there is`() throws {
        try Self.withFile { file in
            try DiskBytes.write(Array("harbour".utf8), to: file, at: 3)
            #expect(try DiskBytes.read(from: file, at: 3, count: 4) == Array("harb".utf8))
            #expect(try DiskBytes.read(from: file, at: 6, count: 100) == Array("bour".utf8))
            #expect(try DiskBytes.read(from: file, at: 10, count: 1) == [])
            #expect(try DiskBytes.read(from: file, at: 0, count: 3) == [0, 0, 0])
        }
    }

    @Test func `a full disk is told apart from other refusals`() throws {
        let full = open("/dev/full", O_RDWR | O_CLOEXEC)
        try #require(full >= 0)
        defer { close(full) }
        let refusal = #expect(throws: DiskRefusal.self) {
            try DiskBytes.write([1], to: full, at: 0)
        }
        #expect(refusal?.isFull == true)
        #expect(refusal?.name == "ENOSPC")
        let other = #expect(throws: DiskRefusal.self) {
            try DiskBytes.read(from: -1, at: 0, count: 1)
        }
        #expect(other == DiskRefusal(EBADF))
        #expect(other?.isFull == false)
        #expect(other?.name == "errno \(EBADF)")
    }
}
