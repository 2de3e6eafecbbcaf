package import WirecopyMessages
package import WirecopyMetrics
import WirecopyQueue

/// The broker in figures at one moment, copied out of the core in well under a millisecond.
package struct BrokerFigures: Sendable {
    let stages: [StageFigures]
    let meter: BrokerMeter
    let workers: Int
    let commands: Int
    let unstoredBytes: Int
    /// Why no work is taken, as full sentences.
    package var obstacles: [String]

    /// Writes all of it.
    package func write(to page: inout MetricPage) {
        writeQueues(to: &page)
        writeDeliveries(to: &page)
        meter.write(to: &page)
        page.add(.brokerReady, obstacles.isEmpty ? 1 : 0)
        page.add(.brokerPeers, [.init(["worker"], workers), .init(["command"], commands)])
        page.add(.brokerUnstoredBytes, unstoredBytes)
    }

    private func writeQueues(to page: inout MetricPage) {
        page.add(
            .queueReady,
            stages.flatMap { stage in
                zip(MessageClass.allCases, stage.ready).map { priority, count in
                    .init([stage.stage.rawValue, priority.rawValue], count)
                }
            }
        )
        let counts: [(Metric, (StageFigures) -> Int)] = [
            (.queueInFlight, \.inFlight), (.queueDelayed, \.delayed), (.queueDead, \.dead),
            (.queuePaused, { $0.isPaused ? 1 : 0 }), (.queueSlots, \.slots),
            (.queueRestingLanes, \.restingLanes), (.queueDuplicates, \.duplicateTotal),
            (.queueReceived, \.receivedTotal), (.queueDone, \.doneTotal),
            (.queueLeased, \.meter.leasedTotal), (.queueExcused, \.excusedTotal),
        ]
        for (metric, count) in counts {
            page.add(metric, stages.map { .init([$0.stage.rawValue], count($0)) })
        }
        page.add(
            .queueOldestAge,
            stages.map { stage in
                .init([stage.stage.rawValue], Double(stage.oldestAge.wholeMilliseconds) / 1000)
            }
        )
        page.add(
            .queueWorkers,
            stages.flatMap { stage -> [MetricPage.Sample] in
                [
                    .init([stage.stage.rawValue, "present"], stage.presentWorkers),
                    .init([stage.stage.rawValue, "draining"], stage.drainingWorkers),
                    .init([stage.stage.rawValue, "silent"], stage.silentWorkers),
                ]
            }
        )
    }

    private func writeDeliveries(to page: inout MetricPage) {
        page.add(
            .queueFinished,
            stages.flatMap { $0.meter.finished.samples([$0.stage.rawValue]) }
        )
        page.add(
            .queueRetried,
            stages.flatMap { $0.meter.retried.samples([$0.stage.rawValue]) }
        )
        page.add(
            .queueDeadLetters,
            stages.flatMap { $0.meter.deadLetters.samples([$0.stage.rawValue]) }
        )
        page.add(.queueTime, stages.map { .init([$0.stage.rawValue], $0.meter.queueTime) })
        page.add(.serviceTime, stages.map { .init([$0.stage.rawValue], $0.meter.serviceTime) })
    }
}

extension BrokerCore {
    /// Everything that monitoring is told, at a moment.
    package mutating func figures(now: Instant) -> BrokerFigures {
        let workers = peers.workerCount
        return BrokerFigures(
            stages: machine.figures(now: now),
            meter: meter,
            workers: workers,
            commands: peers.count - workers,
            unstoredBytes: pending.bytes,
            obstacles: obstacles
        )
    }

    private var obstacles: [String] {
        switch phase {
        case .running: []
        case .starting: ["The broker opens its journal."]
        case .draining, .finishing, .ended: ["The broker stops."]
        }
    }
}
