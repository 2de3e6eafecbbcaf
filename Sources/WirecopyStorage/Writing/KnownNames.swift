import Synchronization

/// Rows of entities that a writer has met, from one transaction to the next: most names of an
/// article were in the news before.
///
/// A transaction takes them and gives them back when it ends; of one that is rolled back nothing
/// is given back.
final class KnownNames: Sendable {
    /// Names that are kept, with 100 bytes each; with more, all are asked for anew.
    private static let namesMax = 200_000

    private let rows = Mutex<[ArticleRecorder.EntityKey: Int64]>([:])

    /// Gives all away.
    func take() -> [ArticleRecorder.EntityKey: Int64] {
        rows.withLock { rows in
            defer { rows = [:] }
            return rows
        }
    }

    /// Takes them back.
    func keep(_ known: [ArticleRecorder.EntityKey: Int64]) {
        rows.withLock { $0 = known.count > Self.namesMax ? [:] : known }
    }
}
