import Synchronization
import WirecopyStorage

/// Opens the store once it is there, and bounds what one question may cost.
package final class StoreDesk: Sendable {
    private let path: String
    private let limit: Duration
    private let opened = Mutex<ArticleStore?>(nil)

    /// Prepares a desk; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - path: the database of articles; it may come later.
    ///   - limit: how long one question may take; then it is interrupted.
    package init(path: String, limit: Duration = WebLimits.answerTimeMax) {
        self.path = path
        self.limit = limit
    }

    /// Asks the store.
    ///
    /// - Throws: `unavailable` when there is no store yet, or it takes too long; `unprocessable`
    ///   for a question that has nothing to look for.
    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (ArticleStore) async throws(StorageFailure) -> Answer
    ) async throws(WebFailure) -> Answer {
        let store = try store()
        let limit = limit
        // A failure travels as a value: a task group cannot carry its type.
        return try await withTaskGroup(of: Result<Answer, WebFailure>.self) { group in
            group.addTask {
                do throws(StorageFailure) {
                    return .success(try await body(store))
                } catch {
                    return .failure(WebFailure(error))
                }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return .failure(
                    WebFailure(
                        .unavailable,
                        "The answer took longer than \(limit.components.seconds) seconds and was "
                            + "interrupted. Ask for less: more words, a host, a later day."
                    )
                )
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(WebFailure(.internalError, "Nothing was asked."))
        }.get()
    }

    /// Changes stories. The store is opened for it and closed again, so that a page that is only
    /// read holds nothing that others write.
    ///
    /// - Throws: as `read`; `notFound` and `unprocessable` for what cannot be done.
    func edit<Answer: Sendable>(
        _ body: @Sendable (StoryEditor) async throws(StorageFailure) -> Answer
    ) async throws(WebFailure) -> Answer {
        do throws(StorageFailure) {
            return try await body(
                try StoryEditor(path: path, busyTimeout: WebLimits.answerTimeMax)
            )
        } catch {
            throw WebFailure(error)
        }
    }

    private func store() throws(WebFailure) -> ArticleStore {
        if let store = opened.withLock({ $0 }) { return store }
        do throws(StorageFailure) {
            let store = try ArticleStore(path: path)
            opened.withLock { $0 = store }
            return store
        } catch {
            throw WebFailure(error)
        }
    }
}

extension WebFailure {
    /// What a failure of the store means for a reader.
    init(_ failure: StorageFailure) {
        switch failure.code {
        case .queryEmpty: self.init(.unprocessable, failure.message)
        case .referenceAmbiguous: self.init(.unprocessable, failure.message)
        case .ruleRefused: self.init(.conflict, failure.message)
        case .nameUnknown: self.init(.notFound, failure.message)
        case .notOpened:
            self.init(
                .unavailable,
                "There is no store of articles yet. wirecopy run and wirecopy up make one."
            )
        default: self.init(.unavailable, failure.message)
        }
    }
}
