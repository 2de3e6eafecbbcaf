import Synchronization
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// What is known of all brokers that are followed; shared between those who ask and the screen.
final class TopBoard: Sendable {
    /// One broker.
    struct Entry {
        let endpoint: String
        var history = StatusHistory()
        /// Why the last question got no answer.
        var problem: String?
        /// Questions that were answered or failed.
        var looks = 0
    }

    private let entries: Mutex<[Entry]>
    private let version = Mutex(0)

    init(endpoints: [String]) {
        entries = Mutex(endpoints.map { Entry(endpoint: $0) })
    }

    /// Everything at this moment.
    var snapshot: [Entry] { entries.withLock { $0 } }

    /// Changes with every look.
    var currentVersion: Int { version.withLock { $0 } }

    /// Takes what a broker said, or why it said nothing.
    func add(_ look: Result<BrokerStatus, ProgramFailure>, of index: Int) {
        entries.withLock { entries in
            entries[index].looks += 1
            switch look {
            case .success(let status):
                entries[index].problem = nil
                entries[index].history.add(status)
            case .failure(let failure): entries[index].problem = failure.message
            }
        }
        version.withLock { $0 += 1 }
    }
}
