package pocket

import (
	"io"
	"net/http"
	"testing"
)

const home = "https://example.org"

func TestDoorCarriesRequestAndAnswer(t *testing.T) {
	d := NewDoor(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Location", "/next?"+r.FormValue("q"))
		w.WriteHeader(http.StatusSeeOther)
		w.Write([]byte(r.Method + " " + r.URL.RequestURI() + " " + r.Host + " " + r.Header.Get("Accept-Language") + r.Header.Get("Cookie") + " " + string(body)))
	}), home)
	a := d.Serve(t.Context(), Request{Method: "POST", URL: home + "/quick?q=1", Destination: "iframe",
		Header: http.Header{"Origin": {home}, "Accept-Language": {"es"}, "Cookie": {"x=y"}, "Content-Type": {"text/plain"}}, Body: []byte("line")})
	if a.Status != 303 || a.Header.Get("Location") != "/next?1" || string(a.Body) != "POST /quick?q=1 example.org es line" {
		t.Errorf("%+v %q", a, a.Body)
	}
}

func TestDoorTellsWhereARequestComesFrom(t *testing.T) {
	var site string
	d := NewDoor(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { site = r.Header.Get("Sec-Fetch-Site") }), home)
	for _, c := range []struct {
		method, url, destination, origin, want string
	}{
		{"GET", home + "/", "iframe", "", "same-origin"},
		{"GET", home + "/", "document", "", "same-origin"},
		{"POST", home + "/", "iframe", home, "same-origin"},
		{"POST", home + "/", "iframe", "", "same-origin"},
		{"POST", home + "/", "", home, "same-origin"},
		{"POST", home + "/", "iframe", "null", "cross-site"},
		{"POST", home + "/", "iframe", "https://example.net", "cross-site"},
		{"POST", home + "/", "document", home, "cross-site"},
		{"POST", home + "/", "document", "", "cross-site"},
		{"GET", "https://example.net/", "iframe", "", "cross-site"},
		{"GET", home + ".example.net/", "iframe", "", "cross-site"},
	} {
		if d.Serve(t.Context(), Request{Method: c.method, URL: c.url, Destination: c.destination, Header: http.Header{"Origin": {c.origin}}}); site != c.want {
			t.Errorf("%+v: %s", c, site)
		}
	}
}

func TestDoorSurvivesAPanic(t *testing.T) {
	d := NewDoor(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("of the third dose") }), home)
	if a := d.Serve(t.Context(), Request{Method: "GET", URL: home + "/"}); a.Status != 500 || len(a.Body) > 0 {
		t.Errorf("%+v", a)
	}
}

// A page that answers a form stands at an address of its own, until it is
// forgotten; a download and an answer to a script do not.
func TestAnswersToFormsAreLedOn(t *testing.T) {
	asked := 0
	d := NewDoor(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Method == http.MethodGet && r.URL.Path == "/quick" {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/backup" {
			w.Header().Set("Content-Disposition", "attachment")
		}
		w.WriteHeader(http.StatusUnprocessableEntity)
		w.Write([]byte(r.Method + r.URL.RequestURI()))
	}), home)
	do := func(method, path, destination string) Answer {
		return d.Serve(t.Context(), Request{Method: method, URL: home + path, Destination: destination, Header: http.Header{"Origin": {home}}})
	}
	for _, path := range []string{"/journal", "/quick"} {
		a := do("POST", path, "iframe")
		to := a.Header.Get("Location")
		if a.Status != 303 || len(a.Body) > 0 || to == "" {
			t.Fatalf("%+v", a)
		}
		before := asked
		for range 2 { // a reload shows it again and sends nothing again
			if a := do("GET", to, "iframe"); a.Status != 422 || string(a.Body) != "POST"+path {
				t.Errorf("%+v %s", a, a.Body)
			}
		}
		if asked != before {
			t.Error("the form was sent again")
		}
		d.Forget()
		a = do("GET", to, "iframe")
		if path == "/journal" && string(a.Body) != "GET/journal" || path == "/quick" && a.Header.Get("Location") != "/" {
			t.Errorf("forgotten: %+v %s", a, a.Body)
		}
	}
	if a := do("POST", "/backup", "iframe"); a.Status != 422 {
		t.Errorf("a download: %+v", a)
	}
	if a := do("POST", "/quick/preview", ""); a.Status != 422 {
		t.Errorf("an answer to a script: %+v", a)
	}
	for range 3 * mostShown {
		do("POST", "/journal", "iframe")
	}
	if n := len(d.shown.kept); n != mostShown {
		t.Errorf("%d answers wait", n)
	}
}
