// What the user decides about stories. Nothing of it is ever removed: what was undone can be told.
extension StoreSchema {
    /// `story_edit`: two stories were made one (`merge`), articles got a story of their own
    /// (`split`) or went to another one (`move`), from `story` into `other`. `story_pin`: the
    /// articles that an edit put where they are, and the story in which they were before.
    /// `story_apart`: pairs of stories that stay two as long as an edit holds, both ways round, by
    /// the numbers under which they go on now.
    static let storyEditTables = """
        CREATE TABLE story_edit (
            id INTEGER PRIMARY KEY,
            action TEXT NOT NULL,
            story INTEGER NOT NULL,
            other INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            undone_at_ms INTEGER
        ) STRICT;

        CREATE TABLE story_pin (
            article INTEGER NOT NULL,
            edit INTEGER NOT NULL,
            story INTEGER NOT NULL,
            PRIMARY KEY (article, edit)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX story_pin_edit ON story_pin(edit);

        CREATE TABLE story_apart (
            story INTEGER NOT NULL,
            other INTEGER NOT NULL,
            edit INTEGER NOT NULL,
            PRIMARY KEY (story, other, edit)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX story_apart_other ON story_apart(other);

        ALTER TABLE story_change ADD COLUMN edit INTEGER;
        """

    /// What changed with them; docs/guides/sql-views.md describes each column.
    static let storyViewsOfVersion7 = """
        DROP VIEW v_story_change;
        CREATE VIEW v_story_change AS
            SELECT story_change.id, story_change.kind, story_change.story, story_change.other,
                article.id AS article, story_change.edit
            FROM story_change LEFT JOIN article ON article.number = story_change.article;

        CREATE VIEW v_story_edit AS
            SELECT story_edit.id, story_edit.action, story_edit.story, story_edit.other,
                (SELECT count(*) FROM story_pin WHERE story_pin.edit = story_edit.id) AS articles,
                story_edit.at_ms, story_edit.undone_at_ms
            FROM story_edit;
        """
}
