// Package web shows the journal to its person in a browser on the same
// machine: pages that work as plain forms, small modules that make them
// quicker, and the guards that keep every other page and user out.
//
// A handler reads a form, calls one method of app, and renders. No rule about
// kratom, time or content lives here.
package web
