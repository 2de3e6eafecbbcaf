import HTTPServer

extension Oddity {
    /// Longer than any sensible timeout, short enough that a forgotten client frees its thread.
    static let hangMilliseconds = 120_000
    /// Where endless answers end after all: beyond every sensible limit.
    static let endlessLimitBytes = 256 * 1024 * 1024
    /// Pause between the bytes of the slow page.
    static let dripMilliseconds = 200

    private static let hang = WireScript.Step.pause(milliseconds: hangMilliseconds)

    static let stalls: [Oddity] = [
        Oddity("hang-headers", "Takes the request and says nothing.") { $0.closing(0, hang) },
        Oddity("hang-mid-headers", "Stops in the middle of the head.") { visit in
            visit.closing(200, .send(Array("HTTP/1.1 200 OK\r\nContent-Ty".utf8)), hang)
        },
        Oddity("hang-body", "Sends half of the promised body and stops.") { visit in
            let answer = html("Harbour clock stops")
            let half = Array(answer.body.prefix(answer.body.count / 2))
            return visit.closing(
                200,
                .send(visit.head(answer, length: answer.body.count) + half),
                hang
            )
        },
        Oddity("slow-drip", "Sends a page of 900 bytes or so, one byte every 200 ms.") { visit in
            let answer = html("Harbour clock stops")
            let drops = answer.body.flatMap { byte in
                [WireScript.Step.send([byte]), .pause(milliseconds: dripMilliseconds)]
            }
            let head = visit.head(answer, length: answer.body.count)
            return WireScript(status: 200, steps: [.send(head)] + drops, keepsAlive: false)
        },
        Oddity("late", "Answers properly after two seconds.") { visit in
            let proper = visit.answer(html("Harbour clock stops"))
            return WireScript(
                status: 200,
                steps: [.pause(milliseconds: 2000)] + proper.steps,
                keepsAlive: proper.keepsAlive
            )
        },
    ]

    static let lengths: [Oddity] = [
        Oddity("endless-headers", "Header lines without end.") { visit in
            let line = Array("X-Tide: \(String(repeating: "high ", count: 200))\r\n".utf8)
            return visit.closing(
                200,
                .send(Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n".utf8)),
                .sendRepeatedly(line, times: endlessLimitBytes / line.count, everyMilliseconds: 0)
            )
        },
        Oddity("huge-header", "One header line of 300 KB, then a page.") { visit in
            let answer = html("Harbour clock stops")
                .with("X-Tide", String(repeating: "high ", count: 60_000))
            return visit.answer(answer)
        },
        Oddity("endless-body", "A page without length and end.") { visit in
            let chunk = Array(String(repeating: "<p>The tide came in.</p>\n", count: 600).utf8)
            return visit.closing(
                200,
                .send(visit.head(.html(""), length: nil)),
                .sendRepeatedly(chunk, times: endlessLimitBytes / chunk.count, everyMilliseconds: 0)
            )
        },
        Oddity("length-too-long", "Promises 1,000 bytes more than it sends.") { visit in
            let answer = html("Harbour clock stops")
            let head = visit.head(answer, length: answer.body.count + 1000)
            return visit.closing(200, .send(head + answer.body))
        },
        Oddity("length-too-short", "Promises half of what it sends.") { visit in
            let answer = html("Harbour clock stops")
            let head = visit.head(answer, length: answer.body.count / 2)
            return visit.closing(200, .send(head + answer.body))
        },
        Oddity("length-negative", "Content-Length: -5.") { visit in
            let answer = html("Harbour clock stops").with("Content-Length", "-5")
            return visit.closing(200, .send(visit.head(answer, length: nil) + answer.body))
        },
        Oddity("length-twice", "Two Content-Length headers that disagree.") { visit in
            let answer = html("Harbour clock stops").with("Content-Length", "12")
            let head = visit.head(answer, length: answer.body.count)
            return visit.closing(200, .send(head + answer.body))
        },
        Oddity("no-length", "The end of the connection is the end of the page.") { visit in
            let answer = html("Harbour clock stops")
            return visit.closing(200, .send(visit.head(answer, length: nil) + answer.body))
        },
        Oddity("chunked", "A proper chunked page.") { visit in
            let answer = html("Harbour clock stops").with("Transfer-Encoding", "chunked")
            let end = Array("0\r\n\r\n".utf8)
            let chunks = chunk(answer.body.prefix(100)) + chunk(answer.body.dropFirst(100)) + end
            return visit.closing(200, .send(visit.head(answer, length: nil) + chunks))
        },
        Oddity("chunked-broken", "A chunk size that is no number.") { visit in
            let answer = html("Harbour clock stops").with("Transfer-Encoding", "chunked")
            let chunks = chunk(answer.body.prefix(100)) + Array("tide\r\n".utf8)
            return visit.closing(200, .send(visit.head(answer, length: nil) + chunks))
        },
    ]

    private static func chunk(_ bytes: some Collection<UInt8>) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + Array(bytes) + [0x0D, 0x0A]
    }

    static let protocolFaults: [Oddity] = [
        Oddity("no-answer", "Closes without a word.") { $0.closing(0) },
        Oddity("not-http", "Answers with something that is not HTTP.") { visit in
            visit.closing(0, .send(Array("220 harbour.test ESMTP ready\r\n".utf8)))
        },
        Oddity("bare-newlines", "A head whose lines end with LF alone.") { visit in
            let answer = html("Harbour clock stops")
            let head = visit.head(answer, length: answer.body.count).filter { $0 != 0x0D }
            return visit.closing(200, .send(head + answer.body))
        },
        Oddity("header-binary", "A header value with control characters and Latin-1.") { visit in
            var head = Array("HTTP/1.1 200 OK\r\nX-Tide: ".utf8)
            head += [0x01, 0xE9, 0xFF, 0x7F] + Array("\r\nContent-Length: 2\r\n\r\nok".utf8)
            return visit.closing(200, .send(head))
        },
    ]
}
