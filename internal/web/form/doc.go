// Package form asks for an entry of any kind and reads what was answered: a
// kind's descriptor says what there is to ask, and nothing here knows a kind
// by name.
package form
