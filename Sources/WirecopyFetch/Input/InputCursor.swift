import FoundationEssentials
import WebArchive
import WirecopyMessages

/// Walks through inputs one message at a time; at most one file is open.
struct InputCursor {
    /// What the walk came upon.
    enum Step {
        case message(Message)
        case skipped(SkippedInput)
    }

    private enum Item {
        /// As the user named it: an address, a path or `-`.
        case named(String)
        case found(path: String, depth: Int)
        /// In a folder, and of no use.
        case useless(SkippedInput)
    }

    private let settings: InputSettings
    private let roots: RootMessages
    /// What is still to be done, the next one last.
    private var items: [Item]
    /// Folders that were listed. Each is read once, so that links can neither lead in circles nor
    /// multiply what lies behind them.
    private var knownFolders: Set<FileStatus.Identity> = []
    private var lines: LineFile?
    private var archive: ArchiveFile?
    /// What is being read, and as what.
    private(set) var place = InputPlace(path: "", kind: nil)
    /// What was found in the archives that were read to their end.
    private(set) var tally = ArchiveTally()

    init(inputs: [String], settings: InputSettings, mint: MessageMint) {
        self.settings = settings
        roots = RootMessages(mint: mint, source: settings.source)
        items = inputs.reversed().map { .named($0) }
    }

    /// The next message or skipped file; `nil` at the end.
    mutating func next() -> Step? {
        while true {
            if let step = lines?.next(roots) ?? archive?.next(roots) { return step }
            if let archive { tally.add(archive.tally) }
            (lines, archive) = (nil, nil)
            guard let item = items.popLast() else { return nil }
            if let step = take(item) { return step }
        }
    }

    private mutating func take(_ item: Item) -> Step? {
        switch item {
        case .named(let text) where text == "-":
            return read(InputFile.standardInput)
        case .named(let text) where WebAddress.hasScheme(text):
            place = InputPlace(path: text, kind: nil)
            return .message(roots.request(text, origin: "url"))
        case .named(let path):
            return take(path: settings.absolute(path), isNamed: true, depth: 0)
        case .found(let path, let depth):
            return take(path: path, isNamed: false, depth: depth)
        case .useless(let input):
            return .skipped(input)
        }
    }

    private mutating func take(path: String, isNamed: Bool, depth: Int) -> Step? {
        place = InputPlace(path: path, kind: nil)
        let file = InputFile(path: path, url: FileAddress.url(ofPath: path), isNamed: isNamed)
        do throws(InputBytes.Failure) {
            let status = try FileStatus(path: path)
            switch status.kind {
            case .folder:
                return try open(folder: path, status.identity, depth)
            case .regularFile:
                return read(file, sizeBytes: status.sizeBytes)
            case .stream where isNamed:
                return read(file)
            case .stream, .other:
                return .skipped(SkippedInput(path: path, reason: "It is not a regular file."))
            }
        } catch {
            return .message(rejected(file, error))
        }
    }

    private mutating func open(
        folder path: String,
        _ identity: FileStatus.Identity,
        _ depth: Int
    ) throws(InputBytes.Failure) -> Step? {
        guard knownFolders.insert(identity).inserted else {
            return .skipped(SkippedInput(path: path, reason: "The folder was read already."))
        }
        guard depth <= Self.depthMax else {
            let reason = "It lies more than \(Self.depthMax) folders deep; name it by itself."
            return .skipped(SkippedInput(path: path, reason: reason))
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .unreadable("The folder \(path) cannot be read.")
        }
        // By bytes, so that the order is the same in every language.
        let visible = names.filter { !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        guard items.count + visible.count <= Self.itemsMax else {
            let reason = "More than \(Self.itemsMax) files wait to be read; name it by itself."
            return .skipped(SkippedInput(path: path, reason: reason))
        }
        let bundles = SavedPageFolder.folders(in: visible)
        for name in visible.reversed() {
            guard let page = bundles[name] else {
                items.append(.found(path: prefix + name, depth: depth + 1))
                continue
            }
            let reason = "It holds the pictures and scripts of \(page)."
            items.append(.useless(SkippedInput(path: prefix + name, reason: reason)))
        }
        return nil
    }

    /// Folders within folders that are read; deeper ones are a mistake or a trap.
    private static let depthMax = 100
    /// Files that wait at a time, about 200 MB of names.
    private static let itemsMax = 2_000_000

    /// Reads a page whole, or opens a file of many pages; `nil` in the latter case.
    private mutating func read(_ file: InputFile, sizeBytes: Int? = nil) -> Step? {
        do throws(InputBytes.Failure) {
            let named = settings.kind ?? InputKind(fileName: file.path)
            place = InputPlace(path: file.path, kind: named)
            if let named, named.isArchive, file.path != "-" {
                archive = try ArchiveFile(named, file, bodyLimitBytes: settings.bodyLimitBytes)
                return nil
            }
            let bytes = try InputBytes(path: file.path)
            let sample = try bytes.peek(InputSniffer.sampleBytes)
            let sniffer = InputSniffer(sample.bytes, isWhole: sample.isWhole)
            if sniffer.isZstandard { throw .zstandard }
            guard let kind = settings.kind ?? file.kind(named: named, sniffer) else {
                let reason = "It is neither a page nor a list by its name or its content."
                return .skipped(SkippedInput(path: file.path, reason: reason))
            }
            place = InputPlace(path: file.path, kind: kind)
            guard kind.isArchive || !settings.takesOnlyArchives else {
                return .skipped(SkippedInput(path: file.path, reason: "It is no web archive."))
            }
            // A page that is too large is not read to its limit only to find that out.
            if kind.isPage, let sizeBytes, sizeBytes > limitBytes(of: kind) { throw .tooLarge }
            if kind.isPage { return .message(try page(kind, file, bytes, sniffer)) }
            if kind.isArchive {
                let limit = settings.bodyLimitBytes
                // A file can be opened again, and then a broken member costs only itself.
                archive =
                    sizeBytes == nil
                    ? ArchiveFile(kind, file, bytes, bodyLimitBytes: limit)
                    : try ArchiveFile(kind, file, bodyLimitBytes: limit)
                return nil
            }
            lines = LineFile(
                kind: kind,
                file: file,
                source: bytes,
                pieceLimitBytes: settings.lineLimitBytes,
                bodyLimitBytes: settings.bodyLimitBytes
            )
            return nil
        } catch {
            return .message(rejected(file, error))
        }
    }

    private func page(
        _ kind: InputKind,
        _ file: InputFile,
        _ bytes: InputBytes,
        _ sniffer: InputSniffer
    ) throws(InputBytes.Failure) -> Message {
        guard !sniffer.looksBinary else {
            let sentence = "\(file.path) holds no text but binary data."
            return roots.rejected(.bodyUndecodable, sentence, subject: file.url)
        }
        let body = try bytes.readAll(limitBytes: limitBytes(of: kind))
        guard kind == .mhtml else {
            let record = PageRecord(
                url: kind == .html ? SavedPageMark.address(in: body) ?? file.url : file.url,
                contentType: kind == .html ? "text/html" : "text/plain",
                body: body
            )
            return roots.page(record, origin: file.origin)
        }
        do throws(WebArchiveFailure) {
            let saved = try MHTMLPage(bytes: body)
            guard saved.body.count <= settings.bodyLimitBytes else {
                throw WebArchiveFailure(.tooLarge, "The page is too large.")
            }
            let url = saved.url.flatMap { WebAddress($0)?.url } ?? file.url
            return roots.page(
                PageRecord(url: url, contentType: saved.contentType, body: saved.body),
                origin: file.origin
            )
        } catch  where error.code == .tooLarge {
            throw .tooLarge
        } catch {
            let sentence = "\(file.path): \(error.message)"
            return roots.rejected(.dataInvalid, sentence, subject: file.url)
        }
    }

    /// Bytes of a file of one page: a page that was saved as a single file has its pictures in it,
    /// as base64.
    private func limitBytes(of kind: InputKind) -> Int {
        kind == .mhtml ? Self.picturesFactor * settings.bodyLimitBytes : settings.bodyLimitBytes
    }

    /// Such a file of a long report with photographs has 100 MB.
    private static let picturesFactor = 4

    private func rejected(_ file: InputFile, _ failure: InputBytes.Failure) -> Message {
        let (reason, sentence) = failure.explanation(of: file, limit: settings.bodyLimitBytes)
        return roots.rejected(reason, sentence, subject: file.url)
    }
}
