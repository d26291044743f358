// Package pkpd is the body: from what a person takes to what is in the blood,
// at the receptor, and what happens when it stops.
//
// # The model
//
// Mitragynine is absorbed at first order after a lag, spreads over two
// compartments and is cleared from the central one. 7-OH is formed from it on
// the way in and later, or taken as such, and has one compartment. Each analyte
// has an effect site; the two compete there as partial agonists. A fast and a
// slow adaptation follow the receptor drive, and withdrawal is what they exceed
// it by. docs/science.md has the equations, the sources and what is not known.
//
// # The door
//
//	p := pkpd.Typical()                       // Params of the typical person
//	rows, adapt, err := pkpd.Curve(&p, doses, times)
//
// Doses carry a time (h, on the caller's own line), a Form and mg of both
// analytes; rows are nM, occupancy and withdrawal at the times asked for. The
// person is naive before the first dose, so a habit is given as its doses.
//
// # The engine
//
// What runs many persons, or one person many times, compiles the schedule once
// and keeps an engine:
//
//	plan, err := pkpd.NewPlan(&p, doses, times)    // read-only, shared by all
//	var e pkpd.Engine                              // one per goroutine
//	err = e.Run(&person, plan, rows, nil)          // no allocation
//
// A person is the typical Params moved by a vector of log-normal effects:
//
//	pop := pkpd.Prior()                            // Typical and Omega
//	s := pkpd.NewStream(seed, subject)
//	eta := pop.Draw(&s)                            // Effects, see EffectNames
//	person := pop.Typical.With(&eta)
//
// Two methods stand behind every number: the Engine, which is exact but for one
// quadrature, and IntegrateRK, which integrates the equations as they stand.
//
// The package is pure: no clock, no files, no network, no logging; randomness
// is a Stream made from a seed. The same input gives the same bits on every
// machine (see exp.go).
package pkpd
