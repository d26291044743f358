// Package cli is Evenkeel in the terminal: one file for each command. It only
// speaks to internal/app; what a command needs from another adapter comes in
// through Deps.
//
// docs/cli.md describes every command, its JSON and its exit codes.
package cli
