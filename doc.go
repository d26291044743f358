// Package evenkeel is the house as a whole: a private journal that shows a
// person what kratom and 7-OH do to their life. It holds no code, only the test
// of who may import whom; docs/architecture.md says which room does what.
package evenkeel
