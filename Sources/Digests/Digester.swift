import CCrypto

/// Makes a digest of bytes that come piece by piece.
package struct Digester: ~Copyable {
    private let algorithm: DigestAlgorithm
    private let context: OpaquePointer

    /// Starts a digest of no bytes.
    package init(_ algorithm: DigestAlgorithm) {
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto has no memory for a digest.")
        }
        self.algorithm = algorithm
        self.context = context
        let method =
            switch algorithm {
            case .sha256: EVP_sha256()
            case .sha1: EVP_sha1()
            }
        let status = EVP_DigestInit_ex(context, method, nil)
        precondition(status == 1, "libcrypto does not offer \(algorithm.rawValue).")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package mutating func update(_ bytes: ArraySlice<UInt8>) {
        let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(status == 1, "libcrypto cannot continue a \(algorithm.rawValue) digest.")
    }

    /// Adds bytes.
    package mutating func update(_ bytes: [UInt8]) { update(bytes[...]) }

    /// Gives the digest of all bytes that were added.
    package consuming func finish() -> Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { output, count in
            var size: UInt32 = 0
            let status = EVP_DigestFinal_ex(context, output.baseAddress, &size)
            precondition(status == 1, "libcrypto cannot end a \(algorithm.rawValue) digest.")
            count = Int(size)
        }
        return Digest(algorithm: algorithm, bytes: bytes)
    }
}
