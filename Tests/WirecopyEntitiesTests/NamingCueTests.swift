import Testing

@testable import WirecopyEntities

struct NamingCueTests {
    @Test(
        arguments: [
            (#"Mary Quillon called the plan "a gift"."#, 1),
            (#"The plan was described by Mary Quillon as "a gift"."#, 1),
            (#"The plan was described as "a gift" by Mary Quillon."#, 1),
            (#"It is a pattern called a "glider"."#, -1),
            (#"The plan was commonly called "the gift"."#, -1),
            (#"They named it "Operation Harbour"."#, -1),
            (#"Mary Quillon said "the sea is calm"."#, 0),
        ] as [(String, Float)]
    )
    func `a verb of naming tells whether somebody chose the words`(
        text: String,
        expected: Float
    ) throws {
        let analysed = AnalysedText(Array(text.utf8))
        let lexicon = try Lexicon.shipped()
        let names = EntityLinker(text: analysed, lexicon: lexicon).link([])
        let quoted = QuotedText(text: analysed, names: names)
        let span = try #require(quoted.spans.first)
        #expect(NamingCue(quoted: quoted).number(before: span) == expected)
    }
}
