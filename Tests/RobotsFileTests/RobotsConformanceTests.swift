import ConformanceFolder
import Foundation
import Testing

@testable import RobotsFile

/// The cases of google/robotstxt-spec-test.
private enum RobotsCases {
    static let file = ConformanceFolder.path("robots/cases.jsonl")

    static let isPresent = FileManager.default.fileExists(atPath: file.path)
}

private struct RobotsCase: Decodable {
    var id: String
    var robots: Data
    var url: String
    var agent: String
    var allowed: Bool
    var isBeyondStandard: Bool

    private enum CodingKeys: String, CodingKey {
        case id, url, agent, allowed
        case robots = "robots_base64"
        case isBeyondStandard = "google_specific"
    }

    /// What our reader says.
    var isAllowed: Bool {
        let rules = RobotsFile(Array(robots)).rules(for: agent)
        return rules.verdict(on: RobotsPath(target)).isAllowed
    }

    /// Path and query as they are written; some cases hold what no request holds.
    private var target: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.drop { $0 != "/" && $0 != "?" })
    }
}

@Suite struct RobotsConformanceTests {
    @Test(
        .enabled(
            if: RobotsCases.isPresent,
            "No robots cases; set WIRECOPY_SHARED to the folder with conformance/robots."
        )
    )
    func `files are obeyed as the cases of RFC 9309 and of Google say`() throws {
        let text = try String(contentsOf: RobotsCases.file, encoding: .utf8)
        let cases = try text.split(separator: "\n").map {
            try JSONDecoder().decode(RobotsCase.self, from: Data($0.utf8))
        }
        #expect(cases.count == 400)
        var (standard, beyond) = ([0, 0], [0, 0])
        for item in cases {
            let isRight = item.isAllowed == item.allowed
            #expect(isRight, "\(item.id): \(item.url) for \(item.agent)")
            if item.isBeyondStandard {
                beyond = [beyond[0] + (isRight ? 1 : 0), beyond[1] + 1]
            } else {
                standard = [standard[0] + (isRight ? 1 : 0), standard[1] + 1]
            }
        }
        print(
            "Robots cases: \(standard[0]) of \(standard[1]) of RFC 9309, "
                + "\(beyond[0]) of \(beyond[1]) beyond it."
        )
    }
}
