/// Damages input as networks, disks, other programs and enemies do.
struct Mutator {
    /// Most mutations of one case; more make noise, which readers refuse at the first byte.
    private static let mutationsMax = 4
    /// One case in so many is left whole.
    private static let wholeOnceIn = 16
    /// Longest run of bytes that is inserted or removed at once.
    private static let runMax = 64

    /// Numbers at which readers of numbers and lengths err.
    private static let numbers = [
        "0", "-0", "-1", "1", "2", "255", "256", "1024", "1025", "4294967295", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "1e3", "1e400", "-1e-400", "0.5", "00", "1.", "253402300799999",
        "253402300800000", "99999999999999999999999999999999",
    ].map { Array($0.utf8) }

    /// Pieces of text at which readers of JSON, UUIDs, gzip and WARC err.
    private static let pieces =
        [
            "{", "}", "[", "]", "\"", "\\", "\\u0000", "\\ud800", "\\udc00\\ud800", ":", ",",
            "null",
            "true", "{\"\":", "[[[[[[[[[[[[[[[[", "\r\n", "\r\n\r\n", "\u{0}", "\u{FEFF}",
            "\u{2028}",
            "WARC/1.1\r\n", "Content-Length: 0", "HTTP/1.1 200", "01978f3e-", "-",
        ].map { Array($0.utf8) } + [
            [0xFF, 0xFE], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x1F, 0x8B, 8, 0],
        ]

    /// Damages the frames of an input a few times, or not at all.
    static func damage(_ input: inout FuzzInput, using generator: inout SeededGenerator) {
        if generator.once(in: wholeOnceIn) { return input.isWhole = true }
        for _ in 0...generator.below(mutationsMax) {
            // Damage inside a frame is the likelier and the more interesting.
            if input.frames.isEmpty || generator.once(in: 5) {
                moveFrames(&input.frames, using: &generator)
            } else {
                damage(&input.frames[generator.below(input.frames.count)], using: &generator)
            }
        }
    }

    /// Damages bytes once.
    static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return insert(generator.one(of: pieces), &bytes, &generator) }
        let place = generator.below(bytes.count)
        switch generator.below(10) {
        case 0, 1: bytes[place] ^= 1 << UInt8(generator.below(8))
        case 2: bytes[place] = UInt8(generator.below(256))
        case 3: bytes.removeSubrange(place..<end(place, bytes.count, &generator))
        case 4: bytes.removeSubrange(place...)
        case 5:
            let run = Array(bytes[place..<end(place, bytes.count, &generator)])
            insert(run, &bytes, &generator)
        case 6: insert(generator.one(of: pieces), &bytes, &generator)
        case 7: replaceNumber(&bytes, at: place, &generator)
        case 8: bytes.swapAt(place, generator.below(bytes.count))
        default:
            let noise = (0...generator.below(8)).map { _ in UInt8(generator.below(256)) }
            insert(noise, &bytes, &generator)
        }
    }

    private static func moveFrames(
        _ frames: inout [[UInt8]],
        using generator: inout SeededGenerator
    ) {
        guard !frames.isEmpty else { return frames.append([]) }
        let place = generator.below(frames.count)
        switch generator.below(6) {
        case 0: frames.remove(at: place)
        case 1: frames.insert(frames[place], at: generator.below(frames.count))
        case 2: frames.swapAt(place, generator.below(frames.count))
        case 3: frames.insert([], at: place)
        case 4: frames.removeSubrange(place...)
        default: frames[place] += frames[generator.below(frames.count)]
        }
    }

    private static func insert(
        _ run: [UInt8],
        _ bytes: inout [UInt8],
        _ generator: inout SeededGenerator
    ) {
        bytes.insert(contentsOf: run, at: generator.below(bytes.count + 1))
    }

    private static func end(
        _ place: Int,
        _ count: Int,
        _ generator: inout SeededGenerator
    ) -> Int {
        min(count, place + 1 + generator.below(runMax))
    }

    /// Replaces the first run of digits behind a place.
    private static func replaceNumber(
        _ bytes: inout [UInt8],
        at place: Int,
        _ generator: inout SeededGenerator
    ) {
        let isDigit = { (byte: UInt8) in 0x30...0x39 ~= byte }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: generator.one(of: numbers))
    }
}
