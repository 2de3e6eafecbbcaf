import Foundation
import Glibc
import WirecopyFetch
import WirecopyProgram

/// Asks once, when sites of others are about to be fetched, how their operators can reach whoever
/// does it.
enum ContactQuestion {
    /// Answers that are no address are asked for again, but not for ever.
    private static let roundsMax = 3

    /// The user agent to fetch these inputs with; asks for a contact where none is set, keeps the
    /// answer in the configuration file, and says where nobody can be asked how to set it.
    @discardableResult
    static func userAgent(for inputs: [String]) -> String {
        let configuration = Configuration.current
        let usual = UserAgent.text(configuration)
        let isWanted = inputs.contains { input in
            WebAddress(input).map { !$0.isOnThisMachine } ?? false
        }
        guard isWanted, configuration.text(.contact) == nil, configuration.text(.userAgent) == nil
        else { return usual }
        let file = configuration.file ?? configuration.namedFile ?? Configuration.usualFile
        guard isatty(STDIN_FILENO) == 1, Terminal.showsProgress else {
            Terminal.note(
                "Sites see \(usual), which names nobody: write contact = you@example.org into "
                    + "\(file)."
            )
            return usual
        }
        let answer = ask(usual, file)
        keep(answer, in: file)
        let contact = ContactAddress(answer)
        return contact.map { "\(usual) (+\($0.uri))" } ?? usual
    }

    private static func ask(_ usual: String, _ file: String) -> String {
        Terminal.note(
            "Operators of sites expect a way to reach whoever fetches their pages. Type an address "
                + "of mail or of a page, which goes along with each request; nothing for none. It "
                + "is kept in \(file)."
        )
        for _ in 0..<roundsMax {
            Terminal.write("contact: ", to: .standardError)
            let line = readLine() ?? ""
            let answer = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if answer.isEmpty { break }
            if let contact = ContactAddress(answer) { return contact.text }
            Terminal.note("That is neither desk@tide.example nor https://tide.example/about.")
        }
        return ContactAddress.none
    }

    /// Writes the answer beside the file and lets it take its name, so that it is whole or as
    /// it was.
    private static func keep(_ answer: String, in file: String) {
        let text = FileManager.default.contents(atPath: file) ?? Data()
        let new = ConfigurationFile.text(
            String(decoding: text, as: UTF8.self),
            adding: .contact,
            answer
        )
        do {
            try Data(new.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            Terminal.note("\(file) cannot be written: \(error.localizedDescription)")
        }
    }
}
