-- One row an article. Ids are never used again, so that a window on a deleted article can't write
-- into another. "revision" grows with every change; "quoted" is the one whose quotes are searchable.
CREATE TABLE article (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  slug TEXT NOT NULL,
  source TEXT NOT NULL,
  language TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  words INTEGER NOT NULL,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  revision INTEGER NOT NULL,
  quoted INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL
);
CREATE INDEX article_by_text ON article (sha256, language);
CREATE INDEX article_by_change ON article (changed);

-- A version of the text with what the machine found in it: the JSON of annotations, zlib. "steps" are
-- those of the decisions that were already in these annotations when they came.
CREATE TABLE version (
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  number INTEGER NOT NULL,
  created TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  words INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  machine BLOB NOT NULL,
  PRIMARY KEY (article, number)
);

-- An editor's decisions, in order. Those undone stand after the others, the next to be redone first.
CREATE TABLE edit (
  article INTEGER NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  step INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  made TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (article, version, position),
  FOREIGN KEY (article, version) REFERENCES version ON DELETE CASCADE
) WITHOUT ROWID;

-- Where the quotes of an article stand: [[start, end], ...] in code points.
CREATE TABLE quotation (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  place TEXT NOT NULL
);
CREATE INDEX quotation_by_article ON quotation (article);

-- What is searched: by the article's id, and by the quotation's.
CREATE VIRTUAL TABLE story_words USING fts5 (
  title, slug, source, body, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE quote_words USING fts5 (
  said, speaker, tokenize = "unicode61 remove_diacritics 2"
);
