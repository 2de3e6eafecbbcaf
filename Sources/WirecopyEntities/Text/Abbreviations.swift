/// Abbreviations of English news and how a sentence may go on after them.
///
/// Origin: the style guides' usual lists of titles, ranks, months, states and company forms.
/// "Gen. Smith" must not be cut, "in Washington. Smith" must be; see `SentenceSplitterTests`.
enum Abbreviations {
    /// Titles and ranks: a name follows, so their period never ends a sentence.
    static let beforeName = WordSet(
        """
        mr mrs ms mx dr prof rev fr gen lt col maj capt cpt cmdr adm sgt cpl pvt sen rep gov pres
        hon amb st mt ft supt insp det messrs mme mlle sr.a atty vs v dep asst assoc
        """
    )
    /// These stay open only before a number: "No. 10", "Aug. 15".
    static let beforeNumber = WordSet(
        "no nos vol art sec fig jan feb mar apr jun jul aug sept sep oct nov dec approx ca"
    )
    /// These may also be the last word of a sentence.
    static let maybeLast = WordSet(
        "inc corp co ltd llc plc jr sr etc al e.g i.e a.m p.m bros dept univ ave blvd ph.d"
    )
    /// Words that begin a sentence far more often than a name.
    static let starters = WordSet(
        """
        the a an he she it they we i you his her its their our this that these those there in on at
        by for from to as with but and or so if when while after before since although though
        however meanwhile according yesterday today both some many most all no not only what who
        why how where also then now here earlier later last despite during under over instead
        """
    )
    /// What follows a name and a hyphen: "Kenya-based", "Muslim-majority"; not "Co-author".
    static let nameSuffix = WordSet(
        """
        based led backed born funded owned controlled occupied administered held mediated brokered
        sponsored made style styled majority minority speaking dominated educated bound area wide
        trained affiliated linked listed allied aligned flagged registered like era inspired built
        supported run ruled operated imposed drafted claimed related only wing besieged
        friendly language native manned produced supplied developed designed
        """
    )
    /// What stands before a name and a hyphen: "pro-Kenyan", "then-President".
    static let namePrefix = WordSet(
        """
        pro anti pan intra inter non then ex post pre mid trans former half part now sub un
        """
    )
    /// Abbreviations whose period belongs to the token.
    static func ownsPeriod(_ folded: UInt64) -> Bool {
        beforeName.contains(folded) || maybeLast.contains(folded) || beforeNumber.contains(folded)
    }
}
