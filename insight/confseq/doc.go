// Package confseq watches a mean over time and may be looked at on every day.
//
// Each day hands over one product R of two residuals. If R is symmetric about
// zero given the past, exp(lS - l^2 V/2) is a supermartingale for every l (de la
// Peña 1999, Annals of Probability 27:537), S and V being the sums of R/s and of its
// square; mixed over a normal l it has a closed form (Howard 2021,
// 10.1214/20-AOS1991). By Ville's inequality it ever reaches 1/share with a
// chance of at most share, however often it is looked at. Asked of R - bD for
// every b, it gives the range of sizes b that the days have not ruled out, which
// holds under the same looks.
package confseq
