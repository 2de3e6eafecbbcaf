import Dispatch
import Synchronization
package import WirecopyMessages

/// How inputs are read.
package struct InputSettings: Sendable {
    /// What the user says that the files are; `nil` to find out.
    package var kind: InputKind?
    /// Who makes the messages: `source` of their envelopes, such as `/wirecopy/host-4711`.
    package var source: String
    /// Folder from which relative paths count, absolute.
    package var workingDirectory: String
    /// Bytes of a page; a larger file is rejected without being read.
    package var bodyLimitBytes = MessageLimits.bodyBytes
    /// Whether files that are no web archive are skipped.
    package var takesOnlyArchives = false
    /// Bytes of a line of JSON lines: a page of the limit with as many escapes as letters.
    package var lineLimitBytes = 2 * MessageLimits.bodyBytes

    /// Makes settings.
    package init(source: String, workingDirectory: String, kind: InputKind? = nil) {
        self.source = source
        self.workingDirectory = workingDirectory
        self.kind = kind
    }

    /// The path from the root on; links and dots stay as they are.
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : workingDirectory + "/" + path
    }
}

/// Where a message came from.
package struct InputPlace: Sendable, Equatable {
    /// The path as it was reached, an address, or `-`.
    package let path: String
    /// What the file was taken as; `nil` for an address and for a file that could not be read.
    package let kind: InputKind?
}

/// A file that was found and gives no message.
package struct SkippedInput: Sendable, Equatable {
    /// The path as it was reached.
    package let path: String
    /// A full sentence.
    package let reason: String
}

/// A part of the messages of some inputs.
package struct InputSlice: Sendable, Equatable {
    /// Root messages: `FetchRequest`, `FetchedPage` with its record, or an `Outcome` that rejects.
    package var messages: [Message] = []
    /// Where each message came from.
    package var places: [InputPlace] = []
    /// Files that give no message, such as pictures beside saved pages.
    package var skipped: [SkippedInput] = []
}

/// What was found in web archives.
package struct ArchiveTally: Sendable, Equatable {
    /// Records whose block is not what their digest says; they are taken.
    package var digestsWrong = 0
    /// Records, or places between them, that cannot be read; each is rejected with a sentence.
    package var damaged = 0
    /// Records that hold no page, by what they are: `request`, `redirect`, `picture`, ...
    package var passedOver: [String: Int] = [:]
    /// Pages that were taken.
    package var pages = 0
    /// Records that can be read.
    package var records = 0
    /// Of the pages, those whose content came from an earlier record of the file.
    package var revisits = 0

    /// Makes the tally of nothing.
    package init() {}

    /// Adds what was found in another archive.
    package mutating func add(_ other: ArchiveTally) {
        digestsWrong += other.digestsWrong
        damaged += other.damaged
        passedOver.merge(other.passedOver) { $0 + $1 }
        pages += other.pages
        records += other.records
        revisits += other.revisits
    }
}

/// Turns what a user names into the messages with which pages enter the pipeline.
///
/// An input is an address of the web, a saved page (`.html`, `.htm`, `.xhtml`, `.txt`, `.mhtml`), a
/// list of addresses (`.urls`, `.list`, or a text that holds nothing else), JSON lines or JSON of
/// another crawler (`.jsonl`, `.ndjson`, `.jl`, `.json`), a web archive (`.warc`, `.arc`), any of
/// these gzipped, a folder of them, or `-` for the standard input. A folder beside a saved page
/// that holds its pictures is passed over. Each page gives exactly one message, in the order of the
/// inputs, folders by name.
/// Memory is bounded by one slice.
///
///     let reader = InputReader(inputs, settings: settings, mint: mint)
///     while let slice = await reader.next() { try await publish(slice.messages) }
package final class InputReader: Sendable {
    /// Messages of one slice; a few milliseconds of publishing.
    package static let messagesPerSlice = 64
    /// Bytes of content of one slice; the last message may pass it.
    package static let bytesPerSlice = 4 << 20

    private let cursor: Mutex<InputCursor>
    /// Reading may block for as long as a terminal is silent; it has a thread of its own.
    private let queue = DispatchQueue(label: "wirecopy.inputs")

    /// Reads nothing yet; `inputs` are as the user wrote them.
    package init(_ inputs: [String], settings: InputSettings, mint: MessageMint) {
        cursor = Mutex(InputCursor(inputs: inputs, settings: settings, mint: mint))
    }

    /// The next slice, with at least one message or skipped file; `nil` at the end.
    package func next() async -> InputSlice? {
        await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: self.cursor.withLock { Self.slice(&$0) })
            }
        }
    }

    /// What was found in the web archives that were read to their end so far.
    package var archiveTally: ArchiveTally { cursor.withLock { $0.tally } }

    private static func slice(_ cursor: inout InputCursor) -> InputSlice? {
        var slice = InputSlice()
        var bytes = 0
        while slice.messages.count + slice.skipped.count < messagesPerSlice, bytes < bytesPerSlice,
            let step = cursor.next()
        {
            switch step {
            case .message(let message):
                bytes += message.contentBytes
                slice.messages.append(message)
                slice.places.append(cursor.place)
            case .skipped(let input):
                slice.skipped.append(input)
            }
        }
        return slice == InputSlice() ? nil : slice
    }
}
