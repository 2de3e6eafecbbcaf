import Foundation
import Glibc
package import HTTPServer
import Synchronization

/// A local website of five invented publishers, for demos, tests and benchmarks.
///
///     let newsroom = try Newsroom(port: 0)
///     newsroom.start()
///     defer { newsroom.stop() }
///     fetch(newsroom.baseURL + newsroom.articles[0].path)
package final class Newsroom: Sendable {
    /// `http://127.0.0.1:8471`, without a slash at the end.
    package let baseURL: String
    /// Everything it publishes, with the truth about it.
    package let archive: NewsArchive

    private let server: WireServer
    private let site: Site
    private let opened = ContinuousClock.now
    private let clock: @Sendable () -> Int
    private let state = Mutex(State())

    private struct State {
        var log = RequestLog()
        var isAdvanced = false
        var heldBackCount = 0
    }

    /// Takes the port on 127.0.0.1, 0 for a free one. `clock` gives seconds since 1970 for dates
    /// in headers; `limits` are those of a public website unless others are given.
    ///
    /// - Throws: `portTaken`, `socket`, and what loading the resources can throw.
    package init(
        port: UInt16,
        limits: WireLimits = WireLimits(),
        clock: @escaping @Sendable () -> Int = { time(nil) }
    ) throws(NewsroomFailure) {
        archive = try NewsArchive.bundled()
        do {
            server = try WireServer(ListenAddress(loopbackPort: port), limits: limits)
        } catch {
            throw NewsroomFailure(error, port: port)
        }
        baseURL = "http://127.0.0.1:\(server.address.port)"
        site = Site(archive: archive, baseURL: baseURL)
        self.clock = clock
    }

    /// Begins to answer requests.
    package func start() {
        server.start { [self] request in
            let script = self.script(for: request)
            let index = state.withLock { state in
                state.log.begin(request, status: script.status, after: .now - opened)
            }
            return (
                script,
                { [self] in
                    state.withLock { state in
                        state.log.finish(index, host: request.host, after: .now - opened)
                    }
                }
            )
        }
    }

    /// Closes all connections and frees the port.
    package func stop() { server.stop() }

    /// First versions of all articles, oldest first.
    package var articles: [NewsArticle] { archive.articles }

    /// What was asked so far, as of this moment.
    package var requestLog: RequestLog { state.withLock { $0.log } }

    /// From now on corrected articles stand at the addresses of their first versions, as after
    /// `POST /_control/advance`.
    package func advance() { state.withLock { $0.isAdvanced = true } }

    /// Takes the newest articles of each publisher back, from feeds, sitemaps and their own
    /// addresses, as `POST /_control/hold?count=2` does; each `publish` brings one of them out.
    package func holdBack(_ count: Int) {
        state.withLock { $0.heldBackCount = max(0, count) }
    }

    /// Brings the next article of each publisher out, as `POST /_control/publish` does; nothing
    /// when none is held back.
    package func publish() {
        state.withLock { $0.heldBackCount = max(0, $0.heldBackCount - 1) }
    }

    /// Back to the first versions of all articles, with an empty log, as after
    /// `POST /_control/reset`.
    package func reset() {
        state.withLock { state in
            state.isAdvanced = false
            state.heldBackCount = 0
            state.log.reset()
        }
    }

    /// `newsroom on 127.0.0.1:8471   5 publishers, 60 articles, 3 running stories`.
    package var greeting: String {
        "newsroom on \(baseURL.dropFirst("http://".count))   "
            + "\(archive.publishers.count) publishers, \(articles.count) articles, "
            + "\(archive.stories.count) running stories"
    }

    private func script(for request: HTTPRequest) -> WireScript {
        if request.method == "POST" { control(request) }
        let circumstances = state.withLock { state in
            Site.Circumstances(
                isAdvanced: state.isAdvanced,
                earlierCount: state.log.count(of: request.target),
                heldBackCount: state.heldBackCount,
                now: clock()
            )
        }
        return site.script(for: request, circumstances)
    }

    private func control(_ request: HTTPRequest) {
        switch request.path {
        case "/_control/advance": advance()
        case "/_control/hold": holdBack(Int(request.query.cut(at: "=").1) ?? 0)
        case "/_control/publish": publish()
        case "/_control/reset": reset()
        default: break
        }
    }
}
