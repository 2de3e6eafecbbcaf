import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct LeadPictureTests {
    private static let statement =
        "<meta property='og:image' content='/pictures/lock-at-brede-1200x630.jpg'>"
    private static let figure = """
        <figure><img src="/small/lock-at-brede-640x480.jpg">
        <figcaption>The lock at Brede. Photo: Marta Olsen</figcaption></figure>
        """

    @Test func `the lead image is an absolute address`() throws {
        let image = try MetadataFixture(head: Self.statement).draft().leadImage
        #expect(image?.value == "https://harbourpost.example/pictures/lock-at-brede-1200x630.jpg")
        #expect(image?.source == "og:image")
    }

    @Test(
        arguments: [
            "javascript:alert(1)", "data:image/png;base64,AAAA", "", "http://", "file:///etc/a.jpg",
        ]
    )
    func `an address of no picture on the web is none`(address: String) throws {
        let head = "<meta property='og:image' content='\(address)'>"
        #expect(try MetadataFixture(head: head).draft().leadImage == nil)
        let below = "<figure><img src='\(address)'><figcaption>A b c</figcaption></figure>"
        #expect(try MetadataFixture(below: below).draft().leadImage == nil)
    }

    @Test func `a site's sign gives way to the picture of the head`() throws {
        let head = "<meta property='og:image' content='/static/default-logo.png'>"
        let draft = try MetadataFixture(head: head, below: Self.figure).draft()
        #expect(draft.leadImage?.source == "figure")
        let alone = try MetadataFixture(head: head).draft()
        #expect((alone.leadImage?.confidence ?? 1) < 0.5)
    }

    @Test func `the figure with the same file gives caption and credit`() throws {
        let other = "<figure><img src=/x.jpg><figcaption>Another picture</figcaption></figure>"
        let draft = try MetadataFixture(head: Self.statement, below: other, end: Self.figure)
            .draft()
        #expect(draft.leadImageCaption?.value == "The lock at Brede.")
        #expect(draft.leadImageCredit?.value == "Marta Olsen")
        #expect(draft.leadImageCredit?.evidence == "The lock at Brede. Photo: Marta Olsen")
    }

    @Test func `a box of captions without a figure is as good`() throws {
        let box = """
            <div class=image><img data-src="/p/lock-at-brede.jpg"><p class=caption>The lock at
            Brede.</p><p class=credit>Marta Olsen/Wire</p></div>
            """
        let draft = try MetadataFixture(head: Self.statement, below: box).draft()
        #expect(draft.leadImageCaption?.value == "The lock at Brede.")
        #expect(draft.leadImageCredit?.value == "Marta Olsen/Wire")
    }

    @Test func `structured data give what no figure says, by reference too`() throws {
        let head = """
            <script type="application/ld+json">{"@graph": [
            {"@type": "NewsArticle", "headline": "River rises", "image": {"@id": "#i"}},
            {"@type": "ImageObject", "@id": "#i", "url": "https://a.example/lock-brede.jpg",
             "caption": "The lock at Brede in May", "creditText": "Marta Olsen"}]}</script>
            """
        let draft = try MetadataFixture(head: head).draft()
        #expect(draft.leadImage?.value == "https://a.example/lock-brede.jpg")
        #expect(draft.leadImageCaption?.value == "The lock at Brede in May")
        #expect(draft.leadImageCredit?.value == "Marta Olsen")
    }

    @Test(
        arguments: [
            ("The lock. Photo: Ann Lee", "The lock.", "Ann Lee"),
            ("The lock at Brede (Photo by Ann Lee/Wire)", "The lock at Brede", "Ann Lee/Wire"),
            ("Die Schleuse. © dpa", "Die Schleuse.", "dpa"),
            ("The lock [Ann Lee/Reuters]", "The lock", "Ann Lee/Reuters"),
            ("The lock opens. Ann Lee/Getty Images", "The lock opens.", "Ann Lee/Getty Images"),
            ("The lock. Image: Courtesy of Ann Lee", "The lock.", "Ann Lee"),
            ("The lock. Photo credit", "The lock. Photo credit", nil),
            ("The lock (2019)", "The lock (2019)", nil),
            ("A photo of the lock at Brede", "A photo of the lock at Brede", nil),
        ] as [(String, String, String?)]
    )
    func `a credit is cut off its caption`(text: String, caption: String, credit: String?) {
        let cut = CaptionCredit.cut(text)
        #expect(cut.caption == caption)
        #expect(cut.credit == credit)
    }

    @Test func `sizes of one picture have one key, names of many have none`() {
        let key = PictureAddress.key(of: "https://a.example/p/storm-at-sea-1024x683.jpg?w=640")
        #expect(key == Array("storm-at-sea".utf8))
        #expect(PictureAddress.key(of: "https://a.example/original.jpg") == nil)
    }

    @Test func `a caption of a megabyte is cut`() throws {
        let long = String(repeating: "word ", count: 200_000)
        let below =
            "<figure><img src='/p/lock-at-brede.jpg'><figcaption>\(long)</figcaption></figure>"
        let draft = try MetadataFixture(head: Self.statement, below: below).draft()
        #expect((draft.leadImageCaption?.value.utf8.count ?? 0) <= 1000)
    }
}
