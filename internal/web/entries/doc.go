// Package entries are the pages of the journal: its list by day, the form of
// an entry of any kind, deleting and forgetting.
package entries
