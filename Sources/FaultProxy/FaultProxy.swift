import Foundation
import Glibc
import Synchronization

/// A TCP proxy on loopback that spoils the link between two real programs, as networks do.
///
/// Two threads a link, one for each direction; links are bounded. What the weather says holds from
/// the next piece of bytes on, for links that exist and for new ones.
package final class FaultProxy: Sendable {
    /// More than a broker and its workers open.
    private static let linksMax = 256

    /// Port on 127.0.0.1 to connect to.
    package let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let seed: UInt64
    private let state = Mutex(State())

    private struct State {
        var weather = FaultWeather()
        var links: [FaultLink] = []
        var linksTotal = 0
        var isStopped = false
    }

    /// Listens on a free port of loopback for links to another port of loopback.
    ///
    /// - Parameters:
    ///   - target: port on 127.0.0.1 to which links lead.
    ///   - seed: decides which bytes are flipped.
    /// - Throws: `FaultProxyFailure` when no socket can be had.
    package init(target: UInt16, seed: UInt64) throws(FaultProxyFailure) {
        (listener, port) = try TCP.listen()
        self.target = target
        self.seed = seed
        Thread.detachNewThread { [self] in acceptLinks() }
    }

    /// What happens on the links from now on.
    package var weather: FaultWeather {
        get { state.withLock { $0.weather } }
        set { state.withLock { $0.weather = newValue } }
    }

    /// Links that were ever made.
    package var linksTotal: Int { state.withLock { $0.linksTotal } }

    /// Ends all links with a reset, as a restarted router or a crashed machine does.
    package func cut() {
        let links = state.withLock { state in
            defer { state.links = [] }
            return state.links
        }
        for link in links { link.cut() }
    }

    /// Ends all links and takes no more.
    package func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    private func acceptLinks() {
        defer { close(listener) }
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            guard let server = TCP.connect(port: target) else {
                TCP.reset(client)
                continue
            }
            let isTaken = state.withLock { state in
                guard !state.isStopped, state.links.count < Self.linksMax else { return false }
                state.linksTotal += 1
                let link = FaultLink(client, server, seed: seed &+ UInt64(state.linksTotal))
                state.links.removeAll(where: \.isOver)
                state.links.append(link)
                link.start { [weak self] in self?.weather ?? FaultWeather() }
                return true
            }
            guard !isTaken else { continue }
            TCP.reset(client)
            TCP.reset(server)
        }
    }
}

/// What a proxy does with the bytes that pass.
package struct FaultWeather: Sendable, Equatable {
    /// Whether bytes of one direction pass.
    package enum Passage: Sendable, Equatable {
        /// They pass.
        case open
        /// They wait, and pass when the way is open again, as over a network that is cut and
        /// mended before anybody gives up.
        case held
        /// They vanish, while their sender believes that they arrive: half of a link is gone. What
        /// comes later makes no sense to the reader, so cut the link afterwards.
        case swallowed
    }

    /// From the client, which connected, to the server.
    package var toServer = Passage.open
    /// From the server to the client.
    package var toClient = Passage.open
    /// Each piece of bytes waits so long.
    package var delay: Duration = .zero
    /// One bit is flipped about once in so many bytes; `nil` for none.
    package var flipOnceInBytes: Int?
    /// Most bytes a second towards the client, 1 or more; `nil` for no limit.
    package var bytesPerSecondToClient: Int?

    /// Makes fair weather.
    package init() {}

    /// Makes weather in which both directions are in one state.
    package init(both passage: Passage) {
        toServer = passage
        toClient = passage
    }
}

/// Why a proxy cannot be had.
package struct FaultProxyFailure: Error, Sendable {
    /// A full sentence.
    package let message: String
}
