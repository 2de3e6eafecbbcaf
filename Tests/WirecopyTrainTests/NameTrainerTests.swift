import Testing
import WirecopyEntities
import WirecopyMessages

@testable import wirecopy_train

struct NameTrainerTests {
    private static func document(_ number: Int) -> NameDocument {
        let people = ["Ada", "Orrin", "Mara", "Tove"]
        let places = ["Quillmoor", "Larchford", "Tarnby", "Holmvik"]
        let (person, place) = (people[number % 4], places[number / 4 % 4])
        let text = "Yesterday \(person) spoke softly and went to \(place) by train."
        let bytes = Array(text.utf8)
        func range(_ name: String) -> TextRange {
            let start = text.firstRange(of: name).map {
                text.utf8.distance(from: text.startIndex, to: $0.lowerBound)
            }
            return TextRange(start ?? 0, (start ?? 0) + name.utf8.count)
        }
        return NameDocument(
            id: "\(number)",
            source: "VOA",
            bytes: bytes,
            names: [
                NameDocument.Name(range: range(person), types: [0]),
                NameDocument.Name(range: range(place), types: [2]),
            ]
        )
    }

    private func model(_ examples: [NameExample]) -> NameModel {
        var settings = NameModelTrainer.Settings()
        settings.rows = 500
        settings.secondRows = 500
        return NameModelTrainer(settings: settings) { _ in }.model(of: examples)
    }

    @Test func `names that are taught are found`() throws {
        let examples = try (0..<16).map { try NameExample(Self.document($0)) }
        let model = model(examples)
        for example in examples {
            let names = example.names(example.questions.labels(model))
            #expect(names == example.document.names)
        }
    }

    @Test func `the same documents give the same bytes`() throws {
        let examples = try (0..<8).map { try NameExample(Self.document($0)) }
        #expect(model(examples).bytes == model(examples).bytes)
    }

    @Test func `a name whose bounds are inside tokens is left open`() throws {
        var document = Self.document(0)
        document.names[0].range = TextRange(11, 12)
        let example = try NameExample(document)
        #expect(example.unreachable == 1)
        #expect(example.allowed[1] == .max)
    }

    @Test func `a score counts exact bounds and coarse types`() throws {
        let document = Self.document(0)
        var found = document.names
        found[1].types = [3]
        var score = NameScore()
        score.add(document, found, as: "test")
        #expect(score.lines.first?.contains("F1 100.00 fine 50.00") == true)
    }
}
