import Curl
import Testing

@testable import WirecopyFetch

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://tide.example", "https://tide.example/"),
        ("  HTTPS://Tide.Example/A?b=C#d \n", "https://tide.example/A?b=C"),
        ("http://tide.example:8080?q=a b", "http://tide.example:8080/?q=a%20b"),
        ("http://tide.example\\a\\b?c\\d", "http://tide.example/a/b?c\\d"),
        ("http://tide.example/caf\u{E9}/%C3%A9", "http://tide.example/caf%C3%A9/%C3%A9"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://b\u{FC}cher.example/", "http://xn--bcher-kva.example/"),
        ("http://%74ide.example/", "http://tide.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("https://tide.example/a\nb", "https://tide.example/ab"),
    ])
    func `addresses are brought into one form`(text: String, url: String) {
        #expect(WebAddress(text)?.url == url)
    }

    @Test(arguments: [
        "", "tide.example", "mailto:a@tide.example", "file:///etc/passwd", "http:/tide.example",
        "http://", "http://:80/", "http://a:b@tide.example/", "http://a b/",
        "http://tide.example:80a/", "http://tide.example:123456/", "http://[::1", "http://[tide]/",
        "http://tide%00.example/", "javascript:alert(1)", "//tide.example/",
    ])
    func `what is no address of the web is not taken`(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `hosts are without port and brackets`() {
        #expect(WebAddress("http://Tide.Example:80/a@b")?.host == "tide.example")
        #expect(WebAddress("http://[2001:DB8::1]:80/")?.host == "2001:db8::1")
    }

    @Test(arguments: [
        ("../b?c=d e", "https://tide.example/b?c=d%20e"), ("//sea.example", "https://sea.example/"),
        ("https:\\\\sea.example\\a", "https://sea.example/a"),
        ("#top", "https://tide.example/a/#top"),
    ])
    func `a redirect leads where browsers go`(location: String, target: String) {
        let response = HTTPResponse(status: 302, headers: [HTTPHeader("location", location)])
        #expect(response.redirectTarget(from: "https://tide.example/a/") == target)
    }

    @Test func `a redirect without a place leads where libcurl says`() {
        let other = "https://sea.example/"
        let response = HTTPResponse(
            status: 302,
            headers: [HTTPHeader("Location", "http://")],
            redirectURL: other
        )
        #expect(response.redirectTarget(from: "https://tide.example/") == other)
        #expect(HTTPResponse(status: 302).redirectTarget(from: "https://tide.example/") == nil)
    }

    @Test func `an address longer than a subject is not taken`() {
        #expect(WebAddress("http://tide.example/" + String(repeating: "a", count: 8192)) == nil)
    }
}
