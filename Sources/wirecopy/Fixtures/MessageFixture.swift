import Foundation
import WirecopyMessages
import WirecopyProgram

/// A message as files: `envelope.json`, `data.json`, and `attachment-1.warc.gz` or others.
///
/// `trace --save` writes such folders; `parse` and `extract` read them.
struct MessageFixture {
    /// Whether a path is such a folder.
    static func isFixture(_ path: String) -> Bool {
        let files = FileManager.default
        return files.fileExists(atPath: "\(path)/envelope.json")
            && files.fileExists(atPath: "\(path)/data.json")
    }

    /// Reads a message.
    ///
    /// - Throws: `ProgramFailure` for files that are not there, too large, or no message.
    static func read(_ path: String) throws(ProgramFailure) -> Message {
        let head = try bytes("\(path)/envelope.json", limit: MessageLimits.envelopeBytes)
        let envelope: Envelope
        do throws(JSONFailure) {
            envelope = try Envelope(json: head)
        } catch {
            throw ProgramFailure(.dataError, "\(path)/envelope.json: \(error.message)")
        }
        let data = try bytes("\(path)/data.json", limit: MessageLimits.dataBytes)
        var attachments: [[UInt8]] = []
        for number in 0..<envelope.attachments {
            let name = try attachmentName(number + 1, in: path)
            attachments.append(try bytes(name, limit: MessageLimits.attachmentBytes))
        }
        return Message(envelope: envelope, data: data, attachments: attachments)
    }

    /// Writes a message into a folder that is made for it.
    ///
    /// - Throws: `ProgramFailure.cannotCreate`.
    static func write(_ message: Message, to path: String) throws(ProgramFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
            try write(message.envelope.json, to: "\(path)/envelope.json")
            try write(message.data, to: "\(path)/data.json")
            for (index, attachment) in message.attachments.enumerated() {
                let suffix = suffix(of: attachment)
                try write(attachment, to: "\(path)/attachment-\(index + 1).\(suffix)")
            }
        } catch {
            throw ProgramFailure(.cannotCreate, "\(path) cannot be written: \(error).")
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
    }

    /// What an attachment is, by its first bytes; a page is a gzip member with a WARC record.
    private static func suffix(of attachment: [UInt8]) -> String {
        if attachment.starts(with: [0x1F, 0x8B]) { return "warc.gz" }
        return attachment.starts(with: "WARC/".utf8) ? "warc" : "bin"
    }

    private static func attachmentName(
        _ number: Int,
        in path: String
    ) throws(ProgramFailure) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard let name = names.sorted().first(where: { $0.hasPrefix("attachment-\(number).") })
        else {
            throw ProgramFailure(.noInput, "\(path) holds no file attachment-\(number).")
        }
        return "\(path)/\(name)"
    }

    private static func bytes(_ path: String, limit: Int) throws(ProgramFailure) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ProgramFailure(.noInput, "The file \(path) cannot be opened.")
        }
        do {
            let data = try file.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else {
                throw ProgramFailure(.dataError, "The file \(path) has more than \(limit) bytes.")
            }
            return Array(data)
        } catch let failure as ProgramFailure {
            throw failure
        } catch {
            throw ProgramFailure(.inputOutputError, "The file \(path) cannot be read: \(error).")
        }
    }
}
