package pkpd

// InputError is a fault in what somebody asked the model to do, for people: the
// key of a sentence in the catalogue of texts, and what stands in its
// placeholders, in pairs of name and value. Where it is about one field of a
// scenario, the argument "field" is its path, such as doses[2].addl.
type InputError struct {
	Key  string
	Args []any
}

// Error is for whoever reads a log: the key and the field, and no other argument.
func (e *InputError) Error() string {
	if f := e.Field(); f != "" {
		return e.Key + ": " + f
	}
	return e.Key
}

// Text is the key of the sentence and its arguments.
func (e *InputError) Text() (key string, args []any) { return e.Key, e.Args }

// Field is the path of the field at fault; "" where it is the whole.
func (e *InputError) Field() string {
	for i := 0; i+1 < len(e.Args); i += 2 {
		if e.Args[i] == "field" {
			f, _ := e.Args[i+1].(string)
			return f
		}
	}
	return ""
}

// refuse makes an InputError about a field; the whole where it is empty.
func refuse(field, key string, args ...any) error {
	if field != "" {
		args = append([]any{"field", field}, args...)
	}
	return &InputError{key, args}
}
