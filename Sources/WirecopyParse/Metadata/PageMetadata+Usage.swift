import RobotsFile
import WirecopyMessages

extension PageMetadata {
    /// The robot that `meta` elements may name.
    private static let productToken = "wirecopy"

    /// What `meta` elements ask of those who use the page: `robots`, `tdm-reservation`.
    var usage: [UsageNote] {
        let names = ["robots", Self.productToken, "tdm-reservation"]
        let elements = names.flatMap { name in
            metas[name, default: []].map { (name: name, content: $0) }
        }
        return UsageReader.statements(inMeta: elements, for: Self.productToken)
            .map { UsageNote($0.signal.rawValue, place: $0.place.rawValue) }
    }
}
