package pkpd

// Population is the central person, how people differ, and how far the
// population itself is in doubt.
type Population struct {
	Typical Params
	Omega   Effects // standard deviations of the effects between people
	// Doubt is the lower triangle L of the covariance L L' of what is not known
	// of the population, on the scale of Effects: a body is L z for standard
	// normal z. All zero means that the central body is taken as known.
	Doubt [NEffects][NEffects]float64
}

// Draw returns the effects of one subject: a body, and a person of that body.
func (pop *Population) Draw(s *Stream) Effects {
	var e, z Effects
	for i, w := range pop.Omega {
		e[i] = w * s.Normal() // drawn even where w is 0, so that a changed omega moves no other effect
	}
	for i := range z {
		z[i] = s.Normal()
	}
	body := pop.body(&z)
	for i := range e {
		e[i] += body[i]
	}
	return e
}

// DrawBody returns the effects of one body: what every person of it shares.
func (pop *Population) DrawBody(s *Stream) Effects {
	var z Effects
	for i := range z {
		z[i] = s.Normal()
	}
	return pop.body(&z)
}

func (pop *Population) body(z *Effects) Effects {
	var e Effects
	for i := range e {
		for j, l := range pop.Doubt[i][:i+1] {
			e[i] += float64(l * z[j])
		}
	}
	return e
}

// Central returns the population with its central body taken as known: people
// differ, the doubt about all of them is left out.
func (pop *Population) Central() Population {
	c := *pop
	c.Doubt = [NEffects][NEffects]float64{}
	return c
}
