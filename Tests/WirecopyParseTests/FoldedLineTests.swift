import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct FoldedLineTests {
    /// What Unicode's tables say, with straight quotation marks.
    private func reference(_ line: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in line.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x2018...0x201B: scalars.append("'")
            case 0x201C...0x201F: scalars.append("\"")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    @Test func `every character is folded as Unicode says`() {
        var wrong: [Unicode.Scalar] = []
        for value in UInt32(0x20)..<0x3_0000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let line = "A\(scalar)Z"
            if FoldedLine(line).bytes != Array(reference(line).utf8) { wrong.append(scalar) }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: ["Read more: the River's  end.", "— É 2 –", "", "a", "  a"])
    func `a line is compared with a key without making its own`(text: String) {
        let line = FoldedLine(text)
        let key = Array(line.key.utf8)
        #expect(line.hasKey(key))
        #expect(!line.hasKey(key + Array("x".utf8)))
        #expect(!line.hasKey(key + Array(" x".utf8)))
        #expect(key.isEmpty || !line.hasKey(Array(key.dropLast())))
    }

    @Test func `a long line is folded at its beginning`() {
        #expect(FoldedLine(String(repeating: "É", count: 1000)).bytes.count == 600)
    }
}

@Suite struct PhraseListTests {
    private let phrases = PhraseList("read more | sign up | © | read | по теме")

    @Test(arguments: [
        ("read more here", true), ("please read mores", true), ("bread more", false),
        ("readers", false), ("a © b", true), ("a ©b", false), ("sign", false), ("design up", false),
        ("sign up", true),
        ("по теме", true), ("тепо теме", false), ("", false),
    ])
    func `a phrase occurs between other words`(line: String, occurs: Bool) {
        #expect(phrases.occurs(in: FoldedLine(line)) == occurs)
    }

    @Test(arguments: [
        ("Read more", true), ("Read more: x", true), ("Reads", false), ("I read", false),
    ])
    func `a line begins with a phrase`(line: String, begins: Bool) {
        #expect(phrases.begins(FoldedLine(line)) == begins)
    }

    @Test(arguments: [
        ("Read more", true), ("Read more »", true), ("Read more!", true), ("Read more x", false),
        ("Read", true), ("Rea", false), ("...", false),
    ])
    func `a line is a phrase, final marks apart`(line: String, equals: Bool) {
        #expect(phrases.equals(FoldedLine(line)) == equals)
    }
}

@Suite struct PhraseIndexTests {
    private static let lists = [
        PhraseList("read more | sign up"), PhraseList("signs | по теме"), PhraseList("read on"),
    ]

    @Test(arguments: [
        "Read more, read on", "sign up and read", "signs of spring", "a sign", "тепо теме, по теме",
        "x", "", "bread more", "read",
    ])
    func `all lists are looked for at once as each is alone`(text: String) {
        let line = FoldedLine(text)
        let marked = Self.lists.enumerated().map { (mark: UInt32(1) << UInt32($0), list: $1) }
        let found = PhraseIndex(marked).occurring(in: line)
        for (number, list) in Self.lists.enumerated() {
            #expect((found & 1 << UInt32(number) != 0) == list.occurs(in: line))
        }
    }
}

@Suite struct WordIndexTests {
    @Test func `each word has the number of its first place`() {
        let keys = (0..<500).map { WordHash(of: "word \($0)".utf8).value }
        let index = WordIndex(keys + keys)
        #expect(keys.map { index[$0] } == Array(0..<500))
        #expect(index[WordHash(of: "word".utf8).value] == nil)
        #expect(WordIndex([])[0] == nil)
    }
}

@Suite struct WordWindowsTests {
    @Test(arguments: [
        ("The river rose again", 1), ("the RIVER rose", 1), ("A river rose again", 0.5),
        ("rose", 0), ("", 0),
    ])
    func `a line shares runs of three words with a text`(line: String, share: Float) {
        let text = WordWindows("The river rose again, and fell.")
        #expect(text.share(of: WordWindows.windows(of: line)) == share)
    }

    @Test func `a text of two words is one run`() {
        let text = WordWindows("Read more")
        #expect(text.share(of: WordWindows.windows(of: "read more")) == 1)
        #expect(text.share(of: WordWindows.windows(of: "more read")) == 0)
        #expect(WordWindows(nil).isEmpty)
    }
}

@Suite struct ClassWordsTests {
    /// An element's name and what it means.
    struct Case: Sendable {
        let name: String
        var label: BoilerplateLabel?
        var isArticleText = false
    }

    @Test(arguments: [
        Case(name: "articleBody", isArticleText: true), Case(name: "bread"), Case(name: ""),
        Case(name: "storyText--main", isArticleText: true),
        Case(name: "read_more", label: .related),
        Case(name: "ReadMore", label: .related), Case(name: "col-12 navbar", label: .navigation),
        Case(name: "related articleBody", label: .related, isArticleText: true),
    ])
    func `a name means what its words and pairs of words mean`(_ example: Case) {
        let words = ClassWords(Array(example.name.utf8)[...])
        #expect(words.label == example.label)
        #expect(words.isArticleText == example.isArticleText)
    }

    @Test func `names are cut at punctuation and at capitals`() {
        let words = ClassWords.words(Array("mainText-2__LeadURL é".utf8)[...])
        #expect(words == ["main", "text", "lead", "url", "é"])
    }
}
