import WebArchive
import WirecopyMessages

/// An open web archive, each page of which gives one message.
///
/// What is no page is passed over: requests, redirects, errors, pictures. What is damaged is
/// rejected, and reading goes on.
final class ArchiveFile {
    private let file: InputFile
    private var reader: WARCReader
    private let bodyLimitBytes: Int
    private var hasFailed = false

    /// Opens a file; broken members of gzip cost only themselves.
    init(_ file: InputFile, bodyLimitBytes: Int) throws(InputBytes.Failure) {
        self.file = file
        self.bodyLimitBytes = bodyLimitBytes
        do throws(WebArchiveFailure) {
            reader = try WARCReader(path: file.path)
        } catch {
            throw .unreadable(error.message)
        }
    }

    /// Goes on with an input that turned out to be an archive; broken gzip ends it.
    init(_ file: InputFile, _ bytes: InputBytes, bodyLimitBytes: Int) {
        self.file = file
        self.bodyLimitBytes = bodyLimitBytes
        reader = WARCReader { (_) throws(WebArchiveFailure) in
            do throws(InputBytes.Failure) {
                return try bytes.next()
            } catch {
                let (_, sentence) = error.explanation(of: file, limit: bodyLimitBytes)
                throw WebArchiveFailure(.fileUnreadable, sentence)
            }
        }
    }

    /// The message of the next page or damage; `nil` at the end.
    func next(_ roots: RootMessages) -> InputCursor.Step? {
        while !hasFailed {
            var place = file.url
            do throws(WebArchiveFailure) {
                guard let entry = try reader.next() else { return nil }
                place = "\(file.url)#offset=\(entry.offset)"
                let record = try entry.content.get()
                guard let page = try PageRecord(archived: record, limitBytes: bodyLimitBytes),
                    page.contentType.map({ MediaType($0).isReadable }) ?? true
                else { continue }
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
                let sentence = "\(place): \(error.message)"
                return .message(roots.rejected(error.errorCode, sentence, subject: place))
            }
        }
        return nil
    }
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
