package quick

// openUnits hold many things besides kratom: by themselves they do not say
// what was taken.
var openUnits = []string{"can", "bottle", "cup", "glass", "drink", "packet", "bag", "hit", "puff", "pint", "box", "jar", "spray", "bowl",
	"sip", "swig", "seltzer", "liter", "kg", "drop", "mcg", "strip", "piece", "square", "stick", "pinch"}

// measures are weights and volumes: before a counted unit they are what one
// of it holds ("two 15 mg tablets").
var measures = []string{"g", "mg", "mL", "oz", "mcg"}

// kindOfUnit tells weights, volumes and counts apart.
type kindOfUnit uint8

const (
	countKind kindOfUnit = iota
	weightKind
	volumeKind
)

func unitKind(unit string) kindOfUnit {
	switch unit {
	case "g", "mg", "mcg", "kg":
		return weightKind
	case "mL", "oz", "tsp", "tbsp", "liter", "spoon", "pinch", "drop", "dropper":
		return volumeKind
	}
	return countKind
}

// unitAt reads a unit at i.
func (p *reader) unitAt(i int) (string, int) {
	u, n := p.match(i, roleUnit)
	if n == 0 {
		return "", 0
	}
	if p.mark(i+n, "(") && p.word(i+n+1, wPlural) && p.mark(i+n+2, ")") && p.toks[i+n].glued {
		n += 3
	}
	return u, n
}

func (p *reader) unitIs(i int, unit string) bool {
	u, n := p.unitAt(i)
	return n > 0 && u == unit
}
