import Foundation
import Testing
import WebArchive
import WirecopyMessages

@testable import wirecopy

extension IntegrationTests {
    /// `wirecopy import warc` and `wirecopy export warc`.
    @Suite(.serialized)
    struct ArchiveTests {
        @Test func `what is exported can be imported, and gives the same articles`() async throws {
            var exported: [UInt8] = []
            var texts: [String] = []
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<6, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                let path = installation.path("all.warc.gz")
                let end = try await installation.wirecopy("export", "warc", "--out", path, "--json")
                #expect(end.status == 0, "\(end.errors)")
                let summary = try end.json(ArchiveExport.Summary.self)
                #expect(summary.pages == 6)
                exported = Array(try Data(contentsOf: URL(filePath: path)))
                #expect(summary.bytes == exported.count)
                texts = try await installation.articles().map(\.text).sorted()

                let again = try await installation.wirecopy("export", "warc", "--out", path)
                #expect(again.status == 73)
                let none = installation.path("none.warc.gz")
                let narrow = try await installation.wirecopy(
                    "export",
                    "warc",
                    "--outcome",
                    "dead",
                    "--out",
                    none
                )
                #expect(narrow.errors.contains("0 pages"), "\(narrow.errors)")
            }
            try await Installation.use { installation in
                let path = try installation.write(exported, to: "all.warc.gz")
                for outcome in ["stored", "unchanged"] {
                    let end = try await installation.wirecopy("import", "warc", path, "--json")
                    #expect(end.status == 0, "\(end.errors)")
                    let report = try end.json(ImportReport.self)
                    #expect(report.pages == 6)
                    #expect(report.passedOver == ["warcinfo": 1])
                    #expect(report.outcomes?[outcome] == 6, "\(report)")
                }
                #expect(try await installation.articles().map(\.text).sorted() == texts)
            }
        }

        @Test func `an archive with a damaged record is taken up to the damage and behind it`()
            async throws
        {
            try await Installation.use { installation in
                let identity = WARCRecord.Identity(
                    uuid: "01890a5d-ac96-774b-bcce-b302099a8057",
                    date: "2026-03-04T05:40:00Z"
                )
                let members = (1...3).map { number in
                    PageRecord(
                        url: GeneratedPages.address(number),
                        contentType: "text/html",
                        body: Array(GeneratedPages.html(number: number).utf8)
                    ).attachment(as: identity)
                }
                var broken = members[1]
                broken[broken.count / 2] ^= 0xFF
                let bytes = members[0] + broken + members[2]
                let path = try installation.write(bytes, to: "damaged.warc.gz")
                let end = try await installation.wirecopy("import", "warc", path)
                #expect(end.status == 1)
                #expect(end.errors.contains("#offset=\(members[0].count)"), "\(end.errors)")
                #expect(end.output.contains("2 pages taken  1 damaged"), "\(end.output)")
                let ledger = try await installation.ledger()
                #expect(ledger.count(.stored) == 2)
                #expect(ledger.count(.rejected) == 1)
                #expect(ledger.isBalanced)
            }
        }
    }
}
