// Package pocket is the door of an Evenkeel that runs inside its own page: it
// hands the requests that the page's router catches to the pages, and their
// answers back. There is no network in between, and nobody else at the door.
package pocket
