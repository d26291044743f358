CREATE TABLE purge (
	only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
	wanted INTEGER NOT NULL,
	done INTEGER NOT NULL
) STRICT;
INSERT INTO purge (only, wanted, done) VALUES (1, 0, 0);
