import Gzip
import WirecopyMessages

/// A file as the walk met it.
struct InputFile {
    let path: String
    /// Its `file:` address.
    let url: String
    /// Whether the user named it, or it was found in a folder.
    let isNamed: Bool

    static let standardInput = InputFile(
        path: "-",
        url: FileAddress.standardInput,
        isNamed: true
    )

    /// `file`, or `stdin` for the standard input.
    var origin: String { path == "-" ? "stdin" : "file" }

    /// The kind of the file by its name and its beginning; `nil` when it is none of ours.
    ///
    /// A name that says text may belong to a page, a list or JSON lines. A file without a telling
    /// name is taken when the user named it, or when it clearly is a page.
    func kind(named: InputKind?, _ sniffer: InputSniffer) -> InputKind? {
        switch named {
        case .text: sniffer.kind
        // A folder holds settings of programs, too.
        case .json where !isNamed: sniffer.holdsPages ? .json : nil
        case .some(let kind): kind
        case nil where isNamed: sniffer.kind
        case nil: sniffer.looksLikeHTML && !path.hasKnownEnding ? .html : nil
        }
    }
}

extension InputKind {
    /// Whether a file of this kind is one page.
    var isPage: Bool { self == .html || self == .text || self == .mhtml }
    /// Whether a file of this kind is a web archive.
    var isArchive: Bool { self == .warc || self == .arc }
}

extension String {
    /// Whether the last part of the path has an ending; `index` has none, `photo.svg` has one.
    fileprivate var hasKnownEnding: Bool {
        let name = split(separator: "/").last ?? ""
        return name.dropFirst().contains(".")
    }
}

extension InputBytes.Failure {
    /// The reason and the sentence with which a file is rejected.
    func explanation(of file: InputFile, limit: Int) -> (ErrorCode, String) {
        switch self {
        case .unreadable(let sentence): (.inputUnreadable, sentence)
        case .brokenGzip(let failure): (.bodyUndecodable, "\(file.path): \(failure.message)")
        case .zstandard:
            (
                .bodyUndecodable,
                "\(file.path) is packed with zstd, which is not read: unpack it with zstd -d, or "
                    + "type zstdcat FILE | wirecopy import warc -."
            )
        case .tooLarge: (.bodyTooLarge, "\(file.path) has more than \(limit) bytes.")
        }
    }
}
