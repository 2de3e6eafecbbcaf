package import Foundation
import WirecopyMessages

/// Extraction over JSON lines, for judging it against corpora and for use in other programs.
///
/// A line in: `{"id", "text", "published"?, "names"?: [{start, end, type}]}`; with `names` those
/// are linked, and none are looked for. A line out: `{"id", "entities": [{start, end, type, coarse,
/// canonical, entity, stands_for?}], "roles": [{start, end, entity, role}], "quotes": [{start, end,
/// class, speaker, cue}], "cites": [{start, end, source}], "values": [{start, end, kind, ...}]}`;
/// names with the same number `entity` mean one thing, values are those of the message. Offsets
/// count Unicode code points; `start` is the first, `end` the one after the last. Dates such as
/// "on Tuesday" are seen from `published`.
package struct ExtractBatch {
    /// Bytes of one line; longer ones are refused before they are read.
    package static let lineBytesMax = MessageLimits.dataBytes
    private static let chunkBytes = 1 << 16

    private let annotator: Annotator

    /// Loads the word lists, and the shipped models unless others are given.
    ///
    /// - Parameters:
    ///   - quotations: what to read quotations with.
    ///   - aliases: what the user says about names.
    /// - Throws: `EntityFailure` when a list or a model is missing or broken.
    package init(
        quotations: QuotationModels? = nil,
        aliases: AliasList = AliasList()
    ) throws(EntityFailure) {
        var annotator = try Annotator.shipped()
        if let quotations { annotator.quotationModels = quotations }
        annotator.aliases = aliases
        self.annotator = annotator
    }

    /// Reads lines to the end of `input` and writes one line for each to `output`.
    ///
    /// - Throws: `EntityFailure.batchLineInvalid` at the first line that cannot be read,
    ///   `.batchUnreadable` when a handle fails.
    package static func run(
        input: FileHandle,
        output: FileHandle,
        aliases: AliasList = AliasList()
    ) throws(EntityFailure) {
        let batch = try ExtractBatch(aliases: aliases)
        var pending: [UInt8] = []
        var number = 0
        while true {
            let chunk = try read(input)
            pending += chunk
            var start = 0
            while let end = pending[start...].firstIndex(of: 0x0A) {
                number += 1
                try write(try batch.line(Array(pending[start..<end]), number: number), to: output)
                start = end + 1
            }
            pending.removeFirst(start)
            guard pending.count <= lineBytesMax else {
                let reason = "The line has more than \(lineBytesMax) bytes."
                throw .batchLineInvalid(line: number + 1, reason: reason)
            }
            guard chunk.isEmpty else { continue }
            guard !pending.isEmpty else { return }
            return try write(try batch.line(pending, number: number + 1), to: output)
        }
    }

    /// The output line of one input line, without line breaks; empty for an empty line.
    package func line(_ line: [UInt8], number: Int) throws(EntityFailure) -> [UInt8] {
        guard line.contains(where: { $0 > 0x20 }) else { return [] }
        do {
            let row = try BatchRow(json: line)
            let bytes = Array(row.text.utf8)
            let offsets = CodePointOffsets(bytes)
            let names = row.names?.map { name in
                Mention(offsets.bytes(from: name.start, to: name.end), type: name.type, entity: 0)
            }
            let annotation = annotator.annotate(
                bytes,
                names: names,
                published: row.published.flatMap { CalendarDay($0) }
            )
            return BatchAnnotation(id: row.id, annotation, offsets).json
        } catch {
            throw .batchLineInvalid(line: number, reason: error.message)
        }
    }

    private static func read(_ input: FileHandle) throws(EntityFailure) -> [UInt8] {
        do {
            return Array(try input.read(upToCount: chunkBytes) ?? Data())
        } catch {
            throw .batchUnreadable(reason: "\(error)")
        }
    }

    private static func write(_ line: [UInt8], to output: FileHandle) throws(EntityFailure) {
        guard !line.isEmpty else { return }
        do {
            try output.write(contentsOf: Data(line + [0x0A]))
        } catch {
            throw .batchUnreadable(reason: "\(error)")
        }
    }
}
