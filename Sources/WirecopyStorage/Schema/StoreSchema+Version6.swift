// Stories, their episodes, and what is needed to place the next article.
extension StoreSchema {
    /// Numbers of stories and episodes are never used again; a story that was joined to another
    /// one says to which. `story_key` finds articles by their heaviest words, hour by hour.
    static let storyTables = """
        CREATE TABLE story (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            merged_into INTEGER REFERENCES story(id),
            articles INTEGER NOT NULL DEFAULT 0,
            first_ms INTEGER,
            last_ms INTEGER
        ) STRICT;
        CREATE INDEX story_last ON story(last_ms) WHERE articles > 0;

        CREATE TABLE story_episode (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            story INTEGER NOT NULL REFERENCES story(id),
            first_ms INTEGER,
            last_ms INTEGER
        ) STRICT;
        CREATE INDEX story_episode_story ON story_episode(story);

        CREATE TABLE story_article (
            article INTEGER PRIMARY KEY REFERENCES article(number),
            story INTEGER NOT NULL REFERENCES story(id),
            episode INTEGER NOT NULL REFERENCES story_episode(id),
            at_ms INTEGER NOT NULL,
            is_dated INTEGER NOT NULL,
            log_odds REAL,
            closest INTEGER,
            numbers TEXT,
            features BLOB NOT NULL,
            keys BLOB NOT NULL
        ) STRICT;
        CREATE INDEX story_article_story ON story_article(story, at_ms);
        CREATE INDEX story_article_episode ON story_article(episode);

        CREATE TABLE story_key (
            key INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            article INTEGER NOT NULL,
            PRIMARY KEY (key, hour, article)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE story_change (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            story INTEGER NOT NULL,
            other INTEGER NOT NULL,
            article INTEGER
        ) STRICT;
        CREATE INDEX story_change_story ON story_change(story);
        CREATE INDEX story_change_other ON story_change(other);

        CREATE TABLE word_frequency (
            block INTEGER PRIMARY KEY,
            counts BLOB NOT NULL
        ) STRICT;
        """

    /// Stories as readers see them; docs/guides/sql-views.md describes each column.
    static let storyViews = """
        CREATE VIEW v_story AS
            SELECT story.id, story.articles, story.first_ms, story.last_ms,
                (SELECT count(*) FROM story_episode WHERE story_episode.story = story.id)
                    AS episodes
            FROM story WHERE story.articles > 0;

        CREATE VIEW v_story_article AS
            SELECT story_article.story, story_article.episode, article.id AS article,
                article.title, article.host, article.published, article.sort_ms,
                story_article.log_odds, closest.id AS closest
            FROM story_article
            JOIN article ON article.number = story_article.article
            LEFT JOIN article AS closest ON closest.number = story_article.closest;

        CREATE VIEW v_story_change AS
            SELECT story_change.id, story_change.kind, story_change.story, story_change.other,
                article.id AS article
            FROM story_change LEFT JOIN article ON article.number = story_change.article;
        """
}
