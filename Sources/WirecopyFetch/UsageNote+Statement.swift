import RobotsFile
import WebArchive
import WirecopyMessages

extension UsageNote {
    /// A statement in the form in which it travels.
    init(_ statement: UsageStatement) {
        self.init(statement.signal.rawValue, place: statement.place.rawValue)
    }
}

extension UsageReader {
    /// What the head of an answer says of the use of its page, as notes.
    static func notes(inHeaders fields: [HeaderField], for productToken: String) -> [UsageNote] {
        let headers = fields.map { (name: $0.name, value: $0.value) }
        return statements(inHeaders: headers, for: productToken).map(UsageNote.init)
    }
}
