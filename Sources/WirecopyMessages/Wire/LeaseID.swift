/// One delivery of one message: its place in the journal and which attempt it is.
///
/// The place alone decides whether an acknowledgement counts, so that work finished after a lease
/// ran out, or after the broker restarted, is not thrown away while the message is still open.
package struct LeaseID: Sendable, Hashable, CustomStringConvertible {
    /// Place of the message in the journal, counted from 1.
    package let position: Int
    /// Which delivery this is, counted from 1; at most `attemptMax` when it comes from a peer.
    package let attempt: Int

    /// Deliveries that a number from outside may name: journals keep it in 32 bits.
    package static let attemptMax = Int(UInt32.max)

    /// Joins a place and an attempt.
    package init(position: Int, attempt: Int) {
        self.position = position
        self.attempt = attempt
    }

    /// The text on the wire, `position.attempt`.
    package var description: String { "\(position).\(attempt)" }
}

extension LeaseID: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        if let lease = reader.plainString({ LeaseID(ascii: $0) }) {
            self = lease
            return
        }
        let text = try reader.string()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let position = parts[0], let attempt = parts[1],
            position > 0, 1...Self.attemptMax ~= attempt
        else { throw reader.invalid("\(text.prefix(80)) is not a lease.") }
        self.init(position: position, attempt: attempt)
    }

    /// Reads the text as this program writes it; `nil` for anything else.
    private init?(ascii bytes: Span<UInt8>) {
        guard let point = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: ".") }),
            let position = JSONBytes.decimal(bytes.extracting(..<point)),
            let attempt = JSONBytes.decimal(bytes.extracting((point + 1)...)),
            position > 0, 1...Self.attemptMax ~= attempt
        else { return nil }
        self.init(position: position, attempt: attempt)
    }

    package func write(to writer: inout JSONWriter) {
        writer.plainString { bytes in
            bytes.append(decimal: position)
            bytes.append(UInt8(ascii: "."))
            bytes.append(decimal: attempt)
        }
    }
}
