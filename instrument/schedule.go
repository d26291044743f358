package instrument

// Due reports that an instrument may be asked for again, so many days after it
// was last finished. Nothing is due more often than its own recall window, and
// what was never asked is never due by itself: the person begins.
func (in *Instrument) Due(daysSince int) bool {
	return in.EveryDays > 0 && daysSince >= in.EveryDays
}

// NextDays is after how many days it comes again when the last two scores say
// the same: twice as long, up to half a year, so that stable things are asked
// for less. 0 is never.
func (in *Instrument) NextDays(stable bool) int {
	if !stable || in.EveryDays == 0 {
		return in.EveryDays
	}
	return min(2*in.EveryDays, max(in.EveryDays, halfYear))
}

// halfYear bounds how rarely a stable topic is asked for. Our choice: no source
// gives a longest interval.
const halfYear = 182
