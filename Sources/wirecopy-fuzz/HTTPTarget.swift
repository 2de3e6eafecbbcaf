import WebArchive

/// Answers of HTTP as archives hold them: status line, fields, body.
///
/// Must be true: a status is 100 to 999; the body is the end of the block; a head that was read and
/// written has the same status and no field more, so that nobody slips a line in.
struct HTTPTarget: FuzzTarget {
    private static let names = ["Content-Type", "content-length", "X-Odd", "Retry-After", "a"]
    private static let values = [
        "text/html; charset=utf-8", "0", "120", "Wed, 21 Oct 2026 07:28:00 GMT", "", " a  b ", "é",
    ]

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        let fields = (0..<generator.below(5)).map { _ in
            HeaderField(generator.one(of: Self.names), generator.one(of: Self.values))
        }
        let reason = generator.one(of: ["OK", "", "Not Found", "Große Pause"])
        let head = HTTPHead(status: 100 + generator.below(900), reason: reason, fields: fields)
        let body = [UInt8](repeating: 0x0A, count: generator.below(20))
        var input = FuzzInput([head.bytes + body])
        Mutator.damage(&input, using: &generator)
        return input
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let block = input.frames.first ?? []
        guard let (head, payload) = try parts(block) else { return .refused }
        guard block.suffix(payload.count).elementsEqual(payload) else {
            throw FuzzFinding("The body of an answer is not the end of its block.")
        }
        guard let head else { return .refused }
        guard 100...999 ~= head.status else {
            throw FuzzFinding("An answer has the status \(head.status).")
        }
        let again = try parts(head.bytes)?.0
        guard again?.status == head.status, again?.fields.count == head.fields.count else {
            throw FuzzFinding("The head of an answer was written so that it is read as another.")
        }
        return .accepted
    }

    private func parts(_ block: [UInt8]) throws(FuzzFinding) -> (HTTPHead?, [UInt8])? {
        let head = "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: \(block.count)\r\n\r\n"
        do throws(WebArchiveFailure) {
            let record = try WARCRecord(bytes: Array(head.utf8) + block)
            let (head, payload) = try record.httpParts()
            return (head, payload)
        } catch {
            guard error.code == .headBroken else {
                throw FuzzFinding("A record without damage gave: \(error.message)")
            }
            return nil
        }
    }
}
