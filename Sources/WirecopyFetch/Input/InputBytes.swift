import Gzip
import WebArchive

/// The bytes of an input, unpacked where they are gzip, read front to back in bounded memory.
final class InputBytes {
    /// Why bytes could not be had.
    enum Failure: Error, Equatable {
        /// A full sentence.
        case unreadable(String)
        case brokenGzip(GzipFailure)
        case tooLarge
        /// Packed in a way that is not read.
        case zstandard
    }

    private static let pieceBytes = 64 << 10

    private let file: FileBytes
    private var inflater = Inflater()
    /// Bytes as they lie in the file, from `position` on not yet used.
    private var raw: [UInt8] = []
    private var position = 0
    private var isGzip: Bool?
    private var isInsideMember = false
    private var isAtEnd = false
    /// Unpacked bytes that were looked at and not yet taken.
    private var ahead: [UInt8] = []

    /// Opens a file; `-` is the standard input.
    init(path: String) throws(Failure) {
        do throws(WebArchiveFailure) {
            file = try FileBytes(path: path)
        } catch {
            throw .unreadable(error.message)
        }
    }

    /// Takes the next bytes, about 64 KB; none at the end.
    func next() throws(Failure) -> [UInt8] {
        guard ahead.isEmpty else {
            defer { ahead = [] }
            return ahead
        }
        return try unpacked()
    }

    /// Looks at the first bytes without taking them; fewer than `count` only at the end.
    func peek(_ count: Int) throws(Failure) -> (bytes: [UInt8], isWhole: Bool) {
        while ahead.count < count {
            let more = try unpacked()
            if more.isEmpty { return (ahead, true) }
            ahead += more
        }
        return (Array(ahead.prefix(count)), false)
    }

    /// Takes everything that is left.
    ///
    /// - Throws: `tooLarge` when it is more than `limitBytes`; at most a piece more was read then.
    func readAll(limitBytes: Int) throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let more = try next()
            if more.isEmpty { return all }
            all += more
            guard all.count <= limitBytes else { throw .tooLarge }
        }
    }

    private func unpacked() throws(Failure) -> [UInt8] {
        while true {
            if position == raw.count, !isAtEnd { try refill() }
            guard try startsAsGzip() else {
                defer { position = raw.count }
                return Array(raw[position...])
            }
            guard position < raw.count else {
                guard isInsideMember else { return [] }
                throw .brokenGzip(.truncated)
            }
            let piece = try inflated()
            if !piece.isEmpty { return piece }
        }
    }

    private func refill() throws(Failure) {
        do throws(WebArchiveFailure) {
            raw = try file.read(maxBytes: Self.pieceBytes)
        } catch {
            throw .unreadable(error.message)
        }
        position = 0
        isAtEnd = raw.isEmpty
    }

    private func startsAsGzip() throws(Failure) -> Bool {
        if let isGzip { return isGzip }
        // A pipe may hand over its first bytes one by one.
        while raw.count < 2, !isAtEnd {
            let first = raw
            try refill()
            raw = first + raw
        }
        let answer = Gzip.isGzip(raw)
        isGzip = answer
        return answer
    }

    private func inflated() throws(Failure) -> [UInt8] {
        do throws(GzipFailure) {
            let piece = try inflater.inflate(raw[position...], outputMaxBytes: Self.pieceBytes)
            position += piece.consumedBytes
            isInsideMember = !piece.isMemberEnd
            return piece.bytes
        } catch {
            throw .brokenGzip(error)
        }
    }
}
