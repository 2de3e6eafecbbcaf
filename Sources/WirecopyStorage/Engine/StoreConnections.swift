/// Connections through which one process reads a store; several reads may run at once.
protocol ReadingConnections: Sendable {
    /// Runs a read in a transaction of its own, off the caller's thread.
    ///
    /// - Throws: the engine's error, and what `body` throws.
    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer

    /// Runs a read in a transaction of its own while the calling thread waits.
    ///
    /// - Throws: the engine's error, and what `body` throws.
    func readWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer
}

/// The connection through which one process writes a store, one transaction at a time.
protocol WritingConnection: Sendable {
    /// Runs a transaction, off the caller's thread, and commits it; it is on disk only after a
    /// later `makeDurable`. It is the store's only one meanwhile; a caller that is cancelled waits
    /// for it too.
    ///
    /// - Throws: the engine's error, and what `body` throws; then nothing is written.
    func commit<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer

    /// Waits until all transactions that were committed are on disk; others may run meanwhile.
    ///
    /// - Throws: `StorageFailure` when the disk failed. What was committed may be lost when the
    ///   machine stops; the next `commit` sees to the disk first.
    func makeDurable() async throws

    /// Runs a transaction while the calling thread waits, and commits to disk what it wrote.
    ///
    /// - Throws: the engine's error, and what `body` throws; then nothing is written.
    func writeWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer
}

extension WritingConnection {
    /// Runs a transaction, off the caller's thread, and commits it to disk. It is the store's only
    /// one meanwhile; a caller that is cancelled waits for it too.
    ///
    /// - Throws: the engine's error, and what `body` throws; then nothing is written. The disk's
    ///   reason when the commit does not get there; then what is written may be lost.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        let answer = try await commit(body)
        try await makeDurable()
        return answer
    }
}
