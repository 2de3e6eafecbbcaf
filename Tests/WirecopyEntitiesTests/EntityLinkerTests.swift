import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct EntityLinkerTests {
    @Test(arguments: [
        ("President Mary Quillon spoke. Later Quillon left.", ["Mary Quillon", "Mary Quillon"]),
        ("Mary Quillon met John Quillon.", ["Mary Quillon", "John Quillon"]),
        ("Mary Quillon met Mary J. Quillon.", ["Mary J. Quillon", "Mary J. Quillon"]),
        (
            "The Larchford Safety Board (LSB) met. The LSB voted.",
            ["Larchford Safety Board", "Larchford Safety Board", "Larchford Safety Board"]
        ),
        ("The United States and the U.S. agreed.", ["United States", "United States"]),
        ("Mary Zelentsky left. Then Zelentskyy said no.", ["Mary Zelentsky", "Mary Zelentsky"]),
        (
            "The Quill Motor Company grew. Analysts like Mary Larch praised Quill.",
            ["Quill Motor Company", "Mary Larch", "Quill Motor Company"]
        ),
        ("Kenya and the Kenyan army agreed.", ["Kenya", "Kenyan"]),
    ])
    func `mentions of one thing share an entity`(text: String, expected: [String]) throws {
        #expect(try ReadText(text).entityNames == expected)
    }

    @Test func `the entity's name is the fullest form without titles`() throws {
        let read = try ReadText("Quillon spoke. Prime Minister Mary Quillon spoke again.")
        #expect(read.annotation.entities.map(\.name) == ["Mary Quillon"])
        #expect(read.annotation.entities.map(\.type) == [.person])
    }
}
