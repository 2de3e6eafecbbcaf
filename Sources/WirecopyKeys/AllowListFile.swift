/// A list of keys that is read again whenever its file changes.
package struct AllowListFile: Sendable {
    /// What a look at the file gave.
    package enum Look: Sendable, Equatable {
        /// It is as it was.
        case same
        /// It was read, and holds from now on.
        case changed
        /// It cannot be used; what was read last still holds.
        case unusable(KeyFailure)
    }

    /// Path of the file.
    package let path: String
    /// What holds at the moment.
    package private(set) var list: AllowList
    private var stamp: PrivateFile.Stamp?

    /// Reads a list for the first time.
    ///
    /// - Throws: `KeyFailure` when it cannot be read: a broker must not start without it.
    package init(path: String) throws(KeyFailure) {
        self.path = path
        stamp = PrivateFile.stamp(path)
        list = try Self.read(path)
    }

    /// Reads the file again if it is not the one that was read last.
    package mutating func look() -> Look {
        let present = PrivateFile.stamp(path)
        guard present != stamp else { return .same }
        stamp = present
        do {
            list = try Self.read(path)
            return .changed
        } catch {
            return .unusable(error)
        }
    }

    static func read(_ path: String) throws(KeyFailure) -> AllowList {
        let text = try PrivateFile.read(path, bytesMax: AllowList.bytesMax, isSecret: false)
        return try AllowList(parsing: text, name: path)
    }
}
