import ArgumentParser
import Foundation
import Testing
import WirecopyProgram

@testable import wirecopy

struct FleetPlanTests {
    private func plan(_ arguments: [String]) throws -> FleetPlan {
        try FleetPlan.parse(arguments)
    }

    @Test func `each worker is told the broker, and storage the store`() throws {
        let directory = DataDirectory(path: "/data")
        let workers = try plan(["--parsers", "2", "--fetchers", "0"])
            .workers(endpoint: "tcp://127.0.0.1:9", directory: directory)
        let programs = workers.map(\.program)
        let extractor = "wirecopy-entity-extractor"
        #expect(
            programs == ["wirecopy-parser", "wirecopy-parser", extractor, "wirecopy-storage"]
        )
        #expect(
            workers.allSatisfy { $0.arguments.starts(with: ["--broker", "tcp://127.0.0.1:9"]) }
        )
        #expect(workers.last?.arguments.contains("/data/store.sqlite") == true)
        #expect(Set(workers.map { $0.log(in: directory).path }).count == 4)
    }

    @Test func `private addresses are fetched only when asked for`() throws {
        let directory = DataDirectory(path: "/data")
        func arguments(_ flags: [String]) throws -> [String] {
            try plan(flags).workers(endpoint: "e", directory: directory).flatMap(\.arguments)
        }
        #expect(try !arguments([]).contains("--allow-private-addresses"))
        #expect(try arguments(["--allow-private-addresses"]).contains("--allow-private-addresses"))
    }

    @Test func `only parsers are told the rules for sites`() throws {
        let directory = DataDirectory(path: "/data")
        let workers = try plan(["--site-rules", "/rules"])
            .workers(endpoint: "e", directory: directory)
        let told = workers.filter { $0.arguments.contains("--site-rules") }
        #expect(told.map(\.program) == ["wirecopy-parser"])
        #expect(told.first?.arguments.suffix(2) == ["--site-rules", "/rules"])
    }

    @Test func `only entity extractors are told the list of names`() throws {
        let directory = DataDirectory(path: "/data")
        let workers = try plan(["--aliases", "/names.txt"])
            .workers(endpoint: "e", directory: directory)
        let told = workers.filter { $0.arguments.contains("--aliases") }
        #expect(told.map(\.program) == ["wirecopy-entity-extractor"])
        #expect(told.first?.arguments.suffix(2) == ["--aliases", "/names.txt"])
    }

    @Test func `a number of processes is bounded`() {
        #expect(throws: (any Error).self) { try plan(["--parsers", "65"]) }
        #expect(throws: (any Error).self) { try plan(["--parsers", "-1"]) }
    }
}
