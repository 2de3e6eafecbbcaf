/// Words that say that somebody speaks; all in lower case.
///
/// Origin: written for this project from the verbs that English news uses for speech.
enum SpeechWords {
    /// Verbs that report speech: `"…," Quill said`.
    static let verb = WordSet(
        """
        said says say saying told tells tell telling added adds adding wrote writes write writing
        stated states stating declared declares declaring announced announces announcing commented
        comments commenting explained explains explaining remarked remarks remarking noted notes
        noting tweeted tweets tweeting posted posting claimed claims claiming alleged alleges
        alleging argued argues arguing asserted asserts asserting insisted insists insisting
        warned warns warning asked asks asking replied replies replying responded responds
        responding continued continues continuing concluded concludes concluding recalled recalls
        recalling suggested suggests suggesting predicted predicts predicting admitted admits
        admitting acknowledged acknowledges acknowledging confirmed confirms confirming denied
        denies denying reported reports reporting observed observes observing pointed stressed
        stresses stressing emphasised emphasized emphasising emphasizing reiterated reiterates
        reiterating vowed vows vowing pledged pledges pledging promised promises promising urged
        urges urging demanded demands demanding complained complains complaining joked jokes
        shouted shouting cried yelled whispered exclaimed elaborated elaborating testified
        testifying quipped lamented lamenting affirmed affirming opined maintained maintains
        maintaining countered countering clarified clarifying cautioned cautioning revealed
        revealing disclosed estimated estimates expressed expressing hailed praised praising
        criticised criticized criticising criticizing condemned condemning denounced denouncing
        read reads reading accused accuses accusing blamed blaming thanked thanking reacted reacting
        conceded conceding indicated indicating underlined underlining disagreed disagreeing
        credited chanted chanting boasted acknowledged outlined recounted recounting agreed agreeing
        shared shares teased mused muses reflected reflects sighed snapped interjected echoed echoes
        contended contends theorised theorized surmised hinted proclaimed proclaims implored
        pleaded begged ranted railed enthused gushed fumed ventured describes recounts
        """
    )
    /// Verbs that only report words in quotation marks: `called it "a disgrace"`.
    static let labelling = WordSet(
        """
        called calls call calling described describes describing termed terming dubbed dubbing
        labelled labeled branded branding characterised characterized characterising
        characterizing deemed lauded compared referred refers referring spoke speaks speaking
        talked quoted cited citing put used named advised advising offered
        advocating proposed rejected dismissed dismissing apologised apologized endorsed mocked
        welcomed justified decried likened portrayed slammed addressed envisioned opposed opposing
        appreciated supposes supposed declaring considered considers discussed recommended
        recommending issued issues issuing released releasing found finding ruled ruling held
        blasted lambasted ridiculed touted
        """
    )
    /// Forms that are more often nouns: "the team's claims", "two reports".
    static let nounLike = WordSet(
        """
        issues ruling finding shares claims comments reports notes remarks estimates demands calls
        promises posts warns
        addresses
        """
    )
    /// Verbs with a reader and not a speaker as their object: "told reporters".
    static let addressed = WordSet(
        "told tells tell telling asked reminded informed informing assured"
    )
    /// Verbs behind which a bare clause is reported speech: "said the talks failed".
    static let reporting = WordSet(
        """
        said says told announced claimed argued warned stated insisted confirmed denied noted
        declared alleged explained suggested admitted acknowledged predicted estimated maintained
        asserted stressed emphasised emphasized reiterated concluded revealed believes thinks
        """
    )
    /// Words between a speaker and the verb that change nothing: "Quill also said".
    static let betweenSubjectAndVerb = WordSet(
        """
        also later then has had have previously repeatedly emphatically reportedly publicly
        recently further once again already simply briefly still earlier would will was is
        additionally first even only today yesterday monday tuesday wednesday thursday friday
        saturday sunday on angrily quietly openly separately itself himself herself themselves
        """
    )
    /// Pronouns that can speak.
    static let pronoun = WordSet("he she they it i we who")
    /// Pronouns of one person.
    static let personalPronoun = WordSet("he she i who")
    /// Nouns for people who speak without being named.
    static let people = WordSet(
        """
        official officials officer officers police policeman spokesman spokeswoman spokesperson
        spokesmen spokespeople source sources witness witnesses eyewitness eyewitnesses resident
        residents man men woman women researcher researchers scientist scientists victim victims
        child children member members representative representatives protester protesters user users
        poster author authors expert experts student students doctor doctors lawyer lawyers attorney
        attorneys analyst analysts critic critics supporter supporters survivor survivors worker
        workers organiser organisers organizer organizers fan fans investigator investigators
        prosecutor prosecutors ministers lawmakers senators authorities employee employees neighbour
        neighbours neighbor neighbors father mother brother sister wife husband daughter son family
        team people activist activists leaders executives executive aide aides adviser advisers
        advisor advisors player players driver drivers teacher teachers farmer farmers
        conservatives liberals opponents campaigners observers participants citizens writer reporter
        reporters journalists friend friends colleague colleagues blogger head army government
        administration campaign company
        """
    )
    /// Nouns for bodies that speak as one.
    static let bodies = WordSet(
        """
        ministry department office agency commission council committee board court government
        cabinet parliament senate party union group groups organisation organization company
        companies firm airline bank club league federation association foundation institute
        university school hospital church newspaper broadcaster station channel embassy authority
        administration campaign army navy military force forces team staff jury panel coalition
        opposition network city state county regime movement charity community
        """
    )
    /// Words that begin a description: "the ministry", "a police spokesman".
    static let determiner = WordSet(
        "the a an his her its their my our your one some several another this"
    )
    /// Words that end a clause and so the search for a speaker.
    static let clauseEnd = WordSet("that which while because after before when although but")
}
