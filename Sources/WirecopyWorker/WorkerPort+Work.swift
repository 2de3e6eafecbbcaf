import Logging
import WirecopyClient
import WirecopyMessages
import ZeroMQ

// Deliveries in the hands of slots: what is begun, how it ends, and how much is taken on at once.
extension WorkerPort {
    func take(_ deliveries: [BrokerReply.Delivery]) {
        meter.received(deliveries)
        keeper.receive(deliveries)
        // The broker sent these before it heard that nothing more is wanted.
        guard case .working = phase else { return giveBackUnstarted() }
        if let reason = easing.reason { return giveBackWaiting(reason) }
        serveIdle()
    }

    private func serveIdle() {
        while !idle.isEmpty, let work = begin() { idle.removeFirst().resume(returning: work) }
    }

    func begin() -> Work? {
        guard keeper.workingCount < easing.messagesMax, let delivery = keeper.start() else {
            return nil
        }
        let stop = StopSignal()
        let timer = loop.setTimer(after: configuration.stageTimeLimit) { [weak self] in
            self?.assumeIsolated { $0.exceedTime(delivery.lease) }
        }
        inWork[delivery.lease] = InWork(stop: stop, timer: timer)
        return Work(delivery: delivery, stop: stop)
    }

    func finish(_ finished: Finished) {
        loop.cancel(inWork.removeValue(forKey: finished.lease)?.timer)
        hung.remove(finished.lease)
        meter.worked(finished.serviceTime)
        guard keeper.finish(finished.lease, finished.report) == .report else {
            return logger.warning(
                "Work was dropped because its lease was lost.",
                metadata: ["lease": "\(finished.lease)"]
            )
        }
        count(finished.report, finished.lease)
        ease(after: finished.report)
        flushSoon()
    }

    private func count(_ report: LeaseKeeper.Report, _ lease: LeaseID) {
        meter.reported(report, at: surroundings.now())
        guard case .failed(let failure) = report else { return }
        logger.debug(
            "A message was given back.",
            metadata: [
                "lease": "\(lease)", "error.code": "\(failure.code.rawValue)",
                "error.message": "\(failure.message)",
                "is_final": "\(failure.disposition == .bury)",
            ]
        )
    }
}

// Trouble of the machine.
extension WorkerPort {
    /// Rests when the machine is in trouble, and goes on when it is no more.
    private func ease(after report: LeaseKeeper.Report) {
        switch report {
        case .failed(let failure):
            guard let pause = easing.failed(failure, using: &generator) else { return }
            rest(because: failure, for: pause)
        case .done:
            guard easing.succeeded() else { return }
            logger.info("The trouble is over; the worker goes on.")
            serveIdle()
        }
    }

    private func rest(because failure: StageFailure, for pause: Duration) {
        logger.warning(
            "The worker rests, because its machine is in trouble and its messages are not.",
            metadata: [
                "error.code": "\(failure.code.rawValue)", "error.message": "\(failure.message)",
                "worker.rest_ms": "\(pause.wholeMilliseconds)",
            ]
        )
        giveBackWaiting(failure)
        loop.setTimer(after: pause) { [weak self] in
            self?.assumeIsolated { port in
                port.easing.wake()
                port.serveIdle()
                port.flushSoon()
            }
        }
    }

    /// Others may have a machine without trouble.
    private func giveBackWaiting(_ failure: StageFailure) {
        for _ in 0..<keeper.giveBackWaiting(failure) {
            meter.reported(.failed(failure), at: surroundings.now())
        }
        flushSoon()
    }
}

// Calls that take too long.
extension WorkerPort {
    private func exceedTime(_ lease: LeaseID) {
        guard inWork[lease] != nil else { return }
        let limit = configuration.stageTimeLimit.wholeMilliseconds
        let failure = StageFailure(
            .stageTimedOut,
            .retry(after: nil),
            "The stage \(stage) did not finish the message within \(limit) ms."
        )
        if keeper.giveBack(lease, failure) { count(.failed(failure), lease) }
        forfeit([lease])
        flushSoon()
        inWork[lease]?.timer = loop.setTimer(after: configuration.cancelPatience) { [weak self] in
            self?.assumeIsolated { $0.countHung(lease) }
        }
    }

    private func countHung(_ lease: LeaseID) {
        guard inWork[lease] != nil else { return }
        hung.insert(lease)
        logger.error(
            "A call of the stage does not end; its slot is blocked.",
            metadata: ["lease": "\(lease)", "worker.hung_slots": "\(hung.count)"]
        )
        guard hung.count >= configuration.hungSlotsMax else { return }
        drain(because: .slotsHung(count: hung.count, timeLimit: configuration.stageTimeLimit))
    }
}
