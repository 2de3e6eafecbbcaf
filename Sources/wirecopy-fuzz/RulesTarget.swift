import WirecopyParse

/// News pages under rules for their site, both of which may be damaged.
///
/// Must be true: see `ParseCheck`. A file of rules is never refused; what it cannot say is told in
/// notes, each a sentence, of which there are not too many. A page under rules that fit gives an
/// article. The first frame is the file, the second the page.
struct RulesTarget: FuzzTarget {
    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var page = NewsPageMaker.page(using: &generator)
        if generator.once(in: 16) { return FuzzInput([RuleMaker.plainFile, page], isWhole: true) }
        var file = RuleMaker.file(using: &generator)
        if generator.once(in: 3) { Mutator.damage(&file, using: &generator) }
        for _ in 0..<generator.below(3) { HTMLMutator.damage(&page, using: &generator) }
        return FuzzInput([file, page])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        guard input.frames.count == 2 else { return .refused }
        let text = String(decoding: input.frames[0], as: UTF8.self)
        let rules = SiteRuleFolder(files: [(name: "\(ParseCheck.host).txt", text: text)])
        guard rules.notes.count <= SiteRuleFolder.notesMax else {
            throw FuzzFinding("\(rules.notes.count) notes are told.")
        }
        for note in rules.notes where !note.hasSuffix(".") && !note.contains(": ") {
            throw FuzzFinding("No sentence says what has no effect: \(note)")
        }
        return try ParseCheck.check(input.frames[1], rules: rules)
    }
}
