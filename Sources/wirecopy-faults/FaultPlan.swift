import ArgumentParser
import Foundation
import SplitMix
import WirecopyProgram

/// The faults that can be caused, in the order in which they are.
enum FaultName: String, CaseIterable, ExpressibleByArgument {
    case kill, sync, write, store
    case fullDisk = "full-disk"
    case damage, partition
    case halfOpen = "half-open"
    case flips, cable, freeze
    case slowConsumer = "slow-consumer"
    case poison, frames, requests, skew, clock, upgrade
    case server = "postgresql"

    /// All names, for people.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What causes it.
    fileprivate var scenario: (FaultPlan, inout FaultResult) throws -> Void {
        switch self {
        case .kill: KillFault.run
        case .sync: DiskCallFault.runSync
        case .write: DiskCallFault.runWrite
        case .store: StoreFault.run
        case .fullDisk: FullDiskFault.run
        case .damage: DamageFault.run
        case .partition: LinkFault.runPartition
        case .halfOpen: LinkFault.runHalfOpen
        case .flips: LinkFault.runFlips
        case .cable: CableFault.run
        case .freeze: FreezeFault.run
        case .slowConsumer: SlowConsumerFault.run
        case .poison: PoisonFault.run
        case .frames: FramesFault.run
        case .requests: RequestsFault.run
        case .skew: SkewFault.run
        case .clock: ClockFault.run
        case .upgrade: UpgradeFault.run
        case .server: ServerFault.run
        }
    }
}

/// One fault with its sizes.
struct FaultPlan {
    /// Which.
    let name: FaultName
    /// Whether the everyday form is wanted.
    let isShort: Bool
    /// Decides moments, victims and damage.
    let seed: UInt64
    /// Pages, where the usual number does not suit.
    let pages: Int?
    /// The library that makes calls fail; faults that need it are skipped without.
    let shim: String?
    /// Folder for installations.
    let folder: String

    /// Causes the fault; what goes wrong on the way is a result too.
    func run() -> FaultResult {
        var result = FaultResult(fault: name.rawValue, seed: seed)
        let start = ContinuousClock.now
        do {
            try name.scenario(self, &result)
        } catch let skip as FaultSkipped {
            result.skipped = skip.sentence
        } catch let failure as ProgramFailure {
            result.broken.append(failure.message)
        } catch {
            result.broken.append("\(error)")
        }
        result.seconds = ((ContinuousClock.now - start) / .milliseconds(100)).rounded() / 10
        return result
    }

    /// How many pages, by form.
    func pages(short: Int, long: Int) -> Int { pages ?? (isShort ? short : long) }

    /// The library that makes calls fail.
    func requireShim() throws -> String {
        guard let shim else {
            throw FaultSkipped("No --shim is given; scripts/fault-test builds it.")
        }
        return shim
    }

    /// Makes an installation with a site of this many pages, uses it, checks the balance in the
    /// end, and removes it when all is well.
    ///
    /// `body` starts programs; those that still run after it are stopped.
    func withRig(
        _ result: inout FaultResult,
        pages: Int,
        page: @escaping @Sendable (Int) -> String = PageSite.html,
        given deadMax: Int = 0,
        _ body: (Rig, inout FaultResult) throws -> Void
    ) throws {
        let rig = try Rig(folder: folder, name: name.rawValue, pages: pages, page)
        defer { rig.endAll() }
        do {
            try body(rig, &result)
            try rig.stopAll()
        } catch {
            rig.endAll()
            result.note(crashes: rig.crashes)
            result.broken.append("\(rig.folder) is kept.")
            throw error
        }
        result.note(crashes: rig.crashes)
        result.note(try rig.balance(), expecting: pages, dead: 0...deadMax)
        if result.broken.isEmpty {
            rig.remove()
        } else {
            result.broken.append("See \(rig.folder).")
        }
    }

    /// Numbers that decide moments and victims.
    var generator: SplitMix64 { SplitMix64(seed: seed &* 0xD134_2543_DE82_EF95) }
}

/// A fault that cannot be caused on this machine; the sentence says what is missing.
struct FaultSkipped: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}
