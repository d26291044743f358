// Package desk is a program's desk: the people who shared with it, what its members
// wrote of them, and who looked at what. It is a sealed log like a journal, with
// events of its own, each signed by the member who wrote it.
//
// What a person shared stands here as long as their consent does. When they end it,
// or its last day is past, the desk destroys it at its next poll; notes of members
// and the audit record are the program's own and stay.
package desk
