import Foundation
import GRDB
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// What an installation holds in the end, counted in two places: the ledger of the queue and the
/// store.
struct Balance {
    /// Pages of the site that the store holds.
    var stored = 0
    /// Pages that the store holds more than once: as two articles or in two versions.
    var storedTwice = 0
    /// Pages that were given up.
    var dead = 0
    /// Why, by reason.
    var reasons: [String: Int] = [:]
    /// Pages that have no end, as the ledger says.
    var lostByLedger = 0
    /// Rules of the store that its rows break.
    var breaches: [String] = []
    /// Whether the ledger accounts for each page once and nothing is under way.
    var isBalanced = false

    /// Takes the ledger's part.
    init(_ ledger: LedgerReport) {
        dead = ledger.count(.dead)
        reasons = ledger.reasons
        lostByLedger = ledger.lost + ledger.inFlight + ledger.standing
        isBalanced = ledger.isBalanced && ledger.inFlight == 0 && ledger.openMessages == 0
    }

    /// Looks whether the store's file, rows and indexes are as they must be.
    mutating func check(_ store: String) {
        guard FileManager.default.fileExists(atPath: store) else { return }
        do throws(StorageFailure) {
            breaches = try StoreCare(path: store).check(includesIndexes: true).findings.map {
                "The store: \($0.rule) (not so: \($0.count), such as \($0.example))"
            }
        } catch {
            breaches = [error.message]
        }
    }

    /// Takes the store's part: each page of a site was served under one address.
    mutating func count(in store: StoreCount) {
        stored = store.pages
        storedTwice = store.doubled
    }
}

/// Counts in a store, also while a storage worker writes to it.
struct StoreCount {
    /// Different pages of the site.
    var pages = 0
    /// Pages too many.
    var doubled = 0

    /// Counts the articles of a store, none where there is no store yet.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { database in
            // A page is known by the end of its address, /page/NUMBER or NUMBER.html.
            let urls = try String.fetchAll(
                database,
                sql: "SELECT url FROM article_version JOIN article ON article.number = article"
            )
            let numbers = urls.compactMap { url in
                url.split(separator: "/").last.flatMap { Int($0.prefix { $0.isNumber }) }
            }
            pages = Set(numbers).count
            doubled = numbers.count - pages
        }
    }

    /// Whether somebody holds the lock for writing, as a writer does in a transaction.
    static func isLocked(path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        do {
            try DatabaseQueue(path: path, configuration: configuration)
                .writeWithoutTransaction { database in
                    try database.inTransaction(.immediate) { .rollback }
                }
            return false
        } catch let error as DatabaseError {
            return error.resultCode == .SQLITE_BUSY
        } catch {
            return false
        }
    }

    /// How many messages a store has handled; 0 where nobody can say at this moment.
    static func handled(path: String) -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(1)
        let count = try? DatabaseQueue(path: path, configuration: configuration).read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM handled_message")
        }
        return (count ?? nil) ?? 0
    }
}
