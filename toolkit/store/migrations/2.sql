-- What made a version of the text: "opened", "update", "returned" or "restored N" (of version N).
ALTER TABLE version ADD COLUMN origin TEXT NOT NULL DEFAULT 'opened';
UPDATE version SET origin = 'update' WHERE number > 1;

-- Which duplicate of another article this is, from 1; 0 is none.
ALTER TABLE article ADD COLUMN copy INTEGER NOT NULL DEFAULT 0;

-- Decisions that no longer fit, of a version of the text, until an editor has dismissed them. The places
-- of one count in the text of the version "told"; a dismissed one is only remembered as such.
CREATE TABLE lost (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL,
  version INTEGER NOT NULL,
  told INTEGER NOT NULL,
  step INTEGER NOT NULL,
  record TEXT NOT NULL,
  reason TEXT NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (article, version) REFERENCES version ON DELETE CASCADE
);
CREATE INDEX lost_by_version ON lost (article, version);

-- What holds for the whole library, such as the editor's name.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
