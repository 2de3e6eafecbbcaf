/// Writes strict JSON (RFC 8259) as UTF-8 bytes; equal values give equal bytes.
///
/// Why not Foundation's encoder: on a 15 KB article this takes a fifth of its time, and the queue
/// writes several messages an article. Keys of an object must be given in ascending order; a debug
/// build stops on the first that is not, so that canonical output is held by every test.
package struct JSONWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8]
    private var needsComma = false
    private var lastKey: StaticString?

    /// Starts an empty document.
    ///
    /// - Parameter capacity: expected size in bytes.
    package init(capacity: Int = 1024) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Writes `{`, what `fields` writes, and `}`.
    package mutating func object(_ fields: (inout JSONWriter) -> Void) {
        let outerKey = lastKey
        lastKey = nil
        open(UInt8(ascii: "{"))
        fields(&self)
        close(UInt8(ascii: "}"))
        lastKey = outerKey
    }

    /// Writes `[`, one element for each value, and `]`.
    package mutating func array<Element>(
        _ values: [Element],
        _ element: (inout JSONWriter, Element) -> Void
    ) {
        open(UInt8(ascii: "["))
        for value in values { element(&self, value) }
        close(UInt8(ascii: "]"))
    }

    /// Writes a string value.
    package mutating func string(_ value: String) {
        separate()
        quote(value)
        needsComma = true
    }

    /// Writes an integer value.
    package mutating func integer(_ value: Int) {
        separate()
        bytes.append(decimal: value)
        needsComma = true
    }

    /// Writes a string of plain ASCII that `content` appends: nothing in it needs an escape.
    @inline(__always)
    mutating func plainString(_ content: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        content(&bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a number with at most four decimals; not finite becomes 0.
    package mutating func number(_ value: Double) {
        separate()
        bytes.append(contentsOf: Self.text(of: value).utf8)
        needsComma = true
    }

    /// Writes `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(value ? "true" : "false")
        needsComma = true
    }

    /// Writes a key, which needs no escapes; exactly one value must follow.
    package mutating func key(_ name: StaticString) {
        assert(
            lastKey.map { $0.description < name.description } ?? true,
            "Key \(name) must come before \(lastKey?.description ?? "")."
        )
        lastKey = name
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        bytes.append(#"":"#)
        needsComma = false
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = value
        text.withUTF8 { utf8 in
            var rest = unsafe utf8[...]
            while true {
                let plain = unsafe UnsafeBufferPointer(rebasing: rest)
                let count = unsafe JSONBytes.plainCount(plain.span)
                unsafe bytes.append(contentsOf: plain.prefix(count))
                unsafe rest = rest.dropFirst(count)
                guard let special = unsafe rest.popFirst() else { break }
                escape(special)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: #"\u00"#.utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }

    private static func text(of value: Double) -> String {
        guard value.isFinite, abs(value) < 1e11 else { return "0" }
        let scaled = Int((value * 10_000).rounded())
        guard scaled % 10_000 != 0 else { return String(scaled / 10_000) }
        var decimals = String(abs(scaled) % 10_000)
        decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
        while decimals.last == "0" { decimals.removeLast() }
        return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 10_000).\(decimals)"
    }
}

extension JSONWriter {
    /// Writes a key and its string; a missing value leaves the field out.
    package mutating func field(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    /// Writes a key and its integer; a missing value leaves the field out.
    package mutating func field(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    /// Writes a key and its number (four decimals); a missing value leaves the field out.
    package mutating func field(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        key(name)
        number(value)
    }

    /// Writes a key and its truth value; a missing value leaves the field out.
    package mutating func field(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        key(name)
        boolean(value)
    }

    /// Writes a key and a list of strings; an empty list leaves the field out.
    package mutating func field(_ name: StaticString, _ values: [String]) {
        guard !values.isEmpty else { return }
        key(name)
        array(values) { $0.string($1) }
    }

    /// Writes a key and a nested value; a missing value leaves the field out.
    package mutating func field(_ name: StaticString, _ value: (some JSONRepresentable)?) {
        guard let value else { return }
        key(name)
        value.write(to: &self)
    }

    /// Writes a key and a list of nested values; an empty list leaves the field out.
    package mutating func field(_ name: StaticString, _ values: [some JSONRepresentable]) {
        guard !values.isEmpty else { return }
        key(name)
        array(values) { $1.write(to: &$0) }
    }
}
