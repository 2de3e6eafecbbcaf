/// A value with a fixed JSON form, written canonically and read strictly.
///
/// Reading ignores keys that it does not know, so that a later minor version stays readable.
package protocol JSONRepresentable: Sendable {
    /// Reads one value.
    ///
    /// - Throws: `JSONFailure` when a required field is missing or a value has the wrong form.
    init(from reader: inout JSONReader) throws(JSONFailure)

    /// Writes the value with its keys in ascending order.
    func write(to writer: inout JSONWriter)
}

extension JSONRepresentable {
    /// Reads a whole document.
    package init(json bytes: [UInt8]) throws(JSONFailure) {
        var reader = JSONReader(bytes)
        try self.init(from: &reader)
        try reader.end()
    }

    /// The canonical bytes of the value.
    package var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// The typed content of a message: what stands in its data frame.
package protocol Payload: JSONRepresentable, Equatable {
    /// The kind and version that this type reads and writes.
    static var kind: MessageKind { get }
}
