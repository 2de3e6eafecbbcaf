import Foundation
import WirecopyMessages

/// Our reader of JSON beside Foundation's.
///
/// Must be true: both accept the same text, where both mean to read the same language. Ours stops
/// at a depth and replaces broken UTF-8; Foundation guesses encodings, refuses large numbers and
/// forgives a comma and a space before an end.
struct JSONTarget: FuzzTarget {
    /// Deeper than the reader goes, now and then.
    private static let depthMax = 6

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var text: [UInt8] = []
        write(&text, depth: 0, &generator)
        var input = FuzzInput([text])
        Mutator.damage(&input, using: &generator)
        return input
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let bytes = input.frames.first ?? []
        let isOurs = accepts(bytes)
        guard isComparable(bytes) else { return isOurs ? .accepted : .refused }
        let isFoundations = foundationAccepts(bytes)
        guard isOurs == isFoundations else {
            throw FuzzFinding("Ours \(isOurs ? "accepts" : "refuses") what Foundation does not.")
        }
        return isOurs ? .accepted : .refused
    }

    private func accepts(_ bytes: [UInt8]) -> Bool {
        do throws(JSONFailure) {
            var reader = JSONReader(bytes)
            try reader.skip()
            try reader.end()
            return true
        } catch {
            return false
        }
    }

    /// Whether both readers mean the same language: plain ASCII without escapes of surrogates,
    /// without a byte order mark and not too deep, and numbers of a usual size.
    private func isComparable(_ bytes: [UInt8]) -> Bool {
        var (depth, digits, wasComma) = (0, 0, false)
        for byte in bytes {
            guard 0x01..<0x80 ~= byte else { return false }
            if wasComma, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { return false }
            wasComma = byte == UInt8(ascii: ",") || wasComma && byte <= 0x20
            depth += byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") ? 1 : 0
            let isNumber = 0x30...0x39 ~= byte
            digits = isNumber ? digits + 1 : 0
            guard digits < 18, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") else {
                return false
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return depth < JSONReader.depthMax && !text.contains("\\u")
    }

    private func foundationAccepts(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    }

    private func write(
        _ text: inout [UInt8],
        depth: Int,
        _ generator: inout SeededGenerator
    ) {
        let kinds = depth < Self.depthMax ? 7 : 5
        switch generator.below(kinds) {
        case 0: text += generator.one(of: ["true", "false", "null"]).utf8
        case 1: text += "\(generator.below(100_000) - 50_000)".utf8
        case 2: text += "\(generator.below(1000)).\(generator.below(1000))".utf8
        case 3, 4: writeString(&text, &generator)
        case 5:
            text.append(UInt8(ascii: "["))
            for index in 0..<generator.below(4) {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                write(&text, depth: depth + 1, &generator)
            }
            text.append(UInt8(ascii: "]"))
        default:
            text.append(UInt8(ascii: "{"))
            for index in 0..<generator.below(4) {
                if index > 0 { text += " , ".utf8 }
                // Foundation may refuse a key that comes twice; ours leaves that to the caller.
                text += "\"\(index)\":".utf8
                write(&text, depth: depth + 1, &generator)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private func writeString(_ text: inout [UInt8], _ generator: inout SeededGenerator) {
        text.append(UInt8(ascii: "\""))
        for _ in 0..<generator.below(12) {
            text += generator.one(of: ["a", "Z", " ", "\\n", "\\\"", "\\\\", "/", "é", "\\/"]).utf8
        }
        text.append(UInt8(ascii: "\""))
    }
}
