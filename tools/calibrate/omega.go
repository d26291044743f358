package main

import "github.com/evenkeel/evenkeel/pkpd"

func omega(l *pkpd.Library, symbol string) float64 {
	for _, q := range l.Parameters {
		if q.Symbol == symbol {
			return q.Omega
		}
	}
	panic("no parameter " + symbol)
}

func setOmega(l *pkpd.Library, symbol string, v float64) {
	for i := range l.Parameters {
		if l.Parameters[i].Symbol == symbol {
			l.Parameters[i].Omega = v
			return
		}
	}
	panic("no parameter " + symbol)
}
