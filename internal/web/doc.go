// Package web shows the journal to its person in a browser on the same
// machine: pages that work as plain forms, small modules that make them
// quicker, and the guards that keep every other page and user out.
//
// It mounts areas, each a package that knows no other, on package shell. A
// handler reads a form, calls a use case, and renders. No rule about kratom,
// time or content lives here.
package web
