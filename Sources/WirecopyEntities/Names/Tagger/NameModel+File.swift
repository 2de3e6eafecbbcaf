package import Foundation

// A model as a file: `WNM2`, each reading (scale, slots, transitions, rows), then the classes of
// words (slots, words). Numbers are little-endian, as on all machines that this program is built
// for.
extension NameModel {
    private static let magic = Array("WNM2".utf8)
    /// More rows than any model that ships; a larger number is damage.
    private static let slotsMax = 1 << 20
    private static let laneCount = 16
    private static let fileName = "names.tagger"

    /// The file's bytes.
    package var bytes: [UInt8] {
        var bytes = Self.magic + Self.bytes(first) + Self.bytes(second)
        Self.append(UInt64(classes.slots.count), 4, to: &bytes)
        for slot in classes.slots { Self.append(slot, 8, to: &bytes) }
        return bytes
    }

    private static func append(_ number: UInt64, _ count: UInt64, to bytes: inout [UInt8]) {
        for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }

    private static func bytes(_ reading: Reading) -> [UInt8] {
        var bytes: [UInt8] = []
        append(UInt64(reading.rows.scale.bitPattern), 4, to: &bytes)
        append(UInt64(reading.rows.rows.count), 4, to: &bytes)
        for row in reading.transitions.rows + [reading.transitions.goesOn] {
            for lane in 0..<laneCount { append(UInt64(row[lane].bitPattern), 4, to: &bytes) }
        }
        for row in reading.rows.rows {
            for lane in 0..<4 { append(row[lane], 8, to: &bytes) }
        }
        return bytes
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: `EntityFailure.modelUnusable` when they are damaged or something else.
    package init(bytes: [UInt8]) throws(EntityFailure) {
        guard bytes.starts(with: Self.magic) else {
            throw .modelUnusable(file: Self.fileName, reason: "it does not begin with WNM2")
        }
        var offset = Self.magic.count
        first = try Self.reading(bytes, &offset)
        second = try Self.reading(bytes, &offset)
        classes = try Self.classes(bytes, &offset)
        guard offset == bytes.count else {
            let reason = "\(bytes.count - offset) bytes are left over"
            throw .modelUnusable(file: Self.fileName, reason: reason)
        }
    }

    private static func next<Number>(
        _ bytes: [UInt8],
        _ offset: inout Int
    ) throws(EntityFailure) -> Number where Number: FixedWidthInteger & BitwiseCopyable {
        let size = MemoryLayout<Number>.size
        guard offset + size <= bytes.count else {
            throw .modelUnusable(file: fileName, reason: "it ends after \(bytes.count) bytes")
        }
        defer { offset += size }
        // Any bits are a number, and the bounds are checked above.
        return unsafe Number(
            littleEndian: bytes.span.bytes.unsafeLoadUnaligned(
                fromByteOffset: offset,
                as: Number.self
            )
        )
    }

    /// Rows of any bits; the count is checked against the limit and the file's end.
    private static func rows<Row: BitwiseCopyable>(
        _ bytes: [UInt8],
        _ offset: inout Int,
        count: Int
    ) throws(EntityFailure) -> [Row] {
        guard count > 0, count <= slotsMax, count & (count - 1) == 0 else {
            throw .modelUnusable(file: fileName, reason: "it names \(count) rows")
        }
        let size = count * MemoryLayout<Row>.stride
        guard offset + size <= bytes.count else {
            throw .modelUnusable(file: fileName, reason: "it ends after \(bytes.count) bytes")
        }
        let stored = bytes[offset..<(offset + size)]
        offset += size
        return unsafe [Row](unsafeUninitializedCapacity: count) { buffer, initialised in
            // Any bits are a row; the copy is as long as the buffer, and the bytes are there.
            unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: stored)
            initialised = count
        }
    }

    private static func classes(
        _ bytes: [UInt8],
        _ offset: inout Int
    ) throws(EntityFailure) -> WordClasses {
        let count: UInt32 = try next(bytes, &offset)
        let slots: [UInt64] = try rows(bytes, &offset, count: Int(count))
        guard slots.contains(0) else {
            throw .modelUnusable(file: fileName, reason: "its table of words has no free slot")
        }
        return WordClasses(slots: slots)
    }

    private static func reading(
        _ bytes: [UInt8],
        _ offset: inout Int
    ) throws(EntityFailure) -> Reading {
        let scale = Float(bitPattern: try next(bytes, &offset))
        let slots: UInt32 = try next(bytes, &offset)
        guard scale.isFinite else {
            throw .modelUnusable(file: fileName, reason: "it names a scale of \(scale)")
        }
        var transitions = LabelTransitions()
        for kind in 0...LabelTransitions.kinds {
            var row = SIMD16<Float>.zero
            for lane in 0..<laneCount { row[lane] = Float(bitPattern: try next(bytes, &offset)) }
            if kind < LabelTransitions.kinds {
                transitions.rows[kind] = row
            } else {
                transitions.goesOn = row
            }
        }
        let rows: [NameRowTable.Row] = try rows(bytes, &offset, count: Int(slots))
        return Reading(rows: NameRowTable(rows: rows, scale: scale), transitions: transitions)
    }

    /// Writes the file that `shipped()` reads into a folder.
    package func write(to folder: URL) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(Self.fileName))
    }

    /// The shipped model; read once a process, at first use.
    ///
    /// - Throws: `EntityFailure` when it is missing or broken.
    package static func shipped() throws(EntityFailure) -> NameModel { try loaded.get() }

    private static let loaded: Result<NameModel, EntityFailure> = Result {
        () throws(EntityFailure) in
        try NameModel(bytes: try Lexicon.resource(fileName))
    }
}
