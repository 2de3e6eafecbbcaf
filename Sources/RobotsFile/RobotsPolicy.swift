package import Foundation

/// What came of asking a site for its `robots.txt`, redirects followed.
package enum RobotsAnswer: Sendable {
    /// A file came, with the life that the server gives it.
    case file([UInt8], maxAge: Duration?)
    /// Another status, from 300 to 599; of redirects only those that led nowhere after five.
    case status(Int)
    /// No answer: no connection, no name, no reply in time.
    case unreachable
}

/// What a site's rules are for the time being.
package struct RobotsAccess: Sendable {
    /// What may be fetched.
    package enum Scope: Sendable {
        /// What the file allows.
        case file(RobotsFile)
        /// Everything, for the site has no file.
        case everything
        /// Nothing, for the site cannot be asked.
        case nothing
    }

    /// What may be fetched.
    package let scope: Scope
    /// When the site is to be asked again.
    package let freshUntil: Date
    /// Since when the site cannot be asked; `nil` when it could the last time.
    package let unreachableSince: Date?
    /// Failed attempts in a row.
    package let failures: Int

    /// Whether an address of the site may be fetched.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - productToken: the robot's name without version.
    /// - Returns: `nil` when the site cannot be asked; then nothing may be fetched.
    package func verdict(on target: String, for productToken: String) -> RobotsVerdict? {
        switch scope {
        case .everything: .allowed(by: nil)
        case .nothing: nil
        case .file(let file): file.rules(for: productToken).verdict(on: RobotsPath(target))
        }
    }

    /// The rules in words for one robot; `nil` when there is no file.
    package func rules(for productToken: String) -> RobotsRules? {
        guard case .file(let file) = scope else { return nil }
        return file.rules(for: productToken)
    }
}

/// What the answers mean (RFC 9309, 2.3 and 2.4). Pure: the caller fetches and keeps.
package enum RobotsPolicy {
    /// Redirects that are followed, to other hosts too; more mean that there is no file.
    package static let redirectsMax = 5
    /// A file is not used longer without asking (2.4).
    package static let lifeMax = Duration.seconds(86_400)
    /// A server's shorter wish would double the number of requests to sites with few pages.
    package static let lifeMin = Duration.seconds(300)
    /// A site that cannot be asked for so long counts as one without a file (2.3.1.4).
    package static let unreachableMax = Duration.seconds(30 * 86_400)
    /// The pause after a first failure; it doubles with each.
    package static let retryFirst = Duration.seconds(60)

    /// The rules after an answer.
    ///
    /// - 2xx: the file. 4xx: there is none, everything may be fetched (2.3.1.3); but 429 is a site
    ///   that cannot answer now, as Google reads it.
    /// - 5xx and no answer: nothing may be fetched (2.3.1.4) unless an older file is known, which
    ///   goes on to hold; after `unreachableMax` it counts as without a file.
    /// - Redirects beyond five: there is none (2.3.1.2).
    package static func access(
        after answer: RobotsAnswer,
        previous: RobotsAccess?,
        now: Date
    ) -> RobotsAccess {
        switch answer {
        case .file(let bytes, let maxAge):
            let life = min(max(maxAge ?? lifeMax, lifeMin), lifeMax)
            return RobotsAccess(
                scope: .file(RobotsFile(bytes)),
                freshUntil: now.addingTimeInterval(life.interval),
                unreachableSince: nil,
                failures: 0
            )
        case .status(let status) where status != 429 && 300..<500 ~= status:
            return RobotsAccess(
                scope: .everything,
                freshUntil: now.addingTimeInterval(lifeMax.interval),
                unreachableSince: nil,
                failures: 0
            )
        case .status, .unreachable:
            return unreachable(previous: previous, now: now)
        }
    }

    private static func unreachable(previous: RobotsAccess?, now: Date) -> RobotsAccess {
        let since = previous?.unreachableSince ?? now
        let failures = (previous?.failures ?? 0) + 1
        // The 24th doubling would be beyond a century.
        let pause = retryFirst * (1 << min(failures - 1, 24))
        let isLong = now.timeIntervalSince(since) >= unreachableMax.interval
        let scope: RobotsAccess.Scope =
            switch previous?.scope {
            case .file(let file): .file(file)
            case .everything where !isLong: .everything
            default: isLong ? .everything : .nothing
            }
        return RobotsAccess(
            scope: scope,
            freshUntil: now.addingTimeInterval(min(pause, lifeMax).interval),
            unreachableSince: since,
            failures: failures
        )
    }
}

extension Duration {
    fileprivate var interval: TimeInterval {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
