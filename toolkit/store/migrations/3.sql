-- Decisions that an editor took back and that can't be redone any more, for a brief that went out with
-- them may come back.
CREATE TABLE withdrawn (
  article INTEGER NOT NULL,
  version INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (article, version, record),
  FOREIGN KEY (article, version) REFERENCES version ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX version_by_text ON version (sha256);
