import ArgumentParser

/// The readers that can be fuzzed.
enum FuzzName: String, CaseIterable, ExpressibleByArgument {
    case frames, envelope, json, log, warc, html, rules, bombs, address, robots, feed, sitemap
    case httpStatus = "http-status"
    case httpRequest = "http-request"

    /// All names, for people.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What makes and checks its input.
    var target: any FuzzTarget {
        switch self {
        case .frames: FramesTarget()
        case .envelope: EnvelopeTarget()
        case .json: JSONTarget()
        case .log: LogTarget()
        case .warc: ArchiveTarget()
        case .html: HTMLTarget()
        case .rules: RulesTarget()
        case .bombs: BombTarget()
        case .address: AddressTarget()
        case .robots: RobotsTarget()
        case .feed: FeedTarget()
        case .sitemap: SitemapTarget()
        case .httpStatus: HTTPTarget()
        case .httpRequest: HTTPRequestTarget()
        }
    }
}
