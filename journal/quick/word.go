package quick

// word is a word that the grammar names by what it does: "of", "at", "half".
// Which words of a language do that stands in its vocabulary. Marks count as
// words, too: they do the same in every language.
type word uint8

const (
	wA word = iota
	wAbout
	wAfter
	wAgo
	wAgoFirst
	wAnd
	wAnother
	wAround
	wAt
	wAtAll
	wBefore
	wBetting
	wBetween
	wBut
	wBy
	wClean
	wClock
	wCost
	wCouple
	wDaily
	wDay
	wDotted
	wDown
	wDozen
	wDuring
	wEach
	wEarly
	wEvery
	wEveryOther
	wExactly
	wExcept
	wFeel
	wFor
	wFormDrink
	wFormExtract
	wFormLiquid
	wFormOther
	wFormPowder
	wFormSeven
	wFormTea
	wGeneric
	wGetting
	wGive
	wGood
	wGot
	wH
	wHalf
	wHalfDay
	wHis
	wHundred
	wIn
	wIs
	wIsh
	wKratom
	wLast
	wLastNight  // "anoche"
	wSpokenHour // before an hour in words: "las ocho"
	wLeaf
	wLevel
	wLike
	wM
	wMeridiem
	wMore
	wMoreTimes
	wMy
	wNearly
	wNo
	wNote
	wO
	wOclock
	wOf
	wOn
	wOnce
	wOne
	wOnly
	wOr
	wOrdinal
	wOther
	wOtherSpan
	wOut
	wOver
	wOvernight
	wP
	wPaid
	wPast
	wPer
	wPlural
	wQuality
	wQuarter
	wRestates
	wRight
	wRoughly
	wSeven
	wSevenTail
	wSince
	wSize
	wSo
	wSome
	wStill
	wStomach
	wStraight
	wTake
	wTen
	wThe
	wThen
	wThird
	wThis
	wTill
	wTimes
	wTo
	wTonight
	wTotal
	wTwice
	wUp
	wVessel
	wVery
	wWas
	wWeightMoved
	wWeightUnit
	wWhole
	wWith
	wWorth
	wX
	wYesterday
	wColon
	wEquals
	wDash
	wTilde
	wComma
	wAtSign
	wStar
	wDot
	wParen
	wSlash
	wSemicolon
	wPercent
	wordCount

	// firstMark is where the words end and the marks begin.
	firstMark = wColon
)

// wordNames are the keys of the vocabulary files.
var wordNames = map[string]word{
	"a":            wA,
	"about":        wAbout,
	"after":        wAfter,
	"ago":          wAgo,
	"ago_first":    wAgoFirst,
	"and":          wAnd,
	"another":      wAnother,
	"around":       wAround,
	"at":           wAt,
	"at_all":       wAtAll,
	"before":       wBefore,
	"betting":      wBetting,
	"between":      wBetween,
	"but":          wBut,
	"by":           wBy,
	"clean":        wClean,
	"clock":        wClock,
	"cost":         wCost,
	"couple":       wCouple,
	"daily":        wDaily,
	"day":          wDay,
	"dotted":       wDotted,
	"down":         wDown,
	"dozen":        wDozen,
	"during":       wDuring,
	"each":         wEach,
	"early":        wEarly,
	"every":        wEvery,
	"every_other":  wEveryOther,
	"exactly":      wExactly,
	"except":       wExcept,
	"feel":         wFeel,
	"for":          wFor,
	"form_drink":   wFormDrink,
	"form_extract": wFormExtract,
	"form_liquid":  wFormLiquid,
	"form_other":   wFormOther,
	"form_powder":  wFormPowder,
	"form_seven":   wFormSeven,
	"form_tea":     wFormTea,
	"generic":      wGeneric,
	"getting":      wGetting,
	"give":         wGive,
	"good":         wGood,
	"got":          wGot,
	"h":            wH,
	"half":         wHalf,
	"half_day":     wHalfDay,
	"his":          wHis,
	"hundred":      wHundred,
	"in":           wIn,
	"is":           wIs,
	"ish":          wIsh,
	"kratom":       wKratom,
	"last_night":   wLastNight,
	"spoken_hour":  wSpokenHour,
	"last":         wLast,
	"leaf":         wLeaf,
	"level":        wLevel,
	"like":         wLike,
	"m":            wM,
	"meridiem":     wMeridiem,
	"more":         wMore,
	"more_times":   wMoreTimes,
	"my":           wMy,
	"nearly":       wNearly,
	"no":           wNo,
	"note":         wNote,
	"o":            wO,
	"oclock":       wOclock,
	"of":           wOf,
	"on":           wOn,
	"once":         wOnce,
	"one":          wOne,
	"only":         wOnly,
	"or":           wOr,
	"ordinal":      wOrdinal,
	"other":        wOther,
	"other_span":   wOtherSpan,
	"out":          wOut,
	"over":         wOver,
	"overnight":    wOvernight,
	"p":            wP,
	"paid":         wPaid,
	"past":         wPast,
	"per":          wPer,
	"plural":       wPlural,
	"quality":      wQuality,
	"quarter":      wQuarter,
	"restates":     wRestates,
	"right":        wRight,
	"roughly":      wRoughly,
	"seven":        wSeven,
	"seven_tail":   wSevenTail,
	"since":        wSince,
	"size":         wSize,
	"so":           wSo,
	"some":         wSome,
	"still":        wStill,
	"stomach":      wStomach,
	"straight":     wStraight,
	"take":         wTake,
	"ten":          wTen,
	"the":          wThe,
	"then":         wThen,
	"third":        wThird,
	"this":         wThis,
	"till":         wTill,
	"times":        wTimes,
	"to":           wTo,
	"tonight":      wTonight,
	"total":        wTotal,
	"twice":        wTwice,
	"up":           wUp,
	"vessel":       wVessel,
	"very":         wVery,
	"was":          wWas,
	"weight_moved": wWeightMoved,
	"weight_unit":  wWeightUnit,
	"whole":        wWhole,
	"with":         wWith,
	"worth":        wWorth,
	"x":            wX,
	"yesterday":    wYesterday,
}

var markWords = map[string]word{
	":": wColon,
	"=": wEquals,
	"-": wDash,
	"~": wTilde,
	",": wComma,
	"@": wAtSign,
	"*": wStar,
	".": wDot,
	"(": wParen,
	"/": wSlash,
	";": wSemicolon,
	"%": wPercent,
}

// wordSet is the words that a token can be.
type wordSet [3]uint64

func (s *wordSet) add(w word) { s[w/64] |= 1 << (w % 64) }

func (s *wordSet) has(w word) bool { return s[w/64]&(1<<(w%64)) != 0 }
