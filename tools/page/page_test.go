package page

import "testing"

func TestBetween(t *testing.T) {
	got, err := Between("a\n<!-- begin x -->\nold\n<!-- end x -->\nb", "x", "new\n")
	if want := "a\n<!-- begin x -->\nnew\n<!-- end x -->\nb"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Between("a", "x", ""); err == nil {
		t.Error("no markers: no error")
	}
}
