import HTTPServer

// Answers as the newsroom's web server gives them: dated, and signed.
extension HTTPAnswer {
    static func html(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8")],
            body: Array(text.utf8)
        )
    }

    /// Status line and headers at a moment, in seconds since 1970.
    func head(now: Int, length: Int?, isLast: Bool) -> [UInt8] {
        dated(now).head(length: length, isLast: isLast)
    }

    /// The whole answer at a moment, in seconds since 1970.
    func script(for request: HTTPRequest, now: Int) -> WireScript {
        dated(now).script(for: request)
    }

    private func dated(_ now: Int) -> HTTPAnswer {
        var changed = self
        let date = Timestamp(utcSeconds: now).httpDate
        changed.headers.insert(contentsOf: [("Date", date), ("Server", "newsroom")], at: 0)
        return changed
    }
}
