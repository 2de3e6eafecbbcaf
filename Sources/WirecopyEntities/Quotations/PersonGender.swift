import WirecopyMessages

/// What a text says about whether a person is "he" or "she".
///
/// Evidence, not knowledge: forms of address, given names, and the pronouns beside the name.
enum PersonGender {
    case unknown, male, female

    /// Words before or behind a name that are looked at.
    private static let reachTokens = 3

    /// For each entity its gender; unknown for all that are no persons.
    static func genders(
        of names: LinkedNames,
        isQuoted: [Bool],
        in text: AnalysedText
    ) -> [PersonGender] {
        var scores = Array(repeating: 0, count: names.entities.count)
        for (index, span) in names.spans.enumerated() where span.type == .person {
            scores[names.entityOfSpan[index]] += 4 * score(span.tokens, text)
        }
        for sentence in text.sentenceTokens {
            vote(in: sentence, names, isQuoted, text, &scores)
        }
        return scores.map { $0 > 0 ? .male : $0 < 0 ? .female : .unknown }
    }

    /// Above zero for "Mr Quill", below for "Ms Quill" and "actress Ada Quill".
    static func score(_ name: Range<Int>, _ text: AnalysedText) -> Int {
        var score = 0
        let first = text.tokens[name.lowerBound]
        if name.count > 1 { score += men.contains(first) ? 1 : women.contains(first) ? -1 : 0 }
        let before = max(0, name.lowerBound - reachTokens)..<name.lowerBound
        for index in before.reversed() {
            let token = text.tokens[index]
            guard token.kind == .word else { break }
            score += man.contains(token) ? 2 : woman.contains(token) ? -2 : 0
        }
        return score
    }

    // The only person of a sentence is whom its pronouns mean, more often than not.
    private static func vote(
        in sentence: Range<Int>,
        _ names: LinkedNames,
        _ isQuoted: [Bool],
        _ text: AnalysedText,
        _ scores: inout [Int]
    ) {
        var person: Int?
        var index = names.firstSpanIndex(fromToken: sentence.lowerBound)
        let first = index
        while index < names.spans.count, names.spans[index].tokens.lowerBound < sentence.upperBound
        {
            let entity = names.entityOfSpan[index]
            if !isQuoted[index], names.entities[entity].type == .person, person != entity {
                guard person == nil else { return }
                person = entity
            }
            index += 1
        }
        guard let person, first < names.spans.count else { return }
        var isInside = false
        let start = min(names.spans[first].tokens.upperBound, sentence.upperBound)
        for token in text.tokens[start..<sentence.upperBound] {
            if token.isDoubleQuote { isInside.toggle() }
            guard !isInside else { continue }
            scores[person] += he.contains(token) ? 1 : she.contains(token) ? -1 : 0
        }
    }

    private static let he = WordSet("he his him himself")
    private static let she = WordSet("she her hers herself")
    private static let man = WordSet(
        """
        mr mr. sir lord king prince duke baron count emperor sultan emir sheikh pope cardinal
        father brother son husband grandfather uncle nephew actor businessman congressman
        councilman chairman spokesman salesman sportsman policeman
        """
    )
    private static let woman = WordSet(
        """
        mrs mrs. ms ms. miss dame lady queen princess duchess baroness countess empress mother
        sister daughter wife grandmother aunt niece actress businesswoman congresswoman
        councilwoman chairwoman spokeswoman sportswoman policewoman
        """
    )
    // Given names that nearly all bearers share a gender with; written for this project.
    private static let men = WordSet(
        """
        abdul abdullah adam ahmed alan albert alejandro aleksandr alex alexander alexei ali
        alexandre alfred allen andreas andrei andrew andrzej angus anthony antonio arthur barack
        ben benjamin benny bernard bernie bill bob boris brad brendan brian bruce carl carlos
        charles chris christopher chuck colin craig dan daniel dave david dean dennis derek
        dmitry dominic don donald doug douglas duncan ed edward elon emmanuel eric erik ernest
        ethan evan fernando francisco francois françois frank franz fred frederick gary
        gavin geoff geoffrey george gerald gordon graham greg gregory guy hans harold harry hassan
        henry howard hugh hugo ian igor ivan jack jacob jaime jair jake james jan jason javier jean
        jeff jeffrey jeremy jerry jim joachim joe john johnny jonathan jorge jose josé joseph josh
        joshua juan julian justin karl keith ken kenneth kevin kyle larry lars lawrence leo leon
        leonard lewis louis luc luis luke mahmoud manuel marc marcel marcus mario mark martin
        matt matthew mauricio max michael michel miguel mike mitch mohamed mohammad mohammed
        muhammad nathan neil nicholas nick nicolas nigel noah oleg oliver omar oscar otto owen
        pablo pat patrick paul pavel pedro peter phil philip pierre rafael ralph ray raymond recep
        ricardo richard rick robert roberto rodrigo roger roland ron ronald ross roy russell ryan
        salman sam samuel scott sean sebastian sergei sergey sergio seth simon stanley stefan
        stephen steve steven stuart ted terry theodore thomas tim timothy toby todd tom tony
        trevor victor viktor vincent vladimir volodymyr walter warren wayne william winston
        xavier yusuf zachary
        """
    )
    private static let women = WordSet(
        """
        abigail ada alexandra alice alicia alison amanda amber amy ana andrea angela angelina anita
        ann anna anne annie antonia barbara beatrice beth betty beverly brenda bridget camilla
        carmen carol caroline carolyn carrie catherine cecilia charlotte cheryl chloe christina
        christine claire clara claudia cynthia danielle deborah debra denise diana diane donna
        doris dorothy eileen elaine eleanor elena elisabeth elizabeth ellen emily emma erica erin
        esther eva evelyn fatima fiona florence frances gabriela gillian gina gloria grace greta
        hannah harriet heather helen hilary hillary ingrid irene iris isabel isabella jacinda
        jackie jacqueline jane janet janice jennifer jenny jessica jill joan joanna joanne
        josephine joyce judith judy julia julie karen karin kate katharine katherine kathleen
        kathryn kathy katie kay kelly kim kirsten kristin kylie laura lauren leah leila lena lily
        linda lisa liz lori louise lucy lydia lynn madeleine maggie mandy margaret maria marie
        mariana marina marion martha mary maureen maya megan melanie melissa mercedes michelle
        miriam molly monica nadia nancy naomi natalia natalie nathalie nicola nicole nina nora
        olga olivia pamela patricia paula pauline penny polly priya rachel rebecca renee rita
        rosa rose rosemary ruth sabrina sally samantha sandra sara sarah sharon sheila shirley
        silvia sofia sonia sophia sophie stella stephanie susan suzanne sylvia tanya tara teresa
        tessa theresa tina tracy ursula valerie vanessa vera veronica victoria virginia wendy
        yasmin yvette yvonne zoe
        """
    )
}
