import Curl
import WebArchive

/// One question and its answer that no page comes of, as the archive keeps them: a redirect, the
/// rules of a site, the document of a source.
struct Exchange: Sendable, Equatable {
    let url: String
    let asked: [HTTPHeader]
    let response: HTTPResponse
    /// The site whose rules are asked for; `nil` for everything else.
    let site: String?

    init(
        _ url: String,
        _ asked: [HTTPHeader],
        _ response: HTTPResponse,
        rulesOf site: String? = nil
    ) {
        self.url = url
        self.asked = asked
        self.response = response
        self.site = site
    }

    /// Bytes of the body of a redirect or an error that are kept; nobody reads what stands there.
    private static let otherBodyMax = 16 << 10

    /// What the archive keeps of it.
    var record: AnswerRecord {
        let limit = 200...299 ~= response.status ? response.body.count : Self.otherBodyMax
        return AnswerRecord(
            url: url,
            request: PageCompanions.Request(url, asked),
            head: HTTPHead(response),
            body: Array(response.body.prefix(limit)),
            isCut: response.isCut || response.body.count > limit
        )
    }
}

extension HTTPHead {
    /// The head as it came.
    init(_ response: HTTPResponse) {
        self.init(
            status: response.status,
            reason: response.reason,
            fields: response.headers.map { HeaderField($0.name, $0.value) }
        )
    }
}

extension PageCompanions.Request {
    /// What was asked of an address; `nil` when it is none of the web.
    init?(_ url: String, _ asked: [HTTPHeader]) {
        guard let address = WebAddress(url) else { return nil }
        self.init(
            target: address.target,
            fields: [HeaderField("Host", address.authority)]
                + asked.map { HeaderField($0.name, $0.value) }
        )
    }
}
