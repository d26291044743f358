// Package treatment reads a directory of treatment places, keeps it in a small
// form of its own, and finds places by distance and by what matters to a
// person. It recommends none and never ranks by payment: the order is distance.
//
// The directory is SAMHSA's, which a person brings as a file; none is shipped.
// What it says of a place is what the place said once: always call first.
package treatment
