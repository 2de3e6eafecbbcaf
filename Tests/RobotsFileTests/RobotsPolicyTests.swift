import Foundation
import Testing

@testable import RobotsFile

@Suite struct RobotsPolicyTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let file = RobotsAnswer.file(
        Array("User-agent: *\nDisallow: /desk".utf8),
        maxAge: .seconds(3600)
    )

    private func isAllowed(_ access: RobotsAccess, _ target: String) -> Bool {
        access.verdict(on: target, for: "Wirecopy")?.isAllowed ?? false
    }

    @Test func `a file holds as long as its server says`() {
        let access = RobotsPolicy.access(after: file, previous: nil, now: start)
        #expect(isAllowed(access, "/a"))
        #expect(!isAllowed(access, "/desk"))
        #expect(access.freshUntil == start + 3600)
        #expect(access.rules(for: "Wirecopy")?.rules.count == 1)
    }

    @Test(arguments: [(Duration.seconds(1), 300.0), (.seconds(1_000_000), 86_400), (nil, 86_400)])
    func `a life is five minutes to a day`(maxAge: Duration?, seconds: Double) {
        let access = RobotsPolicy.access(
            after: .file([], maxAge: maxAge),
            previous: nil,
            now: start
        )
        #expect(access.freshUntil == start + seconds)
        #expect(isAllowed(access, "/a"))
    }

    @Test(arguments: [301, 400, 401, 403, 404, 410])
    func `a site without a file allows everything`(status: Int) {
        let access = RobotsPolicy.access(after: .status(status), previous: nil, now: start)
        #expect(isAllowed(access, "/desk"))
        #expect(access.freshUntil == start + 86_400)
    }

    @Test(arguments: [RobotsAnswer.status(500), .status(503), .status(429), .unreachable])
    func `a site that cannot be asked forbids everything`(answer: RobotsAnswer) {
        let access = RobotsPolicy.access(after: answer, previous: nil, now: start)
        #expect(!isAllowed(access, "/a"))
        #expect(access.freshUntil == start + 60)
        #expect(access.unreachableSince == start)
    }

    @Test func `a known file holds on while the site cannot be asked`() {
        let known = RobotsPolicy.access(after: file, previous: nil, now: start)
        let access = RobotsPolicy.access(
            after: .unreachable,
            previous: known,
            now: start + 4000
        )
        #expect(isAllowed(access, "/a"))
        #expect(!isAllowed(access, "/desk"))
    }

    @Test func `pauses double up to a day, and after a month everything is allowed`() {
        var access = RobotsPolicy.access(after: .status(500), previous: nil, now: start)
        var pauses: [Double] = []
        for _ in 0..<12 {
            let now = access.freshUntil
            access = RobotsPolicy.access(after: .status(500), previous: access, now: now)
            pauses.append(access.freshUntil.timeIntervalSince(now))
        }
        #expect(pauses.prefix(3) == [120, 240, 480])
        #expect(pauses.last == 86_400)
        #expect(!isAllowed(access, "/a"))
        access = RobotsPolicy.access(
            after: .unreachable,
            previous: access,
            now: start + 31 * 86_400
        )
        #expect(isAllowed(access, "/a"))
        access = RobotsPolicy.access(after: file, previous: access, now: start + 32 * 86_400)
        #expect(access.unreachableSince == nil)
        #expect(!isAllowed(access, "/desk"))
    }
}
