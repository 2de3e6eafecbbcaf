import GRDB
import WirecopyMessages

/// Which part of the log needs a segment.
struct SegmentUse {
    /// Open messages in front of its end beyond which a segment is kept without a look.
    private static let openReadMax = 1000

    private let segment: Int
    /// The last place in the last file whose messages have bodies in it.
    let lastPosition: Int
    /// The last moment at which a body may have come into it.
    let lastAt: Instant
    /// Whether the file of the log that is being written has bodies in it.
    let isWritten: Bool

    init(of segment: Int, in database: Database) throws {
        self.segment = segment
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT max(last_position), max(last_at_ms),
                max(number) = (SELECT max(number) FROM log_file) FROM log_file
                WHERE first_segment <= ?1 AND last_segment >= ?1
                """,
            arguments: [segment]
        )
        // What no file of the log has to do with is as old as those that are gone.
        lastPosition = (row?[0] as Int?) ?? 0
        lastAt = Instant(milliseconds: (row?[1] as Int?) ?? 0)
        isWritten = (row?[2] as Bool?) ?? false
    }

    /// Messages that are open and may need it.
    func open(in set: OpenSet) -> [Int] {
        set.positions(through: lastPosition, limit: Self.openReadMax + 1)
    }

    /// Whether one of these messages has its body in it, or the log goes on with it.
    func isNeeded(by open: [Int], _ reader: LogReader) throws(QueueFailure) -> Bool {
        if isWritten || open.count > Self.openReadMax { return true }
        for position in open {
            do throws(QueueFailure) {
                let record = try reader.message(at: position).record
                if record.attachments.contains(where: { $0.location.segment == segment }) {
                    return true
                }
            } catch {
                // What cannot be read any more says nothing of what it needs.
                guard error.code == .contentUnreadable else { throw error }
            }
        }
        return false
    }
}
