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
