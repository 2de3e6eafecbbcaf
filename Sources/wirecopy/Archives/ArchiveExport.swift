import Foundation
import Glibc
import Gzip
import WebArchive
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

/// Writes selected pages as a web archive: the records as they were stored, byte for byte, after a
/// record that says who wrote the file. Content that an earlier page of the file has is not written
/// again: a `revisit` record stands for it.
struct ArchiveExport {
    /// Places that are asked for at a time.
    private static let sliceMax = 512

    private let reports: JournalReports
    private let pages: MessageSelection
    /// What was fetched and may have come to no page; `nil` to leave that out.
    private let visits: MessageSelection?

    /// Prepares an export of the pages that a request selects, whatever their state; with `all`
    /// also of what led to no page: feeds, sitemaps, and the rules that forbade something.
    init(
        reports: JournalReports,
        request: ReplayRequest,
        all: Bool = false
    ) throws(ProgramFailure) {
        self.reports = reports
        var (pages, visits) = (request, request)
        (pages.stage, visits.stage) = (.parse, .fetch)
        do {
            self.pages = try MessageSelection(pages)
            self.visits = all ? try MessageSelection(visits) : nil
        } catch {
            throw ProgramFailure(.usage, error.message)
        }
    }

    /// What was written.
    struct Summary: Report {
        /// Bytes of the file.
        var bytes = 0
        /// Visits in it that led to no page, such as the polls of a source.
        var otherVisits = 0
        /// Pages in it.
        var pages = 0
        /// Of the pages, those whose content an earlier one has.
        var revisits = 0
        /// Pages that could not be read and are left out.
        var unreadable = 0
        /// The first sentence about them.
        var unreadableCause: String?
    }

    /// Writes the file; it gets its name once it is whole. Standard output without a name.
    ///
    /// - Throws: `cannotCreate` when there is a file of this name, or it cannot be written.
    func write(to path: String?) throws(ProgramFailure) -> Summary {
        guard let path, path != "-" else {
            return try write(to: .standardOutput, named: "standard output")
        }
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw ProgramFailure(
                .cannotCreate,
                "\(path) is there already and is not overwritten; name another file."
            )
        }
        let draft = path + ".part"
        guard files.createFile(atPath: draft, contents: nil),
            let handle = FileHandle(forWritingAtPath: draft)
        else {
            throw ProgramFailure(.cannotCreate, "The file \(draft) cannot be written.")
        }
        let summary = try write(to: handle, named: path)
        do {
            try handle.synchronize()
            try handle.close()
            try files.moveItem(atPath: draft, toPath: path)
            try DurableFile.syncFolder(of: path)
        } catch {
            throw ProgramFailure(.inputOutputError, "\(path) cannot be written: \(error).")
        }
        return summary
    }

    private func write(
        to handle: FileHandle,
        named name: String
    ) throws(ProgramFailure) -> Summary {
        var summary = Summary()
        try append(description(of: name), to: handle, &summary)
        var originals = ArchivedContents()
        try forEachPlace(in: pages) { (place) throws(ProgramFailure) in
            switch page(at: place) {
            case .success(let page):
                let revisit = originals.revisit(page.record)
                let record = revisit.map { Gzip.compress($0.bytes) } ?? page.members
                try append(record + page.companions, to: handle, &summary)
                summary.pages += 1
                summary.revisits += revisit == nil ? 0 : 1
            case .failure(let failure):
                summary.unreadable += 1
                summary.unreadableCause = summary.unreadableCause ?? failure.message
            }
        }
        guard let visits else { return summary }
        try forEachPlace(in: visits) { (place) throws(ProgramFailure) in
            guard let members = records(ofVisitAt: place) else { return }
            try append(members, to: handle, &summary)
            summary.otherVisits += 1
        }
        return summary
    }

    private func forEachPlace(
        in selection: MessageSelection,
        _ body: (Int) throws(ProgramFailure) -> Void
    ) throws(ProgramFailure) {
        var after = 0
        while true {
            let places: [Int]
            do {
                places = try reports.positions(selection, after: after, limit: Self.sliceMax)
            } catch {
                throw ProgramFailure(
                    error.code == .requestInvalid ? .usage : .inputOutputError,
                    error.message
                )
            }
            guard let last = places.last else { return }
            after = last
            for place in places { try body(place) }
        }
    }

    /// The records of a visit that came to no page; `nil` when it did, or left none. What cannot be
    /// read any more is gone with its segment, as retention wants it.
    private func records(ofVisitAt place: Int) -> [UInt8]? {
        guard let end = try? reports.output(ofMessageAt: place), end.kind == .outcome,
            !end.attachments.isEmpty
        else { return nil }
        return end.attachments.flatMap { $0 }
    }

    /// The record of a page, after a look whether a reader of archives will be able to read it.
    private func page(at place: Int) -> Result<ArchivedPage, ProgramFailure> {
        do {
            let message = try reports.message(at: place)
            guard let attachment = message.attachments.first else {
                let sentence = "The page at place \(place) came without its bytes."
                return .failure(ProgramFailure(.dataError, sentence))
            }
            let limit = MessageLimits.bodyBytes
            let record = try PageRecord.record(in: attachment, limitBytes: limit)
            _ = try PageRecord(record, limitBytes: limit)
            return .success(
                ArchivedPage(
                    members: attachment,
                    record: record,
                    companions: message.attachments.dropFirst().flatMap { $0 }
                )
            )
        } catch let failure as QueueFailure {
            return .failure(ProgramFailure(.inputOutputError, failure.message))
        } catch let failure as WebArchiveFailure {
            return .failure(ProgramFailure(.dataError, failure.message))
        } catch {
            return .failure(ProgramFailure(.softwareError, "\(error)"))
        }
    }

    private func description(of name: String) -> [UInt8] {
        let mint = MessageMint.system
        let record = WARCRecord.warcinfo(
            mint.recordIdentity(at: mint.now()),
            fileName: URL(filePath: name).lastPathComponent,
            information: [
                HeaderField("software", "wirecopy/\(ProgramVersion.current)"),
                HeaderField("format", "WARC File Format 1.1"),
                HeaderField("conformsTo", "http://iso.org/standard/68004.html"),
            ]
        )
        return Gzip.compress(record.bytes)
    }

    private func append(
        _ bytes: [UInt8],
        to handle: FileHandle,
        _ summary: inout Summary
    ) throws(ProgramFailure) {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw ProgramFailure(.inputOutputError, "The archive cannot be written: \(error).")
        }
        summary.bytes += bytes.count
    }
}
