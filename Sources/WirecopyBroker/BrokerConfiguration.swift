package import HTTPServer
package import WirecopyKeys
import WirecopyMessages
package import WirecopyQueue
package import WirecopyStatus

/// Where the broker listens, where its journal lies, and its bounds.
package struct BrokerConfiguration: Sendable {
    /// ZeroMQ address to listen on; port `*` lets the system choose one.
    package var endpoint: String
    /// Directory of the journal; it is made when it is not there.
    package var journalDirectory: String
    /// Folder of the broker's key and of the list of keys that it takes; with it everything at
    /// `endpoint` is encrypted, and only the owners of these keys are taken.
    package var keys: KeyFolder?
    /// Second address, for the programs of this machine, where nobody is asked for a key; used
    /// only beside `keys`.
    package var localEndpoint: String?
    /// Lets the broker listen where other machines can reach it, although nothing is encrypted.
    package var allowsPlaintext = false
    /// Leases, heartbeats and windows.
    package var limits = QueueLimits()
    /// Waits and attempts.
    package var retryPolicy = RetryPolicy()
    /// Sizes of the journal.
    package var journal = LogJournal.Options()
    /// What the broker may hold in memory.
    package var memory = BrokerLimits()
    /// Messages that one publisher may have unconfirmed; two full commands keep the disk busy.
    package var publishWindow = 2 * MessageLimits.messagesPerCommand
    /// Bytes of content that one publisher may have unconfirmed: an eighth of a second of a usual
    /// disk's work, so that several publishers share the memory for what waits for the disk.
    package var publishWindowBytes = 16 << 20
    /// How long a graceful stop waits for workers to finish what they have.
    package var stopGrace: Duration = .seconds(10)
    /// Where metrics and health are served; `nil` serves none.
    package var metricsAddress: ListenAddress?
    /// How the program names itself in metrics.
    package var identity = StatusServer.Identity(program: "wirecopy-broker", version: "")

    /// ZeroMQ's threads: one carries plain text faster than any disk; encryption happens on them
    /// too, at less than half of that, so two peers get a core each.
    var ioThreads: Int { keys == nil ? 1 : 2 }

    /// Names an address and a directory.
    package init(endpoint: String = "tcp://127.0.0.1:*", journalDirectory: String) {
        self.endpoint = endpoint
        self.journalDirectory = journalDirectory
    }

    /// Checks that the addresses may be listened on.
    func checkEndpoint() throws(BrokerFailure) {
        if let localEndpoint, !LinkAddress.isLocal(localEndpoint) {
            throw BrokerFailure(
                .endpointRefused,
                "Other machines can reach \(localEndpoint); the address for the programs of this "
                    + "machine must be on 127.0.0.1."
            )
        }
        guard keys == nil, !allowsPlaintext, !LinkAddress.isLocal(endpoint) else { return }
        throw BrokerFailure(
            .endpointRefused,
            """
            Other machines can reach \(endpoint), and messages would travel in plain text. Make a \
            key for each of them with wirecopy keys new NAME --role ROLE, listen on 127.0.0.1, or \
            allow plaintext in so many words with --allow-plaintext.
            """
        )
    }
}
