-- +goose Up
CREATE UNIQUE INDEX record_id ON record (person, id);
PRAGMA user_version = 3;
