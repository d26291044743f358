// Package opfs keeps sealed records in the browser's own file system, the
// origin private file system, for an Evenkeel that runs in a worker of its own
// page. Two tabs are like two processes: each operation takes a lock that all
// tabs share, opens the file, and lets go of both.
//
// A person has one file, NAME.journal:
//
//	0      who and what it is: magic, schema, person, a random birth, check sum
//	64     the mark: how far the log is known to be on disk
//	4096   the keyring, in one of two slots of 32 KiB; the other one is zero
//	69632  the log: frames, one a change, only ever added to
//
// A frame holds a whole change (a batch of records, what is forgotten, the new
// head) under check sums, so that one which was cut off while it was written is
// known and taken away. The bytes of forgotten records are overwritten in place.
// What reads and writes files stands behind Dir, so that all of this runs on any
// machine; dir_js.go is the browser's.
package opfs
