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
    var userAgent = Configuration.current.text(
        .userAgent,
        default: "wirecopy/\(ProgramVersion.current)"
    )

    @Flag(inversion: .prefixedNo, help: "Connect to private and loopback addresses too.")
    var allowPrivateAddresses = Configuration.current.boolean(.allowPrivateAddresses)

    func run() async {
        // Most of a fetch is waiting, so that many slots cost little.
        await worker.run("wirecopy-fetcher", slotsDefault: 32) {
            var curl = CurlConfiguration()
            curl.addressPolicy.allowsPrivateAddresses = allowPrivateAddresses
            return FetchStage(
                transport: CurlTransport(configuration: curl),
                configuration: FetchConfiguration(userAgent: userAgent),
                mint: .system
            )
        }
    }
}
