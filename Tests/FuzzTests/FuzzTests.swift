import Foundation
import Testing

@testable import wirecopy_fuzz

/// Short runs of every fuzzer, and what they ever found.
@Suite struct FuzzTests {
    /// A debug build checks so many in some seconds; opening a journal takes milliseconds, and so
    /// does reading a page.
    private static func cases(_ name: FuzzName) -> Int {
        switch name {
        case .log, .html, .rules: 200
        case .bombs: 20
        default: 4000
        }
    }

    @Test(arguments: FuzzName.allCases)
    func `damaged input never breaks a reader`(_ name: FuzzName) throws {
        let target = name.target
        let cases = Self.cases(name)
        var verdicts: [FuzzVerdict: Int] = [:]
        for number in 0..<cases {
            var generator = SeededGenerator(seed: 3, case: number)
            let input = target.input(using: &generator)
            let verdict: FuzzVerdict
            do {
                verdict = try target.check(input)
            } catch {
                let file = input.text(remark: error.sentence)
                Issue.record("Case \(number) of \(name): \(error.sentence)\n\(file)")
                continue
            }
            #expect(!input.isWhole || verdict == .accepted, "Case \(number) of \(name).")
            verdicts[verdict, default: 0] += 1
        }
        // A fuzzer whose input is always refused, or never, tests nothing.
        #expect(verdicts[.accepted, default: 0] > cases / 50)
        #expect(verdicts[.refused, default: 0] > cases / 50)
    }

    @Test(arguments: FuzzName.allCases)
    func `equal seeds give equal cases`(_ name: FuzzName) {
        let inputs = (0..<2).map { _ in
            (0..<50).map { FuzzCases(name: name, seed: 9, findings: "").input($0) }
        }
        #expect(inputs[0] == inputs[1])
        #expect(Set(inputs[0].map(\.frames)).count > 35)
    }

    @Test func `a finding is read back as it was written`() throws {
        let input = FuzzInput([[], [0, 0x0A, 0xFF], Array("# no remark".utf8)])
        let file = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-finding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(input.text(remark: "A remark.").utf8).write(to: file)
        #expect(try FuzzInput(file: file.path) == input)
    }

    @Test func `everything that was found stays mended`() throws {
        let folder = try #require(Bundle.module.url(forResource: "Findings", withExtension: nil))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".txt") }
        for file in files.sorted() {
            let name = FuzzName.allCases.first { file.hasPrefix($0.rawValue + "-") }
            let target = try #require(name, "\(file) is named after no reader.").target
            let input = try FuzzInput(file: folder.appending(path: file).path)
            #expect(throws: Never.self, "\(file)") { try target.check(input) }
        }
    }
}
