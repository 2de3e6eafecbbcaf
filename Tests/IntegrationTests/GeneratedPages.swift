import Foundation

/// Saved pages of invented articles, each with a title and a text of its own.
enum GeneratedPages {
    /// Writes so many pages into a folder of the installation and gives the folder's path.
    static func write(
        _ numbers: Range<Int>,
        to folder: String,
        of installation: Installation
    ) throws -> String {
        for number in numbers {
            try installation.write(html(number: number).utf8, to: "\(folder)/\(number).html")
        }
        return installation.path(folder)
    }

    /// The address that a page declares as its own.
    static func address(_ number: Int) -> String { "https://tide.example/2026/03/\(number)" }

    /// One page; equal numbers give equal pages.
    static func html(number: Int) -> String {
        let paragraphs = (1...6).map { line in
            """
            <p>Pilot boat \(number) left quay \(line) of Kalvik harbour at dawn on Wednesday with \
            \(number + line) crates of instruments, and the harbour office noted a calm sea. \
            “We counted crate \(number * 10 + line) twice,” said Ada Quist, the harbour master of \
            Kalvik.</p>
            """
        }
        return """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
            <title>Pilot boat \(number) leaves Kalvik</title>
            <link rel="canonical" href="\(address(number))">
            <meta property="article:published_time" content="2026-03-04T05:12:00Z"></head>
            <body><article><h1>Pilot boat \(number) leaves Kalvik</h1>
            \(paragraphs.joined(separator: "\n"))
            </article></body></html>

            """
    }
}
