/// The parameters of an address.
struct PageQuery: Sendable {
    private var parameters: [Substring]

    init(_ query: String?) {
        parameters = (query ?? "").split(separator: "&")
    }

    /// The query with its question mark; empty when no parameter is left.
    var text: String {
        parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    }

    /// Without parameters that say how a reader came, never what is shown.
    var withoutTracking: PageQuery {
        var query = self
        query.parameters.removeAll { Self.isTracking($0) }
        return query
    }

    /// Without parameters that ask for another form of the page, and in one order.
    var key: PageQuery {
        var query = self
        query.parameters.removeAll { Self.asksForVersion($0) }
        query.parameters.sort()
        return query
    }

    private static func isTracking(_ parameter: Substring) -> Bool {
        let name = parameter.prefix { $0 != "=" }.lowercased()
        return trackingNames.contains(name)
            || trackingPrefixes.contains { name.hasPrefix($0) }
    }

    /// Origin: the parameters that systems for advertising, mail and measurement document, Google
    /// Analytics (`utm_`), Matomo (`mtm_`, `pk_`), Piano (`at_`, `xtor`) and HubSpot (`hsa_`) among
    /// them. `?utm_source=mail` goes; `?ref=2`, `?source=desk` and `?id=1` stay. Held by
    /// `PageAddressTests`.
    private static let trackingPrefixes = [
        "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_campaign", "at_medium",
        "at_custom", "at_link", "at_ptr", "at_bbc", "at_format", "ns_mchannel", "ns_source",
        "ns_campaign", "ns_linkname", "ns_fee", "wt_mc", "wt.mc", "fb_action", "amp_js", "amp_gsa",
        "guce_referrer", "sc_c", "vero_", "oly_", "mc_", "stm_",
    ]

    private static let trackingNames: Set<String> = [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ymclid",
        "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mkt_tok", "_hsenc", "_hsmi", "_ga",
        "_gl", "_openstat", "s_cid", "s_kwcid", "cmpid", "cmp", "ncid", "ocid", "icid", "ito",
        "smid", "smtyp", "taid", "tblci", "ftag", "xtor", "guccounter", "srnd", "sref", "sr_share",
        "ref_src", "ref_url", "fb_ref", "fb_source", "__twitter_impression", "usqp", "spm", "trk",
        "trkcampaign", "elqtrack", "elqtrackid", "ef_id", "zanpid", "wickedid", "rb_clickid",
        "soc_src", "soc_trk", "ck_subscriber_id", "mibextid", "share_id", "sfmc_id", "epik",
        "campaign_id", "dicbo", "outbrainclickid", "wprov", "syclid", "irclickid",
    ]

    private static func asksForVersion(_ parameter: Substring) -> Bool {
        let lower = parameter.lowercased()
        let parts = lower.split(separator: "=", maxSplits: 1)
        guard let name = parts.first else { return true }
        let value = parts.count > 1 ? parts[1] : ""
        if formNames.contains(String(name)) { return formValues.contains(String(value)) }
        return versionNames.contains(String(name))
            && ["", "1", "true", "yes", "y", "all"].contains(value)
    }

    /// Parameters that switch a form of the page on: `?amp`, `?print=1`, `?singlepage=true`.
    private static let versionNames: Set<String> = [
        "amp", "_amp", "isamp", "is_amp", "print", "printable", "printmode", "print_view",
        "printview", "printer_friendly", "printerfriendly", "singlepage", "single_page",
        "fullpage", "pagewanted", "mobile", "nomobile",
    ]

    /// Parameters that name a form: `?outputType=amp` goes, `?view=chronology` stays.
    private static let formNames: Set<String> = [
        "outputtype", "output", "view", "mode", "format", "version", "layout", "display", "page",
        "style", "variant",
    ]

    private static let formValues: Set<String> = [
        "amp", "print", "printer", "printable", "mobile", "all",
    ]
}
