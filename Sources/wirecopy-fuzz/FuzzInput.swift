import Foundation
import WirecopyProgram

/// The input of one case: the frames of a command, or one frame of bytes for other readers.
struct FuzzInput: Sendable, Equatable {
    /// Raw bytes.
    var frames: [[UInt8]]
    /// True when nothing was damaged: refusing it is a finding.
    var isWhole = false

    /// Joins frames.
    init(_ frames: [[UInt8]], isWhole: Bool = false) {
        self.frames = frames
        self.isWhole = isWhole
    }

    /// Reads a file of findings: one frame a line, as hexadecimal digits; `#` begins a remark.
    ///
    /// - Throws: `ProgramFailure.dataError` or `.noInput`.
    init(file: String) throws(ProgramFailure) {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw ProgramFailure(.noInput, "There is no file \(file).")
        }
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast()
            .filter { !$0.hasPrefix("#") }
        var frames: [[UInt8]] = []
        for line in lines {
            guard let frame = Self.bytes(ofHex: line) else {
                throw ProgramFailure(.dataError, "\(file) has a line that is no hexadecimal text.")
            }
            frames.append(frame)
        }
        self.init(frames)
    }

    /// The text of a file that `init(file:)` reads.
    func text(remark: String) -> String {
        let hex = frames.map { frame in
            frame.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
        }
        return (["# \(remark)"] + hex).map { $0 + "\n" }.joined()
    }

    private static func bytes(ofHex line: Substring) -> [UInt8]? {
        let digits = Array(line.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
