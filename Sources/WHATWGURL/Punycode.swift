/// Labels of names in ASCII (RFC 3492).
enum Punycode {
    private static let base = 36
    private static let tMin = 1
    private static let tMax = 26
    private static let skew = 38
    private static let damp = 700
    private static let initialBias = 72
    private static let initialScalar = 128
    /// Longer labels are no names: DNS takes 63 bytes. Decoding costs the square of the length.
    private static let labelMaxBytes = 1024

    /// What a label without its `xn--` means; `nil` when it means nothing.
    static func decoded(_ label: some StringProtocol) -> String? {
        let bytes = Array(label.utf8)
        guard bytes.count <= labelMaxBytes, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let delimiter = bytes.lastIndex(of: UInt8(ascii: "-"))
        var scalars = (delimiter.map { bytes[..<$0] } ?? []).map { Unicode.Scalar($0) }
        var position = delimiter.map { $0 + 1 } ?? 0
        var (scalar, index, bias) = (initialScalar, 0, initialBias)
        while position < bytes.count {
            let start = index
            var (weight, k) = (1, base)
            while true {
                guard position < bytes.count, let digit = value(of: bytes[position]),
                    digit <= (Int(Int32.max) - index) / weight
                else { return nil }
                position += 1
                index += digit * weight
                let threshold = threshold(k, bias)
                if digit < threshold { break }
                guard weight <= Int(Int32.max) / (base - threshold) else { return nil }
                weight *= base - threshold
                k += base
            }
            let count = scalars.count + 1
            bias = adapted(index - start, count: count, isFirst: start == 0)
            scalar += index / count
            index %= count
            guard let next = Unicode.Scalar(UInt32(truncatingIfNeeded: scalar)), scalar <= 0x10FFFF
            else { return nil }
            scalars.insert(next, at: index)
            index += 1
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// A label of Unicode in ASCII, without `xn--`; `nil` when it is too long.
    static func encoded(_ label: String) -> String? {
        let scalars = label.unicodeScalars.map { Int($0.value) }
        guard scalars.count <= labelMaxBytes else { return nil }
        var output = label.utf8.filter { $0 < 0x80 }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var (scalar, delta, bias, handled) = (initialScalar, 0, initialBias, basicCount)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= scalar }).min() else { return nil }
            delta += (next - scalar) * (handled + 1)
            scalar = next
            for other in scalars {
                if other < scalar { delta += 1 }
                guard other == scalar else { continue }
                append(delta, bias: bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            scalar += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ delta: Int, bias: Int, to output: inout [UInt8]) {
        var (rest, k) = (delta, base)
        while true {
            let threshold = threshold(k, bias)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            k += base
        }
        output.append(digit(rest))
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int {
        min(max(k - bias, tMin), tMax)
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var k = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }

    private static func value(of byte: UInt8) -> Int? {
        if byte.isDigit { return Int(byte) - 0x30 + 26 }
        return byte.isLetter ? Int(byte.lowercased) - 0x61 : nil
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
    }
}
