import Foundation
import Testing
import WirecopyNewsroom

@Suite(.timeLimit(.minutes(2)))
struct OddityTests {
    private let running: RunningNewsroom

    init() throws { running = try RunningNewsroom() }

    private func get(_ name: String, headers: String = "") throws -> RawAnswer {
        try running.get("/_odd/\(name)", headers: headers)
    }

    /// What arrives within a short patience, and whether the server ended it.
    private func glimpse(
        _ name: String,
        limit: Int = 4 * 1024 * 1024
    ) throws -> (answer: RawAnswer, isClosed: Bool) {
        let client = try #require(RawClient(port: running.port, patienceMilliseconds: 2500))
        client.send("GET /_odd/\(name) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let read = client.read(limit: limit)
        return (RawAnswer(read.bytes), read.isClosed)
    }

    @Test func `all oddities have their own path and a summary`() throws {
        #expect(Set(Oddity.all.map(\.path)).count == Oddity.all.count)
        let list = String(decoding: try running.get("/_odd/").body, as: UTF8.self)
        for oddity in Oddity.all {
            #expect(list.contains("\"\(oddity.path)\"") && oddity.summary.hasSuffix("."))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect says where to`(status: Int) throws {
        let answer = try get("\(status)")
        #expect(answer.status == status && answer.header("location")?.hasSuffix("ok") == true)
    }

    @Test func `the chain ends at a page, the loop comes back, the endless one goes on`() throws {
        var path = "/_odd/chain"
        var statuses: [Int?] = []
        while statuses.count < 10 {
            let answer = try running.get(path)
            statuses.append(answer.status)
            guard let next = answer.header("location") else { break }
            path = next
        }
        #expect(statuses == [301, 302, 307, 308, 200])
        #expect(try get("loop").header("location") == "/_odd/loop-2")
        #expect(try get("loop-2").header("location") == "/_odd/loop")
        #expect(try get("self").header("location") == "/_odd/self")
        let next = try get("endless-redirect?n=41").header("location")
        #expect(next == "/_odd/endless-redirect?n=42")
        #expect(try get("no-location").header("location") == nil)
    }

    @Test func `a known version is not sent again`() throws {
        let first = try get("conditional")
        let tag = try #require(first.header("etag"))
        let date = try #require(first.header("last-modified"))
        #expect(first.status == 200)
        #expect(try get("conditional", headers: "If-None-Match: \(tag)\r\n").status == 304)
        #expect(try get("conditional", headers: "If-Modified-Since: \(date)\r\n").status == 304)
        #expect(try get("conditional", headers: "If-None-Match: \"x\"\r\n").status == 200)
    }

    @Test func `rules for robots misbehave under a host of their own`() throws {
        func rules(_ name: String) throws -> RawAnswer {
            try running.get("/robots.txt", host: "\(name).localhost:\(running.port)")
        }
        #expect(try rules("robots-500").status == 500)
        #expect(try rules("robots-429").header("retry-after") == "1")
        #expect(try rules("robots-loop").header("location") == "/robots.txt")
        let target = "http://robots-closed.localhost:\(running.port)/robots.txt"
        #expect(try rules("robots-moved").header("location") == target)
        let closed = String(decoding: try rules("robots-closed").body, as: UTF8.self)
        #expect(closed.hasSuffix("Disallow: /\n"))
        #expect(try rules("robots-unknown").body == (try running.get("/robots.txt").body))
    }

    @Test func `feeds move, refuse, go and come back unchanged`() throws {
        #expect(try get("feed-moved").header("location") == "/_odd/feed")
        let tag = try #require(try get("feed").header("etag"))
        #expect(try get("feed", headers: "If-None-Match: \(tag)\r\n").status == 304)
        #expect(try get("feed-gone").status == 200)
        #expect(try get("feed-gone").status == 410)
        #expect(try [429, 429, 200].map { $0 - (try get("feed-429").status ?? 0) } == [0, 0, 0])
    }

    @Test(arguments: ["429", "429-date", "503", "503-date", "503-silent", "503-nonsense"])
    func `a refusing address recovers on the third request`(name: String) throws {
        let first = try get(name)
        let status = Int(name.prefix(3))
        #expect(first.status == status)
        let value = first.header("retry-after")
        switch name.split(separator: "-").last {
        case "date": #expect(value?.hasSuffix(" GMT") == true)
        case "silent": #expect(value == nil)
        case "nonsense": #expect(value == "soon")
        default: #expect(value == "1")
        }
        #expect(try get(name).status == status)
        #expect(try get(name).status == 200)
        #expect(try get("\(name)?again").status == status)
        running.newsroom.reset()
        #expect(try get(name).status == status)
    }

    @Test(arguments: [("403", 403), ("404", 404), ("410", 410), ("500", 500), ("ok", 200)])
    func `a plain status is answered`(name: String, status: Int) throws {
        #expect(try get(name).status == status)
    }

    @Test func `a stall sends what it has and keeps the connection open`() throws {
        let silent = try glimpse("hang-headers")
        #expect(silent.answer.bytes.isEmpty && !silent.isClosed)
        let cut = try glimpse("hang-mid-headers")
        #expect(cut.answer.head.hasSuffix("Content-Ty") && !cut.isClosed)
        let half = try glimpse("hang-body")
        let promised = try #require(half.answer.header("content-length").flatMap { Int($0) })
        #expect(half.answer.body.count == promised / 2 && !half.isClosed)
    }

    @Test func `the slow page comes byte by byte`() throws {
        let client = try #require(RawClient(port: running.port))
        client.send("GET /_odd/slow-drip HTTP/1.1\r\nHost: x\r\n\r\n")
        let head = RawAnswer(client.read(limit: 1).bytes)
        #expect(head.status == 200)
        let start = ContinuousClock.now
        let drops = client.read(limit: 3).bytes.count
        #expect(drops == 3 && ContinuousClock.now - start > .milliseconds(250))
    }

    @Test func `endless answers go on beyond every limit`() throws {
        let headers = try glimpse("endless-headers")
        #expect(headers.answer.body.isEmpty && headers.answer.bytes.count >= 4 * 1024 * 1024)
        let body = try glimpse("endless-body")
        #expect(body.answer.header("content-length") == nil && !body.isClosed)
        #expect(body.answer.body.count > 4_000_000)
        let huge = try get("huge-header")
        #expect((huge.header("x-tide")?.utf8.count ?? 0) > 250_000)
    }

    @Test func `lengths lie in both directions`() throws {
        let long = try get("length-too-long")
        #expect(Int(long.header("content-length") ?? "") == long.body.count + 1000)
        let short = try get("length-too-short")
        #expect(Int(short.header("content-length") ?? "") == short.body.count / 2)
        #expect(try get("length-negative").header("content-length") == "-5")
        #expect(try get("no-length").header("content-length") == nil)
        #expect(try get("length-twice").head.components(separatedBy: "Content-Length").count == 3)
    }

    @Test func `chunks are right or wrong as named`() throws {
        #expect(try get("chunked").body.suffix(5).elementsEqual("0\r\n\r\n".utf8))
        #expect(try get("chunked-broken").body.suffix(6).elementsEqual("tide\r\n".utf8))
    }

    @Test func `some answers are hardly HTTP`() throws {
        let nothing = try glimpse("no-answer")
        #expect(nothing.answer.bytes.isEmpty && nothing.isClosed)
        #expect(try get("not-http").bytes.starts(with: "220 ".utf8))
        #expect(try !get("bare-newlines").bytes.contains(0x0D))
        #expect(try get("header-binary").bytes.contains(0xFF))
    }

    @Test func `compressed pages carry their frames`() throws {
        let plain = try get("ok").body
        let gzip = try get("gzip")
        #expect(gzip.header("content-encoding") == "gzip")
        #expect(gzip.body.starts(with: [0x1F, 0x8B, 8]))
        // One stored block: 10 bytes of head, 5 of block head, then the page as it is.
        #expect(Array(gzip.body.dropFirst(15).prefix(plain.count)) == plain)
        #expect(try get("gzip-truncated").body.count == 300)
        #expect(try get("gzip-corrupt").body != gzip.body)
        #expect(try get("gzip-lie").body == plain)
        #expect(try get("deflate").body.starts(with: [0x78, 0x01]))
        #expect(try get("deflate-raw").body.first == 1)
    }

    @Test func `the bomb is small on the wire and says its true size`() throws {
        let body = try get("gzip-bomb").body
        #expect(body.count < 500_000)
        let size = body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(size > 67_000_000)
    }

    @Test func `charsets are what they are named`() throws {
        func bytes(_ name: String) throws -> [UInt8] { try get(name).body }
        #expect(try bytes("windows-1252").firstRange(of: [0x43, 0x61, 0x66, 0xE9]) != nil)
        #expect(try bytes("windows-1252").contains(0x93))
        #expect(try bytes("utf-16le").starts(with: [0xFF, 0xFE, 0x3C, 0]))
        #expect(try bytes("utf-16be").starts(with: [0xFE, 0xFF, 0, 0x3C]))
        #expect(try bytes("utf-8-bom").starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(try bytes("shift-jis").firstRange(of: [0x8D, 0x60, 0x82, 0xCC]) != nil)
        let unlabelled = try get("latin-1-unlabelled")
        #expect(unlabelled.header("content-type") == "text/html")
        #expect(String(validating: unlabelled.body, as: UTF8.self) == nil)
        let disagreeing = try get("disagreeing")
        #expect(disagreeing.header("content-type") == "text/html; charset=utf-8")
        #expect(String(decoding: disagreeing.body, as: UTF8.self).contains("iso-8859-1"))
        #expect(String(validating: try bytes("utf-8-broken"), as: UTF8.self) == nil)
    }

    @Test func `odd bodies are empty, noise, huge or something else`() throws {
        #expect(try get("empty").body.isEmpty)
        #expect(try get("binary").body.count == 65_536)
        #expect(try get("type-lie").header("content-type") == "image/png")
        #expect(try get("no-type").header("content-type") == nil)
        let huge = try get("huge")
        #expect(Int(huge.header("content-length") ?? "") == huge.body.count)
        #expect(huge.body.count > 20_000_000)
    }
}
