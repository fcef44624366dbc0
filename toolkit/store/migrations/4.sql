-- What is set for one article goes with it: what waits in a window holds words of an editor.
DELETE FROM setting WHERE name GLOB 'waits *';
ALTER TABLE setting ADD COLUMN article INTEGER REFERENCES article (id) ON DELETE CASCADE;
