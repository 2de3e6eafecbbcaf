import Foundation
import Glibc
import WirecopyMessages
import WirecopyProgram

/// The records of all replays of an installation, one file each, so that a replay goes on where it
/// was after anything that ended it.
///
/// `N.json` is replaced as a whole after each slice. `N.lock` is locked by the command that works
/// on replay N. `N.pause` asks that command to stop.
struct ReplayFolder {
    /// Finished replays that are kept; a person looks at the last few.
    static let finishedMax = 100

    private let path: String

    /// Names the folder of an installation; it is made with the first replay.
    init(_ directory: DataDirectory) { path = directory.replays }

    /// Every replay, oldest first.
    func records() throws(ProgramFailure) -> [ReplayRecord] {
        try numbers().map { (id) throws(ProgramFailure) in try record(id) }
    }

    /// One replay.
    ///
    /// - Throws: `noInput` when there is none of this number.
    func record(_ id: Int) throws(ProgramFailure) -> ReplayRecord {
        guard let bytes = FileManager.default.contents(atPath: file(id, "json")) else {
            throw ProgramFailure(.noInput, "There is no replay \(id); type wirecopy replay ls.")
        }
        do {
            return try ReplayRecord(reportJSON: Array(bytes))
        } catch {
            let name = file(id, "json")
            throw ProgramFailure(
                .dataError,
                "The record \(name) cannot be read: \(error). Move it away and replay again."
            )
        }
    }

    /// Begins a replay under the next number, and forgets finished ones that are old.
    func begin(
        _ request: ReplayRequest,
        counted: ReplayReport,
        now: Instant
    ) throws(ProgramFailure) -> (ReplayRecord, ReplayLock) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        } catch {
            throw ProgramFailure(.cannotCreate, "The folder \(path) cannot be made: \(error).")
        }
        try forgetOld()
        var id = (try numbers().last ?? 0) + 1
        // Another command may take the same number at this moment; then the next one is free.
        while true {
            if let lock = try ReplayLock(file(id, "lock")),
                !FileManager.default.fileExists(atPath: file(id, "json"))
            {
                let record = ReplayRecord(id: id, request: request, counted: counted, now: now)
                try save(record)
                return (record, lock)
            }
            id += 1
        }
    }

    /// Takes a replay to go on with it.
    ///
    /// - Throws: `unavailable` when another command works on it.
    func take(_ id: Int) throws(ProgramFailure) -> (ReplayRecord, ReplayLock) {
        guard let lock = try ReplayLock(file(id, "lock")) else {
            throw ProgramFailure(.unavailable, "Another command works on replay \(id) already.")
        }
        return (try record(id), lock)
    }

    /// Whether a command works on a replay at this moment.
    func isTaken(_ id: Int) throws(ProgramFailure) -> Bool {
        try ReplayLock(file(id, "lock")) == nil
    }

    /// Writes a record; it is on disk on return.
    func save(_ record: ReplayRecord) throws(ProgramFailure) {
        let target = file(record.id, "json")
        do {
            try DurableFile.replace(target, with: try record.reportJSON())
        } catch {
            throw ProgramFailure(.inputOutputError, "\(target) cannot be written: \(error).")
        }
    }

    /// Asks the command that works on a replay to stop.
    func askToPause(_ id: Int) throws(ProgramFailure) {
        guard FileManager.default.createFile(atPath: file(id, "pause"), contents: nil) else {
            let name = file(id, "pause")
            throw ProgramFailure(.cannotCreate, "The file \(name) cannot be written.")
        }
    }

    /// Whether somebody asked to stop.
    func isAskedToPause(_ id: Int) -> Bool {
        FileManager.default.fileExists(atPath: file(id, "pause"))
    }

    /// Forgets that somebody asked to stop.
    func forgetPause(_ id: Int) { _ = unsafe unlink(file(id, "pause")) }

    private func forgetOld() throws(ProgramFailure) {
        let finished = try records().filter { $0.state == .finished }
        for record in finished.dropLast(Self.finishedMax) {
            for kind in ["json", "lock", "pause"] {
                _ = unsafe unlink(file(record.id, kind))
            }
        }
    }

    private func numbers() throws(ProgramFailure) -> [Int] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".json") }
                .compactMap { Int($0.dropLast(5)) }
                .sorted()
        } catch {
            throw ProgramFailure(.inputOutputError, "\(path) cannot be listed: \(error).")
        }
    }

    private func file(_ id: Int, _ kind: String) -> String { "\(path)/\(id).\(kind)" }
}

/// The right of one command to work on a replay; it ends with the command, however that ends.
final class ReplayLock {
    private let descriptor: Int32

    /// Takes a lock; `nil` when another command has it.
    init?(_ path: String) throws(ProgramFailure) {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            let cause = unsafe String(cString: strerror(errno))
            throw ProgramFailure(.cannotCreate, "\(path) cannot be opened: \(cause).")
        }
        descriptor = file
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    deinit { close(descriptor) }
}
