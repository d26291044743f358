// Package site writes Evenkeel as a static site: a page that holds the app in a
// worker of its own, and works without a server once it was loaded. The same
// inputs give the same bytes. See docs/pocket.md.
package site
