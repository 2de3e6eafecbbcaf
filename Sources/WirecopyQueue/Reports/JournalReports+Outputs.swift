import FoundationEssentials
import GRDB
package import WirecopyMessages

// What was made of a message.
extension JournalReports {
    /// What carried a page on, or ended its way.
    struct Output {
        let position: Int
        let stageVersion: String?
    }

    /// The newest message that carried a page on, or ended its way, from the message at a place;
    /// `nil` when nothing was made of it.
    package func output(ofMessageAt position: Int) throws(QueueFailure) -> Message? {
        let newest = try reading { database in try output(of: position, in: database) }
        guard let newest else { return nil }
        return try message(at: newest.position)
    }

    /// Where the newest output of a message lies, by what the log says of the later messages of
    /// its page.
    func output(of position: Int, in database: Database) throws -> Output? {
        let query = """
            SELECT m.page, m.kind, coalesce(m.id, p.root) FROM message AS m
            JOIN page AS p ON p.position = m.page WHERE m.position = ?
            """
        guard let row = try Row.fetchOne(database, sql: query, arguments: [position]),
            let stage = StageName(number: row[1]),
            let id = MessageID(bytes: Array(row[2] as Data))
        else { return nil }
        for step in try Self.steps(ofPage: row[0], in: database).reversed() where step > position {
            // A later step whose record is damaged may have been the output; an earlier one is
            // then the newest that can be read.
            guard let (record, _, bytes) = try? contents.reader.message(at: step),
                [stage.output, .outcome].contains(record.kind),
                let envelope = try? Envelope(json: Array(bytes[record.envelope])),
                envelope.parent == id
            else { continue }
            return Output(position: step, stageVersion: envelope.stageVersion)
        }
        return nil
    }

    /// Places of a page's messages, ascending; empty for a page that is not there.
    static func steps(ofPage page: Int, in database: Database) throws -> [Int] {
        let statement = try database.cachedStatement(
            sql: "SELECT steps FROM page WHERE position = ?"
        )
        guard let steps = try Data.fetchOne(statement, arguments: [page]) else { return [] }
        return [page] + PageSteps(page: page, Array(steps)).positions
    }
}
