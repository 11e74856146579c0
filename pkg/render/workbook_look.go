package render

import (
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/touchstone-health/touchstone/pkg/report"
	"github.com/touchstone-health/touchstone/pkg/text"
)

// look is how a cell looks. What it says never hangs on it.
type look struct {
	format string // of a number
	// title and heading are of a sheet without a head, small the rest of a heading; head is that of a list.
	title, heading, small, head bool
	// group marks the rows of groups, input the cells that are there to be changed.
	group, input bool
	tone         report.Tone
	indent       int
	// quoted texts begin like a formula.
	quoted bool
	// right stands to the right, as numbers do.
	right bool
}

// Sizes in points, and colours with a contrast of at least 4.5 to 1 to what is behind them.
const (
	family      = "Calibri"
	size        = 10
	titleSize   = 16
	headingSize = 12
	lineHeight  = 13

	white       = "FFFFFF"
	navy        = "1F3864"
	groupShade  = "E8EDF5"
	inputShade  = "FFF6D6"
	rule        = "C9CFDA"
	faintColour = "595959"
	badColour   = "9C0006"
	caution     = "7A4B00"
	goodColour  = "1E5B22"
)

// style is the number of a look in the file.
func (b *workbook) style(l look) int {
	if id, ok := b.styles[l]; ok || b.err != nil {
		return id
	}
	id, err := b.f.NewStyle(l.style())
	b.keep(err)
	if err == nil && l.quoted { // the library knows the mark, and has no option for it
		yes := true
		b.f.Styles.CellXfs.Xf[id].QuotePrefix = &yes
	}
	b.styles[l] = id
	return id
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:       &excelize.Font{Family: family, Size: size, Bold: l.group || l.heading || l.title || l.head, Color: l.colour()},
		Alignment:  &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true, Indent: l.indent},
		Protection: &excelize.Protection{Locked: !l.input},
	}
	switch {
	case l.title:
		s.Font.Size = titleSize
	case l.heading:
		if !l.small {
			s.Font.Size = headingSize
		}
		s.Border = border("bottom", navy)
	case l.head:
		s.Fill, s.Alignment.Vertical = fill(navy), "center" //nolint:misspell // a word of the file format
	case l.group:
		s.Fill = fill(groupShade)
	case l.input:
		s.Fill = fill(inputShade)
	}
	if !l.title && !l.heading {
		s.Border = border("bottom", rule)
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.format != "" || l.right { // a little away from the text in the next column
		s.Alignment.Horizontal, s.Alignment.Indent, s.Alignment.WrapText = "right", 1, l.format == ""
	}
	return s
}

func (l look) colour() string {
	switch {
	case l.head:
		return white
	case l.tone == report.Plain && (l.title || l.heading):
		return navy
	}
	return map[report.Tone]string{report.Bad: badColour, report.Caution: caution, report.Good: goodColour, report.Faint: faintColour}[l.tone]
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func border(side, colour string) []excelize.Border {
	const thin = 1
	return []excelize.Border{{Type: side, Style: thin, Color: colour}}
}

// decimalFormat shows a number with so many decimals.
func decimalFormat(decimals int, unit string) string {
	if decimals == 0 {
		return "0" + unit
	}
	return "0." + strings.Repeat("0", decimals) + unit
}

// height is that of a text in a cell of a width, in points. Letters are narrower than figures.
func height(t string, width float64, l look) float64 {
	const most, narrower, edge = 409, 1.2, 3
	line := float64(lineHeight)
	switch {
	case l.title:
		line, width = line*titleSize/size, width*size/titleSize
	case l.heading && !l.small:
		line, width = line*headingSize/size, width*size/headingSize
	case l.head, l.group, l.heading:
		width *= 0.9 // bold
	}
	width -= float64(2 * l.indent)
	return math.Min(line*float64(len(text.Wrap(t, int(width*narrower))))+edge, most)
}
