// Lists of the articles that have a word, in blocks instead of a row for each.
extension StoreSchema {
    /// `story_key_block` has the lists of the words whose keys have the same highest bits, as
    /// `StoryKeyBlock` writes them. What came lately is not in all of them yet: it stands in
    /// `story_key_log`, and `story_key_mark` says up to which row of it each part of the blocks is.
    /// `story_revision` tells a process whether what it remembers of the stories still holds.
    static let storyKeyTablesOfVersion8 = """
        DROP TABLE story_key;

        CREATE TABLE story_key_block (
            block INTEGER PRIMARY KEY,
            lists BLOB NOT NULL
        ) STRICT;

        CREATE TABLE story_key_log (
            id INTEGER PRIMARY KEY,
            article INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            keys BLOB NOT NULL
        ) STRICT;

        CREATE TABLE story_key_mark (
            part INTEGER PRIMARY KEY,
            log INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE story_revision (
            id INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL
        ) STRICT;
        INSERT INTO story_revision (id, revision) VALUES (1, 0);

        INSERT INTO story_key_log (article, hour, keys)
            SELECT article, at_ms / 3600000, keys FROM story_article ORDER BY article;
        ALTER TABLE story_article DROP COLUMN keys;

        DROP INDEX story_article_episode;
        CREATE INDEX story_article_episode ON story_article(episode, is_dated, at_ms);
        """
}
