import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct ExtractBatchTests {
    @Test func `offsets count code points`() throws {
        let line = try ExtractBatch().line(
            Array(#"{"id":"1","text":"“É,” Mary Quillon said."}"#.utf8),
            number: 1
        )
        let json = String(decoding: line, as: UTF8.self)
        #expect(json.contains(#""end":17,"entity":0,"start":5,"type":"PER""#))
        #expect(
            json.contains(
                #""class":"speech","cue":"said","end":4,"speaker":"Mary Quillon","start":0"#
            )
        )
    }

    @Test func `names in a line are linked, and none are looked for`() throws {
        let line = try ExtractBatch().line(
            Array(
                #"""
                {"id":"1","text":"É Quill and Oslo","names":[{"start":2,"end":7,"type":"ORG"}, 
                {"start":40,"end":3,"type":"PER"}]}
                """#.utf8
            ),
            number: 1
        )
        let json = String(decoding: line, as: UTF8.self)
        #expect(
            json.contains(
                #""entities":[{"canonical":"Quill","coarse":"ORG","end":7,"entity":0,"start":2,"#
            )
        )
        #expect(!json.contains("Oslo"))
    }

    @Test func `code points and bytes find each other behind accents`() {
        let offsets = CodePointOffsets(Array("é É Ørn ☂.".utf8))
        #expect(offsets.bytes(from: 4, to: 7) == TextRange(6, 10))
        #expect(offsets[6] == 4 && offsets[10] == 7)
        #expect(offsets.bytes(from: 8, to: 9) == TextRange(11, 14))
        #expect(offsets.bytes(from: 0, to: 1) == TextRange(0, 2))
        #expect(offsets.bytes(from: -3, to: 99) == TextRange(0, 15))
    }

    @Test func `a line without text names its number`() throws {
        #expect {
            _ = try ExtractBatch().line(Array(#"{"id":"1"}"#.utf8), number: 7)
        } throws: { error in
            guard case EntityFailure.batchLineInvalid(line: 7, _) = error else { return false }
            return true
        }
    }

    @Test func `every line in gives a line out, the last without a break too`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("extract-batch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (
            folder.appendingPathComponent("in"), folder.appendingPathComponent("out")
        )
        let rows = #"{"id":"1","text":"Rain."}"# + "\n\n" + #"{"id":"2","text":"Oslo."}"#
        try Data(rows.utf8).write(to: input)
        try Data().write(to: output)
        try ExtractBatch.run(
            input: try FileHandle(forReadingFrom: input),
            output: try FileHandle(forWritingTo: output)
        )
        let lines = String(decoding: try Data(contentsOf: output), as: UTF8.self).split(
            separator: "\n"
        )
        #expect(lines.count == 2)
        #expect(lines[1].contains(#""id":"2""#))
    }
}
