import ArgumentParser
import Foundation
import Logging
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// `wirecopy top`: the state of one or several brokers, live.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Show queues, workers and rates, live; --json writes a line each look.",
        discussion: """
            Keys: q quits, h shows the others. A broker that is away is waited for. OUT/S and the \
            drain time are taken over the last 10 s.
            """
    )

    @Option(
        name: .customLong("broker"),
        help: "Address of a broker, or ADDRESS=KEY with its public key; may be repeated."
    )
    var brokers: [String] = []

    @Option(help: "Folder of the installation whose broker is shown when none is named.")
    var data = DataDirectory.configuredPath

    @Option(help: "Seconds between two looks.")
    var interval = 1

    @Option(help: "Stop after so many looks.")
    var count: Int?

    @Flag(help: "Write one screen as text and stop; rates are taken over one interval.")
    var once = false

    @Option(help: "Order of the rows: \(TopSort.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sort = TopSort.name

    @Flag(help: "Reverse the order.")
    var reverse = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var program: ProgramOptions

    func validate() throws {
        guard 1...3600 ~= interval, 1... ~= count ?? 1 else {
            throw ValidationError("--interval is 1 to 3600 seconds, and --count at least 1.")
        }
        guard brokers.count <= 32 else {
            throw ValidationError("--broker can be given 32 times.")
        }
    }

    func run() async throws {
        var logger = program.startLogging("wirecopy")
        // Lost connections are shown on the screen, and lines of a log would tear it.
        if isScreen { logger.logLevel = .critical }
        let endpoints = try endpoints()
        let stop = StopFlag()
        let signals = StopSignals { stop.raise() }
        let board = TopBoard(endpoints: endpoints.map(\.address))
        let followers = try endpoints.enumerated().map { index, endpoint in
            try BrokerFollower(
                endpoint,
                index: index,
                interval: .seconds(interval),
                logger: logger
            )
        }
        let looks = once ? 2 : count
        await withTaskGroup(of: Void.self) { group in
            for follower in followers {
                group.addTask { await follower.run(board, stop, count: looks) }
            }
            await show(board, stop, looks: looks)
            stop.raise()
            for follower in followers { await follower.close() }
        }
        withExtendedLifetime(signals) {}
        try checkSeen(board)
    }

    private var isScreen: Bool { Terminal.showsOutput && !output.json && !once }

    private func endpoints() throws(ProgramFailure) -> [BrokerEndpoint] {
        let setting = Configuration.current.text(.broker).map { [$0] } ?? []
        let named = brokers.isEmpty ? setting : brokers
        let endpoints = named.map { BrokerEndpoint(naming: $0, link) }
        guard endpoints.isEmpty else { return endpoints }
        let directory = DataDirectory(path: data)
        guard let address = BrokerAddress(in: directory) else {
            throw ProgramFailure(
                .unavailable,
                "No broker serves \(directory.path). Type wirecopy up, or wirecopy status "
                    + "for the state at rest."
            )
        }
        return [BrokerEndpoint(address: address.endpoint)]
    }

    /// A broker that never answered is a failure where nobody watches.
    private func checkSeen(_ board: TopBoard) throws(ProgramFailure) {
        guard !isScreen else { return }
        for entry in board.snapshot where entry.history.latest == nil {
            throw ProgramFailure(.unavailable, entry.problem ?? "\(entry.endpoint) did not answer.")
        }
    }

    private func show(_ board: TopBoard, _ stop: StopFlag, looks: Int?) async {
        let choice = TopScreen.Choice(sort: sort, isReversed: reverse)
        if isScreen {
            await TopSession(board: board, choice: choice).run(stop, looks: looks)
        } else if output.json, !once {
            await printLooks(board, stop, looks: looks)
        } else {
            await wait(stop) { board.snapshot.allSatisfy { $0.looks >= looks ?? .max } }
            printOnce(board, choice)
        }
    }

    /// One line for each look at each broker.
    private func printLooks(_ board: TopBoard, _ stop: StopFlag, looks: Int?) async {
        var printed = board.snapshot.map { _ in 0 }
        await wait(stop) {
            for (index, entry) in board.snapshot.enumerated() where entry.looks > printed[index] {
                printed[index] = entry.looks
                Terminal.printReport(TopReport(entry))
            }
            return printed.allSatisfy { $0 >= looks ?? .max }
        }
    }

    private func printOnce(_ board: TopBoard, _ choice: TopScreen.Choice) {
        if output.json {
            for entry in board.snapshot { Terminal.printReport(TopReport(entry)) }
            return
        }
        let lines = TopScreen(board.snapshot, choice).lines(columns: Terminal.columns)
        // The first two are for the screen: its title, and an empty line.
        for line in lines.dropFirst(2) { Terminal.print(line.text) }
    }

    private func wait(_ stop: StopFlag, until isDone: () -> Bool) async {
        while !isDone(), !stop.isRaised {
            try? await Task.sleep(for: TopSession.pulse)
        }
    }
}
