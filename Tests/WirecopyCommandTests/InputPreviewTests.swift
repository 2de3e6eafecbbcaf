import Foundation
import Testing
import WirecopyFetch
import WirecopyProgram

@testable import wirecopy

@Suite struct InputPreviewTests {
    @Test func `a preview tells what each input would be taken as, and why something is not`()
        async throws
    {
        let folder = try ScratchFolder()
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: folder.path + "/" + name))
        }
        try write("a.html", "<!DOCTYPE html><p>The ferry left at ten.</p>")
        try write("b.urls", "https://tide.example/1\nnot an address\nhttps://tide.example/2\n")
        try write("c.png", "\u{1}\u{2}\u{3}")
        let settings = InputSettings(source: "/test", workingDirectory: folder.path)
        let preview = await InputPreview.read(["https://tide.example/3", folder.path], settings)
        #expect(preview.inputs.map(\.kind) == [nil, "html", "urls"])
        #expect(preview.inputs.map(\.addresses) == [1, 0, 2])
        #expect(preview.inputs.map(\.pages) == [0, 1, 0])
        #expect(preview.rejected == 1)
        #expect(preview.inputs[2].reasons.first?.hasPrefix("not an address") == true)
        #expect(preview.skipped.map { $0.path.hasSuffix("c.png") } == [true])
        let lines = preview.lines(columns: 100)
        #expect(lines[0].hasPrefix("AS"))
        #expect(
            lines.last == "1 page  3 addresses to fetch  1 rejected  1 skipped; nothing was written"
        )
    }
}
