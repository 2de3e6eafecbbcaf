package import Foundation

// A model as a file: `WNM1`, then each reading: scale, slots, transitions, rows. Numbers are
// little-endian, as on all machines that this program is built for.
extension NameModel {
    private static let magic = Array("WNM1".utf8)
    /// More rows than any model that ships; a larger number is damage.
    private static let slotsMax = 1 << 20
    private static let laneCount = 16
    private static let fileName = "names.tagger"

    /// The file's bytes.
    package var bytes: [UInt8] { Self.magic + Self.bytes(first) + Self.bytes(second) }

    private static func bytes(_ reading: Reading) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: UInt64, _ count: UInt64) {
            for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
        }
        append(UInt64(reading.rows.scale.bitPattern), 4)
        append(UInt64(reading.rows.rows.count), 4)
        for row in reading.transitions.rows + [reading.transitions.goesOn] {
            for lane in 0..<laneCount { append(UInt64(row[lane].bitPattern), 4) }
        }
        for row in reading.rows.rows {
            for lane in 0..<4 { append(row[lane], 8) }
        }
        return bytes
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: `EntityFailure.modelUnusable` when they are damaged or something else.
    package init(bytes: [UInt8]) throws(EntityFailure) {
        guard bytes.starts(with: Self.magic) else {
            throw .modelUnusable(file: Self.fileName, reason: "it does not begin with WNM1")
        }
        var offset = Self.magic.count
        first = try Self.reading(bytes, &offset)
        second = try Self.reading(bytes, &offset)
        guard offset == bytes.count else {
            let reason = "\(bytes.count - offset) bytes are left over"
            throw .modelUnusable(file: Self.fileName, reason: reason)
        }
    }

    private static func reading(
        _ bytes: [UInt8],
        _ offset: inout Int
    ) throws(EntityFailure) -> Reading {
        func next<Number>(_ type: Number.Type) throws(EntityFailure) -> Number
        where Number: FixedWidthInteger & BitwiseCopyable {
            let size = MemoryLayout<Number>.size
            guard offset + size <= bytes.count else {
                throw .modelUnusable(
                    file: Self.fileName,
                    reason: "it ends after \(bytes.count) bytes"
                )
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
        let scale = Float(bitPattern: try next(UInt32.self))
        let slots = Int(try next(UInt32.self))
        guard slots > 0, slots <= slotsMax, slots & (slots - 1) == 0, scale.isFinite else {
            let reason = "it names \(slots) rows with a scale of \(scale)"
            throw .modelUnusable(file: Self.fileName, reason: reason)
        }
        var transitions = LabelTransitions()
        for kind in 0...LabelTransitions.kinds {
            var row = SIMD16<Float>.zero
            for lane in 0..<laneCount { row[lane] = Float(bitPattern: try next(UInt32.self)) }
            if kind < LabelTransitions.kinds {
                transitions.rows[kind] = row
            } else {
                transitions.goesOn = row
            }
        }
        let size = slots * MemoryLayout<NameRowTable.Row>.stride
        guard offset + size <= bytes.count else {
            throw .modelUnusable(file: Self.fileName, reason: "it ends after \(bytes.count) bytes")
        }
        let stored = bytes[offset..<(offset + size)]
        offset += size
        let rows = unsafe [NameRowTable.Row](unsafeUninitializedCapacity: slots) { buffer, count in
            // Any bits are a row; the copy is as long as the buffer, and the bytes are there.
            unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: stored)
            count = slots
        }
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
