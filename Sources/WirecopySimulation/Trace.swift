/// What happened, as a digest of everything and, when wanted, as lines.
///
/// Two runs of a seed are the same when digests and lines are; a run without lines is faster, and
/// a failing seed is run once more with them.
struct Trace {
    /// The last lines, or all of them.
    private(set) var lines: [String] = []
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var count = 0
    private let linesMax: Int

    /// Keeps so many lines; 0 keeps none.
    init(linesMax: Int) { self.linesMax = linesMax }

    /// Notes an event with two numbers and, when there are any, the frames of a command.
    mutating func note(
        _ time: Int,
        _ what: StaticString,
        _ first: Int = 0,
        _ second: Int = 0,
        frames: [[UInt8]] = [],
        _ text: @autoclosure () -> String = ""
    ) {
        count += 1
        mix(UInt64(truncatingIfNeeded: time))
        mix(UInt64(truncatingIfNeeded: what.utf8CodeUnitCount))
        mix(UInt64(truncatingIfNeeded: first))
        mix(UInt64(truncatingIfNeeded: second))
        for frame in frames { mix(UInt64(truncatingIfNeeded: frame.count)) }
        if frames.count > 1 { mix(frames[1]) }
        guard linesMax > 0 else { return }
        if lines.count >= 2 * linesMax { lines.removeFirst(lines.count - linesMax) }
        let end = [text(), Self.describe(frames)].filter { !$0.isEmpty }.joined(separator: " ")
        lines.append("\(time) \(what) \(first) \(second) \(end)")
    }

    /// The last so many lines.
    func last(_ count: Int) -> [String] { Array(lines.suffix(count)) }

    private mutating func mix(_ value: UInt64) {
        digest = (digest ^ value) &* 0x0000_0100_0000_01B3
        digest ^= digest >> 29
    }

    private mutating func mix(_ bytes: [UInt8]) {
        var word: UInt64 = 0
        for byte in bytes { word = word &* 31 &+ UInt64(byte) }
        mix(word)
    }

    private static func describe(_ frames: [[UInt8]]) -> String {
        guard frames.count > 1 else { return "" }
        let head = frames.prefix(2).map { String(decoding: $0.prefix(400), as: UTF8.self) }
        let sizes = frames.dropFirst(2).map { String($0.count) }
        return (head + sizes).joined(separator: " ")
    }
}
