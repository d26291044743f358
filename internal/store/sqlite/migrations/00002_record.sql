-- +goose Up
CREATE TABLE record (
	person BLOB NOT NULL REFERENCES person (id),
	seq INTEGER NOT NULL,
	id BLOB NOT NULL,
	ciphertext BLOB NOT NULL,
	PRIMARY KEY (person, seq)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
