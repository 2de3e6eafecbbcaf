/// Every metric that a program of Wirecopy exports, closed.
///
/// `docs/guides/metrics.md` explains each; the board and the alerts in `deploy` use no other. Tests
/// hold the lists together.
package enum Metric: String, Sendable, CaseIterable, Hashable {
    // Every program.
    case buildInfo = "wirecopy_build_info"
    case cpuSeconds = "process_cpu_seconds_total"
    case openDescriptors = "process_open_fds"
    case residentBytes = "process_resident_memory_bytes"
    case startTime = "process_start_time_seconds"
    case snapshotSeconds = "wirecopy_scrape_loop_seconds"

    // The queues.
    case queueReady = "wirecopy_queue_ready"
    case queueInFlight = "wirecopy_queue_in_flight"
    case queueDelayed = "wirecopy_queue_delayed"
    case queueDead = "wirecopy_queue_dead"
    case queueOldestAge = "wirecopy_queue_oldest_age_seconds"
    case queuePaused = "wirecopy_queue_paused"
    case queueRestingLanes = "wirecopy_queue_resting_lanes"
    case queueWorkers = "wirecopy_queue_workers"
    case queueSlots = "wirecopy_queue_worker_slots"
    case queueReceived = "wirecopy_queue_received_total"
    case queueDuplicates = "wirecopy_queue_duplicates_total"
    case queueLeased = "wirecopy_queue_leased_total"
    case queueFinished = "wirecopy_queue_finished_total"
    case queueDone = "wirecopy_queue_done_total"
    case queueRetried = "wirecopy_queue_retried_total"
    case queueExcused = "wirecopy_queue_excused_total"
    case queueDeadLetters = "wirecopy_queue_dead_letters_total"
    case queueTime = "wirecopy_queue_time_seconds"
    case serviceTime = "wirecopy_service_time_seconds"

    // The pages.
    case pagesEntered = "wirecopy_pages_entered_total"
    case pagesEnded = "wirecopy_pages_ended_total"
    case pageAge = "wirecopy_page_age_seconds"

    // The broker.
    case brokerReady = "wirecopy_broker_ready"
    case brokerPeers = "wirecopy_broker_peers"
    case brokerRefused = "wirecopy_broker_refused_commands_total"
    case brokerRefusedConnections = "wirecopy_broker_refused_connections_total"
    case brokerEvents = "wirecopy_broker_events_total"
    case brokerReceivedBytes = "wirecopy_broker_received_bytes_total"
    case brokerSentBytes = "wirecopy_broker_sent_bytes_total"
    case brokerUnstoredBytes = "wirecopy_broker_unstored_bytes"

    // The journal.
    case journalCommitTime = "wirecopy_journal_commit_seconds"
    case journalSyncTime = "wirecopy_journal_sync_seconds"
    case journalBatch = "wirecopy_journal_batch_messages"
    case journalBytes = "wirecopy_journal_bytes"
    case journalDamages = "wirecopy_journal_damages"
    case journalIndexLag = "wirecopy_journal_index_lag_messages"
    case journalRetiredPages = "wirecopy_journal_retired_pages_total"
    case journalFreedBytes = "wirecopy_journal_freed_bytes_total"
    case journalDiskFree = "wirecopy_journal_disk_free_bytes"

    // The workers.
    case workerSlots = "wirecopy_worker_slots"
    case workerBusy = "wirecopy_worker_busy_slots"
    case workerHung = "wirecopy_worker_hung_slots"
    case workerResting = "wirecopy_worker_resting"
    case workerConnected = "wirecopy_worker_connected"
    case workerReceived = "wirecopy_worker_received_total"
    case workerDone = "wirecopy_worker_done_total"
    case workerRetried = "wirecopy_worker_retried_total"
    case workerRejected = "wirecopy_worker_rejected_total"
    case workerLeasesLost = "wirecopy_worker_leases_lost_total"
    case workerReconnections = "wirecopy_worker_reconnections_total"
    case workerReceivedBytes = "wirecopy_worker_received_bytes_total"
    case workerSentBytes = "wirecopy_worker_sent_bytes_total"
    case workerStageTime = "wirecopy_worker_stage_seconds"

    /// What Prometheus is told of the metric's nature.
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// The labels, closed; the values of each come from a closed set.
    package enum Label: String, Sendable {
        /// `StageName`.
        case stage
        /// `MessageClass`.
        case priority = "class"
        /// `ErrorCode`.
        case errorCode = "error_code"
        /// How a delivery or a page ended.
        case outcome
        /// `RefusalCode`.
        case refusal
        /// `RefusalDiary.Reason`.
        case reason
        /// `BrokerNotice.Kind`.
        case event
        /// `present`, `draining` or `silent`.
        case presence
        /// `worker` or `command`.
        case role
        /// Name of the program.
        case program
        /// Version of the program.
        case version
    }

    /// Name of the metric.
    package var name: String { rawValue }

    /// Counters end in `_total` (or are named so by Prometheus' conventions), gauges do not.
    package var kind: Kind {
        if rawValue.hasSuffix("_total") { return .counter }
        switch self {
        case .queueTime, .serviceTime, .pageAge, .journalCommitTime, .journalSyncTime,
            .journalBatch, .workerStageTime:
            return .histogram
        default: return .gauge
        }
    }

    /// The labels of each value, in order.
    package var labels: [Label] {
        switch self {
        case .buildInfo: [.program, .version]
        case .queueReady: [.stage, .priority]
        case .queueWorkers: [.stage, .presence]
        case .queueFinished: [.stage, .outcome]
        case .queueRetried, .queueDeadLetters, .workerRetried, .workerRejected:
            [.stage, .errorCode]
        case .queueInFlight, .queueDelayed, .queueDead, .queueOldestAge, .queuePaused,
            .queueRestingLanes, .queueSlots, .queueReceived, .queueDuplicates, .queueLeased,
            .queueDone, .queueExcused, .queueTime, .serviceTime:
            [.stage]
        case .pagesEnded, .pageAge: [.outcome]
        case .brokerPeers: [.role]
        case .brokerRefused: [.refusal]
        case .brokerRefusedConnections: [.reason]
        case .brokerEvents: [.event]
        case .workerSlots, .workerBusy, .workerHung, .workerResting, .workerConnected,
            .workerReceived,
            .workerDone, .workerLeasesLost, .workerReconnections, .workerReceivedBytes,
            .workerSentBytes, .workerStageTime:
            [.stage]
        default: []
        }
    }
}
