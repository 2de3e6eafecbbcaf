import Testing

@testable import WirecopyParse

@Suite struct ScriptStringsTests {
    private func found(_ script: String) -> [String] {
        var strings = ScriptStrings()
        strings.read(Array(script.utf8))
        return strings.found.map { "\($0.key)=\(String(decoding: $0.text, as: UTF8.self))" }
    }

    @Test func `strings are found with their keys`() {
        #expect(
            found(#"a = {"title": "River", "tags": ["x", "y"]}; f("z")"#)
                == ["title=River", "tags=x", "=y", "=z"]
        )
    }

    @Test func `escapes are resolved`() {
        #expect(
            found(#"{"a": "one \"two\" \u003cp\u003e \ud83d\ude00"}"#)
                == [#"a=one "two" <p> 😀"#]
        )
    }

    @Test func `a string that holds JSON gives its strings too`() {
        let inner = #"{\"body\": \"The river rose by two metres on Tuesday.\"}"#
        #expect(
            found(#"push([1, "\#(inner)"])"#).last
                == "body=The river rose by two metres on Tuesday."
        )
    }

    @Test func `a string ends with its line, and the next one is found`() {
        #expect(found("a = \"never ended\nb = {\"k\": \"v\"}") == ["k=v"])
    }

    @Test func `a mark inside of other text begins no string`() {
        #expect(found(#"// it is 5" wide"# + "\n" + #"x = ["a"]"#) == ["=a"])
    }

    @Test func `strings in strings are followed only so deep`() {
        var text = #"{"key": "the innermost string of this long nest"}"#
        for _ in 0..<6 {
            text = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            text = #"{"key": "\#(text)"}"#
        }
        #expect(found(text).count == ScriptStrings.depthMax)
    }
}
