CREATE TABLE head (
	person BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
	version INTEGER NOT NULL,
	last INTEGER NOT NULL,
	forgotten INTEGER NOT NULL,
	sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO head (person, version, last, forgotten, sealed)
SELECT p.id, 0, coalesce(max(r.seq), 0), coalesce(sum(length(r.ciphertext) = 0), 0), x''
FROM person p LEFT JOIN record r ON r.person = p.id
GROUP BY p.id;
