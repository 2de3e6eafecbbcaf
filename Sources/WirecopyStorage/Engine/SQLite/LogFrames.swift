/// The layout of a write-ahead log (https://www.sqlite.org/walformat.html), as far as it takes to
/// tell the frames that count from what is left of an earlier round.
struct LogFrames: Sendable, Equatable {
    /// Bytes of the log's header.
    static let headerBytes = 32
    private static let frameHeaderBytes = 24
    /// The first bytes of a log, but for the last bit, which tells the order of bytes in checksums.
    private static let magic: [UInt8] = [0x37, 0x7F, 0x06, 0x82]
    /// Places of the salts, which are others each time the log begins anew.
    private static let salts = (inHeader: 16..<24, inFrame: 8..<16)

    /// Bytes of a frame: its header and a page.
    let frameBytes: Int
    private let salt: [UInt8]

    /// Reads a log's header.
    ///
    /// - Returns: `nil` when the bytes are none.
    init?(header: [UInt8]) {
        guard header.count >= Self.headerBytes,
            header[..<3].elementsEqual(Self.magic[..<3]),
            header[3] & ~1 == Self.magic[3]
        else { return nil }
        let pageBytes = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard pageBytes > 0 else { return nil }
        frameBytes = Self.frameHeaderBytes + pageBytes
        salt = Array(header[Self.salts.inHeader])
    }

    /// Bytes of the whole frames at the beginning of `bytes` that belong to the log's round.
    func count(in bytes: [UInt8]) -> Int {
        var end = 0
        while end + frameBytes <= bytes.count {
            let own = bytes[
                end + Self.salts.inFrame.lowerBound..<end + Self.salts.inFrame.upperBound
            ]
            guard own.elementsEqual(salt) else { break }
            end += frameBytes
        }
        return end
    }
}
