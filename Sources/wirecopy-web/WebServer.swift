import HTTPServer
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import WirecopyProgram
import WirecopyWeb

/// Carries requests to the site and its answers back; everything else is the site's.
struct WebServer: Sendable {
    /// Connections at once: all readers of events, and room for pages beside them.
    private static let connectionsMax = WebLimits.readersMax + 512
    /// How long a connection may be silent between two requests, or within one.
    private static let idleMax = TimeAmount.seconds(60)

    let site: WebSite
    let address: ListenAddress
    let logger: Logger
    /// Told where the page is served, once it is.
    let announce: @Sendable (String) -> Void

    /// Serves until it is cancelled.
    func run() async throws(ProgramFailure) {
        var headers = HTTP1Channel.Configuration.DecoderConfiguration()
        headers.maxHeaderFieldSize = WebLimits.targetBytesMax * 2
        headers.maxHeaderListSize = WebLimits.targetBytesMax * 4
        headers.maxHeaderFieldCount = 100
        let (site, announce, shown) = (site, announce, address)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                await Self.respond(to: request, site)
            },
            server: .http1(
                configuration: .init(
                    idleTimeout: Self.idleMax,
                    httpDecoderConfiguration: headers
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: Int(address.port)),
                availableConnectionsDelegate: .maximum(Self.connectionsMax, logger: logger)
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? Int(shown.port)
                let host = shown.host.contains(":") ? "[\(shown.host)]" : shown.host
                announce("http://\(host):\(port)/")
            },
            logger: Self.quiet(logger)
        )
        do {
            try await application.runService(gracefulShutdownSignals: [])
        } catch is CancellationError {
            return
        } catch {
            throw ProgramFailure(
                .unavailable,
                "The page cannot be served at \(address) (\(error)). Choose another with --listen."
            )
        }
    }

    /// What the framework says of each request is no news for an operator.
    private static func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = .warning
        return quiet
    }

    private static func respond(to request: Request, _ site: WebSite) async -> Response {
        let isRead = request.method == .get || request.method == .head
        var asked = WebRequest(request.method.rawValue, request.head.path ?? "/")
        asked.host = request.head.authority
        asked.origin = request.headers[.origin]
        asked.cookie = request.headers[.cookie]
        asked.authorization = request.headers[.authorization]
        asked.contentType = request.headers[.contentType]
        if !isRead {
            do {
                let body = try await request.body.collect(upTo: WebLimits.bodyBytesMax)
                asked.body = Array(body.readableBytesView)
            } catch {
                return response(site.tooLarge(), isHead: false, request)
            }
        }
        return response(await site.answer(asked), isHead: request.method == .head, request)
    }

    private static func response(
        _ answer: WebAnswer,
        isHead: Bool,
        _ request: Request
    ) -> Response {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let field = HTTPField.Name(name) else { continue }
            headers.append(HTTPField(name: field, value: value))
        }
        let status = HTTPResponse.Status(code: answer.status)
        switch answer.body {
        case .bytes(let bytes):
            headers[.contentLength] = String(bytes.count)
            let body = isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            return Response(status: status, headers: headers, body: body)
        case .pieces(let stream):
            guard !isHead else {
                stream.leave()
                return Response(status: status, headers: headers)
            }
            return Response(status: status, headers: headers, body: pieces(stream))
        case .events(let reader):
            guard !isHead else { return Response(status: status, headers: headers) }
            return Response(status: status, headers: headers, body: events(reader, request))
        }
    }

    /// Sends a download; one that fails on its way ends its connection, so that it is not taken for
    /// a whole one.
    private static func pieces(_ stream: ExportStream) -> ResponseBody {
        ResponseBody { writer in
            defer { stream.leave() }
            while let piece = try await stream.next() {
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
    }

    /// Sends events until the reader leaves or is dropped; the connection ends with them.
    ///
    /// A reader that leaves is seen at once: without that its place would be taken until the next
    /// event is written.
    private static func events(_ reader: LiveReader, _ request: Request) -> ResponseBody {
        ResponseBody { writer in
            try await request.body.consumeWithInboundCloseHandler { _ in
                for await event in reader.events {
                    try await writer.write(ByteBuffer(bytes: event))
                }
            } onInboundClosed: {
                reader.leave()
            }
            try await writer.finish(nil)
        }
    }
}
