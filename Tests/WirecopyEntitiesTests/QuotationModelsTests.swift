import DecisionForest
import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct QuotationModelsTests {
    @Test func `the shipped models ask the numbers that the program gives`() throws {
        let models = try QuotationModels.shipped()
        #expect(models.spoken.featureCount == SpokenNumbers.count)
        #expect(models.speakers.featureCount == SpeakerNumbers.count)
    }

    @Test func `each candidate and each span has all its numbers`() throws {
        let text = #"Mary Quillon came to Oslo. "The sea is calm," she told a police officer."#
        let lesson = try QuotationLesson(Array(text.utf8))
        #expect(lesson.spokenRows.map(\.count) == [SpokenNumbers.count])
        lesson.ask([0]) { _, candidates in
            #expect(candidates.contains { $0.name == "Mary Quillon" })
            #expect(candidates.allSatisfy { $0.row.count == SpeakerNumbers.count })
            return nil
        }
    }

    @Test func `names of a reader stand in for the detector's`() throws {
        let text = #""The sea is calm," quillon said."#
        let bytes = Array(text.utf8)
        let start = text.utf8.count - "quillon said.".utf8.count
        let name = QuotationLesson.Name(
            TextRange(start, start + 7),
            .person,
            canonical: "Mary Quillon"
        )
        let lesson = try QuotationLesson(bytes, names: [name])
        lesson.ask([0]) { _, candidates in
            #expect(candidates.map(\.name).contains("Mary Quillon"))
            return nil
        }
    }
}
