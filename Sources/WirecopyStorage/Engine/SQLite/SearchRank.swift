import Foundation
import GRDB
import GRDBSQLite

/// Ranks the matches of a search: BM25 (Robertson and Zaragoza 2009), as FTS5's own `bm25` has it,
/// but without counting how many articles have a word.
///
/// FTS5 counts all of them for each word and each search, which for a common word among a million
/// articles takes a tenth of a second. Here those that came first are counted, up to a bound, and
/// the rest is taken to have the word as often.
///
/// An auxiliary function in SQLite's sense (https://www.sqlite.org/fts5.html, 7); it lives on the
/// connection, and what it keeps lives as long as the query.
enum SearchRank {
    /// The function's name in SQL; its argument is the table.
    static let name = "news_rank"

    /// Articles with a word that are counted.
    private static let countedMax: Int64 = 10_000
    /// A word in the title counts so many times one in the text; then text and authors.
    private static let columnWeights = [5.0, 1.0, 2.0]
    /// How soon more of a word adds nothing, and how much length counts; FTS5's own.
    private static let (saturation, lengthShare) = (1.2, 0.75)
    /// Words in more than half of all articles tell nearly nothing, but are not held against one.
    private static let rarityMin = 1e-6

    /// Adds the function to a connection.
    ///
    /// - Throws: GRDB's `DatabaseError` when SQLite refuses it.
    static func add(to db: Database) throws {
        let api = unsafe FTS5.api(db)
        let code = unsafe api.pointee.xCreateFunction(
            UnsafeMutablePointer(mutating: api),
            name,
            nil,
            { api, context, result, _, _ in
                guard let api = unsafe api else { return }
                unsafe SearchRank.rank(api, context, result)
            },
            nil
        )
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// What is known of a query's words.
    private final class Words {
        var rarities: [Double] = []
        var averageLength = 1.0
        /// How often each word stands in the row at hand.
        var counts: [Double] = []
    }

    /// Counts the articles that have a word.
    private struct Counter {
        var count: Int64 = 0
        var lastRow: Int64 = 0
    }

    private static func rank(
        _ api: UnsafePointer<Fts5ExtensionApi>,
        _ context: OpaquePointer?,
        _ result: OpaquePointer?
    ) {
        guard let words = unsafe words(api, context) else {
            unsafe sqlite3_result_error_code(result, SQLITE_ERROR)
            return
        }
        for index in words.counts.indices { words.counts[index] = 0 }
        var (instances, length): (Int32, Int32) = (0, 0)
        _ = unsafe api.pointee.xInstCount(context, &instances)
        _ = unsafe api.pointee.xColumnSize(context, -1, &length)
        for instance in 0..<instances {
            var (phrase, column, offset): (Int32, Int32, Int32) = (0, 0, 0)
            _ = unsafe api.pointee.xInst(context, instance, &phrase, &column, &offset)
            guard words.counts.indices.contains(Int(phrase)) else { continue }
            let isKnown = columnWeights.indices.contains(Int(column))
            words.counts[Int(phrase)] += isKnown ? columnWeights[Int(column)] : 1
        }
        let relative = Double(length) / words.averageLength
        let brake = saturation * (1 - lengthShare + lengthShare * relative)
        let score = zip(words.rarities, words.counts).reduce(0.0) { sum, word in
            sum + word.0 * word.1 * (saturation + 1) / (word.1 + brake)
        }
        // The best come first in ascending order, as with FTS5's own.
        unsafe sqlite3_result_double(result, -score)
    }

    /// What is known of the query's words, worked out at its first row.
    private static func words(
        _ api: UnsafePointer<Fts5ExtensionApi>,
        _ context: OpaquePointer?
    ) -> Words? {
        if let known = unsafe api.pointee.xGetAuxdata(context, 0) {
            return unsafe Unmanaged<Words>.fromOpaque(known).takeUnretainedValue()
        }
        var (rows, tokens): (sqlite3_int64, sqlite3_int64) = (0, 0)
        guard unsafe api.pointee.xRowCount(context, &rows) == SQLITE_OK,
            unsafe api.pointee.xColumnTotalSize(context, -1, &tokens) == SQLITE_OK
        else { return nil }
        let words = Words()
        words.averageLength = max(1, Double(tokens) / Double(max(1, rows)))
        let phrases = unsafe api.pointee.xPhraseCount(context)
        for phrase in 0..<phrases {
            guard let count = unsafe articles(with: phrase, of: rows, api, context) else {
                return nil
            }
            let rarity = (Double(rows) - count + 0.5) / (count + 0.5)
            words.rarities.append(max(rarityMin, log(rarity)))
        }
        words.counts = [Double](repeating: 0, count: words.rarities.count)
        let kept = unsafe Unmanaged.passRetained(words).toOpaque()
        // SQLite releases it with the query, and at once when it cannot keep it.
        let code = unsafe api.pointee.xSetAuxdata(context, kept) { pointer in
            guard let pointer = unsafe pointer else { return }
            unsafe Unmanaged<Words>.fromOpaque(pointer).release()
        }
        return code == SQLITE_OK ? words : nil
    }

    /// How many of so many articles have a word, about.
    private static func articles(
        with phrase: Int32,
        of rows: Int64,
        _ api: UnsafePointer<Fts5ExtensionApi>,
        _ context: OpaquePointer?
    ) -> Double? {
        var counter = Counter()
        let code = unsafe withUnsafeMutablePointer(to: &counter) { counter in
            unsafe api.pointee.xQueryPhrase(context, phrase, counter) { api, context, counter in
                guard let api = unsafe api,
                    let counter = unsafe counter?.assumingMemoryBound(to: Counter.self)
                else { return SQLITE_ERROR }
                unsafe counter.pointee.count += 1
                guard unsafe counter.pointee.count >= SearchRank.countedMax else {
                    return SQLITE_OK
                }
                unsafe counter.pointee.lastRow = unsafe api.pointee.xRowid(context)
                return SQLITE_DONE
            }
        }
        guard code == SQLITE_OK else { return nil }
        guard counter.lastRow > 0 else { return Double(counter.count) }
        let share = Double(counter.count) / Double(counter.lastRow)
        return min(share, 1) * Double(rows)
    }
}
