package pkpd

// Molar masses in g/mol (PubChem, C23H30N2O4 and C23H30N2O5).
const (
	MassMitragynine = 398.5
	MassSevenOH     = 414.5
)

// WithdrawalMax is the top of the SOWS; the model's withdrawal stops there.
const WithdrawalMax = 64

// Form is how a dose was taken. Each form has its own absorption rate, lag and
// relative bioavailability: the exposure per mg differs about fourfold between
// the human studies of tea and of extract.
type Form uint8

// The forms, in the order of every per-form array.
const (
	Tea     Form = iota // leaf brewed or stirred in water
	Leaf                // powder or capsules swallowed
	Extract             // concentrated mitragynine products
	SevenOH             // tablets and shots of 7-hydroxymitragynine
	nForms
)

var formNames = [nForms]string{"tea", "leaf", "extract", "seven_oh"}

// String returns the name used in files: tea, leaf, extract, seven_oh.
func (f Form) String() string {
	if f < nForms {
		return formNames[f]
	}
	return "unknown"
}

// ParseForm reads a name as String writes it.
func ParseForm(name string) (Form, bool) {
	for i, n := range formNames {
		if n == name {
			return Form(i), true
		}
	}
	return 0, false
}

// Dose is one intake. AtH is in hours on the caller's own time line.
type Dose struct {
	AtH           float64
	Form          Form
	MitragynineMg float64 // mg, >= 0
	SevenOHMg     float64 // mg of 7-hydroxymitragynine taken as such, >= 0
}

// Params are one person's parameters in natural units: hours, litres, nM.
// Volumes and clearances are apparent, per fraction absorbed from tea.
// Typical gives the typical person; Population.Individual varies it.
type Params struct {
	// Mitragynine: first-order absorption, two compartments, central elimination.
	CL, V1, Q, V2 float64 // L/h, L, L/h, L
	// Absorption, shared by both analytes of a dose. F is relative to tea;
	// FSevenOH scales 7-OH that was taken as such.
	Ka       [nForms]float64 // 1/h
	Tlag     [nForms]float64 // h; the same for everyone, so that a schedule is compiled once
	F        [nForms]float64 // mitragynine
	FSevenOH [nForms]float64

	// 7-OH: one compartment. FirstPass is the mol of 7-OH that reach the blood
	// with each mol of absorbed mitragynine; Fm is the fraction of mitragynine
	// elimination that forms 7-OH later.
	FirstPass [nForms]float64
	Fm        float64
	CL7, V7   float64 // L/h, L

	// Inhibition multiplies both clearances (1 none, 0.5 halves them). Strong
	// CYP3A inhibitors raise both analytes (Kamble 2023, JPET 385:180, rat).
	Inhibition float64

	// Receptor: effect-site rate constants, 1/h; potencies as total plasma nM
	// for half occupancy by that analyte alone; efficacies 0..1.
	KeM, Ke7 float64
	KM, K7   float64
	EM, E7   float64

	// Adaptation time constants, h, their weights, and withdrawal on 0..64:
	// W = min(64, Gain * max(0, WFast*Fast + WSlow*Slow - drive - Threshold)).
	TauFast, TauSlow float64
	WFast, WSlow     float64
	Threshold        float64
	Gain             float64
}

// Effect indexes what moves from person to person, or is in doubt for everyone,
// or both. All are normal on a log scale: the person's value is the central one
// times e**eta. Of a share of one (EffWSlow, EffEM) it is the odds that move.
type Effect int

// The effects, in the order of Effects and EffectNames.
const (
	EffCL        Effect = iota // CL and, for the shared enzyme, CL7
	EffV                       // V1 and V2
	EffF                       // bioavailability of mitragynine, all forms
	EffKa                      // absorption rate, all forms
	EffFirstPass               // 7-OH formed on the way in
	EffCL7                     // 7-OH clearance alone
	EffFSevenOH                // bioavailability of 7-OH taken as such
	EffPotency                 // KM and K7 together
	EffTauFast
	EffTauSlow
	EffGain
	EffThreshold // of the imbalance that is felt
	EffWSlow     // odds of the slow adaptation's share; the sum of both stays
	EffK7        // K7 alone: the potency of 7-OH beside mitragynine
	EffLeaf      // bioavailability of mitragynine, leaf alone
	EffEM        // odds of the efficacy of mitragynine
	NEffects
)

// EffectNames are the symbols of the effects, as in parameters.json.
var EffectNames = [NEffects]string{"CL", "V", "F", "ka", "fp", "CL7", "F7", "K", "tau_fast", "tau_slow", "gain", "threshold", "w_slow", "K7", "F.leaf", "E.m"}

// Effects is what sets one person apart from the central one, on the log scale;
// zero is the central person of the central body.
type Effects [NEffects]float64

// With returns p with the person's effects applied.
func (p Params) With(eta *Effects) Params {
	var f [NEffects]float64
	for i, e := range eta {
		f[i] = 1
		if e != 0 {
			f[i] = exp(e)
		}
	}
	p.CL *= f[EffCL]
	p.CL7 *= f[EffCL] * f[EffCL7]
	p.V1 *= f[EffV]
	p.V2 *= f[EffV]
	for i := range p.Ka {
		p.Ka[i] *= f[EffKa]
		p.F[i] *= f[EffF]
		p.FirstPass[i] *= f[EffFirstPass]
		p.FSevenOH[i] *= f[EffFSevenOH]
	}
	p.KM *= f[EffPotency]
	p.K7 *= f[EffPotency]
	p.TauFast *= f[EffTauFast]
	p.TauSlow *= f[EffTauSlow]
	p.Gain *= f[EffGain]
	p.Threshold *= f[EffThreshold]
	p.K7 *= f[EffK7]
	p.F[Leaf] *= f[EffLeaf]
	if eta[EffWSlow] != 0 {
		all := p.WFast + p.WSlow
		p.WSlow = float64(all * moveOdds(p.WSlow/all, f[EffWSlow]))
		p.WFast = all - p.WSlow
	}
	if eta[EffEM] != 0 {
		p.EM = moveOdds(p.EM, f[EffEM])
	}
	return p
}

// moveOdds returns the share whose odds are by times those of share; 0 and 1 stay.
func moveOdds(share, by float64) float64 {
	up := float64(share * by)
	return up / (up + (1 - share))
}

// Point is what the model says of one moment. Drive is the receptor drive,
// 0..1; Fast and Slow are the adaptation states, on the scale of the drive.
type Point struct {
	MitragynineNM float64
	SevenOHNM     float64
	Occupancy     float64 // fraction of mu receptors, 0..1
	Withdrawal    float64 // on the 0..64 scale of the SOWS
	Drive         float64
	Fast, Slow    float64
}

func nmolM(mg float64) float64 { return float64(mg / MassMitragynine * 1e6) }
func nmol7(mg float64) float64 { return float64(mg / MassSevenOH * 1e6) }
