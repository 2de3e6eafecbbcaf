/// Words that say what a name beside them is; all in lower case.
///
/// Origin: written for this project from the forms of names that English news uses. What each set
/// does, with an example that matches and one that must not, is held by `MentionDetectorTests`.
enum NameWords {
    /// Offices, ranks and honorifics before a person's name: "President Ada Quill".
    static let title = WordSet(
        """
        mr mr. mrs mrs. ms ms. mx. miss sir dame lord lady dr dr. prof prof. professor doctor rev
        rev. reverend pope cardinal archbishop bishop father sister imam rabbi sheikh ayatollah king
        queen prince princess emperor sultan emir duke duchess baron baroness count countess
        president premier chancellor minister secretary governor gov. mayor senator sen. rep.
        representative congressman congresswoman lawmaker mp mep councillor councilman speaker
        ambassador envoy commissioner justice judge attorney prosecutor general gen. gen admiral
        adm.
        colonel col. col lieutenant lt. lt major maj. maj captain capt. capt sergeant sgt. sgt
        corporal cpl. commander cmdr. brigadier marshal officer detective inspector constable chief
        sheriff director chairman chairwoman chairperson chair ceo cfo spokesman spokeswoman
        spokesperson coach manager editor author actor actress singer journalist analyst
        economist founder co-founder leader deputy coordinator superintendent administrator
        secretary-general attorney-general
        counsel treasurer ombudsman comptroller principal dean rector provost taoiseach member
        congressperson delegate assemblyman assemblywoman hon. brother saint comrade
        """
    )
    /// Words that belong to a title when one follows: "Foreign Minister", "Vice President".
    static let titleModifier = WordSet(
        """
        prime foreign defense defence interior home finance health education justice transport
        trade energy environment agriculture labor labour culture economy justice immigration
        vice deputy assistant acting former first second associate attorney secretary press general
        chief executive senior lead major state presidential managing permanent special under
        lieutenant inspector police supreme grand opposition minority majority financial operating
        wing staff rear fleet field master the co ex-president ex-prime treasury homeland security
        party team head house interim outgoing incoming national communications
        """
    )
    /// Titles that end with an office: "Secretary of State", "Chief of Staff".
    static let titleTail = WordSet(
        """
        state defense defence staff health education justice transportation energy commerce labor
        labour agriculture interior treasury government operations parliament police council mission
        war york
        """
    )
    /// Last words of bodies: "Harbour Authority", "Supreme Court".
    static let bodyHead = WordSet(
        """
        ministry department agency administration authority bureau office commission committee
        council court tribunal parliament assembly senate congress cabinet union federation
        association organization organisation league alliance coalition front movement party
        democrats conservatives army navy force forces guard guards corps marines police brigade
        battalion regiment division command militia university college school academy institute
        institution laboratory laboratories hospital clinic foundation trust fund bank group
        company corporation corp corp. inc inc. ltd ltd. llc plc co co. industries holdings
        partners airlines airways motors pharmaceuticals technologies systems energy media news
        press agency times post herald tribune journal gazette telegraph guardian chronicle
        magazine broadcasting television radio network studios records entertainment pictures
        club fc united rovers athletics orchestra ensemble society board service services
        center centre registry museum initiative network conference secretariat treasury
        embassy consulate chamber legislature duma knesset bundestag church diocese synod
        nations workers exchange survey observatory program programme directorate consortium
        representatives lords commons teamsters brotherhood watch survey cooperative
        """
    )
    /// First words of bodies: "University of Quill", "Ministry for Water".
    static let bodyOpener = WordSet(
        """
        university college school institute ministry department bank board bureau office council
        court house chamber commission committee association federation confederation league union
        organization organisation society academy church center centre international national party
        congress parliament directorate directors community voice communist port trustees museum
        socialist people's institutes doctors armed company service services
        """
    )
    /// Last words of buildings, roads and the like: "Larch Bridge".
    static let facilityHead = WordSet(
        """
        airport bridge stadium arena tower towers street avenue road boulevard highway station
        terminal park square palace castle cathedral mosque temple synagogue chapel basilica abbey
        prison jail plant dam tunnel canal harbor harbour port pier base airbase barracks airfield
        library theatre theater hall hotel mall plaza building centre court memorial monument zoo
        garden gardens cemetery mansion gallery auditorium speedway raceway campus railway line
        """
    )
    /// Last words of natural places: "Quill River".
    static let placeHead = WordSet(
        """
        river lake sea ocean bay gulf strait channel island islands isles peninsula cape mountain
        mountains mount hills valley desert forest rainforest plateau basin delta coast reef canyon
        glacier volcano falls creek range ridge trench fault archipelago atoll plains
        """
    )
    /// First words of natural places: "Lake Quill".
    static let placeOpener = WordSet("lake mount mt mt. cape gulf strait isle bay")
    /// Last words of districts: "Quill County".
    static let districtHead = WordSet(
        """
        county province oblast district city state region republic kingdom emirate parish
        prefecture municipality borough township territory village governorate territories
        """
    )
    /// First words of districts: "Republic of Quill".
    static let districtOpener = WordSet(
        """
        republic kingdom city state commonwealth district fort san santa saint st. st new los las
        el
        """
    )
    /// Last words of events: "Harbour Festival".
    static let eventHead = WordSet(
        """
        war olympics paralympics cup championship championships festival election elections
        referendum summit games revolution uprising massacre crisis pandemic marathon
        tournament playoffs bowl derby prix expo fair awards forum convention day week conference
        hurricane earthquake tsunami riots scandal primary caucus caucuses census superbowl
        holocaust
        """
    )
    /// First words of events: "Hurricane Quill".
    static let eventOpener = WordSet(
        "hurricane cyclone typhoon storm operation battle siege super exercise"
    )
    /// Last words of laws: "Clean Water Act".
    static let lawHead = WordSet(
        """
        act treaty agreement convention conventions protocol accord accords amendment constitution
        code charter pact declaration directive statute
        """
    )
    /// First words of laws that a number follows: "Article 50", "Resolution 1701".
    static let lawOpener = WordSet("article section amendment resolution title chapter")
    /// Last words of awards and diseases.
    static let otherHead = WordSet("prize award medal syndrome disease virus flu")
    /// Makers and kinds of machines that a number or a name follows: "Boeing 737".
    static let productOpener = WordSet(
        "boeing airbus falcon soyuz uss hms iphone galaxy windows apollo ss"
    )
    /// Small words that hold a person's name together: "Ludwig van Quill".
    static let particle = WordSet(
        "van von de der den da do dos das del della di du la le bin ibn al el ben ten ter y"
    )
    /// Calendar words are capitalised but name nothing that is a mention.
    static let calendar = WordSet(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december jan jan. feb feb. mar. apr apr. jun.
        jul. aug aug. sep. sept sept. oct oct. nov nov. dec dec. mon tue wed thu fri sat sun
        gmt utc est edt pst pdt cet cest bst ist am pm
        """
    )
    /// Capitalised words that begin sentences or headings and name nothing.
    static let neverName = WordSet(
        """
        i i'm i've i'll i'd it's he's she's that's there's we're we've we'll they're they've don't
        what's let's who's here's you're isn't doesn't didn't can't won't read more photo image
        file video updated source yes no ok etc mr mrs ms god tv
        """
    )
    /// Prepositions before places.
    static let placePreposition = WordSet(
        "in at near from to across outside nearby throughout toward towards around inside into"
    )
    /// Generations behind a person's name.
    static let generation = WordSet("jr jr. sr sr. ii iii iv")
    /// Letters of honour behind a person's name.
    static let honour = WordSet("qc kc mp mep phd ph.d. md m.d. esq obe mbe cbe frs")
}
