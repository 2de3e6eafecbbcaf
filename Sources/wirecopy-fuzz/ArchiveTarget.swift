import Gzip
import WebArchive

/// Files of web archives.
///
/// Must be true: reading ends, with at most one entry a byte; a file without damage gives every
/// record; whether there is damage, and what a sound file gives, does not depend on the pieces in
/// which the bytes come. (What is saved of a damaged one may.)
struct ArchiveTarget: FuzzTarget {
    func input(using generator: inout SeededGenerator) -> FuzzInput {
        let isPacked = !generator.once(in: 3)
        var file: [UInt8] = []
        for number in 0...generator.below(3) {
            let record = record(number, &generator)
            file += isPacked ? Gzip.compress(record.bytes) : record.bytes
        }
        var input = FuzzInput([file])
        Mutator.damage(&input, using: &generator)
        return input
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let bytes = input.frames.first ?? []
        let whole = try read(bytes, pieceBytes: 1 << 20)
        let pieces = try read(bytes, pieceBytes: 11)
        let isSound = whole.damages == 0
        guard isSound == (pieces.damages == 0), !isSound || whole.blocks == pieces.blocks else {
            throw FuzzFinding("A file is read otherwise when it comes in small pieces.")
        }
        return whole.damages > 0 ? .refused : .accepted
    }

    private struct Reading {
        var blocks: [[UInt8]] = []
        var damages = 0
    }

    private func read(_ bytes: [UInt8], pieceBytes: Int) throws(FuzzFinding) -> Reading {
        var (position, entries) = (0, 0)
        var reader = WARCReader { (maxBytes) throws(WebArchiveFailure) in
            let end = min(bytes.count, position + min(maxBytes, pieceBytes))
            defer { position = end }
            return Array(bytes[position..<end])
        }
        var reading = Reading()
        do throws(WebArchiveFailure) {
            while let entry = try reader.next() {
                entries += 1
                guard entries <= bytes.count + 1 else { break }
                switch entry.content {
                case .success(let record): reading.blocks.append(record.block)
                case .failure: reading.damages += 1
                }
            }
        } catch {
            throw FuzzFinding("A source that does not fail gave: \(error.message)")
        }
        guard entries <= bytes.count + 1 else {
            throw FuzzFinding("A file of \(bytes.count) bytes gives entries without end.")
        }
        return reading
    }

    private func record(_ number: Int, _ generator: inout SeededGenerator) -> WARCRecord {
        let identity = WARCRecord.Identity(
            uuid: "01978f3e-0000-7000-8000-00000000000\(number)",
            date: "2026-03-04T05:06:07Z"
        )
        let body = [UInt8](repeating: UInt8(generator.below(256)), count: generator.below(400))
        let uri = "https://tide.example/\(number)"
        if generator.once(in: 3) {
            return .resource(identity, targetURI: uri, contentType: nil, body: body)
        }
        let head = HTTPHead(
            status: 200,
            reason: "OK",
            fields: [HeaderField("Content-Length", "\(body.count)")]
        )
        return .response(identity, targetURI: uri, head: head, body: body)
    }
}
