package render

import "github.com/touchstone-health/touchstone/pkg/report"

// Styles of the terminal (ECMA-48, Select Graphic Rendition).
const (
	sgrReset = "\x1b[0m"
	sgrBold  = "\x1b[1m"
	sgrFaint = "\x1b[2m"
	sgrRed   = "\x1b[31m"
	sgrGreen = "\x1b[32m"
	sgrAmber = "\x1b[33m"
)

func plain(s string) string { return s }

func (t terminal) styled(sgr, s string) string {
	if !t.colour || s == "" {
		return s
	}
	return sgr + s + sgrReset
}

func (t terminal) bold(s string) string { return t.styled(sgrBold, s) }

func (t terminal) faint(s string) string { return t.styled(sgrFaint, s) }

func (t terminal) tone(tone report.Tone, s string) string {
	switch tone {
	case report.Bad:
		return t.styled(sgrRed, s)
	case report.Caution:
		return t.styled(sgrAmber, s)
	case report.Good:
		return t.styled(sgrGreen, s)
	case report.Faint:
		return t.styled(sgrFaint, s)
	case report.Plain:
	}
	return s
}
