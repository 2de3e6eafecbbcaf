import Foundation
import WirecopyMessages
import WirecopyStorage

/// Why an article is in its story, as lines of a terminal.
enum PlaceLines {
    /// What each number says, in the order in which people ask.
    private static let meanings: [(name: String, meaning: String)] = [
        ("words", "how alike the words are, 1 for the same"),
        ("names", "how alike the names are, 1 for the same"),
        ("lead", "how alike headlines and beginnings are"),
        ("statements", "runs of four quoted words in both"),
        ("numbers", "share of the figures that both have"),
        ("days", "days that both name, far from their publication"),
        ("recent_days", "days that both name, near it"),
        (
            "rarest",
            "how rare the four rarest words in both are; 32 for four that no other article has"
        ),
    ]

    /// The lines of a place.
    static func lines(of place: StoryPlaceReport) -> [String] {
        guard let edit = place.decided else {
            guard let logOdds = place.logOdds else {
                return ["Story \(place.story): the first article of it."]
            }
            return likeness(of: place, logOdds, "Story \(place.story):")
        }
        let day = Day.text(milliseconds: edit.atMs)
        let verb =
            switch edit.action {
            case .merge: "joined story \(edit.story) to story \(edit.other)"
            case .split: "split story \(edit.other) off story \(edit.story)"
            case .move: "moved the article from story \(edit.story)"
            }
        let decision = "Story \(place.story): a person \(verb) (edit \(edit.id), \(day))."
        guard let logOdds = place.logOdds else { return [decision] }
        return [decision] + likeness(of: place, logOdds, "When it came:")
    }

    private static func likeness(
        of place: StoryPlaceReport,
        _ logOdds: Double,
        _ opening: String
    ) -> [String] {
        let closest = Terminal.safe(place.closestTitle ?? place.closest ?? "an article")
        return [
            "\(opening) \(decimal(logOdds)) for its story, where 0 is the border (log-odds).",
            "It resembled most: \(closest)",
        ]
            + meanings.compactMap { name, meaning in
                place.shared[name].map { "  \(decimal($0))  \(name): \(meaning)" }
            } + gap(of: place)
    }

    /// The gap is kept as the logarithm of one more than the days.
    private static func gap(of place: StoryPlaceReport) -> [String] {
        guard place.shared["gap_known"] == 1, let gap = place.shared["gap"] else {
            return ["  time between them is not known"]
        }
        return ["  \(decimal(exp(gap) - 1))  days between them"]
    }

    private static func decimal(_ number: Double) -> String {
        number.formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en")))
    }
}
