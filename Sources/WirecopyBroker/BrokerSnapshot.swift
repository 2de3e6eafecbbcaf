import WirecopyMetrics
import WirecopyQueue
import WirecopyStatus

/// The broker at one moment, as its loop gives it out; what the disk says is added elsewhere.
struct BrokerSnapshot: Sendable {
    let figures: BrokerFigures
    /// Connections that were not taken.
    let refusedConnections: CountTable<RefusalDiary.Reason>
    /// How long the loop was held up.
    let loopTime: Duration
    let meter: JournalMeter
    /// `nil` once it is closed.
    let journal: LogJournal?
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
            page.add(.brokerRefusedConnections, refusedConnections.samples())
            let measured = meter.figures
            page.add(.journalCommitTime, [.init([], measured.commitTime)])
            page.add(.journalSyncTime, [.init([], measured.syncTime)])
            page.add(.journalBatch, [.init([], measured.batch)])
            page.add(.journalRetiredPages, measured.retiredPages)
            page.add(.journalFreedBytes, measured.freedBytes)
            if let journal {
                page.add(.journalIndexLag, journal.indexLagMessages)
                page.add(.journalDamages, journal.damages.count)
            }
            page.add(.journalBytes, DiskSpace.usedBytes(at: configuration.journalDirectory))
            if let free { page.add(.journalDiskFree, free) }
        }
    }
}
