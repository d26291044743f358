package say

// Said is one thing to say: a key of the catalogue and its arguments, pairs of
// placeholder name and value. A value is a number or another Said, which stands
// for a word or a phrase of its own.
type Said struct {
	Key  string
	Args []any
}

// Text renders s by a catalogue: t is given a key and pairs of names and values
// as its T method takes them.
func (s Said) Text(t func(key string, args ...any) string) string {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		if inner, ok := a.(Said); ok {
			args[i] = inner.Text(t)
			continue
		}
		args[i] = a
	}
	return t(s.Key, args...)
}

func word(key string, args ...any) Said { return Said{"say." + key, args} }
