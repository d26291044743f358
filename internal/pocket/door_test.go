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
