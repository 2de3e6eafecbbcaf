import WirecopyMessages

@testable import WirecopyStories

/// A flood that five invented outlets report in two episodes.
enum InventedStory {
    static func flood() throws -> [StoryMember] {
        try [wire().member(), post().member(), herald().member(), echo().member(episode: 2)]
    }

    static func wire() throws -> InventedArticle {
        try InventedArticle(
            "wire",
            outlet: "Coast Wire",
            published: "2031-03-01T08:00:00Z",
            title: "River Lorn bursts its banks in Brede",
            "The River Lorn burst its banks in Brede on Saturday and killed 12 people in the town.",
            "“Nobody saw the water come,” said Ada Quill, the mayor of Brede. “We need boats.”",
            "Brede has been flooded “once in a lifetime” three times."
        )
        .naming("Brede", .politicalPlace)
        .naming("River Lorn", .place)
        .naming("Ada Quill", .person, role: "mayor of Brede")
        .saying("“Nobody saw the water come,”", by: "Ada Quill")
        .saying("“We need boats.”", .continued, by: "Ada Quill", cue: nil)
        .saying("“once in a lifetime”", .notSpeech)
        .counting("12", "12", of: "people", "killed")
        .dating("Saturday", "2031-03-01")
    }

    static func post() throws -> InventedArticle {
        try InventedArticle(
            "post",
            outlet: "The Brede Post",
            published: "2031-03-01T20:00:00+02:00",
            title: "Fifteen dead as the Lorn floods Brede",
            "Fifteen people were killed when the River Lorn burst its banks in Brede on Saturday.",
            "They included two firemen.",
            "“Nobody saw the water come,” Mayor Ada Quill told reporters at a school in Brede.",
            "Roads into the town will stay closed until the river falls below four metres again."
        )
        .naming("Brede", .politicalPlace)
        .naming("River Lorn", .place)
        .naming("Ada Quill", .person)
        .saying(
            "“Nobody saw the water come,”",
            by: "Ada Quill",
            cue: "told",
            occasion: "a school in Brede"
        )
        .counting("Fifteen", "15", of: "people", "killed")
        .dating("Saturday", "2031-03-01")
    }

    static func herald() throws -> InventedArticle {
        try InventedArticle(
            "herald",
            outlet: "Hill Herald",
            published: "2031-03-02",
            title: "Brede was warned of the flood",
            "Brede was warned of the flood a week ago, Coast Wire reported, citing two engineers.",
            "The River Lorn burst its banks on Saturday.",
            "Coast Wire said a “formal warning” had been sent to the town hall of Brede."
        )
        .naming("Brede", .politicalPlace)
        .naming("River Lorn", .place)
        .naming("Coast Wire", .organisation)
        .citing("Coast Wire reported", "Coast Wire", citing: "two engineers")
        .saying("“formal warning”", .partial, by: "Coast Wire")
    }

    static func echo() throws -> InventedArticle {
        try InventedArticle(
            "echo",
            outlet: "Evening Echo",
            published: "2031-04-10",
            title: "Inquiry into the Brede flood to begin in May",
            "An inquiry into the flood of the River Lorn in Brede will begin on May 3.",
            "The town council of Brede agreed on Thursday to pay for it.",
            "Help for families",
            "Ada Quill said the town “will not be silent” at the hearings."
        )
        .naming("Brede", .politicalPlace)
        .naming("River Lorn", .place)
        .naming("Ada Quill", .person)
        .saying("“will not be silent”", .partial, by: "Ada Quill")
        .dating("May 3", "2031-05-03")
        .dating("Thursday", "2031-04-10")
    }
}

extension Brief {
    /// All spans of the brief.
    var lines: [BriefLine] {
        episodes.flatMap(\.lines) + next + sources.flatMap(\.lines)
            + speakers.flatMap(\.statements).flatMap { $0.parts + $0.variants }
            + differences.flatMap(\.sides).map(\.line)
    }

    /// The words of all lines, for searching.
    var words: String { lines.map(\.text).joined(separator: "\n") }
}
