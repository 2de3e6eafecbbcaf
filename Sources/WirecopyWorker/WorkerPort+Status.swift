import WirecopyClient
import WirecopyMessages
import WirecopyMetrics
import WirecopyStatus

// What the worker tells of itself.
extension WorkerPort {
    /// What a scrape or a question for health gets.
    func snapshot() -> StatusSnapshot {
        let start = ContinuousClock.now
        let (meter, stage, busy, hung) = (meter, stage, inWork.count, hung.count)
        let isResting = easing.state != .working
        let isConnected = link?.isOpen ?? false
        let obstacles = obstacles(isConnected)
        return StatusSnapshot(obstacles: obstacles, loopTime: .now - start) { page in
            meter.write(
                to: &page,
                stage: stage,
                busySlots: busy,
                hungSlots: hung,
                isConnected: isConnected
            )
            page.add(.workerResting, [.init([stage.rawValue], isResting ? 1 : 0)])
        }
    }

    private func obstacles(_ isConnected: Bool) -> [String] {
        switch phase {
        case .draining, .ended: ["The worker stops."]
        case .brokerStopping: ["The broker stops; another dialogue is sought."]
        case .working where !isConnected: ["The broker has not taken this worker yet."]
        case .working: []
        }
    }

    /// What a heartbeat carries.
    func status() -> WorkerStatus {
        let (now, usage) = (surroundings.now(), surroundings.usage())
        var status = meter.status(at: now)
        status.busySlots = inWork.count
        status.cpuMilliseconds = usage.cpuMilliseconds
        status.host = WorkerConfiguration.hostName
        status.hungSlots = hung.count
        status.isResting = easing.state != .working
        status.residentBytes = usage.residentBytes
        status.residentBytesMax = usage.residentBytesMax
        status.uptimeMilliseconds = max(0, (now - startedAt).wholeMilliseconds)
        status.version = configuration.identity.version
        return status
    }
}
