import Foundation
import GRDB
import WirecopyMessages

// Pages by what people know of them.
extension JournalReports {
    /// Places of pages of a subject, the newest first.
    static func pages(
        ofSubject subject: String,
        limit: Int,
        in database: Database
    ) throws -> [Int] {
        let sealed = try IndexLookup.sealedPosition(in: database)
        var positions = try Int.fetchAll(
            database,
            sql: "SELECT position FROM page WHERE position >= ? AND subject = ?",
            arguments: [sealed, subject]
        )
        let hash = Checksum.of(subject)
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM page WHERE position = ? AND subject = ?"
        )
        for position in try IndexLookup.candidates(hash, .subject, in: database) {
            let isSame = try Int.fetchOne(statement, arguments: [position, subject]) != nil
            if isSame { positions.append(position) }
        }
        return Array(positions.sorted(by: >).prefix(limit))
    }

    /// The place of the page whose first message has this identity.
    static func page(ofRoot root: MessageID, in database: Database) throws -> Int? {
        let bytes = Data(root.bytes)
        let sealed = try IndexLookup.sealedPosition(in: database)
        let recent = try Int.fetchOne(
            database,
            sql: "SELECT position FROM page WHERE position >= ? AND root = ?",
            arguments: [sealed, bytes]
        )
        if let recent { return recent }
        return try IndexLookup.candidates(root.lookupHash, .root, in: database).first { position in
            try Int.fetchOne(
                database,
                sql: "SELECT 1 FROM page WHERE position = ? AND root = ?",
                arguments: [position, bytes]
            ) != nil
        }
    }
}
