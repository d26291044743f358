// Package sqlite keeps sealed records in one SQLite file in the person's own
// folder, for one or several processes on the same machine.
//
// A commit is on disk before it is acknowledged (write-ahead log, synchronous=FULL).
// What is forgotten is gone from the file and from its log: see purge.go.
package sqlite
