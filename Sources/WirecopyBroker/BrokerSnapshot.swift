import WirecopyMetrics
import WirecopyQueue
import WirecopyStatus

/// The broker at one moment, as its loop gives it out; what the disk says is added elsewhere.
struct BrokerSnapshot: Sendable {
    let figures: BrokerFigures
    /// How long the loop was held up.
    let loopTime: Duration
    let meter: JournalMeter
    let configuration: BrokerConfiguration

    /// What the status server needs; asks the file system, so not for the loop.
    var status: StatusSnapshot {
        let free = DiskSpace.freeBytes(at: configuration.journalDirectory)
        var figures = figures
        if let free, free < configuration.journal.reserveBytes {
            figures.obstacles.append("The disk of the journal is full; free some space.")
        }
        return StatusSnapshot(obstacles: figures.obstacles, loopTime: loopTime) { [figures] page in
            figures.write(to: &page)
            let journal = meter.figures
            page.add(.journalCommitTime, [.init([], journal.commitTime)])
            page.add(.journalSyncTime, [.init([], journal.syncTime)])
            page.add(.journalBatch, [.init([], journal.batch)])
            // The database is the journal itself: nothing lags behind it.
            page.add(.journalIndexLag, 0)
            page.add(.journalBytes, DiskSpace.usedBytes(at: configuration.journalDirectory))
            if let free { page.add(.journalDiskFree, free) }
        }
    }
}
