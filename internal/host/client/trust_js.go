package client

// untrusted is never told: a browser does not say why it did not get through.
func untrusted(error) bool { return false }
