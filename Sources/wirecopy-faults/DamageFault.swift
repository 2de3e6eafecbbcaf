import Foundation
import SplitMix
import WirecopyProgram

/// Files of a journal that are damaged, cut, missing, or taken from an old copy.
///
/// Each time the broker must start, or say in a sentence why not; and what is missing afterwards
/// must be told in its log.
enum DamageFault {
    private enum Damage: String, CaseIterable {
        case flip, cut, emptied, missing, old, longer
    }

    /// At so many places a bit of each file flips, and each file is cut.
    private static let places = 10

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let pages = plan.pages(short: 60, long: 300)
        try plan.withRig(&result, pages: pages) { rig, result in
            let old = "\(rig.folder)/old"
            try makeHistory(rig, pages: pages, old: old)
            var generator = plan.generator
            var cases = try files(in: rig.queue).flatMap { file in
                Damage.allCases.map { (file: file, damage: $0) }
            }
            // Where a bit flips or a file ends decides what becomes of it: many places.
            let placed = cases.filter { [.flip, .cut].contains($0.damage) }
            for _ in 1..<(plan.isShort ? 1 : places) { cases += placed }
            cases.shuffle(using: &generator)
            let original = "\(rig.folder)/original"
            try FileManager.default.copyItem(atPath: rig.data, toPath: original)
            for (file, damage) in plan.isShort ? cases.prefix(5) : cases[...] {
                try FileManager.default.removeItem(atPath: rig.data)
                try FileManager.default.copyItem(atPath: original, toPath: rig.data)
                let path = "\(rig.queue)/\(file)"
                guard try cause(damage, to: path, old: "\(old)/\(file)", &generator) else {
                    continue
                }
                result.count(damage.rawValue)
                try judge("\(damage) \(file)", rig, pages: pages, &result)
            }
            try FileManager.default.removeItem(atPath: rig.data)
            try FileManager.default.copyItem(atPath: original, toPath: rig.data)
            try rig.startBroker()
            try rig.startWorkers()
            try rig.settle(pages, within: 120)
        }
    }

    /// Pages in all states: ended, and waiting in the parser's, the extractor's and the store's
    /// queue; then the power goes.
    private static func makeHistory(_ rig: Rig, pages: Int, old: String) throws {
        let third = pages / 3
        try rig.startBroker()
        try rig.startWorkers()
        try rig.addAll(0..<third)
        try rig.settle(third, within: 120)
        try FileManager.default.copyItem(atPath: rig.queue, toPath: old)
        for kind in [WorkerKind.extractor, .storage] { end(kind, rig) }
        try rig.addAll(third..<2 * third)
        Wait.pass(3)
        for kind in [WorkerKind.fetcher, .parser] { end(kind, rig) }
        try rig.addAll(2 * third..<pages)
        rig.broker?.kill()
        _ = rig.broker?.end(within: 10)
    }

    private static func end(_ kind: WorkerKind, _ rig: Rig) {
        for worker in rig.workers[kind] ?? [] {
            worker.terminate()
            _ = worker.end(within: 30)
        }
    }

    /// Files of a folder and the folders in it.
    private static func files(in folder: String) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (all ?? []).sorted().filter { name in
            var isFolder: ObjCBool = false
            let path = "\(folder)/\(name)"
            _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }

    /// Damages a file; false when this damage does not apply to it.
    private static func cause(
        _ damage: Damage,
        to path: String,
        old: String,
        _ generator: inout SplitMix64
    ) throws -> Bool {
        let url = URL(filePath: path)
        var bytes = try Data(contentsOf: url)
        switch damage {
        case .missing: try FileManager.default.removeItem(at: url)
        case .old:
            guard let before = FileManager.default.contents(atPath: old), before != bytes else {
                return false
            }
            try before.write(to: url)
        case .emptied:
            guard !bytes.isEmpty else { return false }
            try Data().write(to: url)
        case .flip, .cut, .longer:
            guard !bytes.isEmpty else { return false }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            if damage == .flip {
                bytes[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
            }
            if damage == .cut { bytes = bytes.prefix(place) }
            if damage == .longer { bytes.append(bytes.suffix(from: place).prefix(5000)) }
            try bytes.write(to: url)
        }
        return true
    }

    private static func judge(
        _ what: String,
        _ rig: Rig,
        pages: Int,
        _ result: inout FaultResult
    ) throws {
        do throws(any Error) {
            try rig.startBroker()
        } catch {
            result.count("refused_to_start")
            let end = rig.broker?.end(within: 5)
            let isClean = end.map { $0.status > 0 && !$0.isCrash } ?? false
            result.expect(isClean, "\(what): the broker ended with \(end?.status ?? 0).")
            return
        }
        try rig.startWorkers()
        // Nothing may have been left to settle.
        let isSettled = (try? rig.settle(0, within: 60)) != nil
        let words = rig.broker?.words ?? ""
        try rig.stopAll()
        let isTold = ["damage", "missing", "cannot be read", "rebuilt"].contains {
            words.lowercased().contains($0)
        }
        let balance = try rig.balance()
        let missing = pages - balance.stored - balance.dead
        result.expect(balance.isBalanced || isTold, "\(what): the ledger does not balance, untold.")
        result.storedTwice += balance.storedTwice
        if missing > 0, !isTold {
            result.broken.append("\(what): \(missing) pages are missing, and nobody says so.")
        }
        result.expect(isSettled, "\(what): pages stay under way.")
        result.count(missing > 0 ? "told" : "harmless")
    }
}
