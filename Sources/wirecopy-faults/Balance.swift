import Foundation
import GRDB
import PostgreSQL
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
        let isServer = ServerAddress.isAddress(store)
        guard isServer || FileManager.default.fileExists(atPath: store) else { return }
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

    private static let urls =
        "SELECT url FROM article_version JOIN article ON article.number = article"

    /// Counts the articles of a store, none where there is no store yet.
    init(path: String) throws {
        if ServerAddress.isAddress(path) {
            count(try Self.urls(onServer: path))
            return
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        count(try queue.read { try String.fetchAll($0, sql: Self.urls) })
    }

    /// A page is known by the end of its address, /page/NUMBER or NUMBER.html.
    private mutating func count(_ urls: [String]) {
        let numbers = urls.compactMap { url in
            url.split(separator: "/").last.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        pages = Set(numbers).count
        doubled = numbers.count - pages
    }

    private static func urls(onServer address: String) throws -> [String] {
        let rows = try connect(address).rows(urls)
        return (0..<rows.count).compactMap { rows.text($0, 0) }
    }

    private static func connect(_ address: String) throws -> Connection {
        let connection = try Connection(try ServerAddress(address), program: "wirecopy-faults")
        try connection.script("SET search_path = wirecopy")
        return connection
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
        guard !ServerAddress.isAddress(path) else {
            let rows = try? connect(path).rows("SELECT count(*) FROM handled_message")
            return Int(rows?.integer(0, 0) ?? 0)
        }
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
