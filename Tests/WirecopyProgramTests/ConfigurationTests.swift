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

struct ContactTests {
    @Test(arguments: [
        ("desk@tide.example", "mailto:desk@tide.example"),
        ("https://tide.example/about", "https://tide.example/about"),
    ])
    func `an address of mail or of a page is a contact`(_ text: String, _ uri: String) {
        #expect(ContactAddress(text)?.uri == uri)
    }

    @Test(arguments: [
        "", "none", "desk", "@tide.example", "desk@", "desk@tide", "a@b@c.example", "a b@c.example",
        "x@tide.example)", "x@tide.example#1", "https://tide", "ftp://tide.example",
        "x@tide.example\n",
    ])
    func `what is no address is none`(_ text: String) {
        #expect(ContactAddress(text) == nil)
    }

    @Test func `a setting is added for every program, before the sections`() throws {
        let alone = ConfigurationFile.text("", adding: .contact, "a@b.example")
        #expect(alone == "contact = a@b.example\n")
        let text = "data = x\n\n[wirecopy-fetcher]\nslots = 9\n"
        let added = ConfigurationFile.text(text, adding: .contact, "a@b.example")
        let file = try ConfigurationFile(parsing: added, name: "test")
        for program in ["wirecopy-fetcher", "wirecopy"] {
            #expect(file.value(.contact, for: program) == "a@b.example")
        }
        #expect(file.value(.slots, for: "wirecopy-fetcher") == "9")
        #expect(file.value(.data, for: "wirecopy") == "x")
    }

    @Test func `a fetcher names itself as it is told, or with the contact, or by its name alone`() {
        func agent(_ environment: [String: String]) -> String {
            UserAgent.text(Configuration(arguments: ["wirecopy"], environment: environment))
        }
        let plain = "wirecopy/\(ProgramVersion.current)"
        #expect(agent(["WIRECOPY_CONFIG": "/dev/null"]) == plain)
        let contact = ["WIRECOPY_CONFIG": "/dev/null", "WIRECOPY_CONTACT": "a@b.example"]
        #expect(agent(contact) == "\(plain) (+mailto:a@b.example)")
        #expect(agent(contact.merging(["WIRECOPY_CONTACT": "none"]) { $1 }) == plain)
        #expect(agent(contact.merging(["WIRECOPY_USER_AGENT": "tide/1"]) { $1 }) == "tide/1")
    }
}
