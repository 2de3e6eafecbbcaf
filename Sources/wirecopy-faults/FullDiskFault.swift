import Foundation
import Glibc
import WirecopyProgram

/// The disk of the journal is full: first so that a reserve is left, then to the last byte.
enum FullDiskFault {
    private static let mebibyte = 1 << 20
    /// Size of the disk; the broker keeps 64 MiB for acknowledgements.
    private static let diskMebibytes = 160

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let pages = plan.pages(short: 200, long: 2000)
        let third = pages / 3
        try plan.withRig(&result, pages: pages) { rig, result in
            let disk = try SmallDisk(at: rig.queue, mebibytes: diskMebibytes)
            defer { disk.remove() }
            try rig.startBroker()
            try rig.startWorkers()
            try rig.addAll(0..<third)
            // Below the reserve nothing enters, and what is in goes on.
            try disk.fill(leaving: 8 * mebibyte)
            Wait.pass(1.5)
            let refused = try rig.add(third..<2 * third).end(within: 60)
            let isTold = refused?.lastWords.contains("full") ?? false
            result.expect(
                refused.map { $0.status != 0 } ?? false && isTold,
                "A publisher on a full disk was told: \(refused?.lastWords ?? "nothing")"
            )
            try rig.settle(third, within: 120)
            try disk.free()
            Wait.pass(1.5)
            try rig.addAll(third..<2 * third)
            // To the last byte, in the middle of the work.
            rig.progresses(by: 5, within: 30)
            try disk.fill(leaving: 0)
            Wait.pass(plan.isShort ? 3 : 20)
            if rig.broker?.isRunning != true { result.count("stopped") }
            try disk.free()
            if let broker = rig.broker, !broker.isRunning {
                rig.note(broker, expecting: ExitStatus.inputOutputError.rawValue)
                try rig.startBroker()
            }
            // The broker looks once a second whether there is room.
            Wait.pass(1.5)
            try rig.addAll(2 * third..<pages)
            try rig.settle(pages, within: 300)
            try rig.stopAll()
            // The balance is read after the disk is gone.
            try disk.save()
        }
    }
}

/// A file system of its own in memory, for which root is needed.
private struct SmallDisk {
    let path: String
    private var ballast: String { path + "/ballast" }

    init(at path: String, mebibytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard Tool.succeeds("/bin/mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path)
        else { throw FaultSkipped("A small disk can be mounted only by root.") }
    }

    /// Takes all room but so many bytes.
    func fill(leaving rest: Int) throws {
        var figures = statvfs()
        guard unsafe statvfs(path, &figures) == 0 else { return }
        let free = Int(figures.f_bavail) * Int(figures.f_frsize)
        guard FileManager.default.createFile(atPath: ballast, contents: nil),
            let file = FileHandle(forWritingAtPath: ballast)
        else { return }
        defer { try? file.close() }
        let piece = Data(count: 1 << 16)
        for _ in 0..<max(0, free - rest) / piece.count {
            guard (try? file.write(contentsOf: piece)) != nil else { return }
        }
    }

    /// Gives the room back.
    func free() throws { try FileManager.default.removeItem(atPath: ballast) }

    /// Copies everything beside the disk, and puts it where the disk was.
    func save() throws {
        let copy = path + "-copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        remove()
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: copy, toPath: path)
    }

    func remove() { _ = Tool.succeeds("/bin/umount", "--lazy", path) }
}

/// Programs of the system.
enum Tool {
    /// Runs a program to its end; true when its status is 0.
    static func succeeds(_ path: String, _ arguments: String...) -> Bool {
        succeeds(path, arguments)
    }

    /// Runs a program to its end; true when its status is 0.
    static func succeeds(_ path: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
