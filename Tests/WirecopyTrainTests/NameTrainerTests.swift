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
        return NameModelTrainer(settings: settings, classes: .none) { _ in }.model(of: examples)
    }

    @Test func `names that are taught are found`() throws {
        let examples = try (0..<16).map { try NameExample(Self.document($0), classes: .none) }
        let model = model(examples)
        for example in examples {
            let names = example.names(example.questions.labels(model))
            #expect(names == example.document.names)
        }
    }

    @Test func `the same documents give the same bytes`() throws {
        let examples = try (0..<8).map { try NameExample(Self.document($0), classes: .none) }
        #expect(model(examples).bytes == model(examples).bytes)
    }

    @Test func `a name whose bounds are inside tokens is left open`() throws {
        var document = Self.document(0)
        document.names[0].range = TextRange(11, 12)
        let example = try NameExample(document, classes: .none)
        #expect(example.unreachable == 1)
        #expect(example.allowed[1] == .max)
    }

    @Test func `a title that is labelled as a person is left open`() throws {
        let title = "Secretary of State"
        let document = NameDocument(
            id: "1",
            source: "re3d-test",
            bytes: Array("\(title) Quill spoke.".utf8),
            names: [NameDocument.Name(range: TextRange(0, title.utf8.count), types: [0])]
        )
        let example = try NameExample(document, classes: .none)
        #expect(example.allowed.prefix(4) == [.max, .max, .max, 1])
    }

    @Test func `other corpora's pronouns are no names, and a pair of places is two`() {
        let text = "We met in Larchford, Norway."
        let document = NameDocument(
            id: "1",
            source: "re3d-test",
            bytes: Array(text.utf8),
            names: [
                NameDocument.Name(range: TextRange(0, 2), types: [1]),
                NameDocument.Name(range: TextRange(10, 27), types: [2, 3, 4]),
            ]
        )
        let ranges = document.inOurConventions.names.map(\.range)
        #expect(ranges == [TextRange(10, 19), TextRange(21, 27)])
    }

    @Test func `headlines keep names where they stand`() throws {
        let documents = (0..<8).map { Self.document($0) }
        let headlines = NameDocument.headlines(from: documents)
        let texts = headlines.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(
            texts == [
                "YESTERDAY ADA SPOKE SOFTLY AND WENT TO QUILLMOOR BY TRAIN.",
                "Yesterday Ada Spoke Softly And Went To Larchford By Train.",
            ]
        )
        #expect(headlines.first?.names == documents.first?.names)
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
