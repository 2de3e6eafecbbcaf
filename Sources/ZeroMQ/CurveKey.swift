import CZeroMQ
import Glibc

/// A public key of CURVE (Curve25519, RFC 7748): 32 bytes, written as 64 hexadecimal digits.
///
/// Not Z85, ZeroMQ's own way to write keys: it uses `#`, `$`, `&` and parentheses, which shells and
/// configuration files take for their own.
package struct CurveKey: Sendable, Hashable, CustomStringConvertible {
    /// Bytes of a key.
    package static let size = 32

    /// The key, `size` bytes.
    package let bytes: [UInt8]

    /// Takes a key; `nil` when it has another length.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        guard let bytes = Hexadecimal.bytes(of: text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 64 digits, in lower case.
    package var description: String { Hexadecimal.text(of: bytes) }

    /// The first 16 digits: enough to tell the keys of one installation apart by eye.
    package var short: String { String(description.prefix(16)) }
}

/// A secret key of CURVE and the public key that belongs to it.
///
/// It never shows its secret: `description` is the public part, and only `secretText` gives the
/// digits, for the file that keeps them.
package struct CurveKeyPair: Sendable, Equatable, CustomStringConvertible {
    /// What others may know.
    package let publicKey: CurveKey
    let secret: [UInt8]

    /// Makes a new pair from the system's randomness.
    ///
    /// - Throws: `ZeroMQError` with `ENOTSUP` when libzmq was built without CURVE.
    package static func make() throws(ZeroMQError) -> CurveKeyPair {
        var publicText = [CChar](repeating: 0, count: textSize)
        var secretText = [CChar](repeating: 0, count: textSize)
        guard zmq_curve_keypair(&publicText, &secretText) == 0 else {
            throw .last("A pair of keys could not be made")
        }
        guard let publicKey = decode(publicText).flatMap({ CurveKey(bytes: $0) }),
            let secret = decode(secretText)
        else { throw ZeroMQError(number: EINVAL, attempt: "A pair of keys could not be read") }
        return CurveKeyPair(publicKey: publicKey, secret: secret)
    }

    /// Reads the 64 digits of a secret key and computes the public one; `nil` when they are none.
    package init?(secretText: some StringProtocol) {
        guard let secret = Hexadecimal.bytes(of: secretText), secret.count == CurveKey.size else {
            return nil
        }
        var secretZ85 = [CChar](repeating: 0, count: Self.textSize)
        var publicZ85 = [CChar](repeating: 0, count: Self.textSize)
        guard zmq_z85_encode(&secretZ85, secret, secret.count) != nil,
            zmq_curve_public(&publicZ85, secretZ85) == 0,
            let publicKey = Self.decode(publicZ85).flatMap({ CurveKey(bytes: $0) })
        else { return nil }
        self.init(publicKey: publicKey, secret: secret)
    }

    private init(publicKey: CurveKey, secret: [UInt8]) {
        self.publicKey = publicKey
        self.secret = secret
    }

    /// The 64 digits of the secret key.
    package var secretText: String { Hexadecimal.text(of: secret) }

    /// The public key; the secret is never shown.
    package var description: String { publicKey.description }

    /// 40 characters of Z85 and the zero that ends them.
    private static let textSize = 41

    private static func decode(_ text: [CChar]) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: CurveKey.size)
        return zmq_z85_decode(&bytes, text) == nil ? nil : bytes
    }
}

/// Bytes as pairs of hexadecimal digits.
private enum Hexadecimal {
    static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for unit in text.utf8 {
            guard let value = value(of: unit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
