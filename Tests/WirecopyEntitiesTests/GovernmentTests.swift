import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct GovernmentTests {
    /// For each mention of a capital, seat or people the government for which it stands.
    private func standing(_ text: String, _ name: String, _ type: EntityType) throws -> [String] {
        let bytes = Array(text.utf8)
        let word = Array(name.utf8)
        let starts = (0...(bytes.count - word.count)).filter {
            bytes[$0..<($0 + word.count)].elementsEqual(word)
        }
        let names = starts.map {
            Mention(TextRange($0, $0 + word.count), type: type, entity: 0)
        }
        return try Annotator.shipped().annotate(bytes, names: names).mentions
            .compactMap(\.standsFor?.name)
    }

    @Test(arguments: [
        ("Moscow has again rejected the plan.", "Moscow", EntityType.politicalPlace, "Russia"),
        ("Few of Moscow's latest demands were met.", "Moscow", .politicalPlace, "Russia"),
        ("The Kremlin said no.", "Kremlin", .organisation, "Russia"),
        ("Then the Norwegians refused.", "Norwegians", .group, "Norway"),
    ])
    func `as the one who speaks or decides it stands for a government`(
        text: String,
        name: String,
        type: EntityType,
        country: String
    ) throws {
        #expect(try standing(text, name, type) == [country])
    }

    @Test(arguments: [
        "Officials in Moscow said no.", "It rained in Moscow.", "Moscow was cold.",
        "Moscow's streets were empty.", "They flew to Moscow and said so.",
    ])
    func `as a place it stands for itself`(text: String) throws {
        #expect(try standing(text, "Moscow", .politicalPlace) == [])
    }

    @Test func `a country that the text names is the entity, and nothing is merged`() throws {
        let text = "Moscow said that Russia would wait."
        let names = [TextRange(0, 6), TextRange(17, 23)].map {
            Mention($0, type: .politicalPlace, entity: 0)
        }
        let annotation = try Annotator.shipped().annotate(Array(text.utf8), names: names)
        #expect(annotation.entities.map(\.name) == ["Moscow", "Russia"])
        #expect(
            annotation.mentions.map(\.standsFor) == [
                GovernmentName(name: "Russia", entity: 1), nil,
            ]
        )
    }

    @Test func `two capitals joined by and speak together`() throws {
        let text = "Oslo and Moscow agreed."
        let names = [TextRange(0, 4), TextRange(9, 15)].map {
            Mention($0, type: .politicalPlace, entity: 0)
        }
        let annotation = try Annotator.shipped().annotate(Array(text.utf8), names: names)
        #expect(annotation.mentions.compactMap(\.standsFor?.name) == ["Norway", "Russia"])
    }

    @Test func `a row without a country is refused`() {
        var governments = Governments()
        #expect(throws: EntityFailure.self) {
            try governments.add(rows: Array("Oslo".utf8), file: "capitals.tsv")
        }
    }
}
