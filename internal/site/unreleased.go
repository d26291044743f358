//go:build !pocket

package site

// Released is the program of this release; false where it was built without.
func Released() (Program, bool) { return Program{}, false }
