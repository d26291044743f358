package taper

// Halved is the start of somebody who could measure half as much: the same day in
// twice as many grains. It answers what a finer scale would change.
func (s Start) Halved() Start {
	s.Grain /= 2
	s.Day = s.Day.clone()
	for i := range s.Day {
		s.Day[i].Grains *= 2
	}
	return s
}
