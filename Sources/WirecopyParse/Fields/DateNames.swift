/// What pages call their dates: names of `meta` elements and microdata, and words before a date.
extension DateCandidates {
    /// Microdata.
    static let properties: [(String, Place)] = [
        ("datepublished", .microdata), ("datecreated", .microdataCreated),
        ("datemodified", .microdataModified),
    ]

    static let metas: [([String], Place)] = [
        (
            [
                "article:published_time", "og:published_time", "article:published",
                "datepublished", "og:article:published_time", "parsely-pub-date",
                "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
                "published_time", "publication_date", "date_published",
                "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published",
                "publication-date", "originalpublicationdate", "rnews:datepublished",
                "citation_date", "ptime", "published-date", "published_at", "publisheddate",
                "article:post_date", "shareaholic:article_published_time",
            ],
            .metaPublished
        ),
        (
            [
                "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
                "dcterms.date", "dc.date", "date", "article.created", "article:created",
                "dc:date", "created", "citation_publication_date", "displaydate", "timestamp",
                "pdate", "dc.created", "dc.date.published", "dcterms.available",
                "citation_online_date", "last-publish-date", "cdate",
            ],
            .metaDated
        ),
        (
            [
                "article:modified_time", "og:updated_time", "dc.date.modified",
                "dcterms.modified", "article:modified", "lastmod", "last-modified",
                "article.updated", "datemodified", "revised", "utime", "updated",
                "shareaholic:article_modified_time", "last-updated", "dateupdate",
            ],
            .metaModified
        ),
    ]
    static let knownMetas = Set(metas.flatMap(\.0))
    static let metaHints = ["date", "time", "publish", "created", "issued"]
        .map { Array($0.utf8) }

    static let publishedWords: Set<String> = [
        "published", "posted", "publish", "created", "veröffentlicht", "veröffentlichung",
        "erstellt", "erschienen", "publié", "publiée", "publicado", "publicada", "publicación",
        "pubblicato", "pubblicata", "opublikowano", "opublikowany", "gepubliceerd",
        "опубликовано", "опубліковано", "publikováno", "publicerad", "publiceret", "julkaistu",
        "yayınlanma", "yayın", "objavljeno", "datum", "date", "issued", "written", "geplaatst",
        "publikationsdatum", "eingestellt", "am", "on", "publicat", "diterbitkan",
    ]
    static let modifiedWords: Set<String> = [
        "updated", "modified", "update", "aktualisiert", "aktualisierung", "stand", "geändert",
        "zuletzt", "mis", "mise", "jour", "modifié", "actualizado", "actualizada",
        "actualización", "aggiornato", "aggiornamento", "atualizado", "zaktualizowano",
        "bijgewerkt", "обновлено", "оновлено", "revised", "reviewed", "edited", "uppdaterad",
        "opdateret", "päivitetty", "güncelleme", "güncellenme", "bearbeitet", "ažurirano",
        "aktualizováno", "aktualizacja", "changed", "bearbeitung", "änderung", "diperbarui",
    ]
}
