import WebArchive
import WirecopyMessages

/// An open web archive, each page of which gives one message.
///
/// What is no page is passed over and counted: requests, redirects, errors, pictures. What is
/// damaged is rejected, and reading goes on.
final class ArchiveFile {
    /// What was found so far.
    private(set) var tally = ArchiveTally()

    private let file: InputFile
    private let entries: ArchiveEntries
    private let bodyLimitBytes: Int
    private var originals: RevisitIndex
    private var hasFailed = false

    /// Opens a file; broken members of gzip cost only themselves.
    init(_ kind: InputKind, _ file: InputFile, bodyLimitBytes: Int) throws(InputBytes.Failure) {
        self.file = file
        self.bodyLimitBytes = bodyLimitBytes
        originals = RevisitIndex(path: file.path)
        do throws(WebArchiveFailure) {
            entries =
                kind == .arc
                ? .arc(ARCEntries(try ARCReader(path: file.path)))
                : .warc(WARCEntries(try WARCReader(path: file.path)))
        } catch {
            throw .unreadable(error.message)
        }
    }

    /// Goes on with an input that turned out to be an archive; broken gzip ends it.
    init(_ kind: InputKind, _ file: InputFile, _ bytes: InputBytes, bodyLimitBytes: Int) {
        self.file = file
        self.bodyLimitBytes = bodyLimitBytes
        originals = RevisitIndex(path: nil)
        let source = { (_: Int) throws(WebArchiveFailure) -> [UInt8] in
            do throws(InputBytes.Failure) {
                return try bytes.next()
            } catch {
                let (_, sentence) = error.explanation(of: file, limit: bodyLimitBytes)
                throw WebArchiveFailure(.fileUnreadable, sentence)
            }
        }
        entries =
            kind == .arc
            ? .arc(ARCEntries(ARCReader(source: source)))
            : .warc(WARCEntries(WARCReader(source: source)))
    }

    /// The message of the next page or damage; `nil` at the end.
    func next(_ roots: RootMessages) -> InputCursor.Step? {
        while !hasFailed {
            var place = file.url
            do throws(WebArchiveFailure) {
                guard let entry = try entries.next() else { return nil }
                place = "\(file.url)#offset=\(entry.offset)"
                let record = try entry.content.get()
                tally.records += 1
                if record.isBlockDigestRight == false { tally.digestsWrong += 1 }
                guard let page = try page(of: record, at: entry.offset) else { continue }
                tally.pages += 1
                let url = WebAddress(page.url)?.url ?? place
                let message = roots.page(
                    url == page.url ? page : page.moved(to: url),
                    origin: "warc",
                    fetchedAt: record.date.flatMap { Instant(archiveDate: $0) }
                )
                return .message(message)
            } catch {
                // What cannot be read now cannot be read in the next round either.
                hasFailed = error.code == .fileUnreadable
                tally.damaged += 1
                let sentence = "\(place): \(error.message)"
                return .message(roots.rejected(error.errorCode, sentence, subject: place))
            }
        }
        return nil
    }

    /// The page of a record; `nil` for one that holds none, which is counted.
    private func page(
        of record: WARCRecord,
        at offset: Int
    ) throws(WebArchiveFailure) -> PageRecord? {
        guard !isForRobots(record) else { return passOver("rules for robots") }
        // Half a page is none; its other parts may lie in another file (WARC 1.1, 7).
        guard record.fields["WARC-Segment-Number"] == nil || record.type == "continuation" else {
            return passOver("part of a segmented record")
        }
        guard record.type != "revisit" else {
            guard let original = originals.original(of: record) else {
                return passOver("revisit without its original")
            }
            let page = try PageRecord(
                revisit: record,
                of: original,
                limitBytes: bodyLimitBytes
            )
            guard let page, isReadable(page) else { return passOver("revisit of no page") }
            tally.revisits += 1
            return page
        }
        originals.note(record, at: offset)
        guard let page = try PageRecord(archived: record, limitBytes: bodyLimitBytes) else {
            return passOver(try Self.reason(record))
        }
        guard isReadable(page) else { return passOver("media type of no page") }
        return page
    }

    /// Whether a record holds a file that sites write for robots and nobody reads as a page.
    private func isForRobots(_ record: WARCRecord) -> Bool {
        guard let target = record.targetURI, target.hasSuffix("s.txt") || target.hasSuffix("i.txt"),
            let address = WebAddress(target)
        else { return false }
        return ["response", "revisit"].contains(record.type)
            && ["/robots.txt", "/ai.txt"].contains(address.target)
    }

    private func isReadable(_ page: PageRecord) -> Bool {
        page.contentType.map { MediaType($0).isReadable } ?? true
    }

    private func passOver(_ reason: String) -> PageRecord? {
        tally.passedOver[reason, default: 0] += 1
        return nil
    }

    /// Why a record holds no page; a closed list, so that a hostile file cannot make it long.
    private static func reason(_ record: WARCRecord) throws(WebArchiveFailure) -> String {
        guard record.type == "response" else {
            let known = ["warcinfo", "request", "metadata", "conversion", "continuation"]
            return known.contains(record.type) ? record.type : "other record"
        }
        guard let head = try record.httpParts().head else { return "response without HTTP" }
        return 300...399 ~= head.status ? "redirect" : "HTTP status of no page"
    }
}

/// The entries of either kind of archive.
private enum ArchiveEntries {
    case warc(WARCEntries)
    case arc(ARCEntries)

    func next() throws(WebArchiveFailure) -> WARCReader.Entry? {
        switch self {
        case .warc(let entries): try entries.reader.next()
        case .arc(let entries): try entries.reader.next()
        }
    }
}

/// Holds a reader, which cannot be copied.
private final class WARCEntries {
    var reader: WARCReader

    init(_ reader: consuming WARCReader) { self.reader = reader }
}

/// Holds a reader, which cannot be copied.
private final class ARCEntries {
    var reader: ARCReader

    init(_ reader: consuming ARCReader) { self.reader = reader }
}

extension PageRecord {
    /// The same page under an address that the pipeline takes.
    fileprivate func moved(to url: String) -> PageRecord {
        guard let httpHead else {
            return PageRecord(url: url, contentType: contentType, body: body)
        }
        return PageRecord(url: url, response: httpHead, body: body)
    }
}

extension WebArchiveFailure {
    /// The reason with which a damaged record is rejected.
    fileprivate var errorCode: ErrorCode {
        switch code {
        case .fileUnreadable: .inputUnreadable
        case .tooLarge: .bodyTooLarge
        case .compressionBroken: .bodyUndecodable
        case .notWARC, .headBroken, .lengthInvalid, .truncated, .noPage: .dataInvalid
        }
    }
}

extension Instant {
    /// Reads `WARC-Date`: `2026-03-04T05:40:00Z`, with or without decimals; `nil` for the rest.
    init?(archiveDate text: String) {
        let parts = text.split { "-T:.Z".contains($0) }.map { Int($0) }
        guard text.hasSuffix("Z"), parts.count >= 6, text.utf8.count <= 40,
            let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], let second = parts[5],
            1990...9999 ~= year, 1...12 ~= month, 1...31 ~= day, 0...23 ~= hour,
            0...59 ~= minute, 0...60 ~= second
        else { return nil }
        let days = HTTPDate.days(year: year, month: month, day: day)
        self.init(milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000)
    }
}
