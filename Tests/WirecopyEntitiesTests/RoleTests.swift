import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct RoleTests {
    /// Each role with its entity: `Ada Quillon: head of the board`.
    private func roles(_ text: String, _ people: [String]) throws -> [String] {
        let bytes = Array(text.utf8)
        let names = people.flatMap { words -> [Mention] in
            let name = words.split(separator: "/")
            let word = Array(name[0].utf8)
            let starts = (0...(bytes.count - word.count)).filter {
                bytes[$0..<($0 + word.count)].elementsEqual(word)
            }
            let type = name.count > 1 ? EntityType(rawValue: String(name[1])) : .person
            return starts.map {
                Mention(TextRange($0, $0 + word.count), type: type ?? .person, entity: 0)
            }
        }
        let annotation = try Annotator.shipped().annotate(bytes, names: names)
        return annotation.entities.flatMap { entity in
            entity.roles.map { "\(entity.name): \($0.role)" }
        }
    }

    @Test(arguments: [
        (
            "U.S. Secretary of State Ada Quillon left. The top U.S. diplomat said no.",
            ["Ada Quillon", "U.S./GPE"],
            ["Ada Quillon: U.S. Secretary of State", "Ada Quillon: top U.S. diplomat"]
        ),
        (
            "Secretary of State Ada Quillon left. He met the secretary of state.",
            ["Ada Quillon"],
            ["Ada Quillon: Secretary of State", "Ada Quillon: secretary of state"]
        ),
        (
            "Ada Quillon, the head of the harbour board, left.", ["Ada Quillon"],
            ["Ada Quillon: head of the harbour board"]
        ),
        (
            "The mayor of the town, Ada Quillon, left.", ["Ada Quillon"],
            ["Ada Quillon: mayor of the town"]
        ),
    ])
    func `an office stands for the one who has it`(
        text: String,
        people: [String],
        roles: [String]
    ) throws {
        #expect(try self.roles(text, people) == roles)
    }

    @Test func `of two presidents a description means the one of its country`() throws {
        let text = """
            French President Ada Quillon met Norwegian President Bo Larch. \
            The Norwegian president left.
            """
        let roles = try roles(text, ["Ada Quillon", "Bo Larch", "French/NORP", "Norwegian/NORP"])
        #expect(roles.last == "Bo Larch: Norwegian president")
        #expect(roles.count == 3)
    }

    @Test(arguments: [
        "President Ada Quillon met President Bo Larch. The president left.",
        "President Ada Quillon left. The new president, the former president came.",
        "President Ada Quillon left. The president elect came.",
        "The president left. Later President Ada Quillon came.",
        "Ms. Ada Quillon left.",
    ])
    func `a description that may mean another stands for nobody`(text: String) throws {
        let roles = try roles(text, ["Ada Quillon", "Bo Larch"])
        #expect(!roles.contains { $0.contains("president") || $0.contains("Ms") })
    }

    @Test func `an office alone is no person, only its country a name`() throws {
        let text = AnalysedText(Array("US Secretary of State. Prime Minister. Ada King.".utf8))
        let spans = [0..<4, 5..<7, 8..<10].map { NameSpan($0, .person, .weak) }
        let left = OfficeNames(text: text, lexicon: try .shipped()).removed(from: spans)
        #expect(left.map { text.string($0.tokens) } == ["US", "Ada King"])
        #expect(left.map(\.type) == [.politicalPlace, .person])
    }
}
