// Package recall reads the public notices of the US Food and Drug
// Administration about food, as its openFDA files give them: recalls
// (food/enforcement) and reports of harm (food/event, CAERS). It keeps those that
// speak of kratom or 7-OH, and tells which of them name a person's product.
//
// That nothing names a product says nothing about it: most products were never
// looked at, and a notice can name a firm that nobody knows. A report says what
// somebody noticed after taking something, not what caused it.
package recall
