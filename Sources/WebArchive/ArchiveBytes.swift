import Gzip

/// The bytes of an archive file, unpacked where it is gzip, with bounded memory.
///
/// Broken gzip data are reported and passed over up to the start of the next member.
struct ArchiveBytes: ~Copyable {
    /// What comes next in the file.
    enum Piece {
        /// Unpacked bytes, with the offset of their gzip member; none in a plain file.
        case bytes([UInt8], memberOffset: Int?)
        case damage(WebArchiveFailure, offset: Int)
        case end
    }

    /// Gives the next bytes of the file; none at its end.
    typealias Source = (_ maxBytes: Int) throws(WebArchiveFailure) -> [UInt8]

    /// Unpacked and packed bytes are taken in pieces of this size.
    private static let pieceBytes = 64 << 10

    /// Broken members in a row after which the search no longer looks back, so that a file made
    /// of false starts costs no more than a few passes.
    private static let lookBackLimit = 8

    private let source: Source
    private var inflater = Inflater()
    private var input: [UInt8] = []
    private var position = 0
    /// Offset in the file of `input[0]`.
    private var inputOffset = 0
    private var memberOffset = 0
    private var isAtMemberStart = true
    private var isSeeking = false
    private var damagesInRow = 0
    private var isGzip: Bool?

    init(source: @escaping Source) {
        self.source = source
    }

    /// Opens a file, to read it from an offset on; `-` is the standard input.
    ///
    /// - Throws: `fileUnreadable`.
    init(path: String, offset: Int = 0) throws(WebArchiveFailure) {
        let file = OpenFile(bytes: try FileBytes(path: path, offset: offset))
        self.init { (maxBytes) throws(WebArchiveFailure) in
            try file.bytes.read(maxBytes: maxBytes)
        }
    }

    mutating func next() throws(WebArchiveFailure) -> Piece {
        while true {
            if position == input.count, try !refill() {
                guard let damage = endOfFile() else { return .end }
                return damage
            }
            guard try startsAsGzip() else {
                defer { position = input.count }
                return .bytes(Array(input[position...]), memberOffset: nil)
            }
            if isSeeking {
                guard try seek() else { return .end }
            }
            if let piece = unpacked() { return piece }
        }
    }

    /// Whether the file is gzip; its first two bytes decide.
    private mutating func startsAsGzip() throws(WebArchiveFailure) -> Bool {
        if let isGzip { return isGzip }
        while input.count < 2 {
            let more = try source(Self.pieceBytes)
            if more.isEmpty { break }
            input += more
        }
        let answer = Gzip.isGzip(input)
        isGzip = answer
        return answer
    }

    private mutating func refill() throws(WebArchiveFailure) -> Bool {
        let more = try source(Self.pieceBytes)
        guard !more.isEmpty else { return false }
        inputOffset += input.count
        position = 0
        input = more
        return true
    }

    private mutating func endOfFile() -> Piece? {
        guard isGzip == true, !isAtMemberStart, !isSeeking else { return nil }
        return damage(.truncated)
    }

    private mutating func unpacked() -> Piece? {
        if isAtMemberStart { memberOffset = inputOffset + position }
        isAtMemberStart = false
        do throws(GzipFailure) {
            let piece = try inflater.inflate(input[position...], outputMaxBytes: Self.pieceBytes)
            position += piece.consumedBytes
            isAtMemberStart = piece.isMemberEnd
            if piece.isMemberEnd { damagesInRow = 0 }
            return piece.bytes.isEmpty ? nil : .bytes(piece.bytes, memberOffset: memberOffset)
        } catch {
            return damage(error)
        }
    }

    /// Reports damage of the current member and looks for the next one from now on.
    private mutating func damage(_ failure: GzipFailure) -> Piece {
        damagesInRow += 1
        // The next member may start before the place where the damage was noticed.
        if damagesInRow <= Self.lookBackLimit {
            position = max(0, memberOffset + 1 - inputOffset)
        }
        isSeeking = true
        return .damage(WebArchiveFailure(.compressionBroken, failure.message), offset: memberOffset)
    }

    /// Goes on to what looks like the start of a member; false at the end of the file.
    private mutating func seek() throws(WebArchiveFailure) -> Bool {
        // The two bytes of the mark, the only method there is, and no reserved flag.
        let markBytes = 4
        while true {
            while position + markBytes <= input.count {
                if input[position] == 0x1F, input[position + 1] == 0x8B,
                    input[position + 2] == 8, input[position + 3] < 0x20
                {
                    inflater.reset()
                    (isSeeking, isAtMemberStart) = (false, true)
                    return true
                }
                position += 1
            }
            let more = try source(Self.pieceBytes)
            if more.isEmpty {
                position = input.count
                return false
            }
            inputOffset += position
            input = Array(input[position...]) + more
            position = 0
        }
    }
}

/// Holds an open file so that a closure can read it.
private final class OpenFile {
    let bytes: FileBytes

    init(bytes: consuming FileBytes) {
        self.bytes = bytes
    }
}
