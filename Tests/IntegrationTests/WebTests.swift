import Foundation
import FoundationNetworking
import Synchronization
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// The web page as real programs serve it.
    @Suite(.serialized)
    struct WebTests {
        @Test func `up serves the page, which follows the queue and comes back after a kill`()
            async throws
        {
            try await Installation.use { installation in
                let service = try await installation.up("--web", "--web-listen", "127.0.0.1:0")
                try await eventually("the page is served") { installation.page != nil }
                let page = try #require(installation.page)
                let folder = try GeneratedPages.write(0..<5, to: "pages", of: installation)
                #expect(try await installation.wirecopy("add", folder).status == 0)
                try await installation.waits(for: 5, .stored)
                try await eventually("the page shows what is stored") {
                    try await Self.text(page).contains("5 stored")
                }
                let event = try await Self.firstEvent(page + "events")
                #expect(event.contains("\"outcome.stored\":\"5\""))

                let program = installation.programs.first { $0.name == "wirecopy-web" }
                _ = kill(try #require(program).pid, SIGKILL)
                try await eventually("another page is served") {
                    let other = installation.programs.first { $0.name == "wirecopy-web" }
                    guard let other, other.pid != program?.pid else { return false }
                    let address = installation.page ?? page
                    return (try? await Self.text(address).contains("5 stored")) ?? false
                }
                service.terminate()
                #expect(try await service.end().status == 0)
                #expect(installation.page == nil, "The page's address is taken back.")
            }
        }

        @Test func `serve shows a store at rest, and asks for a token where others connect`()
            async throws
        {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<3, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                let serve = try installation.start(
                    "wirecopy",
                    ["serve", "--listen", "127.0.0.1:0"]
                )
                try await eventually("the page is served") { installation.page != nil }
                let page = try #require(installation.page)
                #expect(try await Self.text(page + "articles").contains("/articles/"))
                #expect(try await Self.text(page).contains("wirecopy up"))
                let token = installation.data + "/run/web-token"
                let attributes = try FileManager.default.attributesOfItem(atPath: token)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                serve.terminate()
                #expect(try await serve.end().status == 0)

                let open = try installation.start("wirecopy", ["serve", "--listen", "0.0.0.0:0"])
                let end = try await open.end()
                #expect(end.status == 64, "\(end.errors)")
                #expect(end.errors.contains("WIRECOPY_WEB_TOKEN"))
            }
        }

        private static func text(_ address: String) async throws -> String {
            let url = try #require(URL(string: address))
            let (data, _) = try await URLSession.shared.data(from: url)
            return String(decoding: data, as: UTF8.self)
        }

        /// The first event of a stream.
        private static func firstEvent(_ address: String) async throws -> String {
            let stream = EventStream()
            let session = URLSession(
                configuration: .ephemeral,
                delegate: stream,
                delegateQueue: nil
            )
            let task = session.dataTask(with: try #require(URL(string: address)))
            task.resume()
            defer { session.invalidateAndCancel() }
            try await eventually("an event comes") { stream.text.contains("\n\n") }
            return stream.text
        }
    }
}

/// Gathers what a server sends piece by piece.
private final class EventStream: NSObject, URLSessionDataDelegate, Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        bytes.withLock { $0 += Array(data) }
    }
}

extension Installation {
    /// Where the web page is served, once it is.
    fileprivate var page: String? {
        let data = FileManager.default.contents(atPath: data + "/run/web-address")
        return data.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) }
    }
}
