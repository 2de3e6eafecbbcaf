import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct QuotationFinderTests {
    @Test(
        arguments: [
            (
                #"“We will not yield,” Mary Quillon said."#,
                ["direct Mary Quillon: “We will not yield,”"]
            ),
            (
                #""We will not yield," said harbour master Mary Quillon."#,
                [#"direct Mary Quillon: "We will not yield,""#]
            ),
            (
                #"Mary Quillon told reporters: "We will not yield.""#,
                [#"direct Mary Quillon: "We will not yield.""#]
            ),
            (
                #"“We will wait for them," Mary Quillon said."#,
                [#"direct Mary Quillon: “We will wait for them,""#]
            ),
            (
                #"Mary Quillon called the plan "a gift to thieves"."#,
                [#"partial Mary Quillon: "a gift to thieves""#]
            ),
            (
                #""The sea is calm," Mary Quillon said. "It will not stay so.""#,
                [
                    #"direct Mary Quillon: "The sea is calm,""#,
                    #"continued Mary Quillon: "It will not stay so.""#,
                ]
            ),
            (
                #""The sea," said Mary Quillon, "is calm today.""#,
                [#"direct Mary Quillon: "The sea,""#, #"continued Mary Quillon: "is calm today.""#]
            ),
            (
                #"According to Mary Quillon, "the sea is calm"."#,
                [#"direct Mary Quillon: "the sea is calm""#]
            ),
            (
                #"‘The sea is calm today,’ Mary Quillon said."#,
                ["direct Mary Quillon: ‘The sea is calm today,’"]
            ),
            (
                #"“He said ‘never’ to us in the '90s,” Mary Quillon said."#,
                ["direct Mary Quillon: “He said ‘never’ to us in the '90s,”"]
            ),
            (#"The town is known as "Little Harbour"."#, [#"not_speech -: "Little Harbour""#]),
            (#"The workers' boat and the owners' boat sank."#, []),
        ] as [(String, [String])]
    )
    func `quotations have their kind and speaker`(text: String, expected: [String]) throws {
        #expect(try ReadText(text).quotations == expected)
    }

    @Test func `a quotation over two paragraphs goes on with its speaker`() throws {
        let read = try ReadText(
            "Mary Quillon said: “The sea is calm today.\n\n“It will not stay so.”"
        )
        #expect(
            read.quotations == [
                "direct Mary Quillon: “The sea is calm today.",
                "continued Mary Quillon: “It will not stay so.”",
            ]
        )
    }

    @Test func `a pronoun stands for the person named before`() throws {
        let read = try ReadText(#"Mary Quillon came to Oslo. "The sea is calm," she said."#)
        #expect(read.quotations == [#"direct Mary Quillon: "The sea is calm,""#])
    }

    @Test func `a name inside the quotation is not the pronoun's person`() throws {
        let read = try ReadText(#"Mary Quillon came. "I thanked John Larch today," she said."#)
        #expect(read.quotations == [#"direct Mary Quillon: "I thanked John Larch today,""#])
    }

    @Test func `an office stands for the person who holds it`() throws {
        let read = try ReadText(
            #"Defense Minister Mary Quillon met John Larch. "The sea is calm," the minister said."#
        )
        #expect(read.quotations == [#"direct Mary Quillon: "The sea is calm,""#])
    }

    @Test func `an unnamed speaker keeps the description and has no entity`() throws {
        let read = try ReadText(#""The sea is calm," a police spokesman said."#)
        #expect(read.quotations == [#"direct a police spokesman: "The sea is calm,""#])
        #expect(read.annotation.quotations.first?.speaker?.entity == nil)
    }

    @Test func `reported speech with a clear cue is indirect`() throws {
        let read = try ReadText("Mary Quillon said that the harbour would close on Monday.")
        #expect(read.quotations == ["indirect Mary Quillon: the harbour would close on Monday"])
        #expect(read.annotation.quotations.first?.cue == "said")
    }

    @Test func `the subject of a sentence goes on behind "and"`() throws {
        let read = try ReadText(
            #"Mary Quillon praised John Larch and called it "a gift to all of us"."#
        )
        #expect(read.quotations == [#"partial Mary Quillon: "a gift to all of us""#])
    }

    @Test func `people in a place speak, not the place`() throws {
        let read = try ReadText(#""The sea is calm," officials in northern Kenya said."#)
        #expect(read.quotations == [#"direct officials in northern Kenya: "The sea is calm,""#])
    }

    @Test func `the person in apposition speaks, not the office before the name`() throws {
        let read = try ReadText(#""The sea is calm," said his father, Mary Larch, on Monday."#)
        #expect(read.quotations == [#"direct Mary Larch: "The sea is calm,""#])
    }

    @Test func `a pronoun does not mean a person of the other gender`() throws {
        let read = try ReadText(
            #"Mr. John Quillon met Ms. Ada Larch. "The sea is calm," she said."#
        )
        #expect(read.quotations == [#"direct Ada Larch: "The sea is calm,""#])
    }

    @Test func `the partner of a person speaks, not the person`() throws {
        let read = try ReadText(#""The sea is calm," said Quillon's partner Mary Larch."#)
        #expect(read.quotations == [#"direct Mary Larch: "The sea is calm,""#])
    }

    @Test(
        arguments: [
            (
                #"The plan was described by Mary Quillon as "a gift to thieves"."#,
                #"partial Mary Quillon: "a gift to thieves""#
            ),
            (
                #"According to a statement released by Mary Quillon, "the sea is calm today"."#,
                #"direct Mary Quillon: "the sea is calm today""#
            ),
            (
                #"John Larch left, with Mary Quillon calling the plan "a gift to thieves"."#,
                #"partial Mary Quillon: "a gift to thieves""#
            ),
            (
                #"Mary Quillon, of Larch Media, one of two, said: "The sea is calm today.""#,
                #"direct Mary Quillon: "The sea is calm today.""#
            ),
            (
                #"In the words of Mary Quillon, "the sea will not stay calm for long"."#,
                #"direct Mary Quillon: "the sea will not stay calm for long""#
            ),
        ]
    )
    func `who is plainly said to speak is the speaker`(text: String, expected: String) throws {
        #expect(try ReadText(text).quotations == [expected])
    }

    @Test func `a cue behind the last paragraph speaks for all paragraphs before it`() throws {
        let read = try ReadText(
            "John Larch came.\n\n“The sea is calm today.\n\n"
                + "“It will not stay so,” Mary Quillon said."
        )
        #expect(
            read.quotations == [
                "direct Mary Quillon: “The sea is calm today.",
                "continued Mary Quillon: “It will not stay so,”",
            ]
        )
    }

    @Test func `whom a quotation names is not the pronoun behind it`() throws {
        let read = try ReadText(
            #"""
            "The sea is calm," Mary Quillon said. "Ada Larch knows it well."

            She added: "It will not stay so."
            """#
        )
        #expect(read.quotations.last == #"direct Mary Quillon: "It will not stay so.""#)
    }

    @Test func `a statement has its listener and its occasion`() throws {
        let text = #""The sea is calm," Mary Quillon told Reuters at a news conference in Warsaw."#
        let statement = try #require(try ReadText(text).annotation.quotations.first)
        #expect(statement.listener == "Reuters")
        #expect(statement.occasion == "a news conference in Warsaw")
        #expect(statement.document == nil)
    }

    @Test func `words out of a document name the document`() throws {
        let text = #"The ruling read: "The harbour is to be closed at once.""#
        let statement = try #require(try ReadText(text).annotation.quotations.first)
        #expect(statement.document == "the ruling")
    }
}
