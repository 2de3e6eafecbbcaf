import Foundation
import GRDB
import Glibc
import SplitMix
import WirecopyProgram
import WirecopyStorage

/// The store breaks while stories are placed, and while persons change them: its worker is killed
/// at a write or a sync, its disk is full or broken for a while or fails to sync once, others hold
/// its lock.
enum StoreFault {
    /// What happens in one round.
    private enum Act: CaseIterable {
        case killBeforeWrite, killAfterWrite, killBeforeSync, killAfterSync, fullDisk, brokenDisk
        case failedSync, locked, killedEdit
    }

    /// How long a disk or a lock stays as it is.
    private static let lastingSeconds = 3.0
    /// Calls of the disk of which one is struck: a transaction has about as many.
    private static let callsMax = 40

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let shim = try plan.requireShim()
        let rounds = plan.isShort ? Act.allCases.count : 10 * Act.allCases.count
        let perRound = (plan.pages ?? (plan.isShort ? 25 : 50) * rounds) / rounds
        let pages = rounds * perRound
        try plan.withRig(&result, pages: pages, page: StoryPage.html) { rig, result in
            var generator = plan.generator
            try rig.startBroker()
            for kind in WorkerKind.allCases where kind != .storage { try rig.startWorker(kind) }
            var acts: [Act] = []
            for round in 0..<rounds {
                if acts.isEmpty { acts = Act.allCases.shuffled(using: &generator) }
                let act = acts.removeLast()
                let worker = try startStorage(act, rig, shim, &generator)
                let editing = try edit(rig, &generator)
                try Data().write(to: URL(filePath: trigger(rig)))
                let adding = try rig.add(round * perRound..<(round + 1) * perRound)
                rig.progresses(by: Int.random(in: 0...5, using: &generator), within: 5)
                try strike(act, worker, rig, &result)
                end(editing, isKilled: act == .killedEdit, &result)
                try rig.finish(adding)
                try rig.settle((round + 1) * perRound, within: 300)
                end(try edit(rig, &generator), isKilled: false, &result)
                check(rig, &result)
            }
        }
    }

    private static func trigger(_ rig: Rig) -> String { rig.folder + "/armed" }

    /// Kills the storage worker that runs, and starts one whose disk fails when it is told to.
    private static func startStorage(
        _ act: Act,
        _ rig: Rig,
        _ shim: String,
        _ generator: inout SplitMix64
    ) throws -> RigProgram {
        for program in rig.workers[.storage, default: []] {
            program.kill()
            rig.note(program, expecting: -SIGKILL)
        }
        rig.forgetEnded(.storage)
        try? FileManager.default.removeItem(atPath: trigger(rig))
        let (call, what, calls) =
            switch act {
            case .killBeforeWrite: ("write", "kill-before", 1)
            case .killAfterWrite: ("write", "kill-after", 1)
            case .killBeforeSync: ("sync", "kill-before", 1)
            case .killAfterSync: ("sync", "kill-after", 1)
            case .fullDisk: ("write", "enospc", Int(Int32.max))
            case .brokenDisk: ("write", "eio", Int(Int32.max))
            case .failedSync: ("sync", "eio", 1)
            case .locked, .killedEdit: ("none", "eio", 0)
            }
        let most = call == "sync" ? callsMax / 10 : callsMax
        return try rig.startWorker(
            .storage,
            environment: [
                "LD_PRELOAD": shim, "FAULT_PATH": rig.store, "FAULT_CALL": call, "FAULT_DO": what,
                "FAULT_AT": "\(Int.random(in: 1...most, using: &generator))",
                "FAULT_FOR": "\(calls)", "FAULT_ARM": trigger(rig),
            ]
        )
    }

    private static func strike(
        _ act: Act,
        _ worker: RigProgram,
        _ rig: Rig,
        _ result: inout FaultResult
    ) throws {
        switch act {
        case .killBeforeWrite, .killAfterWrite, .killBeforeSync, .killAfterSync:
            let isStruck = worker.end(within: lastingSeconds)?.status == -SIGKILL
            worker.kill()
            result.count(isStruck ? "killed_in_commit" : "killed")
            try FileManager.default.removeItem(atPath: trigger(rig))
            _ = worker.end(within: 10)
            try rig.restartWorkers(.storage)
        case .fullDisk, .brokenDisk, .failedSync:
            Wait.pass(lastingSeconds)
            try FileManager.default.removeItem(atPath: trigger(rig))
            result.count(
                act == .fullDisk ? "full" : act == .brokenDisk ? "broken_disk" : "failed_sync"
            )
            guard !worker.isRunning else { return }
            rig.note(worker, expecting: ExitStatus.inputOutputError.rawValue)
            rig.forgetEnded(.storage)
            try rig.startWorker(.storage)
        case .locked:
            try hold(rig.store)
            result.count("locked")
        case .killedEdit:
            return
        }
    }

    /// Holds the store's lock for a while.
    private static func hold(_ store: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(lastingSeconds)
        try DatabaseQueue(path: store, configuration: configuration).writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                Wait.pass(lastingSeconds)
                return .rollback
            }
        }
    }

    /// Joins, splits, moves or undoes something, as a person at the keyboard would.
    private static func edit(
        _ rig: Rig,
        _ generator: inout SplitMix64
    ) throws -> RigProgram? {
        let places = try Place.all(rig.store)
        guard let one = places.randomElement(using: &generator),
            let other = places.randomElement(using: &generator)
        else { return nil }
        let arguments: [String] =
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: ["merge", "\(one.story)", "\(other.story)"]
            case 1: ["split", "\(one.story)", one.article]
            case 2: ["move", one.article, "\(other.story)"]
            default: ["undo"]
            }
        return try rig.start("wirecopy", ["stories"] + arguments)
    }

    /// Waits until an edit is over, or kills it in the midst of its work.
    private static func end(
        _ command: RigProgram?,
        isKilled: Bool,
        _ result: inout FaultResult
    ) {
        guard let command else { return }
        if isKilled { command.kill() }
        guard let end = command.end(within: 60) else {
            command.kill()
            result.broken.append("wirecopy stories did not end within 60 s.")
            return
        }
        // Refusals are answers: a story cannot be joined with itself, and the like.
        let isKnown = [0, -SIGKILL, ExitStatus.usage.rawValue, ExitStatus.noInput.rawValue]
            .contains(end.status)
        result.expect(isKnown, "wirecopy stories ended with \(end.status): \(end.lastWords)")
        if end.status == 0 { result.count("edited") }
    }

    private struct Place {
        let article: String
        let story: Int64

        static func all(_ store: String) throws -> [Place] {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(lastingSeconds)
            guard FileManager.default.fileExists(atPath: store) else { return [] }
            return try DatabaseQueue(path: store, configuration: configuration).read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT article.id, story FROM story_article
                        JOIN article ON article.number = article ORDER BY article.number
                        """
                ).map { Place(article: $0[0], story: $0[1]) }
            }
        }
    }

    private static func check(_ rig: Rig, _ result: inout FaultResult) {
        do throws(StorageFailure) {
            let report = try StoreCare(path: rig.store).check(includesIndexes: false)
            result.broken += report.findings.map { "\($0.rule) Not so: \($0.example)." }
        } catch {
            result.broken.append(error.message)
        }
    }
}
