import Foundation

/// A broker whose disk fails when a file appears, by means of `scripts/fault-shim.c`.
struct ArmedBroker {
    /// What happens to a call of the system.
    enum Act: String {
        case eio, enospc
        case killBefore = "kill-before"
        case killAfter = "kill-after"
    }

    /// The installation.
    let rig: Rig
    /// The library.
    let shim: String

    private var trigger: String { rig.folder + "/armed" }

    /// Starts a broker that behaves until `fire`.
    ///
    /// - Parameters:
    ///   - call: `sync` or `write`, on files of the journal.
    ///   - act: what happens.
    ///   - number: to which call after `fire`, counted from 1.
    ///   - count: to how many calls in a row.
    /// - Throws: `ProgramFailure` when the broker does not start.
    func start(_ call: String, _ act: Act, at number: Int, count: Int = 1) throws {
        disarm()
        try rig.startBroker(environment: [
            "LD_PRELOAD": shim, "FAULT_PATH": rig.queue, "FAULT_CALL": call,
            "FAULT_DO": act.rawValue, "FAULT_AT": "\(number)", "FAULT_FOR": "\(count)",
            "FAULT_ARM": trigger,
        ])
    }

    /// Lets the calls be counted from now on.
    func fire() throws { try Data().write(to: URL(filePath: trigger)) }

    /// Lets calls succeed again.
    func disarm() { try? FileManager.default.removeItem(atPath: trigger) }

    /// Lets it happen, and waits until the broker has ended or the time is over; a broker that has
    /// said that it ends is waited for, because it says what it can to its peers first.
    func fireAndWait(within seconds: Double) throws -> RigProgram.End? {
        try fire()
        defer { disarm() }
        if let end = rig.broker?.end(within: seconds) { return end }
        guard let broker = rig.broker, broker.words.contains(Self.ending) else { return nil }
        return broker.end(within: Self.endSeconds)
    }

    /// What a broker says when it begins to end for a reason of its own.
    private static let ending = "The broker ends."
    /// More than it waits for peers that do not read.
    private static let endSeconds = 30.0
}
