// Little-endian numbers and counted texts, as the journal's files hold them.
extension [UInt8] {
    /// Appends a number, least significant byte first.
    mutating func append(number value: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }

    /// Appends a text: its length in four bytes, and its UTF-8 bytes.
    mutating func append(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            append(number: UInt32(utf8.count))
            unsafe append(contentsOf: utf8)
        }
    }

    /// Appends a text's UTF-8 bytes behind their number.
    mutating func append(text: ArraySlice<UInt8>) {
        append(number: UInt32(text.count))
        append(contentsOf: text)
    }

    /// Appends the fixed part of a message: 48 bytes at once.
    mutating func append(
        _ head: UInt64,
        _ page: Int,
        _ id: (UInt64, UInt64),
        _ root: (UInt64, UInt64)
    ) {
        let words = (
            head.littleEndian, UInt64(page).littleEndian, id.0.littleEndian, id.1.littleEndian,
            root.0.littleEndian, root.1.littleEndian
        )
        unsafe Swift.withUnsafeBytes(of: words) { unsafe append(contentsOf: $0) }
    }

    /// Appends an identity: 16 bytes.
    mutating func append(words: (UInt64, UInt64)) {
        append(number: words.0)
        append(number: words.1)
    }

    /// The number at an offset, which must lie inside.
    func number<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type) -> Value {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count)
        return unsafe withUnsafeBytes { buffer in
            unsafe Value(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: type))
        }
    }
}

/// Bytes that do not hold what they should.
struct DamagedBytes: Error {}

/// Reads numbers and texts one after the other; never behind its end.
struct ByteReader {
    private let bytes: [UInt8]
    private let end: Int
    /// Where the next value begins.
    private(set) var offset: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = Swift.min(range.upperBound, bytes.count)
    }

    mutating func number<Value: FixedWidthInteger>(
        _ type: Value.Type
    ) throws(DamagedBytes) -> Value {
        let range = try take(MemoryLayout<Value>.size)
        return bytes.number(at: range.lowerBound, as: type)
    }

    /// A number that counts or places something.
    mutating func count() throws(DamagedBytes) -> Int {
        guard let count = Int(exactly: try number(UInt64.self)) else { throw DamagedBytes() }
        return count
    }

    mutating func words() throws(DamagedBytes) -> (UInt64, UInt64) {
        (try number(UInt64.self), try number(UInt64.self))
    }

    mutating func text() throws(DamagedBytes) -> String {
        let range = try textRange()
        return unsafe bytes.withUnsafeBytes { buffer in
            unsafe String(decoding: UnsafeRawBufferPointer(rebasing: buffer[range]), as: UTF8.self)
        }
    }

    /// Where the bytes of the next text lie.
    mutating func textRange() throws(DamagedBytes) -> Range<Int> {
        try take(Int(try number(UInt32.self)))
    }

    /// Passes over bytes, and says where they lie.
    mutating func take(_ count: Int) throws(DamagedBytes) -> Range<Int> {
        guard count >= 0, count <= end - offset else { throw DamagedBytes() }
        defer { offset += count }
        return offset..<offset + count
    }
}
