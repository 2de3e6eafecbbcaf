import Foundation

extension AliasList {
    /// Bytes of a list; far more than a person keeps up by hand.
    package static let bytesMax = 4 << 20
    /// Rules of a list.
    package static let rulesMax = 50_000

    /// Reads a list from a file.
    ///
    /// - Throws: `EntityFailure.aliasesUnreadable` when the file cannot be read or is too long,
    ///   `.aliasLineInvalid` at the first line that is no rule or contradicts another.
    package init(path: String) throws(EntityFailure) {
        let bytes: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            bytes = try handle.read(upToCount: Self.bytesMax + 1) ?? Data()
        } catch {
            throw .aliasesUnreadable(path: path, reason: error.localizedDescription)
        }
        guard bytes.count <= Self.bytesMax else {
            let reason = "It has more than \(Self.bytesMax) bytes."
            throw .aliasesUnreadable(path: path, reason: reason)
        }
        try self.init(text: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads a list.
    ///
    /// - Throws: `EntityFailure.aliasLineInvalid` at the first line that is no rule or contradicts
    ///   another.
    package init(text: String) throws(EntityFailure) {
        self.init()
        var rules = 0
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated() {
            let reason: String?
            switch AliasRule.read(line) {
            case .failure(let fault): reason = fault.sentence
            case .success(nil): continue
            case .success(let rule?):
                rules += 1
                reason =
                    rules > Self.rulesMax
                    ? "The list has more than \(Self.rulesMax) rules." : add(rule, line: index + 1)
            }
            if let reason { throw .aliasLineInvalid(line: index + 1, reason: reason) }
        }
    }
}
