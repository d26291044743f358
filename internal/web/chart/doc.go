// Package chart is the one place where figures become pictures: scales, lines,
// bands, marks and ticks as SVG that the server draws, each with the words and
// the table that say the same.
//
// It knows nothing of kratom, pages or languages: whoever draws brings the
// figures and the words. Shapes are drawn in a box that the page stretches to
// its width; text stands beside the box, so that it keeps its size.
package chart
