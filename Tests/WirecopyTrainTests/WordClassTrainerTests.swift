import Testing
import WirecopyEntities

@testable import wirecopy_train

struct WordClassTrainerTests {
    private static let days: [UInt64] = [11, 12]
    /// Both days stand in the same company as often.
    private static let sentences: [[UInt64]] = (0..<40).flatMap { number -> [[UInt64]] in
        let (one, other) = (days[number % 2], days[number / 2 % 2])
        return [[1, 2, one, 3, 4], [5, 6, 7, 8, 20], [9, 2, other, 10, 4]]
    }

    @Test func `words in the same company have like vectors`() throws {
        let vectors = WordVectors(Self.sentences)
        func vector(_ word: UInt64) throws -> WordVectors.Vector {
            vectors.vectors[try #require(vectors.words.firstIndex(of: word))]
        }
        let (day, other, unlike) = (try vector(11), try vector(12), try vector(7))
        #expect((day * other).sum() > 0.9)
        #expect((day * unlike).sum() < 0.5)
    }

    @Test func `rare words have no vectors`() {
        let vectors = WordVectors([[1, 2, 3], [1, 2], [1, 2], [1, 2]])
        #expect(Set(vectors.words) == [1, 2])
    }

    @Test func `the same sentences give the same classes`() {
        let trainer = WordClassTrainer()
        #expect(trainer.classes(of: Self.sentences) == trainer.classes(of: Self.sentences))
        #expect(trainer.classes(of: []) == WordClasses([]))
    }
}
