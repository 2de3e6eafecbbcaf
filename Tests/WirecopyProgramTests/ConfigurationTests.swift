import Foundation
import Testing

@testable import WirecopyProgram

struct ConfigurationTests {
    private func configuration(
        file text: String,
        environment: [String: String] = [:]
    ) throws -> Configuration {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-\(UUID().uuidString).conf")
        try text.write(to: url, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: url) }
        return Configuration(
            arguments: ["/usr/bin/wirecopy-parser", "--config", url.path],
            environment: environment
        )
    }

    @Test func `a program's own section wins over the common settings`() throws {
        let text =
            "slots = 2 # two cores\n\n[wirecopy-parser]\nslots=4\n[wirecopy-fetcher]\nslots=9"
        #expect(try configuration(file: text).integer(.slots, default: 1) == 4)
    }

    @Test func `the environment wins over the file`() throws {
        let environment = ["WIRECOPY_LOG_LEVEL": "debug"]
        let configuration = try configuration(file: "log-level = error", environment: environment)
        #expect(configuration.text(.logLevel) == "debug")
    }

    @Test(arguments: ["slot = 2", "slots", "[parser", "= 3"])
    func `a line that cannot be used is named with its number`(_ line: String) throws {
        let problem = try configuration(file: "# settings\n\(line)").problem
        #expect(problem?.status == .configuration)
        #expect(problem?.message.contains("line 2") == true)
    }

    @Test func `a number that is none is a problem, not a default`() throws {
        let problem = try configuration(file: "slots = many").problem
        #expect(problem?.message.contains("slots") == true)
    }

    @Test func `a named file that is missing is a problem, a default one is not`() {
        let named = Configuration(arguments: ["x", "--config=/nowhere/a.conf"], environment: [:])
        #expect(named.problem?.message.contains("/nowhere/a.conf") == true)
        #expect(Configuration(arguments: ["x"], environment: [:]).problem == nil)
    }
}
