// Package postgres keeps sealed records of many people in a PostgreSQL database,
// or in any database that speaks its protocol.
//
// It asks for little, so that a distributed database can take over: the key of a
// row begins with the person's random id, every transaction may be tried again,
// and there are no sequences, triggers, foreign keys, savepoints, advisory locks,
// notifications or extensions. docs/host-databases.md tells which engine was tried.
//
// Two writers of one journal meet at its row in head, at READ COMMITTED: whoever
// comes second finds the version gone. A transaction that the server refused, or
// whose line broke, is run again from its beginning with the same ids; where the
// answer to a COMMIT was lost, it first looks whether its change is there.
//
// Where a server waits for a standby before it acknowledges, nothing else counts as
// acknowledged: a COMMIT that waits is left to wait, unseen, when its line is given
// up; to find a change there is no answer until a COMMIT behind it was waited for;
// and a server that only lets us read is not read from.
//
// What is forgotten leaves its row with the commit. The old version of the row
// stays in the server's files until it is vacuumed, in the write-ahead log until
// that is recycled, and in archives and standbys as long as their keeper says: no
// client can hasten that on every engine, and none is told here that it was done.
package postgres
