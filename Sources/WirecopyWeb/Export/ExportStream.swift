import Synchronization
import WirecopyStorage

/// A download that is made while it is sent: one article is in memory, not all.
package final class ExportStream: Sendable {
    private let state: Mutex<State>
    private let places: ExportPlaces

    private struct State {
        var source: ExportSource?
        var hasLeft = false
    }

    /// Begins a download, which holds a place until it is left.
    init(_ source: ExportSource, _ places: ExportPlaces) {
        state = Mutex(State(source: source))
        self.places = places
    }

    deinit { leave() }

    /// The next piece; `nil` after the last. One reader asks at a time.
    ///
    /// - Throws: `WebFailure` when the store fails on the way.
    package func next() async throws(WebFailure) -> [UInt8]? {
        guard var source = state.withLock({ $0.source.take() }) else { return nil }
        let piece = try await source.piece()
        if piece != nil { state.withLock { $0.source = source } }
        return piece
    }

    /// Gives the place to somebody else; safe to call twice.
    package func leave() {
        let isFirst = state.withLock { state in
            defer { state.hasLeft = true }
            state.source = nil
            return !state.hasLeft
        }
        if isFirst { places.leave() }
    }
}

/// How many downloads run at the same time.
final class ExportPlaces: Sendable {
    private let taken = Mutex(0)

    /// Takes a place, if one is free.
    func enter() -> Bool {
        taken.withLock { taken in
            guard taken < WebLimits.exportsMax else { return false }
            taken += 1
            return true
        }
    }

    /// Gives a place back.
    func leave() { taken.withLock { $0 -= 1 } }
}

/// Where the articles of a download come from, with how far it is.
struct ExportSource {
    /// The articles that are left.
    enum Articles {
        case selected(ArticleExport.Iterator)
        case named(ArraySlice<String>)
    }

    let store: StoreDesk
    let format: ArticleFormat
    var articles: Articles
    /// What waits to be sent: at first, what stands before the first article.
    var waiting: [UInt8]
    private var isOver = false

    init(_ store: StoreDesk, _ format: ArticleFormat, _ articles: Articles) {
        self.store = store
        self.format = format
        self.articles = articles
        waiting = Array(format.opening.utf8)
    }

    /// So many articles as make a piece.
    mutating func piece() async throws(WebFailure) -> [UInt8]? {
        while !isOver, waiting.count < WebLimits.pieceBytes {
            guard let article = try await article() else {
                isOver = true
                break
            }
            do {
                waiting += try format.text(of: article).utf8
            } catch {
                throw WebFailure(.internalError, "An article cannot be written: \(error).")
            }
        }
        guard !waiting.isEmpty else { return nil }
        defer { waiting = [] }
        return waiting
    }

    private mutating func article() async throws(WebFailure) -> ArticleReport? {
        switch articles {
        case .selected(var iterator):
            do throws(StorageFailure) {
                let article = try await iterator.next()
                articles = .selected(iterator)
                return article
            } catch {
                throw WebFailure(error)
            }
        case .named(var ids):
            while let id = ids.popFirst() {
                articles = .named(ids)
                let found = try await store.read { (store) throws(StorageFailure) in
                    try await store.article(id)
                }
                // One that was deleted meanwhile is left out.
                if let found { return found }
            }
            return nil
        }
    }
}
