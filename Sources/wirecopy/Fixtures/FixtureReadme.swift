import WirecopyMessages

/// What a folder of `trace --save` says of itself.
struct FixtureReadme {
    let step: TraceReport.Step
    let message: Message
    let lineage: TraceReport.Lineage
    /// The folder of the whole way, as it was named on the command line.
    let path: String

    /// The README of one message.
    var text: String {
        let envelope = message.envelope
        var lines = [
            "# \(step.kind)", "",
            "A message of the page \(lineage.subject), as the queue recorded it.", "",
            "- made by \(envelope.source)"
                + (envelope.stageVersion.map { ", version \($0)" } ?? "")
                + (envelope.serviceMilliseconds.map { ", in \($0) ms" } ?? ""),
            "- queued at \(Instant(milliseconds: step.queuedAtMs).rfc3339); state \(step.state)",
            "- id \(step.id), root \(lineage.root)",
        ]
        if let parent = envelope.parent { lines.append("- made from message \(parent)") }
        for made in outputs { lines.append("- the recorded output is in ../\(made)") }
        for attempt in step.attempts {
            lines.append("- attempt \(attempt.attempt) failed: \(attempt.code): \(attempt.message)")
        }
        lines += ["", "## Files", "", "- `envelope.json`: what the queue knows of the message"]
        lines.append("- `data.json`: the payload; proto-schemas has its schema")
        if !message.attachments.isEmpty {
            lines.append("- `attachment-1.*`: the page's bytes, one WARC record")
        }
        if let command { lines += ["", "## Run it again", "", "    \(command)"] }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The README of a whole way.
    static func overview(_ lineage: TraceReport.Lineage) -> String {
        var lines = [
            "# The way of \(lineage.subject)", "",
            "Entered \(Instant(milliseconds: lineage.enteredAtMs).rfc3339); "
                + "\(lineage.outcome ?? "in flight")\(lineage.reason.map { " (\($0))" } ?? "").",
            "", "Each folder is one message: the output of one stage and the input of the next.",
            "",
        ]
        for (index, step) in lineage.steps.enumerated() {
            let name = TraceFixtures.name(of: step, number: index + 1)
            lines.append("- `\(name)`: \(step.state), made by \(step.source)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var outputs: [String] {
        lineage.steps.enumerated()
            .filter { $0.element.parent == step.id }
            .map { TraceFixtures.name(of: $0.element, number: $0.offset + 1) }
    }

    private var command: String? {
        switch message.envelope.kind {
        case .fetchedPage: "wirecopy parse ."
        case .parsedArticle: "wirecopy extract ."
        case .fetchRequest, .annotatedArticle, .outcome: nil
        }
    }
}
