import HTTPServer

/// An address that misbehaves in one particular way, for the test of fetchers and parsers.
package struct Oddity: Sendable {
    /// `/_odd/hang-body`.
    package let path: String
    /// What it does on the wire, in one sentence.
    package let summary: String
    let script: @Sendable (Visit) -> WireScript

    /// What an oddity may know about the request.
    struct Visit: Sendable {
        let request: HTTPRequest
        /// Earlier requests of the same path and query; a reset starts again at 0.
        let earlierCount: Int
        /// Seconds since 1970.
        let now: Int

        func answer(_ answer: HTTPAnswer) -> WireScript { answer.script(for: request, now: now) }

        /// The head of an answer whose body does not follow the rules; it ends the connection.
        func head(_ answer: HTTPAnswer, length: Int?) -> [UInt8] {
            answer.head(now: now, length: length, isLast: true)
        }

        /// A script of its own after which the connection is closed.
        func closing(_ status: Int, _ steps: WireScript.Step...) -> WireScript {
            WireScript(status: status, steps: steps, keepsAlive: false)
        }
    }

    init(_ name: String, _ summary: String, _ script: @escaping @Sendable (Visit) -> WireScript) {
        path = "/_odd/\(name)"
        self.summary = summary
        self.script = script
    }

    /// All oddities, in reading order. `/_odd/` lists them.
    package static let all: [Oddity] =
        redirects + statuses + stalls + lengths + protocolFaults + compressions + charsets + bodies
        + feeds + robotsFiles

    static let byPath = Dictionary(
        all.map { ($0.path, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// A small proper article that the harmless parts of oddities consist of.
    static func page(_ title: String, meta: String = "<meta charset=\"utf-8\">") -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head>\(meta)<title>\(title)</title></head>
        <body><main><article><h1>\(title)</h1>
        <p>The harbour clock in Brenness stopped on Tuesday for the first time since the winter \
        of 1962, and nobody noticed until the ten o'clock ferry left on time.</p>
        <p>"We set our watches by the ferry, and the ferry sets its watch by us," said the \
        harbour master, Solveig Aune. "Now nobody knows who is right."</p>
        <p>The town has ordered a new mainspring. It is expected in three weeks.</p>
        </article></main></body></html>

        """
    }

    static func html(_ title: String) -> HTTPAnswer { .html(page(title)) }
}
