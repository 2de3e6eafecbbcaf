import FaultProxy
import WirecopyProgram

/// Links between the broker and its workers that stand still, are half gone, or flip bits.
enum LinkFault {
    /// Nothing passes for a while, then everything does: 1 to 60 seconds.
    static func runPartition(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let lengths = plan.isShort ? [1, 8] : [1, 2, 5, 8, 13, 21, 34, 60]
        try run(plan, &result, rounds: lengths.count) { proxy, round in
            proxy.weather = FaultWeather(both: .held)
            Wait.pass(Double(lengths[round]))
            proxy.weather = FaultWeather()
        }
    }

    /// One direction is lost while the other stands, until both sides have noticed or not.
    static func runHalfOpen(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let lengths = plan.isShort ? [2, 9] : [1, 3, 7, 10, 15, 30, 45, 60]
        try run(plan, &result, rounds: lengths.count) { proxy, round in
            var weather = FaultWeather()
            if round.isMultiple(of: 2) {
                weather.toServer = .swallowed
            } else {
                weather.toClient = .swallowed
            }
            proxy.weather = weather
            Wait.pass(Double(lengths[round]))
            proxy.cut()
            proxy.weather = FaultWeather()
        }
    }

    /// Bits flip on the way. Without CURVE nothing but the frames' own structure notices, so a text
    /// may come out wrong; but no page is lost and no program ends.
    static func runFlips(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        try run(plan, &result, rounds: plan.isShort ? 2 : 12, dead: true) { proxy, _ in
            var weather = FaultWeather()
            weather.flipOnceInBytes = 20_000
            proxy.weather = weather
            Wait.pass(plan.isShort ? 2 : 5)
            proxy.weather = FaultWeather()
            proxy.cut()
        }
    }

    private static func run(
        _ plan: FaultPlan,
        _ result: inout FaultResult,
        rounds: Int,
        dead: Bool = false,
        _ cause: (FaultProxy, Int) -> Void
    ) throws {
        let perRound = plan.isShort ? 60 : 400
        let pages = rounds * perRound
        try plan.withRig(&result, pages: pages, given: dead ? pages / 5 : 0) { rig, result in
            let proxy = try FaultProxy(target: rig.brokerPort, seed: plan.seed)
            defer { proxy.stop() }
            try rig.startBroker()
            let endpoint = "tcp://127.0.0.1:\(proxy.port)"
            try rig.startWorkers(broker: endpoint)
            for round in 0..<rounds {
                try rig.addAll(round * perRound..<(round + 1) * perRound)
                rig.progresses(by: 3, within: 60)
                cause(proxy, round)
                result.count("times")
                try awaitProgress(rig, endpoint, round, &result)
            }
            try rig.settle(pages, within: 300)
            result.figures["links"] = proxy.linksTotal
            // Their endings go to the broker itself, for the proxy ends with this.
            try rig.stopAll()
        }
    }

    /// Waits until something moves again, or nothing is left to move.
    private static func awaitProgress(
        _ rig: Rig,
        _ endpoint: String,
        _ round: Int,
        _ result: inout FaultResult
    ) throws {
        let goal = rig.handled + 1
        let isDone = try Wait.until(within: 90) {
            result.count("restarted", try rig.supervise(broker: endpoint))
            Wait.pass(0.2)
            return rig.handled >= goal || rig.isAtRest
        }
        result.expect(isDone, "Nothing moved for 90 s after round \(round).")
    }
}
