package chart

import "time"

// Table says in figures what a picture shows, for whoever does not see it or
// wants them.
type Table struct {
	Title string
	// Head are the names of the columns, that of the times first.
	Head []string
	Rows []Row
}

// Row is a line of a table.
type Row struct {
	When string
	// Note stands behind the time, such as "now", and sets the row off.
	Note  string
	Cells []string
}

// Sample chooses moments at least every apart, the first of them, and the one
// at also; none when also is below 0. It gives their places in the list.
func Sample(times []time.Time, every time.Duration, also int) []int {
	var list []int
	var next time.Time
	for i, at := range times {
		if i > 0 && at.Before(next) && i != also {
			continue
		}
		next = at.Add(every)
		list = append(list, i)
	}
	return list
}

// Figure is a picture with its words: what it is called, what the side means,
// and the readout of the moment that counts.
type Figure struct {
	Class, Name, Scale, Readout string
	// Plot is nil where there is nothing worth drawing; the readout says so.
	Plot *Plot
}

// Key says what a colour of a picture means.
type Key struct{ Class, Means string }

// read is the readout: that of the picture's probe where it has one.
func (f *Figure) read() string {
	if f.Readout == "" && f.Plot != nil {
		return f.Plot.Probe.Readout()
	}
	return f.Readout
}
