import ConformanceFolder
import Foundation
import Testing

@testable import WHATWGURL

/// The http(s) cases of web-platform-tests.
private enum URLCases {
    static let file = ConformanceFolder.path("urls/urltestdata-http.json")

    static let isPresent = FileManager.default.fileExists(atPath: file.path)
}

private struct URLCase: Decodable {
    var input: String
    var base: String?
    var failure: Bool?
    var href: String?
    var origin: String?
    var `protocol`: String?
    var username: String?
    var password: String?
    var host: String?
    var port: String?
    var pathname: String?
    var search: String?
    var hash: String?

    /// What our reader says differs from this case, part by part.
    func differences(from url: WebURL) -> [String] {
        let query = url.query ?? ""
        let fragment = url.fragment ?? ""
        let port = url.port.map(String.init) ?? ""
        let parts: [(String, String?, String)] = [
            ("href", href, url.href),
            ("protocol", self.protocol, url.scheme + ":"),
            ("username", username, url.username),
            ("password", password, url.password),
            ("host", host, (url.host?.text ?? "") + (port.isEmpty ? "" : ":" + port)),
            ("port", self.port, port),
            ("pathname", pathname, url.pathname),
            ("search", search, query.isEmpty ? "" : "?" + query),
            ("hash", hash, fragment.isEmpty ? "" : "#" + fragment),
            ("origin", url.isHTTP ? origin : nil, url.origin ?? ""),
        ]
        return parts.filter { $0.1 != nil && $0.1 != $0.2 }
            .map { "\($0.0) of \(input) is \($0.2), not \($0.1 ?? "")" }
    }
}

@Suite struct WebURLConformanceTests {
    @Test(
        .enabled(
            if: URLCases.isPresent,
            "No URL cases; set WIRECOPY_SHARED to the folder with conformance/urls."
        )
    )
    func `addresses are read as the cases of web-platform-tests say`() throws {
        let cases = try JSONDecoder().decode(
            [URLCase].self,
            from: Data(contentsOf: URLCases.file)
        )
        #expect(cases.count == 467)
        var (verdicts, wholes) = (0, 0)
        for item in cases {
            let url =
                item.base.map { WebURL($0) }.map { base in
                    base.flatMap { WebURL(item.input, base: $0) }
                } ?? WebURL(item.input)
            let isRight = (url == nil) == (item.failure == true)
            #expect(isRight, "\(item.input) on \(item.base ?? "nothing")")
            verdicts += isRight ? 1 : 0
            let differences = url.map { item.differences(from: $0) } ?? []
            #expect(differences.isEmpty)
            wholes += isRight && differences.isEmpty ? 1 : 0
            if let url { #expect(WebURL(url.href) == url, "\(item.input) is not stable.") }
        }
        print("URL cases: \(verdicts) of \(cases.count) read or refused, \(wholes) in every part.")
    }
}
