package shell

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/safety"
)

// readForm reads a form of usual size, so that it can be kept and told from
// others; nil for what is no such form. It also hands what is known of the
// request on.
func (v *Visit) readForm() ([]byte, error) {
	var body []byte
	if v.R.Method == http.MethodPost && v.route.limit() == Small {
		var err error
		if body, err = io.ReadAll(v.R.Body); err != nil {
			return nil, tooLarge(err)
		}
		v.R.Body = io.NopCloser(bytes.NewReader(body))
		v.once = onceOf(v.R, body)
	}
	v.R = v.R.WithContext(app.WithRequest(v.R.Context(), app.Request{At: v.Now, Once: v.once}))
	return body, nil
}

// Form reads the fields of the request.
func (v *Visit) Form() (url.Values, error) {
	if err := v.R.ParseForm(); err != nil {
		return nil, tooLarge(err)
	}
	v.Found = scanned(v.R.PostForm)
	return v.R.PostForm, nil
}

// secretFields are the fields that hold no words to anyone.
var secretFields = []string{"passphrase", "present", "again", "code", "once", "secret", "credential"}

// scanned looks through a form for words of danger before anything is read out
// of it, so that they are answered on a form that is refused as well.
func scanned(f url.Values) []safety.Finding {
	var list []safety.Finding
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if slices.Contains(secretFields, name) {
			continue
		}
		for _, text := range f[name] {
			list = append(list, safety.Scan(text)...)
		}
	}
	return list
}

func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.Wrap(err, fault.Invalid, "web.form_too_long")
	}
	return fault.Wrap(err, fault.Invalid, "web.form_cut")
}

// Multipart reads the one file and the small fields of an upload, in memory:
// what a person wrote does not go through a temporary file.
func (v *Visit) Multipart() (name string, data []byte, fields url.Values, err error) {
	parts, err := v.R.MultipartReader()
	if err != nil {
		return "", nil, nil, tooLarge(err)
	}
	fields = url.Values{}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", nil, nil, fault.Wrap(err, fault.Invalid, "web.file_cut")
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return "", nil, nil, fault.Wrap(err, fault.Invalid, "web.file_cut")
		}
		if p.FormName() == "file" {
			name, data = p.FileName(), body
		} else {
			fields.Add(p.FormName(), string(body))
		}
	}
	if len(data) == 0 {
		return "", nil, nil, kit.FieldError("file", "web.no_file")
	}
	return name, data, fields, nil
}
