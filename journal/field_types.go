package journal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func numberText(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// zeroText is numberText where 0 is an answer.
func zeroText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func readNumber(name, s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, bad(name, "event.not_a_number")
	}
	return v, nil
}

// numberField is a figure that is 0 when not known.
func numberField[P any](name string, at func(*P) *float64, check func(field string, v float64) error) Field {
	return Field{Name: name, Column: name, Type: FieldNumber,
		get: func(p Payload) string { return numberText(*at(any(p).(*P))) },
		set: func(p Payload, s string) (err error) { *at(any(p).(*P)), err = readNumber(name, s); return err },
		check: func(p Payload) error {
			return check(name, *at(any(p).(*P)))
		}}
}

// maybeField is a figure that is nil when not known: 0 is an answer.
func maybeField[P any](name string, at func(*P) **float64, low, high float64) Field {
	return Field{Name: name, Column: name, Type: FieldNumber,
		get: func(p Payload) string {
			if v := *at(any(p).(*P)); v != nil {
				return strconv.FormatFloat(*v, 'f', -1, 64)
			}
			return ""
		},
		set: func(p Payload, s string) error {
			if s == "" {
				*at(any(p).(*P)) = nil
				return nil
			}
			v, err := readNumber(name, s)
			*at(any(p).(*P)) = &v
			return err
		},
		check: func(p Payload) error {
			if v := *at(any(p).(*P)); v != nil {
				return between(name, *v, low, high)
			}
			return nil
		}}
}

func readScore(name, s string) (*int, error) {
	if s == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != float64(int(v)) {
		return nil, bad(name, "event.not_whole")
	}
	n := int(v)
	return &n, nil
}

func scaleField[P any](name string, top int, at func(*P) **int) Field {
	return Field{Name: name, Column: name, Type: FieldScale, Top: top,
		get: func(p Payload) string {
			if v := *at(any(p).(*P)); v != nil {
				return strconv.Itoa(*v)
			}
			return ""
		},
		set: func(p Payload, s string) (err error) { *at(any(p).(*P)), err = readScore(name, s); return err },
		check: func(p Payload) error {
			if v := *at(any(p).(*P)); v != nil {
				return between(name, float64(*v), 0, float64(top))
			}
			return nil
		}}
}

func scalesField[P any, T ~string](name string, top int, options []T, at func(*P) *map[T]int) Field {
	return Field{Name: name, Column: name, Type: FieldScales, Top: top, Options: plain(options),
		get: func(p Payload) string {
			var list []string
			for _, o := range options {
				if v, ok := (*at(any(p).(*P)))[o]; ok {
					list = append(list, string(o)+"="+strconv.Itoa(v))
				}
			}
			return strings.Join(list, " ")
		},
		set: func(p Payload, s string) error {
			var m map[T]int
			for _, pair := range strings.Fields(s) {
				o, value, _ := strings.Cut(pair, "=")
				n, err := readScore(name, value)
				if err != nil || n == nil {
					return bad(name, "event.scales_form", "example", fmt.Sprintf("%s=%d", options[0], top/2))
				}
				if m == nil {
					m = map[T]int{}
				}
				m[T(o)] = *n
			}
			*at(any(p).(*P)) = m
			return nil
		},
		check: func(p Payload) error {
			for o, v := range *at(any(p).(*P)) {
				if err := first(oneOf(name, o, options), between(name+"."+string(o), float64(v), 0, float64(top))); err != nil {
					return err
				}
			}
			return nil
		}}
}

// choiceField is one of the options; an empty one is allowed where optional.
func choiceField[P any, T ~string](name string, options []T, optional bool, at func(*P) *T) Field {
	return Field{Name: name, Column: name, Type: FieldChoice, Options: plain(options), Needed: !optional,
		get: func(p Payload) string { return string(*at(any(p).(*P))) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = T(s); return nil },
		check: func(p Payload) error {
			v := *at(any(p).(*P))
			if v == "" && optional {
				return nil
			}
			if v == "" {
				return bad(name, "event.choose")
			}
			return oneOf(name, v, options)
		}}
}

func choicesField[P any, T ~string](name string, options []T, at func(*P) *[]T) Field {
	return Field{Name: name, Column: name, Type: FieldChoices, Options: plain(options),
		get: func(p Payload) string { return strings.Join(plain(*at(any(p).(*P))), " ") },
		set: func(p Payload, s string) error {
			var list []T
			for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;|", r) }) {
				if !slices.Contains(list, T(w)) {
					list = append(list, T(w))
				}
			}
			*at(any(p).(*P)) = list
			return nil
		},
		check: func(p Payload) error {
			for _, v := range *at(any(p).(*P)) {
				if err := oneOf(name, v, options); err != nil {
					return err
				}
			}
			return nil
		}}
}

// wordField is a short text; needed ones cannot be empty.
func wordField[P any](name string, needed bool, at func(*P) *string) Field {
	return Field{Name: name, Column: name, Type: FieldWord, Needed: needed,
		get: func(p Payload) string { return *at(any(p).(*P)) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = s; return nil },
		check: func(p Payload) error {
			if needed {
				return word(name, *at(any(p).(*P)))
			}
			return text(name, *at(any(p).(*P)), MaxWord)
		}}
}

// noteField is free text that is said after everything else.
func noteField[P any](name string, at func(*P) *string) Field {
	return Field{Name: name, Column: "text", Type: FieldWords, Aside: true,
		get:   func(p Payload) string { return *at(any(p).(*P)) },
		set:   func(p Payload, s string) error { *at(any(p).(*P)) = s; return nil },
		check: func(p Payload) error { return text(name, *at(any(p).(*P)), MaxText) }}
}

func dayField[P any](name string, at func(*P) *Date) Field {
	return Field{Name: name, Column: name, Type: FieldDay,
		get: func(p Payload) string { return string(*at(any(p).(*P))) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = Date(s); return nil },
		check: func(p Payload) error {
			if d := *at(any(p).(*P)); d != "" {
				if _, err := ParseDate(string(d)); err != nil {
					return bad(name, "event.date_form")
				}
			}
			return nil
		}}
}

func tickField[P any](name string, at func(*P) *bool) Field {
	return Field{Name: name, Column: name, Type: FieldTick,
		get: func(p Payload) string {
			if *at(any(p).(*P)) {
				return "yes"
			}
			return ""
		},
		set:   func(p Payload, s string) error { *at(any(p).(*P)) = s == "yes" || s == "1" || s == "true"; return nil },
		check: func(Payload) error { return nil }}
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
