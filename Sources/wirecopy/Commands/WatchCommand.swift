import ArgumentParser
import Curl
import Feeds
import Foundation
import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// `wirecopy watch URL...`: polls feeds and sitemaps from now on.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch feeds, sitemaps, or the sites that name them; new pages are taken in.",
        discussion: """
            wirecopy watch https://tide.example/            looks for the site's feeds
            wirecopy watch https://tide.example/feed.xml --every 15m
            wirecopy watch --opml subscriptions.opml

            How often a source is asked follows how often it publishes, and when; never more often \
            than --at-most, nor more rarely than --at-least. A source that is watched already \
            takes them on and keeps what it has learned. A running service polls: wirecopy up.
            """
    )

    @Argument(help: "Addresses of feeds, sitemaps, or pages that name them.")
    var urls: [String] = []

    @Option(help: "File with a list of feeds, as readers of feeds export it.")
    var opml: String?

    @Option(help: "Ask at this fixed interval, such as 15m, 2h, 1d.")
    var every: String?

    @Option(help: "The shortest time between two polls; 5m if nothing is said.")
    var atMost: String?

    @Option(help: "The longest time between two polls; 1d if nothing is said.")
    var atLeast: String?

    @Flag(help: "Of a page, watch all feeds that it names, not only the first.")
    var all = false

    @Flag(help: "Do not look at the addresses first; for lists that are known to be feeds.")
    var unseen = false

    @Flag(
        inversion: .prefixedNo,
        help: "Connect to private and loopback addresses when looking."
    )
    var allowPrivateAddresses = Configuration.current.boolean(.allowPrivateAddresses)

    @OptionGroup var options: DataOptions

    func validate() throws {
        guard !urls.isEmpty || opml != nil else {
            throw ValidationError("Give the address of a feed, a sitemap or a site, or --opml.")
        }
    }

    func run() async throws {
        let pace = try pace()
        let logger = options.program.startLogging("wirecopy")
        guard let endpoint = options.endpoint else {
            throw ProgramFailure(
                .unavailable,
                "No broker serves \(options.directory.path). Type wirecopy up first, or name one "
                    + "with --broker."
            )
        }
        let listed = try opml.map(SourceList.read) ?? []
        let given = unseen ? urls : try await look()
        let connection = try await Pipeline.connect(to: endpoint, logger)
        let publisher = SourcePublisher(connection: connection, pace: pace)
        let watched = try await publisher.publish(given + listed)
        if isPaceGiven { try await publisher.setPace(of: watched.known) }
        await connection.close()
        Terminal.note("\(Quantity.count(watched.newCount, "source")) watched from now on.")
        guard !watched.known.isEmpty else { return }
        let change = isPaceGiven ? "asked in the new pace from now on" : "watched before"
        Terminal.note("\(Quantity.count(watched.known.count, "source")) \(change).")
    }

    private var isPaceGiven: Bool { [every, atMost, atLeast].contains { $0 != nil } }

    private func pace() throws -> SourcePace {
        let usual = SourcePace()
        let shortest = try (every ?? atMost).map(PollInterval.init)?.duration ?? usual.shortest
        let longest = try (every ?? atLeast).map(PollInterval.init)?.duration
        guard shortest <= longest ?? max(shortest, usual.longest) else {
            throw ProgramFailure(
                .usage,
                "--at-most \(atMost ?? "5m") is longer than --at-least \(atLeast ?? "1d")."
            )
        }
        return SourcePace(shortest: shortest, longest: longest ?? max(shortest, usual.longest))
    }

    /// What is behind the addresses, told line by line.
    private func look() async throws -> [String] {
        var curl = CurlConfiguration()
        curl.addressPolicy.allowsPrivateAddresses = allowPrivateAddresses
        curl.proxy = Configuration.current.text(.proxy)
        let agent = ContactQuestion.userAgent(for: urls)
        let finder = SourceFinder(
            transport: CurlTransport(configuration: curl),
            configuration: FetchConfiguration(userAgent: agent),
            now: Instant.now
        )
        var watched: [String] = []
        for url in urls {
            do throws(SourceFailure) {
                let found = try await finder.sources(at: url)
                for (number, source) in found.enumerated() {
                    let isTaken = all || number == 0
                    if isTaken { watched.append(source.url) }
                    Terminal.print(Terminal.safe(Self.line(source, isTaken: isTaken)))
                }
            } catch {
                throw ProgramFailure(.noInput, error.message)
            }
        }
        return watched
    }

    private static func line(_ source: FoundSource, isTaken: Bool) -> String {
        let kind = source.kind.rawValue.replacing("_", with: " ")
        let title = source.title.map { "  \($0)" } ?? ""
        let count = source.namedCount
        let named = count == 1 ? "1 address" : "\(count) addresses"
        return "\(isTaken ? "+" : " ") \(source.url)  \(kind), \(named)\(title)"
    }
}

/// `wirecopy unwatch URL...`: polls no more.
struct UnwatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unwatch",
        abstract: "Watch sources no longer; what they brought stays."
    )

    @Argument(help: "Addresses, as wirecopy sources shows them.")
    var urls: [String]

    @OptionGroup var options: DataOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        guard let endpoint = options.endpoint else {
            throw ProgramFailure(.unavailable, "No broker serves \(options.directory.path).")
        }
        let connection = try await Pipeline.connect(to: endpoint, logger)
        var unknown: [String] = []
        for url in urls {
            let report: WatchedReport
            do {
                report = try await connection.admin(.unwatch, UnwatchRequest(url: url))
            } catch {
                throw ProgramFailure(error)
            }
            if !report.wasWatched { unknown.append(url) }
        }
        await connection.close()
        guard unknown.isEmpty else { throw SourcesCommand.unwatched(unknown) }
        Terminal.note("\(Quantity.count(urls.count, "source")) watched no longer.")
    }
}
