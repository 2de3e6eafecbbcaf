import Gzip
import Testing

@Suite struct GzipTests {
    private let text = Array(String(repeating: "The tide came in. ", count: 500).utf8)

    @Test func `bytes come back as they were put in`() throws {
        for bytes in [[], [0], text, Array(repeating: 7, count: 1 << 20)] {
            for level in [1, 6, 9] {
                let member = Gzip.compress(bytes, level: level)
                #expect(try Gzip.decompress(member, limitBytes: bytes.count) == bytes)
                #expect(member == Gzip.compress(bytes, level: level))
            }
        }
    }

    @Test func `the header holds neither time nor name`() {
        #expect(Gzip.compress(text).prefix(8).elementsEqual([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]))
    }

    @Test func `each fault has its name`() {
        let member = Gzip.compress(text)
        func failure(_ bytes: [UInt8], limit: Int = 1 << 20) -> GzipFailure? {
            #expect(throws: GzipFailure.self) { try Gzip.decompress(bytes, limitBytes: limit) }
        }
        #expect(failure([]) == .notGzip)
        #expect(failure(Array("<html>".utf8)) == .notGzip)
        #expect(failure(Array(member.dropLast(9))) == .truncated)
        #expect(failure(member + member) == .trailingBytes(count: member.count))
        #expect(failure(member, limit: text.count - 1) == .tooLarge(limitBytes: text.count - 1))
        var wrongSum = member
        wrongSum[member.count - 6] ^= 1
        #expect(failure(wrongSum) == .broken("incorrect data check"))
        var lie = member
        lie.replaceSubrange((lie.count - 4)..., with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(failure(lie) == .broken("incorrect length check"))
        var smallLie = member
        smallLie.replaceSubrange((smallLie.count - 4)..., with: [1, 0, 0, 0])
        #expect(failure(smallLie) == .broken("incorrect length check"))
    }

    @Test func `an inflater reads members one after another in any pieces`() throws {
        let file = Gzip.compress(text) + Gzip.compress([]) + Gzip.compress([1, 2, 3])
        for pieceBytes in [1, 7, 100_000] {
            var inflater = Inflater()
            var members: [[UInt8]] = [[]]
            var position = 0
            while position < file.count {
                let end = min(file.count, position + pieceBytes)
                let piece = try inflater.inflate(file[position..<end], outputMaxBytes: 50)
                position += piece.consumedBytes
                members[members.count - 1] += piece.bytes
                if piece.isMemberEnd { members.append([]) }
            }
            #expect(members == [text, [], [1, 2, 3], []])
        }
    }
}
