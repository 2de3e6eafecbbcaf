import Foundation
import Testing

@testable import WirecopyProgram

struct SettingTests {
    private static let guides = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "docs/guides")

    @Test func `every setting and its variable stand in the guide`() throws {
        let guide = Self.guides.appending(path: "configuration.md")
        let text = try String(contentsOf: guide, encoding: .utf8)
        for setting in Setting.allCases {
            #expect(text.contains("| `\(setting.rawValue)` | `\(setting.variable)` |"))
        }
    }

    @Test func `every exit status stands in the guide`() throws {
        let guide = Self.guides.appending(path: "commands.md")
        let text = try String(contentsOf: guide, encoding: .utf8)
        for status in ExitStatus.allCases {
            #expect(text.contains("| \(status.rawValue) |"))
        }
    }
}
