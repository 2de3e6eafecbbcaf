import HTTPServer

/// Requests to the server of metrics and health, one or more on a connection; a frame of the input
/// is what comes at once.
///
/// Must be true: how the bytes are cut changes nothing; never is more than one head held; a request
/// that was taken and laid out anew is read as the same, so that nobody slips one in.
struct HTTPRequestTarget: FuzzTarget {
    private static let methods = ["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "M-SEARCH"]
    private static let targets = [
        "/metrics", "/healthz", "/readyz", "/", "/metrics?name=up", "/%00", "/é", "/a//../b?c?d",
    ]
    private static let fields = [
        "Host: 127.0.0.1:9577", "Accept: */*", "accept: text/plain;q=0.5", "X-Odd:",
        "x-odd: \t b\t",
        "Connection: keep-alive", "User-Agent: Prometheus/2.45.0", "Accept-Encoding: gzip",
    ]
    /// What readers of requests err at.
    private static let oddities =
        [
            "\n", "\r", "\u{0}", "\n\n", "\r\n\r\n", "\r\n ", "\r\n\tfolded", " :", "\u{7F}",
            "\u{B}",
            "\r\nHost: a\r\nHost: b", "\r\nContent-Length: 3", "\r\nContent-Length: +3",
            "\r\nContent-Length: 3, 3", "\r\nContent-Length: 65537", "\r\nContent-Length: 0x1",
            "\r\nTransfer-Encoding: chunked", "\r\nTransfer-Encoding : identity", "\r\n: a",
            "0\r\n\r\n", "5;a=b\r\nhello\r\n", "FFFFFFFFFFFFFFFFF\r\n", "\r\nConnection: close",
            "\r\nConnection: a, CLOSE", "HTTP/1.0", "HTTP/2.0", "HTTP/1.1 ",
            "PRI * HTTP/2.0\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}", "GET http://a/ HTTP/1.1\r\n", "\u{301}",
        ].map { Array($0.utf8) }
    /// Once in so many inputs something is far too long.
    private static let hugeOnceIn = 40
    private static let hugeBytesMax = 40_000

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var input = FuzzInput(
            (0...generator.below(3)).map { _ in request(using: &generator) }
        )
        Mutator.damage(&input, using: &generator)
        if !input.isWhole, generator.once(in: 2) { makeOdd(&input, using: &generator) }
        return FuzzInput(cut(input.frames, using: &generator), isWhole: input.isWhole)
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let all = Array(input.frames.joined())
        let steps = try read(input.frames)
        guard try read([all]) == steps, try read(all.map { [$0] }) == steps else {
            throw FuzzFinding("A request that comes in other pieces is read otherwise.")
        }
        for case .request(let request) in steps { try checkAgain(request) }
        if case .malformed? = steps.last { return .refused }
        return steps.isEmpty ? .refused : .accepted
    }

    /// Everything that a reader makes of pieces, up to the end or the first fault.
    func read(_ pieces: [[UInt8]]) throws(FuzzFinding) -> [HTTPRequestReader.Step] {
        var reader = HTTPRequestReader()
        var steps: [HTTPRequestReader.Step] = []
        for piece in pieces {
            reader.add(piece)
            var step = reader.next()
            while step != .needsMore {
                steps.append(step)
                if case .malformed = step { return steps }
                step = reader.next()
            }
            guard reader.heldBytes < HTTPRequestReader.headLimitBytes else {
                throw FuzzFinding("\(reader.heldBytes) bytes of a head are held.")
            }
        }
        return steps
    }

    private func checkAgain(_ request: HTTPRequest) throws(FuzzFinding) {
        let headers = request.headers.filter { $0.key != "connection" }
        var head = "\(request.method) \(request.target) HTTP/1.1\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if !request.keepsAlive { head += "connection: close\r\n" }
        head += "\r\n"
        // Bytes that are no UTF-8 grow when they are read as text.
        guard head.utf8.count <= HTTPRequestReader.headLimitBytes else { return }
        let again = try read([Array(head.utf8)])
        guard case .request(let same)? = again.first, again.count == 1,
            same.method == request.method, same.target == request.target,
            same.keepsAlive == request.keepsAlive,
            same.headers.filter({ $0.key != "connection" }) == headers
        else { throw FuzzFinding("A request was laid out so that it is read as another.") }
    }

    private func request(using generator: inout SeededGenerator) -> [UInt8] {
        let method = generator.one(of: Self.methods)
        let body = [UInt8](repeating: 0x78, count: method == "POST" ? generator.below(40) : 0)
        var lines = ["\(method) \(generator.one(of: Self.targets)) HTTP/1.1"]
        for _ in 0..<generator.below(5) {
            let field = generator.one(of: Self.fields)
            // One host is enough; two are a fault.
            if !field.hasPrefix("Host") || !lines.contains(field) { lines.append(field) }
        }
        if method == "POST" { lines.append("Content-Length: \(body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    private func makeOdd(_ input: inout FuzzInput, using generator: inout SeededGenerator) {
        guard !input.frames.isEmpty else { return }
        let index = generator.below(input.frames.count)
        let place = generator.below(input.frames[index].count + 1)
        var odd = generator.one(of: Self.oddities)
        if generator.once(in: Self.hugeOnceIn) {
            odd += [UInt8](repeating: 0x61, count: generator.below(Self.hugeBytesMax))
        }
        input.frames[index].insert(contentsOf: odd, at: place)
    }

    /// The same bytes in up to six pieces that have nothing to do with the requests.
    private func cut(
        _ frames: [[UInt8]],
        using generator: inout SeededGenerator
    ) -> [[UInt8]] {
        let all = Array(frames.joined())
        var places = (0..<generator.below(6)).map { _ in generator.below(all.count + 1) }
        places = [0] + places.sorted() + [all.count]
        return zip(places, places.dropFirst()).map { Array(all[$0..<$1]) }
    }
}
