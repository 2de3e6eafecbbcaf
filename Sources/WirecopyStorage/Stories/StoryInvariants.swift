// Rules that the rows of stories keep among each other.
extension StoreInvariant {
    static let stories = places + numbers + decisions

    private static let places = [
        StoreInvariant(
            rule: "Each article is in a story.",
            breaches: """
                SELECT article.id AS breach FROM article
                LEFT JOIN story_article ON story_article.article = article.number
                WHERE story_article.article IS NULL
                """
        ),
        StoreInvariant(
            rule: "Only articles are in stories.",
            breaches: """
                SELECT story_article.article AS breach FROM story_article
                LEFT JOIN article ON article.number = story_article.article
                WHERE article.number IS NULL
                """
        ),
        StoreInvariant(
            rule: "An article's episode is one of its story.",
            breaches: """
                SELECT story_article.article AS breach FROM story_article
                LEFT JOIN story_episode ON story_episode.id = story_article.episode
                WHERE story_episode.story IS DISTINCT FROM story_article.story
                """
        ),
        StoreInvariant(
            rule: "An episode has articles, and the times of those that tell theirs.",
            breaches: """
                SELECT story_episode.id AS breach FROM story_episode LEFT JOIN (
                    SELECT episode,
                        min(CASE WHEN is_dated = 1 THEN at_ms END) AS first_ms,
                        max(CASE WHEN is_dated = 1 THEN at_ms END) AS last_ms
                    FROM story_article GROUP BY episode
                ) AS counted ON counted.episode = story_episode.id
                WHERE counted.episode IS NULL
                    OR story_episode.first_ms IS DISTINCT FROM counted.first_ms
                    OR story_episode.last_ms IS DISTINCT FROM counted.last_ms
                """
        ),
    ]

    private static let numbers = [
        StoreInvariant(
            rule: "A story counts its articles, and knows the times of the first and the last.",
            breaches: """
                SELECT story.id AS breach FROM story LEFT JOIN (
                    SELECT story, count(*) AS articles, min(at_ms) AS first_ms,
                        max(at_ms) AS last_ms
                    FROM story_article GROUP BY story
                ) AS counted ON counted.story = story.id
                WHERE story.articles <> coalesce(counted.articles, 0)
                    OR story.first_ms IS DISTINCT FROM counted.first_ms
                    OR story.last_ms IS DISTINCT FROM counted.last_ms
                """
        ),
        StoreInvariant(
            rule: "A story with articles leads to no other.",
            breaches:
                "SELECT id AS breach FROM story WHERE articles > 0 AND merged_into IS NOT NULL"
        ),
        StoreInvariant(
            rule: "A story without articles leads to one with some.",
            breaches: """
                WITH RECURSIVE way(story, place) AS (
                    SELECT id, merged_into FROM story WHERE articles = 0
                    UNION
                    SELECT way.story, story.merged_into FROM way
                    JOIN story ON story.id = way.place WHERE story.articles = 0
                )
                SELECT story.id AS breach FROM story WHERE articles = 0 AND NOT EXISTS (
                    SELECT 1 FROM way JOIN story AS living ON living.id = way.place
                    WHERE way.story = story.id AND living.articles > 0
                )
                """
        ),
    ]

    /// The stories of edits that hold, under the numbers that they have now.
    private static let livingStories = """
        WITH RECURSIVE way(edit, named, place) AS (
            SELECT id, story, story FROM story_edit WHERE undone_at_ms IS NULL
            UNION
            SELECT id, other, other FROM story_edit WHERE undone_at_ms IS NULL
            UNION
            SELECT way.edit, way.named, story.merged_into FROM way
            JOIN story ON story.id = way.place WHERE story.articles = 0
        ),
        living AS (
            SELECT way.edit, way.named, way.place FROM way
            JOIN story ON story.id = way.place WHERE story.articles > 0
        )
        """

    private static let decisions = [
        StoreInvariant(
            rule: "An article is where the newest edit that holds has put it.",
            breaches: """
                \(livingStories)
                SELECT pinned.article AS breach FROM (
                    SELECT story_pin.article, max(story_pin.edit) AS edit FROM story_pin
                    JOIN story_edit ON story_edit.id = story_pin.edit
                    WHERE story_edit.undone_at_ms IS NULL GROUP BY story_pin.article
                ) AS pinned
                JOIN story_edit ON story_edit.id = pinned.edit
                JOIN story_article ON story_article.article = pinned.article
                LEFT JOIN living ON living.edit = pinned.edit AND living.named = story_edit.other
                WHERE living.place IS DISTINCT FROM story_article.story
                """
        ),
        StoreInvariant(
            rule: "Stories that an edit told apart are known to be, and no others.",
            breaches: """
                \(livingStories),
                told AS (
                    SELECT source.place AS story, target.place AS other, story_edit.id AS edit
                    FROM story_edit
                    JOIN living AS source
                        ON source.edit = story_edit.id AND source.named = story_edit.story
                    JOIN living AS target
                        ON target.edit = story_edit.id AND target.named = story_edit.other
                    WHERE story_edit.action <> 'merge' AND source.place <> target.place
                ),
                pairs AS (
                    SELECT story, other, edit FROM told
                    UNION SELECT other, story, edit FROM told
                )
                SELECT coalesce(pairs.edit, story_apart.edit) AS breach FROM pairs
                FULL JOIN story_apart ON story_apart.story = pairs.story
                    AND story_apart.other = pairs.other AND story_apart.edit = pairs.edit
                WHERE pairs.edit IS NULL OR story_apart.edit IS NULL
                """
        ),
    ]
}
