/// The phrases behind `LinePhrases`, in lower case, separated by bars.
///
/// Collected from news sites in a dozen languages; none names a site, a person or an event.
enum PhraseLists {
    static let labels = PhraseList(
        """
        news | advertisement | advertisements | ad | anzeige | werbung | publicidad | \
        publicité | pubblicità | publicidade | реклама | reklama | advertentie | annonse | \
        annons | sponsored | sponsored content | listen | listen to this article | \
        listen to article | play | pause | video | photo | photos | gallery | image | \
        opinion | analysis | breaking | breaking news | exclusive | live | print | menu | \
        search | home | close | tags | topics | keywords | \
        this audio is created with ai assistance | \
        this article was generated with the help of ai | -
        """
    )

    static let sectionStarts = PhraseList(
        """
        news feed | newsfeed | more news | editors' picks | editor's picks | \
        editors' choice | trending now | trending | most read | most popular | most viewed | \
        popular now | related | related stories | related articles | related news | \
        related content | related topics | related posts | related reading | recommended | \
        recommended for you | recommended stories | recommended reading | you may also like | \
        you might also like | you may like | more from this section | more stories | \
        more on this story | more on this topic | more like this | more to read | read more | \
        read next | read also | see also | also read | up next | what to read next | \
        latest news | latest stories | latest | top stories | top news | don't miss | \
        in case you missed it | explore more | keep reading | further reading | \
        from the web | around the web | promoted stories | promoted content | \
        sponsored stories | today's headlines | headlines | more headlines | in other news | \
        comments | leave a comment | leave a reply | \
        join the conversation | about the author | about the authors | share this | \
        share this article | share this story | follow us | mehr zum thema | lesen sie auch | \
        das könnte sie auch interessieren | das könnte dich auch interessieren | \
        weitere artikel | meistgelesen | auch interessant | à lire aussi | lire aussi | \
        sur le même sujet | les plus lus | te puede interesar | más información | \
        lo más leído | noticias relacionadas | leggi anche | potrebbe interessarti | \
        leia também | leia mais | lees ook | meer over | czytaj także | читайте также | \
        читайте також
        """
    )

    static let relatedStarts = PhraseList(
        """
        read more: | read more about | read also | also read | read next | read: | related: | \
        see also: | see also | more: | more on | more from | watch: | listen: | \
        view gallery | recommended: | don't miss: | click here | tap here | lesen sie auch | \
        lesen sie hier | lesen sie mehr | mehr zum thema | lire aussi | à lire aussi | \
        lire la suite | lea también | lea más | leer más | te puede interesar | \
        también te puede interesar | ver también | leggi anche | leggi tutto | leia também | \
        leia mais | lees ook | bekijk ook | czytaj też | czytaj także | zobacz także | \
        zobacz też | читайте также | читайте також | les også | läs också | läs mer | \
        læs også | lue myös | continue reading | keep reading | follow our live | follow live
        """
    )

    static let newsletters = PhraseList(
        """
        newsletter | newsletters | sign up for our | sign up for free | sign up here | \
        sign up to receive | sign up to our | enter your email | your email address | \
        correct email address | your inbox | free daily email | daily email | \
        indicates required | confirmation email | successfully subscribed | \
        successfuly subscribed | thank you for signing up | thank you for subscribing | \
        subscribe to our | subscribe now | subscribe today | subscribe for | \
        get the latest news delivered | delivered straight to | delivered to your | \
        daily briefing email | follow us on | follow him on twitter | follow her on twitter | \
        download our app | download the app | join our whatsapp | join our telegram | \
        our whatsapp channel | our telegram channel | abonnieren sie | jetzt abonnieren | \
        suscríbete | suscribirse | suscríbase | abonnez-vous | inscrivez-vous | iscriviti | \
        assine | inscreva-se | подписывайтесь | підписуйтесь | meld je aan
        """
    )

    static let memberships = PhraseList(
        """
        become a member | gift membership | gift a membership | gifting a membership | \
        funded by our readers | funded by readers | \
        support our journalism | support our work | support independent journalism | \
        keep our journalism | keep our reporting | our reporting free | \
        thanks to our readers | thanks to readers like you | thanks to our community | \
        readers like you | financial contribution | make a contribution | make a donation | \
        donate now | donate today | your support | our supporters | millions of readers | \
        already a subscriber | already a member | create a free account | \
        log in to continue | to continue reading | unlock this article | subscribers only | \
        visa mastercard | start your free trial | consider supporting | please support us | \
        support us today | become a supporter | become a patron | become a subscriber | \
        paid for by our readers | paid for by readers | readers pay for | free for everyone | \
        independent reporting | independent journalism | reader-funded | reader-supported | \
        help us reach | help us keep | chip in
        """
    )

    static let consents = PhraseList(
        """
        we use cookies | uses cookies | cookie policy | accept cookies | accept all cookies | \
        privacy settings | your consent | manage preferences | wir verwenden cookies | \
        utiliza cookies | utilise des cookies
        """
    )

    static let footers = PhraseList(
        """
        all rights reserved | alle rechte vorbehalten | tous droits réservés | \
        todos los derechos reservados | tutti i diritti riservati | \
        todos os direitos reservados | wszelkie prawa zastrzeżone | все права защищены | \
        terms of use | terms of service | privacy policy | \
        may not be published, broadcast, rewritten | copyright © | © | our standards: | \
        republishing only with | send this page to a friend
        """
    )

    static let shares = PhraseList(
        """
        share on | share this | share via | share: | share | tweet | facebook | twitter | \
        whatsapp | copy link | email this | print this | save article | save this | \
        bookmark | teilen | compartir | partager | condividi | compartilhe | compartilhar | \
        delen | поделиться
        """
    )

    static let navigations = PhraseList(
        """
        skip to | back to top | jump to | go to | next article | previous article | \
        table of contents | send this page | write a letter to | load more | show more | \
        view all | see all | log in | sign in | my account | zum inhalt springen
        """
    )

    static let advertisements = PhraseList(
        """
        advertisement | sponsored by | article continues after | article continues below | \
        story continues below | story continues after | this article continues | \
        scroll to continue | continue reading below | the article continues below | \
        we may earn a commission | we may receive a commission | publicidad | anzeige
        """
    )

    static let comments = PhraseList(
        """
        comments | leave a comment | leave a reply | post a comment | join the conversation | \
        view comments | show comments | read the comments | no comments | add a comment | \
        kommentare
        """
    )

    static let credits = PhraseList(
        """
        photo: | photos: | photo by | photos by | photo courtesy | photo credit | \
        photograph: | photograph by | image: | images: | image by | image credit | \
        image credits | image source | picture: | picture by | pictures: | video: | credit: | \
        credits: | source: | illustration: | illustration by | graphic: | file photo | \
        getty images | foto: | foto von | fotos: | bild: | quelle: | crédit photo | \
        crédit : | photo : | imagen: | фото: | (photo
        """
    )

    static let captionEnds = PhraseList(
        """
        getty images | photo by | photograph by | file photo | afp via getty | /afp | /ap | \
        /reuters | /epa | reuters/ | ap photo/ | ap photo | via ap | via reuters | \
        shutterstock | handout via | wikimedia commons | picture alliance | imago images
        """
    )

    static let biographies = PhraseList(
        """
        is a reporter | is a senior reporter | is a staff writer | is a freelance | \
        is a journalist | is a correspondent | is a senior correspondent | is a columnist | \
        is a writer and editor | is a news editor | is a news writer | is the author of | \
        is an editor at | is a writer at | is a contributor | is a contributing | \
        is a senior editor | is a senior writer | has worked as a news | \
        has worked as a reporter | has worked as a journalist | worked as an editor | \
        his journalism career | her journalism career | their journalism career | \
        previously worked as a reporter | previously worked at | before joining the | \
        before joining | can be reached at | you can follow him | you can follow her | \
        follow her at | follow him at | follow her on | follow him on | \
        views expressed in this article | opinions expressed | holds a degree in
        """
    )

    static let sourceNotes = PhraseList(
        """
        contributed to this report | contributed to this article | \
        contributed to this story | contributed reporting | contributed research | \
        information for this report | information in this report | reporting by | \
        editing by | additional reporting | was used in this report | was first published | \
        this article was originally published | this story was originally published | \
        this article originally appeared
        """
    )

    static let corrections = PhraseList(
        """
        correction: | correction | corrections: | clarification: | editor's note: | \
        editors' note: | update:
        """
    )

    static let addresses = PhraseList(
        "you | your | our | we | dich | sie | vous | votre | usted | tu"
    )
}
