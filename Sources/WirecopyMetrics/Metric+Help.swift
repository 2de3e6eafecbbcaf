extension Metric {
    /// One sentence for people, as `# HELP` gives it.
    package var help: String {
        switch self {
        case .buildInfo: "Always 1; the labels name program and version."
        case .cpuSeconds: "Processor time used since the process started."
        case .openDescriptors: "Descriptors that are open."
        case .residentBytes: "Resident memory."
        case .startTime: "When the process started, in seconds since 1970-01-01 UTC."
        case .snapshotSeconds: "How long this very scrape held the socket loop up."
        case .brokerReady, .brokerPeers, .brokerRefused, .brokerRefusedConnections,
            .brokerEvents, .brokerReceivedBytes,
            .brokerSentBytes, .brokerUnstoredBytes, .pagesEntered, .pagesEnded, .pageAge:
            brokerHelp
        case .journalCommitTime, .journalSyncTime, .journalBatch, .journalBytes,
            .journalDamages, .journalIndexLag, .journalRetiredPages, .journalFreedBytes,
            .journalDiskFree:
            journalHelp
        case .workerSlots, .workerBusy, .workerHung, .workerResting, .workerConnected,
            .workerReceived,
            .workerDone, .workerRetried, .workerRejected, .workerLeasesLost,
            .workerReconnections, .workerReceivedBytes, .workerSentBytes, .workerStageTime:
            workerHelp
        default: queueHelp
        }
    }

    private var queueHelp: String {
        switch self {
        case .queueReady: "Messages that wait for a worker."
        case .queueInFlight: "Deliveries that have not ended, or whose end is not on disk yet."
        case .queueDelayed: "Messages that wait for a moment to come."
        case .queueDead: "Messages given up and kept."
        case .queueOldestAge: "Age of the oldest message that waits for a worker; 0 for none."
        case .queuePaused: "1 while an operator holds the stage."
        case .queueRestingLanes: "Lanes (hosts) that rest because their site asked for patience."
        case .queueWorkers: "Workers that the broker knows."
        case .queueSlots: "Slots of the workers that are present."
        case .queueReceived: "Messages that came in."
        case .queueDuplicates: "Outputs that were not stored because their key was open."
        case .queueLeased: "Deliveries that began."
        case .queueFinished: "Deliveries that ended; leased = finished + in flight."
        case .queueDone: "Messages finished, those of late acknowledgements included."
        case .queueRetried: "Deliveries after which the message is tried again."
        case .queueExcused: "Those of them that the machine's trouble ended: no attempt is spent."
        case .queueDeadLetters: "Messages given up."
        case .queueTime: "Time from ready to leased."
        case .serviceTime: "Time from leased to acknowledged."
        default: ""
        }
    }

    private var brokerHelp: String {
        switch self {
        case .pagesEntered: "Pages that entered."
        case .pagesEnded: "Pages whose way ended."
        case .pageAge: "Time from a page's entry, as its identifier tells it, to its outcome."
        case .brokerReady: "1 while the broker takes work: journal open and writable, no stop."
        case .brokerPeers: "Peers that have greeted."
        case .brokerRefused: "Commands, and messages of publishers, that were refused."
        case .brokerRefusedConnections: "Connections that were not taken."
        case .brokerEvents:
            "What the broker's log tells, by the kind of the line; equal lines are cut short there."
        case .brokerReceivedBytes: "Bytes of content received."
        case .brokerSentBytes: "Bytes of content delivered."
        case .brokerUnstoredBytes: "Bytes of content that wait for the disk."
        default: ""
        }
    }

    private var journalHelp: String {
        switch self {
        case .journalCommitTime: "Time that a group of changes took to come to rest."
        case .journalSyncTime: "Time that one sync of a file took."
        case .journalBatch: "Messages that came to rest with one sync."
        case .journalBytes: "Bytes of the journal's files."
        case .journalDamages: "Places of the journal's files that were damaged at the last start."
        case .journalIndexLag: "Messages on disk that the index does not know yet."
        case .journalRetiredPages: "Pages that retention removed since the broker's start."
        case .journalFreedBytes: "Bytes of files that retention freed since the broker's start."
        case .journalDiskFree: "Bytes that the journal's disk still has."
        default: ""
        }
    }

    private var workerHelp: String {
        switch self {
        case .workerSlots: "Messages that the worker can work on at once."
        case .workerBusy: "Slots that work."
        case .workerHung: "Slots held by calls that exceeded their time and do not end."
        case .workerResting:
            "1 while the worker takes little or nothing on, because its machine is in trouble."
        case .workerConnected: "1 while the broker has taken this worker."
        case .workerReceived: "Messages received."
        case .workerDone: "Messages finished with outputs."
        case .workerRetried: "Messages given back for another attempt."
        case .workerRejected: "Messages given up."
        case .workerLeasesLost: "Messages whose work was dropped because the lease was lost."
        case .workerReconnections: "Connections made anew after one was lost."
        case .workerReceivedBytes: "Bytes of content received."
        case .workerSentBytes: "Bytes of content sent as outputs."
        case .workerStageTime: "Time that the stage took for one message."
        default: ""
        }
    }
}
