import CPostgreSQL

/// The rows that a statement gave.
///
/// It owns libpq's result, which nothing changes any more.
@safe package final class Rows {
    private let result: OpaquePointer

    /// Takes a result; it is freed with this object.
    init(_ result: OpaquePointer) { unsafe self.result = result }

    deinit { unsafe PQclear(result) }

    /// A value of any type that is told apart here.
    package enum Value: Sendable, Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case bytes([UInt8])
    }

    /// Number of rows.
    package var count: Int { unsafe Int(PQntuples(result)) }

    /// Names of the columns.
    package var columns: [String] {
        (0..<(unsafe PQnfields(result))).map { column in
            unsafe PQfname(result, column).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// How large the values of a column may be.
    package enum ColumnSize: Sendable, Equatable {
        /// Eight bytes at most.
        case small
        /// Bytes of any number.
        case bytes
        /// A text of any length.
        case text
    }

    /// How large the values of a column may be, by its type.
    package func size(ofColumn column: Int) -> ColumnSize {
        switch unsafe UInt32(PQftype(result, Int32(column))) {
        case TypeID.bool, TypeID.int2, TypeID.int4, TypeID.int8, TypeID.oid, TypeID.float4,
            TypeID.float8:
            .small
        case TypeID.bytea: .bytes
        default: .text
        }
    }

    /// What the statement did, such as `INSERT 0 1`.
    var command: String { unsafe String(cString: PQcmdStatus(result)) }

    /// True when there is no value.
    package func isNull(_ row: Int, _ column: Int) -> Bool {
        unsafe PQgetisnull(result, Int32(row), Int32(column)) == 1
    }

    /// A number of an integer type or a truth value; 0 for anything else.
    package func integer(_ row: Int, _ column: Int) -> Int64 {
        if case .integer(let number) = value(row, column) { number } else { 0 }
    }

    /// The bytes of a value as the server sent them; none without a value.
    package func bytes(_ row: Int, _ column: Int) -> [UInt8] {
        unsafe Array(raw(row, column))
    }

    /// The text of a value; `nil` without one.
    package func text(_ row: Int, _ column: Int) -> String? {
        guard !isNull(row, column) else { return nil }
        return unsafe String(decoding: raw(row, column), as: UTF8.self)
    }

    /// A value by the type of its column.
    package func value(_ row: Int, _ column: Int) -> Value {
        guard !isNull(row, column) else { return .null }
        let isBinary = unsafe PQfformat(result, Int32(column)) == 1
        let type = unsafe UInt32(PQftype(result, Int32(column)))
        let raw = unsafe raw(row, column)
        return isBinary ? unsafe binary(raw, type) : unsafe written(raw, type)
    }

    private func binary(_ raw: UnsafeRawBufferPointer, _ type: UInt32) -> Value {
        switch type {
        case TypeID.int8: .integer(Int64(bitPattern: unsafe Self.number(raw)))
        case TypeID.int4: .integer(Int64(Int32(truncatingIfNeeded: unsafe Self.number(raw))))
        case TypeID.int2: .integer(Int64(Int16(truncatingIfNeeded: unsafe Self.number(raw))))
        case TypeID.bool, TypeID.oid: .integer(Int64(unsafe Self.number(raw)))
        case TypeID.float8: .real(Double(bitPattern: unsafe Self.number(raw)))
        case TypeID.float4:
            .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: unsafe Self.number(raw)))))
        case TypeID.numeric: unsafe DecimalNumber.value(raw)
        case TypeID.bytea: .bytes(unsafe Array(raw))
        default: .text(unsafe String(decoding: raw, as: UTF8.self))
        }
    }

    private func written(_ raw: UnsafeRawBufferPointer, _ type: UInt32) -> Value {
        let text = unsafe String(decoding: raw, as: UTF8.self)
        switch type {
        case TypeID.int8, TypeID.int4, TypeID.int2, TypeID.oid:
            return Int64(text).map { .integer($0) } ?? .text(text)
        case TypeID.bool: return .integer(text == "t" ? 1 : 0)
        case TypeID.bytea: return .text(String(text.dropFirst(2)))
        case TypeID.float8, TypeID.float4: return Double(text).map { .real($0) } ?? .text(text)
        case TypeID.numeric:
            return Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) } ?? .text(text)
        default: return .text(text)
        }
    }

    /// A number of up to eight bytes, the highest first.
    private static func number(_ raw: UnsafeRawBufferPointer) -> UInt64 {
        unsafe raw.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func raw(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
        let start = unsafe PQgetvalue(result, Int32(row), Int32(column))
        let count = unsafe Int(PQgetlength(result, Int32(row), Int32(column)))
        return unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    }
}

/// Reads the server's `numeric`: digits in base 10,000, the highest first.
enum DecimalNumber {
    private static let base = 10_000.0
    private static let negative: UInt16 = 0x4000
    /// From here on the sign says that it is no number.
    private static let special: UInt16 = 0xC000

    /// The value: an integer where it is one that fits, else the nearest `Double`.
    static func value(_ raw: UnsafeRawBufferPointer) -> Rows.Value {
        func word(_ index: Int) -> UInt16 {
            guard 2 * index + 1 < raw.count else { return 0 }
            return unsafe UInt16(raw[2 * index]) << 8 | UInt16(raw[2 * index + 1])
        }
        let (count, sign) = (Int(word(0)), word(2))
        let weight = Int(Int16(bitPattern: word(1)))
        guard sign < special else { return .real(.nan) }
        var (sum, scale) = (0.0, 1.0)
        for _ in 0..<abs(weight) { scale *= base }
        if weight < 0 { scale = 1 / scale }
        for digit in 0..<count {
            sum += Double(word(4 + digit)) * scale
            scale /= base
        }
        let signed = sign == negative ? -sum : sum
        guard let whole = Int64(exactly: signed) else { return .real(signed) }
        return .integer(whole)
    }
}
