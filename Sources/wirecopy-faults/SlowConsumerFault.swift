import FaultProxy
import WirecopyProgram

/// A worker that takes its messages at a few bytes a second costs the others nothing.
enum SlowConsumerFault {
    /// A page of 2 KB takes seconds.
    private static let bytesPerSecond = 300

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let half = plan.pages(short: 200, long: 4000) / 2
        try plan.withRig(&result, pages: 2 * half) { rig, result in
            let proxy = try FaultProxy(target: rig.brokerPort, seed: plan.seed)
            defer { proxy.stop() }
            try rig.startBroker()
            try rig.startWorkers()
            rig.progresses(by: 1, within: 1)
            let alone = try seconds(rig, 0..<half)
            var weather = FaultWeather()
            weather.bytesPerSecondToClient = bytesPerSecond
            proxy.weather = weather
            try rig.startWorker(.parser, broker: "tcp://127.0.0.1:\(proxy.port)")
            Wait.pass(2)
            // What the slow one has been given waits for it; everything else must not.
            let held = 20
            let beside = try seconds(rig, half..<2 * half, all: half - held)
            proxy.weather = FaultWeather()
            try rig.settle(2 * half, within: 240)
            result.figures["milliseconds_alone"] = Int(alone * 1000)
            result.figures["milliseconds_beside_slow"] = Int(beside * 1000)
            result.expect(
                beside < 2 * alone + 10,
                "\(half) pages took \(beside) s beside a slow worker and \(alone) s without."
            )
            try rig.stopAll()
        }
    }

    /// How long pages take from their entry until this many are handled.
    private static func seconds(_ rig: Rig, _ pages: Range<Int>, all count: Int? = nil) throws
        -> Double
    {
        let start = ContinuousClock.now
        let goal = rig.handled + (count ?? pages.count)
        try rig.addAll(pages)
        let isDone = Wait.until(within: 300) { rig.handled >= goal }
        guard isDone else {
            throw ProgramFailure(.incomplete, "\(pages.count) pages were not done in 300 s.")
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
