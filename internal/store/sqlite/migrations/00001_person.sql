-- +goose Up
CREATE TABLE person (
	id BLOB NOT NULL PRIMARY KEY,
	keyring BLOB NOT NULL,
	keyring_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
