import FoundationEssentials
import Glibc
package import HTTPServer
package import WirecopyClient
package import WirecopyStatus

/// How a worker runs: where its broker is, how much it does at once, and its time limits.
package struct WorkerConfiguration: Sendable {
    /// Where the broker is and how patient to be with it.
    package var link: LinkConfiguration
    /// Messages in work at once.
    package var slots: Int
    /// Messages that wait in the worker beyond those in work, so that no slot waits for the
    /// network.
    package var prefetch: Int
    /// Bytes of content that the worker holds, in work or waiting.
    package var contentBytesMax = 64 << 20
    /// Longest time that the stage may take for one message.
    package var stageTimeLimit: Duration = .seconds(60)
    /// How long a stopping worker waits for what is in work.
    package var grace: Duration = .seconds(20)
    /// How long a call that exceeded its time may take to notice that it was cancelled.
    package var cancelPatience: Duration = .seconds(5)
    /// So many slots held by calls that did not notice end the worker.
    package var hungSlotsMax: Int

    /// Pauses while the machine is in trouble; see `Easing`.
    package var pauses = Easing.pauses

    /// Where metrics and health are served; `nil` serves none.
    package var metricsAddress: ListenAddress?
    /// How the program names itself in status and metrics.
    package var identity = StatusServer.Identity(program: "worker", version: "")

    /// Makes the usual configuration.
    ///
    /// - Parameters:
    ///   - endpoint: ZeroMQ address of the broker, such as `tcp://127.0.0.1:5577`.
    ///   - peer: unique name of this process; see `peerName`.
    ///   - slots: messages in work at once, at least 1; all processors when `nil`.
    package init(endpoint: String, peer: String, slots: Int? = nil) {
        let slots = max(1, slots ?? ProcessInfo.processInfo.activeProcessorCount)
        link = LinkConfiguration(endpoint: endpoint, peer: peer)
        self.slots = slots
        prefetch = slots
        hungSlotsMax = (slots + 1) / 2
    }

    /// A name for a process that nobody else has: `parse/host-4711-x7k2`.
    package static func peerName(
        for role: String,
        using generator: inout some RandomNumberGenerator
    ) -> String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        let random = (0..<4).map { _ in
            String(digits[Int.random(in: digits.indices, using: &generator)])
        }
        return "\(role)/\(hostName)-\(getpid())-\(random.joined())"
    }

    /// Name of this machine.
    static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        // The last byte stays 0, so that a name cut short still ends.
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: name, as: UTF8.self)
    }
}
