import ArgumentParser
import Curl
import WirecopyFetch
import WirecopyProgram
import WirecopyWorker

/// The worker of stage one.
@main
struct Fetcher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-fetcher",
        abstract: "Fetches pages over HTTP: fetch requests in, fetched pages out.",
        version: ProgramVersion.current
    )

    @OptionGroup var worker: WorkerOptions

    @Option(help: "How the fetcher names itself to sites; give a contact address.")
    var userAgent = UserAgent.text(.current)

    @Flag(inversion: .prefixedNo, help: "Connect to private and loopback addresses too.")
    var allowPrivateAddresses = Configuration.current.boolean(.allowPrivateAddresses)

    @Option(
        name: .customLong("host-pause-ms"),
        help: "Milliseconds for which a host is left alone after a request, besides its own wish."
    )
    var hostPauseMilliseconds = Configuration.current.integer(.hostPauseMS, default: 500)

    @Flag(inversion: .prefixedNo, help: "Fetch what robots.txt forbids; for sites of your own.")
    var ignoreRobots = Configuration.current.boolean(.ignoreRobots)

    @Option(help: "Proxy that makes the connections, such as http://proxy.example:3128.")
    var proxy: String?

    func validate() throws {
        guard 0...3_600_000 ~= hostPauseMilliseconds else {
            throw ValidationError("host-pause-ms lies between 0 and 3600000, an hour.")
        }
    }

    /// Most of a fetch is waiting, so that many slots cost little.
    private static let slotsUsual = 32

    func run() async {
        await worker.run("wirecopy-fetcher", slotsDefault: Self.slotsUsual) {
            var curl = CurlConfiguration()
            // Half of the slots are for hosts that answer.
            curl.slowTransfersMax = max(1, worker.slots(orUsual: Self.slotsUsual) / 2)
            curl.addressPolicy.allowsPrivateAddresses = allowPrivateAddresses
            curl.proxy = proxy ?? Configuration.current.text(.proxy)
            var fetching = FetchConfiguration(userAgent: userAgent)
            fetching.hostPause = .milliseconds(hostPauseMilliseconds)
            fetching.followsRobots = !ignoreRobots
            return FetchStage(
                transport: CurlTransport(configuration: curl),
                configuration: fetching,
                mint: .system
            )
        }
    }
}
