import GRDB
import WirecopyMessages

extension LogPlaces {
    /// Finds the frames again of files that are shorter than the index knows them: they were
    /// written again without what is gone, and the index did not come to note it.
    static func mend(
        in database: Database,
        _ files: any JournalFiles,
        _ journal: MessageID
    ) throws {
        let known = try Row.fetchAll(
            database,
            sql: """
                SELECT number, bytes FROM log_file WHERE number < (SELECT max(number) FROM log_file)
                """
        )
        for row in known {
            let (number, bytes) = (row[0] as Int, row[1] as Int)
            let size: Int
            do throws(DiskFault) {
                size = try files.open(LogReader.path(number), .reading).size()
            } catch {
                guard error.number == DiskFault.isMissing else { throw error }
                continue
            }
            guard size < bytes else { continue }
            let places = try read(number, files, journal)
            try places.store(file: number, bytes: size, in: database)
        }
    }

    /// The frames of one file, as it is.
    private static func read(
        _ file: Int,
        _ files: any JournalFiles,
        _ journal: MessageID
    ) throws -> LogPlaces {
        var places = LogPlaces()
        var scanner = LogScanner(
            files,
            journal: journal,
            from: LogPlace(file: file, offset: LogFileHeader.bytes),
            sequence: 0,
            position: 0
        )
        while let finding = try scanner.next() {
            guard case .frame(let frame) = finding else { continue }
            guard frame.place.file == file else { break }
            places.add(firstPosition: frame.header.firstPosition, at: frame.place)
        }
        return places
    }

    /// Keeps the places of one file in the index, and how long the file is.
    func store(file: Int, bytes: Int, in database: Database) throws {
        try database.execute(sql: "DELETE FROM place WHERE file = ?", arguments: [file])
        for entry in entries {
            try database.execute(
                sql: "INSERT INTO place(file, offset, position) VALUES (?, ?, ?)",
                arguments: [entry.place.file, entry.place.offset, entry.position]
            )
        }
        try database.execute(
            sql: "UPDATE log_file SET bytes = ? WHERE number = ?",
            arguments: [bytes, file]
        )
    }
}
