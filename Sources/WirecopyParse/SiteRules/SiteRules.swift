import HTMLPath

/// How the pages of one site are to be read, in the site-config format of Full-Text RSS: lines of
/// `directive: value`, tried in their order.
///
/// ```
/// title: //h1
/// body: //div[@class='story']
/// author: //a[@rel='author']
/// date: //time/@datetime
/// strip: //div[@class='teaser']
/// strip_id_or_class: newsletter
/// ```
struct SiteRules: Sendable, Equatable {
    var title: [HTMLPath] = []
    var body: [HTMLPath] = []
    var author: [HTMLPath] = []
    var date: [HTMLPath] = []
    /// Nodes that are left out.
    var strip: [HTMLPath] = []
    /// Elements are left out whose `id` or `class` contains one of these.
    var stripNames: [String] = []
    /// Whether the text is looked for as on other sites when no `body` fits; so it is unless the
    /// file says `no`.
    var autodetects = true

    /// Whether nothing is said of the site.
    var isEmpty: Bool { self == SiteRules() }

    /// These rules, with those for all sites behind them.
    func merged(with global: SiteRules) -> SiteRules {
        guard autodetects else { return self }
        var merged = self
        merged.title += global.title
        merged.body += global.body
        merged.author += global.author
        merged.date += global.date
        merged.strip += global.strip
        merged.stripNames += global.stripNames
        return merged
    }
}

/// Reads one file of rules, and notes what has no effect.
struct SiteRuleFile {
    /// What the file says.
    private(set) var rules = SiteRules()
    /// Lines that cannot be used, as sentences.
    private(set) var faults: [String] = []
    /// Directives without effect here, each once.
    private(set) var unused: Set<String> = []

    /// Lines that are read; the longest files have some hundred.
    private static let linesMax = 2000

    /// Reads the text of a file.
    init(_ text: String, name: String) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, raw) in lines.prefix(Self.linesMax).enumerated() {
            let line = NormalText.string(raw)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: ":", maxSplits: 1)
            let place = "\(name), line \(index + 1)"
            guard parts.count == 2, line.contains(":") else {
                faults.append("\(place) is no directive: \(NormalText.prefix(line, bytes: 80))")
                continue
            }
            let directive = NormalText.string(parts[0]).prefix { $0 != "(" }
            read(String(directive), NormalText.string(parts[1]), place)
        }
    }

    private mutating func read(_ directive: String, _ value: String, _ place: String) {
        switch directive {
        case "title": add(value, to: \.title, place)
        case "body": add(value, to: \.body, place)
        case "author": add(value, to: \.author, place)
        case "date": add(value, to: \.date, place)
        case "strip": add(value, to: \.strip, place)
        case "strip_id_or_class":
            let name = value.filter { $0 != "\"" && $0 != "'" }
            if !name.isEmpty { rules.stripNames.append(name) }
        case "autodetect_on_failure": rules.autodetects = value != "no"
        case "test_url", "test_contains", "test_title", "test_body": break
        case _ where Self.known.contains(directive): unused.insert(directive)
        default: faults.append("\(place) has the unknown directive \(directive).")
        }
    }

    private mutating func add(
        _ value: String,
        to list: WritableKeyPath<SiteRules, [HTMLPath]>,
        _ place: String
    ) {
        do throws(PathFailure) {
            rules[keyPath: list].append(try HTMLPath(value))
        } catch {
            faults.append("\(place): \(error.message)")
        }
    }

    /// Directives of the format that fetch, log in, clean markup or keep pictures: none of that is
    /// the parser's.
    private static let known: Set<String> = [
        "single_page_link", "single_page_link_in_feed", "next_page_link", "find_string",
        "replace_string", "strip_image_src", "http_header", "tidy", "prune", "parser",
        "requires_login", "not_logged_in_xpath", "login_uri", "login_username_field",
        "login_password_field", "login_extra_fields", "native_ad_clue", "if_page_contains",
        "wrap_in", "move_into", "insert_detected_image", "convert_double_br_tags",
        "skip_json_ld", "src_lazy_load_attr", "dissolve", "strip_attr", "convert_iframe",
        "strip_comments", "language",
    ]
}
