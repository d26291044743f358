CREATE TABLE IF NOT EXISTS record (
	person UUID NOT NULL,
	seq BIGINT NOT NULL,
	id UUID NOT NULL,
	ciphertext BYTEA NOT NULL,
	PRIMARY KEY (person, seq),
	UNIQUE (person, id)
)
