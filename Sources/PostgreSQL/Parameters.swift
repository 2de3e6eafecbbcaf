/// The parameters of a statement, encoded as the server's binary format has them.
///
/// The type of each follows the Swift type of its value; one without a value has none.
package struct Parameters: Sendable {
    /// Where a parameter's bytes are.
    struct Place: Sendable {
        /// Identifier of its type in `pg_type`; 0 leaves it to the server.
        let type: UInt32
        let start: Int
        /// Number of its bytes; `nil` for no value.
        let count: Int?
    }

    /// The bytes of all parameters, behind one that makes sure that there are any.
    private(set) var bytes: [UInt8] = [0]
    /// The parameters in order.
    private(set) var places: [Place] = []

    /// Begins without parameters.
    package init() {}

    /// Forgets the parameters, and keeps their room for the next ones.
    package mutating func removeAll() {
        bytes.removeLast(bytes.count - 1)
        places.removeAll(keepingCapacity: true)
    }

    /// Adds a `bigint`.
    package mutating func add(_ value: Int64) {
        add(bits: UInt64(bitPattern: value), TypeID.int8)
    }

    /// Adds a `double precision`.
    package mutating func add(_ value: Double) { add(bits: value.bitPattern, TypeID.float8) }

    /// Adds a `text` in UTF-8, which may not contain U+0000.
    package mutating func add(text utf8: Span<UInt8>) { add(utf8, TypeID.text) }

    /// Adds a `bytea`.
    package mutating func add(bytes: Span<UInt8>) { add(bytes, TypeID.bytea) }

    /// Adds no value, of whatever type.
    package mutating func addNull() {
        places.append(Place(type: 0, start: bytes.count, count: nil))
    }

    /// Adds a value in the binary format of whatever type the server takes it for.
    package mutating func add(untyped: Span<UInt8>) { add(untyped, 0) }

    /// Adds the parameters of another row.
    mutating func add(_ row: Parameters) {
        let shift = bytes.count - 1
        bytes += row.bytes.dropFirst()
        places += row.places.map {
            Place(type: $0.type, start: $0.start + shift, count: $0.count)
        }
    }

    /// Some of the parameters.
    func part(_ range: Range<Int>) -> Parameters {
        var part = self
        part.places = Array(places[range])
        return part
    }

    private mutating func add(bits: UInt64, _ type: UInt32) {
        places.append(Place(type: type, start: bytes.count, count: 8))
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }

    private mutating func add(_ value: Span<UInt8>, _ type: UInt32) {
        places.append(Place(type: type, start: bytes.count, count: value.count))
        unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
}

/// Identifiers of types in the server's `pg_type`, which never change.
enum TypeID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let numeric: UInt32 = 1700
}
