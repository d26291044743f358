package quick

// role is what a word can be in a line. Many words have several.
type role uint64

const (
	roleUnit      role = 1 << iota // an amount is counted in it
	roleName                       // names a kratom product
	roleTint                       // describes one: colours
	roleSize                       // describes a unit: "heaping"
	roleSubstance                  // something else that is taken
	roleChange                     // a body change
	roleMetric                     // a 0-10 question of the check-in
	roleSymptom                    // a 0-4 question of the check-in
	roleSleep
	roleQuality // "badly", of sleep
	roleReason
	roleBecause
	roleDay
	roleWeekday
	roleMonth
	rolePart // "this morning"
	roleNow
	roleNoon
	roleEarlier // some time ago
	roleLater   // to come
	roleSpan    // minute, hour, day
	roleNumber
	roleVague  // an amount that is none: "some"
	roleApprox // "about"
	roleBound  // "at least"
	roleFiller // carries nothing
	roleIntensity
	roleGuard // the line may not be about something taken
	roleNone  // nothing was taken
	rolePlace // "with", "in", before a circumstance
	roleFood  // a circumstance that says nothing about the time
	roleMeal  // a circumstance that does
	roleSpend
	roleCurrency
	roleJoin
	roleStill
	roleStarted
	roleLife
	roleEffect
	rolePerson      // somebody else
	roleUsual       // the dose that is taken most often
	roleGlue        // holds a phrase together: no name
	rolePlainReason // the plain name of a reason: other words say more
	roleMinutes     // minutes past the hour before: "y media"
	roleFew         // goes between a number and its unit: "more"
	roleSlip        // taken after all: "caved"
	roleSleepless   // no sleep at all
	roleWholeDay    // in parts over the day
	roleVomit       // what was taken may not have stayed down
)

// roleNames are the keys of the vocabulary files.
var roleNames = map[string]role{
	"unit":         roleUnit,
	"name":         roleName,
	"tint":         roleTint,
	"size":         roleSize,
	"substance":    roleSubstance,
	"change":       roleChange,
	"metric":       roleMetric,
	"symptom":      roleSymptom,
	"sleep":        roleSleep,
	"quality":      roleQuality,
	"reason":       roleReason,
	"because":      roleBecause,
	"day":          roleDay,
	"weekday":      roleWeekday,
	"month":        roleMonth,
	"part":         rolePart,
	"now":          roleNow,
	"noon":         roleNoon,
	"earlier":      roleEarlier,
	"later":        roleLater,
	"span":         roleSpan,
	"number":       roleNumber,
	"vague":        roleVague,
	"approx":       roleApprox,
	"bound":        roleBound,
	"filler":       roleFiller,
	"intensity":    roleIntensity,
	"guard":        roleGuard,
	"none":         roleNone,
	"place":        rolePlace,
	"food":         roleFood,
	"meal":         roleMeal,
	"spend":        roleSpend,
	"currency":     roleCurrency,
	"join":         roleJoin,
	"still":        roleStill,
	"started":      roleStarted,
	"life":         roleLife,
	"effect":       roleEffect,
	"person":       rolePerson | roleGuard,
	"usual":        roleUsual,
	"glue":         roleGlue,
	"minutes":      roleMinutes,
	"few":          roleFew,
	"slip":         roleSlip,
	"sleepless":    roleSleepless,
	"whole_day":    roleWholeDay,
	"vomit":        roleVomit,
	"plain_reason": rolePlainReason,
}
