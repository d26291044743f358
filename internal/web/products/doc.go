// Package products are the pages of what the person takes: the list, and the
// form of a product with its units and what they hold.
package products
